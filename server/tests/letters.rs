//! Letters over HTTP: a real mail server's stand-in, and the forms as a browser without scripts sends them.
#![allow(clippy::unwrap_used)] // in a test a panic is the report

mod support;

use engine::testing::SmtpServer;
use std::time::Instant;
use support::{Answer, Candlewick, OPERATOR, PASSWORD, surface::encoded};

/// Sends a form as a page that is alive does.
async fn send(app: &Candlewick, name: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
    let own = format!("http://{}", app.server.addr);
    let form = encoded(fields.iter().copied()).into_bytes();
    app.call(hyper::Method::POST, &format!("/api/account/{name}"))
        .body("application/x-www-form-urlencoded", form)
        .header("accept", "application/json")
        .header("origin", &own)
        .header("cookie", cookie)
        .send()
        .await
}

/// The token of the first letter that leads to `page`; waits until it has come.
async fn token(server: &SmtpServer, page: &str) -> String {
    let started = Instant::now();
    loop {
        // Long lines come folded.
        let mails = server.mails().into_iter().map(|mail| mail.replace("=\r\n", ""));
        let found = mails.into_iter().find_map(|mail| {
            let (_, after) = mail.split_once(&format!("/{page}/"))?;
            Some(after.chars().take(43).collect::<String>())
        });
        if let Some(token) = found {
            return token;
        }
        assert!(started.elapsed().as_secs() < 30, "no letter came");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_forgotten_password_is_chosen_anew_through_the_mail() {
    let server = SmtpServer::start().await;
    let url = format!("smtp://{}?tls=none", server.address());
    let app = Candlewick::start_with(&[("SMTP_URL", url.as_str())]).await;
    let operator = app.operator().await;
    let profile = || app.get("/api/auth/profile").bearer(&operator).send();
    let before = profile().await.json();
    assert_eq!(before["operator"], false);
    assert_eq!(before["emailVerified"], false);

    let login = app.get("/login").header("accept", "text/html").send().await.text();
    assert!(login.contains("href=\"/forgot\""), "{login}");
    let answers = [
        send(&app, "forgot", "x=y", &[("email", OPERATOR)]).await,
        send(&app, "forgot", "x=y", &[("email", "nobody@example.org")]).await,
    ];
    for answer in &answers {
        assert_eq!((answer.status.as_u16(), answer.text()), (200, answers[0].text()));
    }
    let (reset, verify) = (token(&server, "reset").await, token(&server, "verify").await);

    // Opening the pages, as programs that look through mail do, uses nothing up.
    for path in [format!("/reset/{reset}"), format!("/verify/{verify}")] {
        let page = app.get(&path).header("accept", "text/html").send().await;
        assert_eq!(page.status, 200, "{path}");
    }
    assert_eq!(profile().await.json()["emailVerified"], false);
    assert_eq!(send(&app, "verify", "x=y", &[("token", verify.as_str())]).await.status, 200);
    let after = profile().await.json();
    assert_eq!(after["operator"], true);
    assert_eq!(after["emailVerified"], true);

    let fresh = [("token", reset.as_str()), ("new", "a fresh and better password")];
    assert_eq!(send(&app, "reset", "x=y", &fresh).await.status, 200);
    let again = send(&app, "reset", "x=y", &fresh).await;
    assert_eq!(again.status, 409, "{}", again.text());
    let old = send(&app, "login", "x=y", &[("email", OPERATOR), ("password", PASSWORD)]).await;
    assert_eq!(old.status, 401, "{}", old.text());
    let new = [("email", OPERATOR), ("password", "a fresh and better password")];
    assert_eq!(send(&app, "login", "x=y", &new).await.status, 200);
    assert!(server.mails().iter().all(|mail| !mail.contains("nobody@example.org")));
}

#[tokio::test]
async fn without_mail_the_pages_say_who_can_help() {
    let app = Candlewick::start().await;
    let page = |path: &'static str| app.get(path).header("accept", "text/html").send();
    let login = page("/login").await.text();
    assert!(login.contains("Whoever operates this installation") && !login.contains("href=\"/forgot\""));
    assert!(page("/forgot").await.text().contains("candlewick password"));
    let refused = send(&app, "forgot", "x=y", &[("email", "ada@example.org")]).await;
    assert_eq!(refused.status, 409, "{}", refused.text());
}
