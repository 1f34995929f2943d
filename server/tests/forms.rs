//! Forms as a browser sends them where scripts do not run: refused, they come back with what was typed.
#![allow(clippy::unwrap_used)] // in a test a panic is the report

mod support;

use support::{Answer, Candlewick, PASSWORD};

const HTML: &str = "text/html,application/xhtml+xml";

fn encoded(fields: &[(&str, &str)]) -> Vec<u8> {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish().into_bytes()
}

/// The cookies an answer sets, as a browser would send them again.
fn cookies(answer: &Answer) -> String {
    let set = answer.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap());
    let pairs: Vec<&str> =
        set.filter_map(|line| line.split(';').next()).filter(|pair| !pair.ends_with('=')).collect();
    pairs.join("; ")
}

/// A browser without scripts.
struct Browser<'a> {
    app: &'a Candlewick,
    session: String,
}

impl Browser<'_> {
    /// Sends the form that stands on `page`.
    async fn send(&self, page: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let own = format!("http://{}", self.app.server.addr);
        let call = self
            .app
            .call(hyper::Method::POST, path)
            .body("application/x-www-form-urlencoded", encoded(fields));
        let call =
            call.header("accept", HTML).header("origin", &own).header("referer", &format!("{own}{page}"));
        call.header("cookie", &self.session).send().await
    }

    /// Follows the redirect of an answer with the cookies it set.
    async fn follow(&self, answer: &Answer) -> Answer {
        assert_eq!(answer.status, 302, "{}", answer.text());
        let location = answer.header("location").to_string();
        let path = location.strip_prefix(&format!("http://{}", self.app.server.addr)).unwrap_or(&location);
        let jar = format!("{}; {}", self.session, cookies(answer));
        self.app.get(path).header("accept", HTML).header("cookie", &jar).send().await
    }
}

async fn browser(app: &Candlewick) -> Browser<'_> {
    let stranger = Browser { app, session: "x=y".into() };
    let fields = [("email", "ada@example.org"), ("password", PASSWORD), ("full_name", "Ada")];
    let answer = stranger.send("/register", "/api/account/register", &fields).await;
    assert_eq!(answer.header("location"), "/overview");
    Browser { app, session: cookies(&answer) }
}

#[tokio::test]
async fn a_refused_registration_comes_back_with_what_was_typed_but_not_the_password() {
    let app = Candlewick::start().await;
    let browser = Browser { app: &app, session: "x=y".into() };
    let name = "Ada <b>&\"' \u{1f56f} Lovelace";
    let fields = [("email", "not an address"), ("password", "secret1"), ("full_name", name)];
    let answer = browser.send("/register", "/api/account/register", &fields).await;
    assert!(answer.header("location").ends_with("/register"), "{}", answer.header("location"));
    assert!(answer.headers.values().all(|value| value.len() < 300), "{:?}", answer.headers);
    let page = browser.follow(&answer).await;
    let text = page.text();
    assert!(text.contains("value=\"not an address\""), "{text}");
    assert!(text.contains("Ada &lt;b&gt;&amp;&quot;") && !text.contains("<b>&"), "{text}");
    assert!(
        text.contains("id=\"field-email-error\"") && text.contains("id=\"field-password-error\""),
        "{text}"
    );
    assert!(!text.contains("secret1"));
    // Once only: the page alone is a fresh form.
    let again = app.get("/register").header("accept", HTML).header("cookie", &cookies(&answer)).send().await;
    assert!(!again.text().contains("not an address"));
}

#[tokio::test]
async fn a_refused_login_keeps_the_address() {
    let app = Candlewick::start().await;
    let browser = Browser { app: &app, session: "x=y".into() };
    let fields = [("email", "eve@example.org"), ("password", "not the password"), ("next", "/watchlists")];
    let answer = browser.send("/login?next=/watchlists", "/api/account/login", &fields).await;
    let text = browser.follow(&answer).await.text();
    assert!(
        text.contains("value=\"eve@example.org\"") && text.contains("The e-mail or the password is wrong"),
        "{text}"
    );
    assert!(!text.contains("not the password"));
    assert!(text.contains("value=\"/watchlists\""), "where to go on is kept in the address: {text}");
}

