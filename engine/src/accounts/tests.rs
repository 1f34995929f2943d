//! Accounts as their callers meet them, on both databases.

use crate::{
    Cx, Engine, Error,
    testing::{PASSWORD, caller, colleague, for_each_engine, member, registration},
};
use chrono::Duration;
use domain::{
    Role,
    account::{ProfileChange, Registration},
};
use std::time::Instant;
use uuid::Uuid;

const ADA: &str = "ada@example.org";
const BOB: &str = "bob@example.org";

fn fields(error: &Error) -> Vec<&str> {
    match error {
        Error::Invalid(fields) => fields.iter().map(|error| error.field.as_str()).collect(),
        other => panic!("not a complaint about the input: {other}"),
    }
}

async fn actions(engine: &Engine, cx: &Cx) -> Vec<String> {
    let lines = engine.accounts().trail(cx, 100).await.unwrap();
    lines.into_iter().map(|line| line.action).collect()
}

#[tokio::test]
async fn registration_opens_the_door_and_asks_for_a_first_watchlist() {
    for_each_engine(|engine| async move {
        let login = engine.accounts().register(registration(" Ada@Example.org "), &caller()).await.unwrap();
        assert_eq!(login.user.email, ADA);
        assert_eq!(login.cx.role, Role::Owner);
        let (cx, user) = engine.accounts().session(&login.session_token, "r1").await.unwrap().unwrap();
        assert_eq!(
            (cx.tenant, cx.user, cx.role, cx.request.as_str()),
            (login.cx.tenant, user.id, Role::Owner, "r1")
        );
        assert_eq!(user, login.user);
        let done = actions(&engine, &cx).await;
        assert!(
            done.contains(&"account.register".to_string()) && done.contains(&"session.begin".to_string())
        );
    })
    .await;
}
