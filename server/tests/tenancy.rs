//! Walks every route, every server function and every page as nobody, as a stranger from another tenant, and as one
//! who does not operate the installation: nobody unknown gets in, and nobody sees what belongs to others.
//!
//! What is new has to be listed in `support/surface.rs`, and what takes an id of a tenant's own says here whose it is.
#![allow(clippy::unwrap_used)] // in a test a panic is the report

mod support;

use domain::{Role, scanner::Timeframe};
use engine::{accounts::Login, portfolios::PortfolioDraft, shares::Wish};
use hyper::{Method, StatusCode};
use server::router::{self, Access, Route};
use support::{
    Answer, Candlewick,
    surface::{self, Asks, Part, encoded, filled},
};

const HTML: &str = "text/html";

/// An address that stands nowhere else.
const OWNER: &str = "owner.of.secrets@example.org";
/// A search keyword that nobody else has.
const KEYWORD: &str = "ada's secret word";

/// What belongs to the first tenant; every text of it says so.
struct Owned {
    list: String,
    screen: String,
    note: String,
    key: String,
    session: String,
    portfolio: String,
    transaction: String,
    holding: String,
    report: String,
    share: String,
    tenant: String,
    member: String,
    invitation: String,
    token: String,
}

impl Owned {
    /// The route with the owner's ids in it; `None` where nobody thought of it yet.
    fn path(&self, route: &Route) -> Option<String> {
        let owned = match route.path {
            path if path.starts_with("/api/portfolio/watchlists/{id}") => &self.list,
            path if path.starts_with("/api/portfolio/reports/{id}") => &self.report,
            "/api/auth/api-keys/{id}" => &self.key,
            "/api/portfolio/holdings/{id}" => &self.holding,
            path if path.starts_with("/api/portfolio/portfolios/{id}") => &self.portfolio,
            path if path.starts_with("/api/analytics/portfolios/{id}") => &self.portfolio,
            _ => return None,
        };
        Some(filled(route.path, |name| match name {
            "id" => owned.clone(),
            "tid" => self.transaction.clone(),
            "share" => self.share.clone(),
            _ => "AAPL".to_string(),
        }))
    }

    /// The arguments of a server function or page with the owner's ids in them.
    fn arguments(&self, part: &Part) -> String {
        let value = |name: &str| match name {
            "list" => self.list.clone(),
            "screen" => self.screen.clone(),
            "note" => self.note.clone(),
            "key" => self.key.clone(),
            "session" => self.session.clone(),
            "portfolio" => self.portfolio.clone(),
            "transaction" => self.transaction.clone(),
            "report" => self.report.clone(),
            "share" => self.share.clone(),
            "tenant" => self.tenant.clone(),
            "member" => self.member.clone(),
            "invitation" => self.invitation.clone(),
            "token" => self.token.clone(),
            "keyword" => KEYWORD.to_string(),
            other => panic!("{}: {{{other}}} is nothing that belongs to anybody", part.path),
        };
        let fields: Vec<_> = part.fields.iter().map(|(name, text)| (*name, filled(text, value))).collect();
        encoded(fields.iter().map(|(name, text)| (*name, text.as_str())))
    }
}

fn harmless(path: &str) -> String {
    filled(path, |name| match name {
        "symbol" => "AAPL".into(),
        "queue" => "default".into(),
        "id" | "tid" | "portfolio" => "01890000-0000-7000-8000-000000000000".into(),
        _ => "x".into(),
    })
}

