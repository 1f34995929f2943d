//! Tokens and keys of programs.

use super::{ADA, BOB, actions};
use crate::{
    Error,
    accounts::MAX_KEYS,
    testing::{PASSWORD, caller, colleague, for_each_engine, member, registration},
};
use chrono::Duration;
use domain::Role;

#[tokio::test]
async fn an_access_token_works_for_a_quarter_of_an_hour() {
    for_each_engine(|engine| async move {
        let accounts = engine.accounts();
        let tokens = accounts.register_api(registration(ADA), &caller()).await.unwrap();
        assert_eq!((tokens.expires_in, tokens.token_type.as_str()), (900, "Bearer"));
        engine.clock().advance(Duration::seconds(899));
        let cx = accounts.bearer(&tokens.access_token, "r2").await.unwrap();
        assert_eq!((cx.user, cx.role, cx.request.as_str()), (tokens.user.id, Role::Owner, "r2"));
        engine.clock().advance(Duration::seconds(1));
        let late = accounts.bearer(&tokens.access_token, "r3").await;
        assert!(matches!(late, Err(Error::Unauthenticated(_))));
    })
    .await;
}

#[tokio::test]
async fn a_forged_access_token_is_nobody() {
    for_each_engine(|engine| async move {
        let tokens = engine.accounts().register_api(registration(ADA), &caller()).await.unwrap();
        let parts: Vec<&str> = tokens.access_token.split('.').collect();
        // RFC 7519, section 6: an unsecured token, header {"alg":"none"}.
        let unsigned = format!("eyJhbGciOiJub25lIn0.{}.", parts[1]);
        let swapped = format!("{}.{}.{}", parts[0], parts[1], parts[2].chars().rev().collect::<String>());
        for forged in
            [unsigned.as_str(), swapped.as_str(), parts[1], "", "a.b.c", tokens.refresh_token.as_str()]
        {
            let outcome = engine.accounts().bearer(forged, "r").await;
            assert!(matches!(outcome, Err(Error::Unauthenticated(_))), "{forged} was let in");
        }
    })
    .await;
}

#[tokio::test]
async fn a_role_taken_away_is_gone_at_once() {
    for_each_engine(|engine| async move {
        let accounts = engine.accounts();
        let tokens = accounts.register_api(registration(ADA), &caller()).await.unwrap();
        let cx = accounts.bearer(&tokens.access_token, "r").await.unwrap();
        let (_, key) = accounts.create_api_key(&cx, "robot").await.unwrap();
        let mut tx = engine.db().begin().await.unwrap();
        let at = engine.clock().now();
        crate::store::tenants::add_member(&mut tx, cx.tenant, cx.user, Role::Viewer, at).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(accounts.bearer(&tokens.access_token, "r").await.unwrap().role, Role::Viewer);
        assert_eq!(accounts.api_key(&key, "r").await.unwrap().role, Role::Viewer);
    })
    .await;
}

#[tokio::test]
async fn a_refresh_gives_new_tokens_for_thirty_days_each() {
    for_each_engine(|engine| async move {
        let accounts = engine.accounts();
        let mut tokens = accounts.register_api(registration(ADA), &caller()).await.unwrap();
        for _ in 0..3 {
            engine.clock().advance(Duration::days(29));
            let next = accounts.refresh(&tokens.refresh_token, &caller()).await.unwrap();
            assert_ne!(next.refresh_token, tokens.refresh_token);
            assert_eq!(accounts.bearer(&next.access_token, "r").await.unwrap().user, next.user.id);
            tokens = next;
        }
        engine.clock().advance(Duration::days(30));
        let late = accounts.refresh(&tokens.refresh_token, &caller()).await;
        assert!(matches!(late, Err(Error::Unauthenticated(_))));
    })
    .await;
}

#[tokio::test]
async fn reuse_of_an_old_refresh_token_revokes_the_family() {
    for_each_engine(|engine| async move {
        let accounts = engine.accounts();
        let first = accounts.register_api(registration(ADA), &caller()).await.unwrap();
        let other = accounts.login_api(ADA, PASSWORD, &caller()).await.unwrap();
        let second = accounts.refresh(&first.refresh_token, &caller()).await.unwrap();
        let third = accounts.refresh(&second.refresh_token, &caller()).await.unwrap();

        let reuse = accounts.refresh(&first.refresh_token, &caller()).await;
        assert!(matches!(reuse, Err(Error::Unauthenticated(_))));
        let newest = accounts.refresh(&third.refresh_token, &caller()).await;
        assert!(matches!(newest, Err(Error::Unauthenticated(_))), "the newest of the family ended too");
        assert!(accounts.refresh(&other.refresh_token, &caller()).await.is_ok(), "other families live");
        let cx = accounts.bearer(&third.access_token, "r").await.unwrap();
        assert!(actions(&engine, &cx).await.contains(&"tokens.reuse".to_string()));
    })
    .await;
}