#[tokio::test]
async fn profile_and_lists_come_back_at_the_right_form() {
    let app = Candlewick::start().await;
    let browser = browser(&app).await;
    let fields = [("full_name", "Ada L."), ("time_zone", "Mars/Olympus"), ("base_currency", "EUR")];
    let answer = browser.send("/settings", "/api/account/profile", &fields).await;
    let text = browser.follow(&answer).await.text();
    assert!(text.contains("value=\"Mars/Olympus\"") && text.contains("value=\"Ada L.\""), "{text}");
    assert!(text.contains("id=\"field-time_zone-error\""), "{text}");

    let taken = [("name", "Core Blue Chips")];
    let answer = browser.send("/watchlists", "/api/watchlists/create", &taken).await;
    let text = browser.follow(&answer).await.text();
    assert!(text.contains("There is a list named Core Blue Chips already"), "{text}");
    assert!(text.contains("id=\"field-name-error\""), "{text}");

    browser.send("/watchlists", "/api/watchlists/create", &[("name", "Second")]).await;
    let engine = &app.server.state.engine;
    let session = browser.session.strip_prefix("candlewick_session=").unwrap();
    let (cx, _) = engine.accounts().session(session, "test").await.unwrap().unwrap();
    let lists = engine.watchlists().list(&cx).await.unwrap();
    let id = lists.iter().find(|list| list.name == "Second").unwrap().id.to_string();
    let fields = [("id", id.as_str()), ("symbol", "no;symbol")];
    let answer = browser.send("/watchlists", "/api/watchlists/add", &fields).await;
    let text = browser.follow(&answer).await.text();
    assert_eq!(text.matches("value=\"no;symbol\"").count(), 1, "in the one list it was meant for: {text}");
    assert!(text.contains(&format!("id=\"add-wrong-{id}\"")), "{text}");
    let fields = [("id", id.as_str()), ("name", "Core Blue Chips")];
    let answer = browser.send("/watchlists", "/api/watchlists/rename", &fields).await;
    let text = browser.follow(&answer).await.text();
    assert!(text.contains(&format!("id=\"rename-wrong-{id}\"")), "{text}");
}

#[tokio::test]
async fn a_note_is_text_on_the_page_and_a_refused_one_comes_back_to_its_own_form() {
    let app = Candlewick::start().await;
    let browser = browser(&app).await;
    let (page, hostile) = ("/symbols/AAPL", "</textarea><script>alert(1)</script>");
    let escaped = "&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;";
    let is_text = |text: &str, times: usize| {
        assert_eq!(text.matches(escaped).count(), times, "{text}");
        assert!(!text.contains("</textarea><script>") && !text.contains("<script>alert"), "{text}");
    };
    let odd = format!("{hostile}\u{7}");
    let answer = browser.send(page, "/api/notes/add", &[("symbol", "AAPL"), ("text", odd.as_str())]).await;
    let text = browser.follow(&answer).await.text();
    assert!(text.contains("id=\"new-note-error\""), "{text}");
    assert!(text.contains(">leave out control characters"), "{text}");
    is_text(&text, 1);

    let answer = browser.send(page, "/api/notes/add", &[("symbol", "AAPL"), ("text", hostile)]).await;
    let text = browser.follow(&answer).await.text();
    // Once to be read, once in the form that changes it.
    is_text(&text, 2);
    assert!(!text.contains("id=\"new-note-error\""), "{text}");

    let engine = &app.server.state.engine;
    let session = browser.session.strip_prefix("candlewick_session=").unwrap();
    let (cx, _) = engine.accounts().session(session, "test").await.unwrap().unwrap();
    let apple = domain::Symbol::parse("AAPL").unwrap();
    engine.notes().add(&cx, &apple, "Another one").await.unwrap();
    let all = engine.notes().of(&cx, &apple).await.unwrap();
    let note = all.iter().find(|note| note.text == hostile).unwrap();
    let id = note.id.0.to_string();
    let answer = browser.send(page, "/api/notes/edit", &[("id", id.as_str()), ("text", odd.as_str())]).await;
    let text = browser.follow(&answer).await.text();
    assert_eq!(
        text.matches(">leave out control characters").count(),
        1,
        "at the one it was meant for: {text}"
    );
    assert!(text.contains(&format!("id=\"note-{id}-error\"")), "{text}");
    assert_eq!(text.matches(&format!("{escaped}\u{7}")).count(), 1, "{text}");
    is_text(&text, 2);

    engine.notes().remove(&cx, note.id).await.unwrap();
    let answer = browser.send(page, "/api/notes/edit", &[("id", id.as_str()), ("text", "Again")]).await;
    let text = browser.follow(&answer).await.text();
    assert!(text.contains(">The note was not found<"), "one that is gone is said above the others: {text}");
}