/// Somebody with a list, a key, a session and a name of their own.
async fn owner(app: &Candlewick) -> (Login, Owned) {
    let engine = &app.server.state.engine;
    let login = app.visitor(OWNER).await;
    let list = engine.watchlists().create(&login.cx, "Ada's secret list").await.unwrap();
    let symbol = domain::Symbol::parse("AAPL").unwrap();
    engine.watchlists().add(&login.cx, list.id, symbol.clone()).await.unwrap();
    let note = engine.notes().add(&login.cx, &symbol, "Ada's secret note").await.unwrap();
    let (name, filter) = ("Ada's secret screen".to_string(), "close > 5".to_string());
    let wish = engine::screens::Wish { name, filter, timeframe: Timeframe::Daily, shared: true };
    let screen = engine.screens().create(&login.cx, wish).await.unwrap();
    engine.keywords().add(&login.cx, KEYWORD).await.unwrap();
    let (key, _) = engine.accounts().create_api_key(&login.cx, "Ada's secret key").await.unwrap();
    let session = engine.accounts().sessions(&login.cx, &login.session_token).await.unwrap().remove(0);
    let details = PortfolioDraft::typed("Ada's secret portfolio", "USD", "fifo", "SPY");
    let portfolio = engine.portfolios().create(&login.cx, &details, None).await.unwrap();
    let entry = serde_json::json!({ "type": "buy", "symbol": "AAPL", "date": "2021-01-04", "quantity": "1",
        "price": "2", "currency": "USD", "note": "Ada's secret purchase" });
    let entry = serde_json::from_value(entry).unwrap();
    let (_, transaction) = engine.portfolios().add(&login.cx, portfolio.id, &entry, None).await.unwrap();
    let holding = serde_json::json!({ "symbol": "AAPL", "shares": 1, "averagePrice": 2, "notes": "Ada's" });
    let holding = serde_json::from_value(holding).unwrap();
    let holding = engine.portfolios().hold(&login.cx, &holding).await.unwrap();
    let report = engine.reports().make(&login.cx, None, None).await.unwrap().report_id;
    let share = engine.shares().create(&login.cx, portfolio.id, &Wish::default()).await.unwrap().0;
    let invited = engine.members().invite(&login.cx, "guest.of.secrets@example.org", Role::Viewer).await;
    let token = invited.unwrap().link.rsplit('/').next().unwrap().to_string();
    let invitation = engine.members().invitations(&login.cx).await.unwrap().remove(0);
    let owned = Owned {
        list: list.id.to_string(),
        screen: screen.id.to_string(),
        note: note.id.0.to_string(),
        key: key.id.to_string(),
        session: session.id.to_string(),
        portfolio: portfolio.id.to_string(),
        transaction: transaction.id.to_string(),
        holding: holding.id.to_string(),
        report: report.0.to_string(),
        share: share.id.0.to_string(),
        tenant: login.cx.tenant.0.to_string(),
        member: login.cx.user.0.to_string(),
        invitation: invitation.id.0.to_string(),
        token,
    };
    (login, owned)
}

/// Nothing of what is hers was changed.
async fn is_untouched(app: &Candlewick, login: &Login) {
    let engine = &app.server.state.engine;
    let lists = engine.watchlists().list(&login.cx).await.unwrap();
    let list = lists.iter().find(|list| list.name == "Ada's secret list").expect("the list is there");
    assert_eq!(list.symbols.iter().map(|symbol| symbol.as_str()).collect::<Vec<_>>(), ["AAPL"]);
    let screens = engine.screens().list(&login.cx).await.unwrap();
    assert_eq!(
        screens.iter().map(|screen| screen.name.as_str()).collect::<Vec<_>>(),
        ["Ada's secret screen"]
    );
    assert_eq!(engine.keywords().list(&login.cx).await.unwrap(), [KEYWORD]);
    let notes = engine.notes().of(&login.cx, &domain::Symbol::parse("AAPL").unwrap()).await.unwrap();
    let texts: Vec<&str> = notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(texts, ["Ada's secret note"]);
    assert_eq!(engine.accounts().api_keys(&login.cx).await.unwrap().len(), 1);
    let portfolios = engine.portfolios().list(&login.cx).await.unwrap();
    let names: Vec<&str> = portfolios.iter().map(|each| each.name.as_str()).collect();
    assert_eq!(names, ["Ada's secret portfolio", "Holdings"]);
    let versions: Vec<i64> = portfolios.iter().map(|each| each.version).collect();
    assert_eq!(versions, [2, 1], "nothing was added or taken");
    assert_eq!(engine.reports().list(&login.cx).await.unwrap().len(), 1);
    let secret = portfolios.iter().find(|each| each.name == "Ada's secret portfolio").unwrap();
    let shares = engine.shares().list(&login.cx, secret.id).await.unwrap();
    assert_eq!(shares.iter().map(|share| share.revoked_at).collect::<Vec<_>>(), [None]);
    let members = engine.members().list(&login.cx).await.unwrap();
    assert_eq!(members.iter().map(|each| each.role).collect::<Vec<_>>(), [Role::Owner]);
    assert_eq!(engine.members().invitations(&login.cx).await.unwrap().len(), 1);
    assert!(engine.accounts().session(&login.session_token, "test").await.unwrap().is_some());
}

