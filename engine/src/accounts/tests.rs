//! Accounts as their callers meet them, on both databases.

mod hostile;
mod letters;
mod programs;

use super::{Caller, throttle::PER_ACCOUNT};
use crate::{
    Cx, Engine, Error,
    testing::{PASSWORD, caller, colleague, for_each_engine, member, operator, registration},
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
const FRESH: &str = "a fresh and better password";

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

async fn is_in(engine: &Engine, session_token: &str) -> bool {
    engine.accounts().session(session_token, "r").await.unwrap().is_some()
}

#[tokio::test]
async fn registration_opens_an_account_with_a_tenant_of_its_own() {
    for_each_engine(|engine| async move {
        let login = engine.accounts().register(registration(" Ada@Example.org "), &caller()).await.unwrap();
        assert_eq!((login.user.email.as_str(), login.cx.role), (ADA, Role::Owner));
        let (cx, user) = engine.accounts().session(&login.session_token, "r1").await.unwrap().unwrap();
        assert_eq!((cx.tenant, cx.user, cx.role), (login.cx.tenant, user.id, Role::Owner));
        assert_eq!((cx.request.as_str(), &user), ("r1", &login.user));
        let done = actions(&engine, &cx).await;
        assert_eq!(done, ["session.begin", "account.register"]);
        let bob = member(&engine, BOB).await;
        assert_ne!(bob.tenant, cx.tenant);
    })
    .await;
}

#[tokio::test]
async fn a_taken_address_is_a_conflict_also_when_two_want_it_at_once() {
    for_each_engine(|engine| async move {
        let accounts = engine.accounts();
        let (caller, upper) = (caller(), registration("ADA@example.org"));
        let (one, two) =
            tokio::join!(accounts.register(registration(ADA), &caller), accounts.register(upper, &caller));
        assert_eq!([&one, &two].iter().filter(|outcome| outcome.is_ok()).count(), 1);
        assert!(matches!(one.and(two), Err(Error::Conflict(_))));
        assert!(matches!(accounts.register(registration(ADA), &caller).await, Err(Error::Conflict(_))));
    })
    .await;
}

#[tokio::test]
async fn a_bad_registration_names_every_field_and_leaves_nothing() {
    for_each_engine(|engine| async move {
        let bad = Registration { email: "nobody".into(), password: "short".into(), full_name: " ".into() };
        let error = engine.accounts().register(bad, &caller()).await.err().unwrap();
        assert_eq!(fields(&error), ["email", "password", "fullName"]);
        assert!(engine.accounts().register(registration(ADA), &caller()).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn unknown_and_known_addresses_answer_the_same_error_in_the_same_time() {
    for_each_engine(|engine| async move {
        member(&engine, ADA).await;
        let mut answers = Vec::new();
        for email in [ADA, BOB] {
            let (mut words, mut fastest) = (String::new(), Duration::MAX);
            for _ in 0..3 {
                let started = Instant::now();
                let error =
                    engine.accounts().login(email, "not the password", &caller()).await.err().unwrap();
                fastest = fastest.min(Duration::from_std(started.elapsed()).unwrap());
                assert!(matches!(error, Error::Unauthenticated(_)), "{error}");
                words = error.to_string();
            }
            answers.push((words, fastest));
        }
        assert_eq!(answers[0].0, answers[1].0);
        // Both hash: an answer without a hash would be a hundred times faster, not four.
        let (known, unknown) = (answers[0].1, answers[1].1);
        assert!(unknown * 4 > known && known * 4 > unknown, "{known:?} known, {unknown:?} unknown");
    })
    .await;
}

#[tokio::test]
async fn every_login_has_a_new_token_and_logging_out_ends_only_its_own() {
    for_each_engine(|engine| async move {
        let accounts = engine.accounts();
        let first = accounts.register(registration(ADA), &caller()).await.unwrap();
        engine.clock().advance(Duration::hours(1));
        let second = accounts.login(" ADA@example.org", PASSWORD, &caller()).await.unwrap();
        assert_ne!(first.session_token, second.session_token);
        assert_eq!(second.session_token.len(), 43, "256 bits in base64url");
        assert_eq!(second.cx.tenant, first.cx.tenant);
        assert_eq!(second.user.last_login_at, Some(engine.clock().now()));
        assert_eq!(accounts.user(&second.cx).await.unwrap(), second.user);
        accounts.logout(&second.session_token).await.unwrap();
        accounts.logout(&second.session_token).await.unwrap();
        assert!(!is_in(&engine, &second.session_token).await);
        assert!(is_in(&engine, &first.session_token).await);
    })
    .await;
}

#[tokio::test]
async fn guessing_is_throttled_for_known_and_unknown_accounts_alike() {
    for_each_engine(|engine| async move {
        let accounts = engine.accounts();
        member(&engine, ADA).await;
        for email in [ADA, BOB] {
            for guess in 0..PER_ACCOUNT {
                let from = Caller { address: format!("198.51.100.{guess}"), ..caller() };
                let error = accounts.login(email, "guess guess", &from).await.err().unwrap();
                assert!(matches!(error, Error::Unauthenticated(_)), "{error}");
            }
            let error = accounts.login(email, PASSWORD, &caller()).await.err().unwrap();
            assert!(matches!(error, Error::Limited { retry_after_s: 900 }), "{error}");
        }
        engine.clock().advance(Duration::minutes(15));
        assert!(accounts.login(ADA, PASSWORD, &caller()).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_session_lives_thirty_days_from_its_last_use() {
    for_each_engine(|engine| async move {
        let login = engine.accounts().register(registration(ADA), &caller()).await.unwrap();
        engine.clock().advance(Duration::days(29));
        assert!(is_in(&engine, &login.session_token).await);
        engine.clock().advance(Duration::days(29));
        assert!(is_in(&engine, &login.session_token).await, "the last use put off the end");
        engine.clock().advance(Duration::days(30));
        assert!(!is_in(&engine, &login.session_token).await);
    })
    .await;
}

#[tokio::test]
async fn a_visit_is_noted_at_most_once_a_minute() {
    for_each_engine(|engine| async move {
        let accounts = engine.accounts();
        let login = accounts.register(registration(ADA), &caller()).await.unwrap();
        let mut seen = Vec::new();
        for _ in 0..3 {
            engine.clock().advance(Duration::seconds(40));
            assert!(is_in(&engine, &login.session_token).await);
            let list = accounts.sessions(&login.cx, &login.session_token).await.unwrap();
            seen.push((list[0].last_seen_at - login.user.created_at).num_seconds());
        }
        assert_eq!(seen, [0, 80, 80]);
    })
    .await;
}

#[tokio::test]
async fn sessions_are_listed_and_revoked_by_their_user_alone() {
    for_each_engine(|engine| async move {
        let accounts = engine.accounts();
        let first = accounts.register(registration(ADA), &caller()).await.unwrap();
        engine.clock().advance(Duration::minutes(1));
        let second = accounts.login(ADA, PASSWORD, &caller()).await.unwrap();
        let list = accounts.sessions(&first.cx, &first.session_token).await.unwrap();
        assert_eq!(list.iter().map(|session| session.current).collect::<Vec<_>>(), [false, true]);
        assert_eq!((list[0].user_agent.as_str(), list[0].address.as_str()), ("test browser", "192.0.2.1"));

        let bob = member(&engine, BOB).await;
        let denied = accounts.revoke_session(&bob, list[0].id).await;
        assert!(matches!(denied, Err(Error::NotFound(_))), "a stranger learns nothing");
        let guest = colleague(&engine, &first.cx, "guest@example.org", Role::Owner).await;
        let denied = accounts.revoke_session(&guest, list[0].id).await;
        assert!(matches!(denied, Err(Error::NotFound(_))), "not even a colleague");
        assert!(is_in(&engine, &second.session_token).await);

        accounts.revoke_session(&first.cx, list[0].id).await.unwrap();
        assert!(!is_in(&engine, &second.session_token).await);
        let again = accounts.revoke_session(&first.cx, list[0].id).await;
        assert!(matches!(again, Err(Error::NotFound(_))));
        assert_eq!(actions(&engine, &first.cx).await[0], "session.revoke");
    })
    .await;
}

#[tokio::test]
async fn a_new_password_ends_other_sessions_and_every_refresh_token() {
    for_each_engine(|engine| async move {
        let accounts = engine.accounts();
        let here = accounts.register(registration(ADA), &caller()).await.unwrap();
        let there = accounts.login(ADA, PASSWORD, &caller()).await.unwrap();
        let program = accounts.login_api(ADA, PASSWORD, &caller()).await.unwrap();
        let (cx, token) = (&here.cx, &here.session_token);

        let wrong = accounts.change_password(cx, token, "not it at all", FRESH).await.unwrap_err();
        assert_eq!(fields(&wrong), ["oldPassword"]);
        let weak = accounts.change_password(cx, token, PASSWORD, "short").await.unwrap_err();
        assert_eq!(fields(&weak), ["newPassword"]);
        assert!(is_in(&engine, &there.session_token).await);

        accounts.change_password(cx, token, PASSWORD, FRESH).await.unwrap();
        assert!(is_in(&engine, token).await);
        assert!(!is_in(&engine, &there.session_token).await);
        assert!(accounts.refresh(&program.refresh_token, &caller()).await.is_err());
        assert!(accounts.login(ADA, PASSWORD, &caller()).await.is_err());
        assert!(accounts.login(ADA, FRESH, &caller()).await.is_ok());
        assert!(actions(&engine, cx).await.contains(&"password.change".to_string()));
    })
    .await;
}

#[tokio::test]
async fn a_profile_changes_where_it_is_told_to() {
    for_each_engine(|engine| async move {
        let cx = member(&engine, ADA).await;
        let change = ProfileChange {
            time_zone: Some("Europe/Berlin".into()),
            base_currency: Some("eur".into()),
            theme: Some("dark".into()),
            ..ProfileChange::default()
        };
        let user = engine.accounts().update_profile(&cx, change).await.unwrap();
        assert_eq!((user.time_zone.as_str(), user.base_currency.as_str()), ("Europe/Berlin", "EUR"));
        assert_eq!((user.theme.as_str(), user.full_name.as_str()), ("dark", "Test Person"));
        assert_eq!(engine.accounts().user(&cx).await.unwrap(), user);

        let bad = ProfileChange {
            full_name: Some("Grace".into()),
            theme: Some("neon".into()),
            time_zone: Some("Mars/Olympus".into()),
            ..ProfileChange::default()
        };
        let error = engine.accounts().update_profile(&cx, bad).await.unwrap_err();
        assert_eq!(fields(&error), ["timeZone", "theme"]);
        assert_eq!(engine.accounts().user(&cx).await.unwrap(), user, "all or nothing");
    })
    .await;
}

#[tokio::test]
async fn only_owners_read_the_trail_and_only_of_their_own_tenant() {
    for_each_engine(|engine| async move {
        let ada = member(&engine, ADA).await;
        for (email, role) in [("v@example.org", Role::Viewer), ("n@example.org", Role::Analyst)] {
            let cx = colleague(&engine, &ada, email, role).await;
            assert!(matches!(engine.accounts().trail(&cx, 10).await, Err(Error::Forbidden(_))));
        }
        let bob = member(&engine, BOB).await;
        let lines = engine.accounts().trail(&bob, 100).await.unwrap();
        assert!(lines.iter().all(|line| line.user_id == bob.user.0));
        assert!(lines.iter().all(|line| line.request_id == "test-request"));
    })
    .await;
}

#[tokio::test]
async fn an_id_nobody_has_is_not_found() {
    for_each_engine(|engine| async move {
        let cx = member(&engine, ADA).await;
        for id in [Uuid::nil(), Uuid::now_v7(), Uuid::max()] {
            assert!(matches!(engine.accounts().revoke_session(&cx, id).await, Err(Error::NotFound(_))));
            assert!(matches!(engine.accounts().revoke_api_key(&cx, id).await, Err(Error::NotFound(_))));
        }
    })
    .await;
}

#[tokio::test]
async fn the_account_named_by_the_settings_operates_and_nobody_else_does() {
    for_each_engine(|engine| async move {
        let (eve, operator) = (member(&engine, "eve@example.org").await, operator(&engine).await);
        assert!(engine.accounts().user(&operator).await.unwrap().operator);
        assert!(!engine.accounts().user(&eve).await.unwrap().operator);
        assert!(matches!(engine.accounts().operator(&eve).await, Err(Error::Forbidden(_))));
        // A member of the operator's own tenant is none either.
        let colleague = colleague(&engine, &operator, BOB, Role::Owner).await;
        assert!(matches!(engine.accounts().operator(&colleague).await, Err(Error::Forbidden(_))));
    })
    .await;
}