#[tokio::test]
async fn who_only_reads_sees_the_notes_and_no_forms_of_them() {
    let app = Candlewick::start().await;
    let engine = &app.server.state.engine;
    let (ada, vera) = (app.visitor("ada@example.org").await, app.visitor("vera@example.org").await);
    let apple = domain::Symbol::parse("AAPL").unwrap();
    engine.notes().add(&ada.cx, &apple, "Watch the margin").await.unwrap();
    let invited = engine.members().invite(&ada.cx, "vera@example.org", domain::Role::Viewer).await.unwrap();
    let token = invited.link.rsplit('/').next().unwrap();
    engine.members().accept(&vera.cx, token).await.unwrap();
    let (own, caller) = (&vera.session_token, engine::testing::caller());
    let session = engine.accounts().switch(&vera.cx, own, ada.cx.tenant, &caller).await.unwrap();
    for (session, has_forms) in [(&ada.session_token, true), (&session, false)] {
        let cookie = format!("candlewick_session={session}");
        let page = app.get("/symbols/AAPL").header("accept", HTML).header("cookie", &cookie).send().await;
        let text = page.text();
        assert!(text.contains("Watch the margin"), "{text}");
        assert_eq!(text.contains("/api/notes/"), has_forms, "{text}");
    }
}

#[tokio::test]
async fn values_of_any_length_overflow_no_header() {
    let app = Candlewick::start().await;
    let browser = browser(&app).await;
    let long = "x".repeat(20_000);
    let forms = [
        (
            "/settings",
            "/api/account/profile",
            vec![("full_name", &*long), ("time_zone", &*long), ("base_currency", &*long)],
        ),
        ("/watchlists", "/api/watchlists/create", vec![("name", &*long)]),
        ("/watchlists", "/api/watchlists/add", vec![("id", &*long), ("symbol", &*long)]),
        ("/watchlists", "/api/watchlists/move", vec![("by", &*long)]),
    ];
    for (page, path, fields) in forms {
        let answer = browser.send(page, path, &fields).await;
        assert!(answer.headers.values().all(|value| value.len() < 300), "{path}: {:?}", answer.headers);
        assert_eq!(browser.follow(&answer).await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn arguments_that_make_no_sense_are_the_senders_mistake() {
    let app = Candlewick::start().await;
    let browser = browser(&app).await;
    let own = format!("http://{}", app.server.addr);
    let call = app.call(hyper::Method::POST, "/api/watchlists/add").header("cookie", &browser.session);
    let answer =
        call.header("origin", &own).body("application/x-www-form-urlencoded", b"id=x".to_vec()).send().await;
    assert_eq!(answer.status, 422, "{}", answer.text());
    assert_eq!(answer.json()["status"], 422);
}