#[track_caller]
fn says_nothing_of_hers(answer: &Answer, path: &str) {
    assert!(!answer.text().contains("Ada's"), "{path}: {}", answer.text());
    assert!(!answer.text().contains(OWNER), "{path}: {}", answer.text());
    assert!(!answer.text().contains(KEYWORD), "{path}: {}", answer.text());
    assert!(!answer.text().contains("guest.of.secrets"), "{path}: {}", answer.text());
}

/// Calls a server function as a page that is alive does.
async fn call(app: &Candlewick, (method, part): &(Method, &Part), arguments: &str, session: &str) -> Answer {
    let cookie = format!("candlewick_session={session}");
    let own = format!("http://{}", app.server.addr);
    let call = match *method == Method::GET {
        true => app.get(&format!("{}?{arguments}", part.path)),
        false => app
            .call(method.clone(), part.path)
            .body("application/x-www-form-urlencoded", arguments.as_bytes().to_vec()),
    };
    call.header("cookie", &cookie).header("origin", &own).header("accept", "application/json").send().await
}

#[tokio::test]
async fn nobody_unknown_gets_past_a_route_that_is_not_public() {
    let app = Candlewick::start().await;
    for (route, body) in surface::routes() {
        let answer = app.call(route.method.clone(), &harmless(route.path)).json(body).send().await;
        match route.access {
            Access::Public => {
                assert!(
                    !answer.status.is_server_error(),
                    "{} {}: {}",
                    route.method,
                    route.path,
                    answer.text()
                );
            }
            Access::Known | Access::Tenant | Access::Operator => {
                assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{} {}", route.method, route.path);
                answer.is_problem(401);
            }
        }
    }
}

#[tokio::test]
async fn only_what_has_to_be_is_public() {
    let public: Vec<String> = router::list()
        .iter()
        .filter(|route| route.access == Access::Public && route.path.starts_with("/api/"))
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    assert_eq!(
        public,
        [
            "POST /api/auth/register",
            "POST /api/auth/login",
            "POST /api/auth/refresh",
            "POST /api/auth/logout"
        ]
    );
}

#[tokio::test]
async fn who_does_not_operate_the_installation_gets_past_no_route_of_operators() {
    let app = Candlewick::start().await;
    let (eve, operator) = (app.member("eve@example.org").await, app.operator().await);
    for (route, body) in surface::routes().iter().filter(|(route, _)| route.access == Access::Operator) {
        let call = |token: &str| {
            app.call(route.method.clone(), &harmless(route.path)).bearer(token).json(body.clone()).send()
        };
        call(&eve).await.is_problem(403);
        if route.method == Method::GET {
            let answer = call(&operator).await;
            assert!(answer.status.is_success() || answer.status == 404, "{}: {}", route.path, answer.text());
        }
    }
    for route in router::list().iter().filter(|route| route.path.starts_with("/api/ops/")) {
        assert_eq!(route.access, Access::Operator, "{} {}", route.method, route.path);
    }
}

#[tokio::test]
async fn what_belongs_to_another_tenant_is_not_found_on_any_route() {
    let app = Candlewick::start().await;
    let (ada, owned) = owner(&app).await;
    let eve = app.member("eve@example.org").await;
    let mut tried = 0;
    for (route, body) in surface::routes().iter().filter(|(route, _)| route.access == Access::Tenant) {
        match owned.path(route) {
            Some(path) => {
                let answer =
                    app.call(route.method.clone(), &path).bearer(&eve).json(body.clone()).send().await;
                answer.is_problem(404);
                says_nothing_of_hers(&answer, route.path);
                tried += 1;
            }
            None if route.path.contains('{') => {
                panic!("{} {} takes an id: say in Owned::path whose it is", route.method, route.path)
            }
            None if route.method == Method::GET && route.path != "/api/live" => {
                let answer = app.get(route.path).bearer(&eve).send().await;
                assert_eq!(answer.status, 200, "{}", route.path);
                says_nothing_of_hers(&answer, route.path);
            }
            None => {} // makes something of the caller's own; tests/live.rs has the stream
        }
    }
    assert!(tried >= 6, "only {tried} routes take an id");
    is_untouched(&app, &ada).await;
}

