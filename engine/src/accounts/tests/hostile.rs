//! Input that nobody means well with: it may be refused, it may be stored, it must never be our own fault.

use super::ADA;
use crate::{
    Error, Result,
    accounts::Caller,
    testing::{PASSWORD, caller, engine_on, for_each_db, member},
};
use domain::account::{ProfileChange, Registration};

fn nasty() -> Vec<String> {
    let mut texts: Vec<String> = [
        "",
        " ",
        "\0",
        "a\0b@example.org",
        "'; drop table users; --",
        "\" or 1=1 --",
        "%_\\",
        "${jndi:ldap://x}",
        "<script>alert(1)</script>",
        "\u{202e}gro.elpmaxe@ada",
        "e\u{301}@example.org",
        "😀@😀.example",
        "\u{feff}ada@example.org",
        "ẞ@example.org",
        "İ@example.org",
        "a@b@c.de",
        "..@..",
        "\r\nSet-Cookie: x=1",
        "null",
        "-1",
        "99999999999999999999",
    ]
    .map(String::from)
    .to_vec();
    texts.push("x".repeat(10_000));
    texts.push(format!("{}@example.org", "é".repeat(5_000)));
    texts.push("😀".repeat(200));
    texts
}

/// Passes every outcome but our own fault.
fn fair<T>(what: &str, text: &str, outcome: Result<T>) {
    if let Err(error @ (Error::Internal(_) | Error::Unavailable(_))) = outcome {
        panic!("{what} of {:?}: {error}", text.chars().take(40).collect::<String>());
    }
}

#[tokio::test]
async fn hostile_input_is_never_our_own_fault() {
    for_each_db(|db| async move {
        for text in nasty() {
            // A new engine each time: the throttle is not what is tried here.
            let engine = engine_on(db.clone());
            let accounts = engine.accounts();
            let from = Caller { address: text.clone(), user_agent: text.clone(), request: text.clone() };
            let make = |email: &str, password: &str, full_name: &str| Registration {
                email: email.into(),
                password: password.into(),
                full_name: full_name.into(),
            };
            fair("e-mail", &text, accounts.register(make(&text, PASSWORD, "Ada"), &from).await);
            fair("password", &text, accounts.register(make("p@example.org", &text, "Ada"), &from).await);
            fair("name", &text, accounts.register_api(make("n@example.org", PASSWORD, &text), &from).await);
            fair("login", &text, accounts.login(&text, &text, &from).await);
            fair("login", &text, accounts.login_api(ADA, &text, &from).await);
            fair("refresh", &text, accounts.refresh(&text, &from).await);
            fair("logout", &text, accounts.logout_api(&text).await);
            fair("logout", &text, accounts.logout(&text).await);
            fair("session", &text, accounts.session(&text, &text).await);
            fair("bearer", &text, accounts.bearer(&text, &text).await);
            fair("key", &text, accounts.api_key(&text, &text).await);
            fair("key", &text, accounts.api_key(&format!("cwk_{text}"), &text).await);
        }
    })
    .await;
}

#[tokio::test]
async fn hostile_input_of_somebody_known_is_never_our_own_fault() {
    for_each_db(|db| async move {
        let setup = engine_on(db.clone());
        let cx = member(&setup, ADA).await;
        for text in nasty() {
            let engine = engine_on(db.clone());
            let accounts = engine.accounts();
            let all = Some(text.clone());
            let change = ProfileChange {
                full_name: all.clone(),
                time_zone: all.clone(),
                base_currency: all.clone(),
                theme: all.clone(),
                colours: all,
            };
            fair("profile", &text, accounts.update_profile(&cx, change).await);
            let change = ProfileChange { full_name: Some(text.clone()), ..ProfileChange::default() };
            fair("name", &text, accounts.update_profile(&cx, change).await);
            fair("new password", &text, accounts.change_password(&cx, &text, &text, &text).await);
            fair("old password", &text, accounts.change_password(&cx, &text, &text, PASSWORD).await);
            fair("sessions", &text, accounts.sessions(&cx, &text).await);
            if let Ok((key, _)) = accounts.create_api_key(&cx, &text).await {
                accounts.revoke_api_key(&cx, key.id).await.unwrap();
            }
            fair("key", &text, accounts.create_api_key(&cx, &text).await);
        }
    })
    .await;
}

#[tokio::test]
async fn what_a_header_brings_is_cut_and_cleaned_before_it_is_kept() {
    for_each_db(|db| async move {
        let engine = engine_on(db);
        let agent = format!("bad\0agent\n{}", "x".repeat(9_000));
        let from = Caller { user_agent: agent, ..caller() };
        let login = engine.accounts().register(crate::testing::registration(ADA), &from).await.unwrap();
        let list = engine.accounts().sessions(&login.cx, &login.session_token).await.unwrap();
        assert!(list[0].user_agent.starts_with("badagentxxx"));
        assert_eq!(list[0].user_agent.chars().count(), 300);
    })
    .await;
}