#[tokio::test]
async fn of_many_uses_at_once_one_succeeds_and_the_family_ends() {
    for_each_engine(|engine| async move {
        for round in 0..5 {
            let email = format!("u{round}@example.org");
            let tokens = engine.accounts().register_api(registration(&email), &caller()).await.unwrap();
            let uses = (0..8).map(|_| {
                let (engine, token) = (engine.clone(), tokens.refresh_token.clone());
                tokio::spawn(async move { engine.accounts().refresh(&token, &caller()).await })
            });
            let mut winners = Vec::new();
            for outcome in futures::future::join_all(uses).await {
                match outcome.unwrap() {
                    Ok(tokens) => winners.push(tokens),
                    Err(error) => assert!(matches!(error, Error::Unauthenticated(_)), "{error}"),
                }
            }
            assert_eq!(winners.len(), 1);
            let outcome = engine.accounts().refresh(&winners[0].refresh_token, &caller()).await;
            assert!(matches!(outcome, Err(Error::Unauthenticated(_))), "what the winner got is revoked");
        }
    })
    .await;
}

#[tokio::test]
async fn a_reuse_beside_a_running_refresh_leaves_no_living_token() {
    for_each_engine(|engine| async move {
        for round in 0..5 {
            let accounts = engine.accounts();
            let email = format!("u{round}@example.org");
            let first = accounts.register_api(registration(&email), &caller()).await.unwrap();
            let second = accounts.refresh(&first.refresh_token, &caller()).await.unwrap();
            let spawn = |token: &str| {
                let (engine, token) = (engine.clone(), token.to_string());
                tokio::spawn(async move { engine.accounts().refresh(&token, &caller()).await })
            };
            let (rotation, reuse) = (spawn(&second.refresh_token), spawn(&first.refresh_token));
            assert!(reuse.await.unwrap().is_err());
            if let Ok(third) = rotation.await.unwrap() {
                assert!(
                    accounts.refresh(&third.refresh_token, &caller()).await.is_err(),
                    "it outlived its family"
                );
            }
        }
    })
    .await;
}

#[tokio::test]
async fn logging_a_program_out_ends_its_family() {
    for_each_engine(|engine| async move {
        let accounts = engine.accounts();
        let tokens = accounts.register_api(registration(ADA), &caller()).await.unwrap();
        accounts.logout_api(&tokens.refresh_token).await.unwrap();
        accounts.logout_api("never seen").await.unwrap();
        assert!(accounts.refresh(&tokens.refresh_token, &caller()).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_key_is_shown_once_works_and_is_revoked() {
    for_each_engine(|engine| async move {
        let accounts = engine.accounts();
        let cx = member(&engine, ADA).await;
        let (key, secret) = accounts.create_api_key(&cx, " robot ").await.unwrap();
        assert_eq!(key.name, "robot");
        assert!(secret.starts_with(&key.prefix) && key.prefix.len() < 16 && secret.len() > 40);
        assert_eq!(accounts.api_keys(&cx).await.unwrap(), std::slice::from_ref(&key));

        let used = accounts.api_key(&secret, "r4").await.unwrap();
        assert_eq!(
            (used.tenant, used.user, used.role, used.request.as_str()),
            (cx.tenant, cx.user, cx.role, "r4")
        );
        let listed = accounts.api_keys(&cx).await.unwrap();
        assert_eq!(listed[0].last_used_at, Some(engine.clock().now()));

        let bob = member(&engine, BOB).await;
        assert!(accounts.api_keys(&bob).await.unwrap().is_empty());
        assert!(matches!(accounts.revoke_api_key(&bob, key.id).await, Err(Error::NotFound(_))));

        accounts.revoke_api_key(&cx, key.id).await.unwrap();
        assert!(matches!(accounts.api_key(&secret, "r").await, Err(Error::Unauthenticated(_))));
        assert!(accounts.api_keys(&cx).await.unwrap().is_empty());
        let done = actions(&engine, &cx).await;
        assert_eq!(done[..2], ["api_key.revoke", "api_key.create"]);
    })
    .await;
}

#[tokio::test]
async fn keys_are_bounded_and_not_for_viewers() {
    for_each_engine(|engine| async move {
        let accounts = engine.accounts();
        let cx = member(&engine, ADA).await;
        for n in 0..MAX_KEYS {
            accounts.create_api_key(&cx, &format!("key {n}")).await.unwrap();
        }
        assert!(matches!(accounts.create_api_key(&cx, "one more").await, Err(Error::Conflict(_))));
        let viewer = colleague(&engine, &cx, BOB, Role::Viewer).await;
        assert!(matches!(accounts.create_api_key(&viewer, "mine").await, Err(Error::Forbidden(_))));
    })
    .await;
}