#[tokio::test]
async fn no_server_function_answers_nobody_unless_it_has_to() {
    let app = Candlewick::start().await;
    let (ada, owned) = owner(&app).await;
    let mut open = Vec::new();
    for function in surface::functions() {
        let answer = call(&app, &function, &owned.arguments(function.1), "nobody").await;
        says_nothing_of_hers(&answer, function.1.path);
        if function.1.asks == Asks::Nothing {
            open.push(function.1.path);
            assert!(!answer.status.is_server_error(), "{}: {}", function.1.path, answer.text());
            continue;
        }
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{}: {}", function.1.path, answer.text());
        assert_eq!(answer.json()["status"], 401, "{}", function.1.path);
    }
    open.sort_unstable();
    let names = [
        "account/forgot",
        "account/letters",
        "account/login",
        "account/logout",
        "account/me",
        "account/register",
        "account/reset",
        "account/verify",
        "members/invitation",
        "pages/front",
    ]
    .map(|name| format!("/api/{name}"));
    assert_eq!(open, names, "only what has to be is open to everybody");
    is_untouched(&app, &ada).await;
}

#[tokio::test]
async fn no_server_function_shows_or_changes_what_belongs_to_another_tenant() {
    let app = Candlewick::start().await;
    let (ada, owned) = owner(&app).await;
    for (tried, function) in surface::functions().into_iter().enumerate() {
        // Each as a stranger of its own: logging out must not spare the ones after it.
        let eve = app.visitor(&format!("eve{tried}@example.org")).await;
        let answer = call(&app, &function, &owned.arguments(function.1), &eve.session_token).await;
        let (path, status) = (function.1.path, answer.status.as_u16());
        says_nothing_of_hers(&answer, path);
        match function.1.asks {
            Asks::Nothing | Asks::Known => assert!(status < 500, "{path}: {}", answer.text()),
            Asks::Owner => assert_eq!(status, 404, "{path}: {}", answer.text()),
            Asks::Operator => assert_eq!(status, 403, "{path}: {}", answer.text()),
        }
    }
    is_untouched(&app, &ada).await;
}

#[tokio::test]
async fn pages_send_nobody_to_the_door_and_show_a_stranger_nothing_of_others() {
    let app = Candlewick::start().await;
    let (ada, owned) = owner(&app).await;
    let eve = app.visitor("eve@example.org").await;
    for page in surface::pages() {
        let path = page.path.replace("{portfolio}", &owned.portfolio).replace("{token}", &owned.token);
        let address = format!("{}?{}", harmless(&path), owned.arguments(page));
        let get = |session: &str| {
            let cookie = format!("candlewick_session={session}");
            app.get(&address).header("accept", HTML).header("cookie", &cookie).send()
        };
        let (nobody, stranger) = (get("nobody").await, get(&eve.session_token).await);
        for answer in [&nobody, &stranger] {
            says_nothing_of_hers(answer, page.path);
        }
        if page.asks == Asks::Nothing {
            assert_eq!(nobody.status, 200, "{}", page.path);
            continue;
        }
        assert!(nobody.status.is_redirection(), "{}: {}", page.path, nobody.status);
        assert!(nobody.header("location").starts_with("/login?next=/"), "{}", nobody.header("location"));
        let expected: &[u16] = match page.asks {
            Asks::Owner => &[404],
            Asks::Operator => &[403],
            _ => &[200],
        };
        assert!(expected.contains(&stranger.status.as_u16()), "{}: {}", page.path, stranger.status);
    }
    is_untouched(&app, &ada).await;
}

#[tokio::test]
async fn her_own_ids_are_answered_to_the_owner() {
    // Or else everything above would pass with ids that nobody has.
    let app = Candlewick::start().await;
    let (ada, owned) = owner(&app).await;
    for function in surface::functions().iter().filter(|(method, part)| {
        part.asks == Asks::Owner && (*method == Method::GET || part.path == "/api/watchlists/rename")
    }) {
        let answer = call(&app, function, &owned.arguments(function.1), &ada.session_token).await;
        assert_eq!(answer.status, 200, "{}: {}", function.1.path, answer.text());
    }
    let answer = app.get("/watchlists").header("accept", HTML);
    let cookie = format!("candlewick_session={}", ada.session_token);
    assert!(answer.header("cookie", &cookie).send().await.text().contains("Taken over"));
}
