//! One behaviour on both databases: every function of the accounts' tables there and back, and each that
//! touches somebody's data also asked as a stranger, who finds nothing and changes nothing.

use super::{api_keys, notes, refresh_tokens, sessions, tenants, users, watchlists};
use crate::{
    Error,
    testing::{colleague, engine_on, for_each_db, for_each_engine, member},
};
use chrono::Duration;
use domain::{
    Role, Symbol, TenantId, UserId,
    account::{ApiKey, ProfileChange},
    note::{Note, NoteId},
};
use uuid::Uuid;

#[tokio::test]
async fn users_are_kept_as_given_and_changed_only_by_who_knows_the_hash() {
    for_each_db(|db| async move {
        let (id, at) = (UserId(Uuid::now_v7()), crate::testing::now());
        let mut tx = db.begin().await.unwrap();
        assert!(users::insert(&mut tx, id, "a@b.co", "Ada", "hash", at, "::1").await.unwrap());
        let twin = UserId(Uuid::now_v7());
        assert!(!users::insert(&mut tx, twin, "a@b.co", "Twin", "hash", at, "::1").await.unwrap());
        assert!(users::by_id_in(&mut tx, twin).await.unwrap().is_none());
        let user = users::by_id_in(&mut tx, id).await.unwrap().unwrap().user(false).unwrap();
        assert_eq!((user.created_at, user.last_login_address.as_deref()), (at, Some("::1")));
        let later = at + Duration::microseconds(1);
        assert!(!users::mark_login(&mut tx, id, "other", later, "::2").await.unwrap());
        assert!(users::mark_login(&mut tx, id, "hash", later, "::2").await.unwrap());
        assert!(!users::set_password(&mut tx, id, "other", "new").await.unwrap());
        assert!(users::set_password(&mut tx, id, "hash", "new").await.unwrap());
        users::touch(&mut tx, id, later + Duration::hours(1)).await.unwrap();
        let change = ProfileChange { theme: Some("dark".into()), ..ProfileChange::default() };
        users::update_profile(&mut tx, id, &change).await.unwrap();
        tx.commit().await.unwrap();

        let row = users::by_email(&db, "a@b.co").await.unwrap().unwrap();
        assert_eq!(row.password_hash, "new");
        let user = row.user(false).unwrap();
        assert_eq!((user.last_login_at, user.last_login_address.as_deref()), (Some(later), Some("::2")));
        assert_eq!(user.last_seen_at, Some(later + Duration::hours(1)));
        assert_eq!((user.theme.as_str(), user.full_name.as_str()), ("dark", "Ada"));
        assert!(users::by_id(&db, twin).await.unwrap().is_none());
        assert!(users::by_email(&db, "A@B.co").await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_dropped_transaction_leaves_nothing() {
    for_each_db(|db| async move {
        let (tenant, at) = (TenantId(Uuid::now_v7()), crate::testing::now());
        let cx = member(&engine_on(db.clone()), "a@b.co").await;
        let mut tx = db.begin().await.unwrap();
        tenants::insert(&mut tx, tenant, "Acme", at).await.unwrap();
        tenants::add_member(&mut tx, tenant, cx.user, Role::Viewer, at).await.unwrap();
        drop(tx);
        assert_eq!(tenants::role_of(&db, tenant, cx.user).await.unwrap(), None);
        assert_eq!(tenants::first_of(&db, cx.user).await.unwrap(), Some((cx.tenant, Role::Owner)));
    })
    .await;
}

#[tokio::test]
async fn a_stranger_has_no_role_and_a_member_the_latest_one() {
    for_each_engine(|engine| async move {
        let (ada, bob) = (member(&engine, "a@b.co").await, member(&engine, "b@b.co").await);
        assert_eq!(tenants::role_of(engine.db(), ada.tenant, bob.user).await.unwrap(), None);
        let guest = colleague(&engine, &ada, "c@b.co", Role::Analyst).await;
        let role = tenants::role_of(engine.db(), ada.tenant, guest.user).await.unwrap();
        assert_eq!(role, Some(Role::Analyst));
    })
    .await;
}

#[tokio::test]
async fn a_stranger_neither_sees_nor_ends_sessions() {
    for_each_engine(|engine| async move {
        let (ada, bob) = (member(&engine, "a@b.co").await, member(&engine, "b@b.co").await);
        let (db, now) = (engine.db(), engine.clock().now());
        let theirs = sessions::list(db, &ada, now).await.unwrap();
        assert_eq!(theirs.len(), 1);
        let mut tx = db.begin().await.unwrap();
        assert!(!sessions::end(&mut tx, &bob, theirs[0].id).await.unwrap());
        assert_eq!(sessions::end_others(&mut tx, &bob, b"none").await.unwrap().len(), 1, "only bob's own");
        sessions::purge(&mut tx, &bob, now + Duration::days(99)).await.unwrap();
        assert!(sessions::end_by_token(&mut tx, b"unknown").await.unwrap().is_none());
        tx.commit().await.unwrap();
        assert!(sessions::list(db, &bob, now).await.unwrap().is_empty());
        let found = sessions::find(db, &theirs[0].token_hash, now).await.unwrap().unwrap();
        assert_eq!((found.tenant_id, found.session_id), (ada.tenant.0, theirs[0].id));
        assert!(sessions::find(db, &theirs[0].token_hash, now + Duration::days(30)).await.unwrap().is_none());
        let mut tx = db.begin().await.unwrap();
        sessions::purge(&mut tx, &ada, now + Duration::days(30)).await.unwrap();
        tx.commit().await.unwrap();
        assert!(sessions::list(db, &ada, now).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_stranger_revokes_no_refresh_token_of_others() {
    for_each_engine(|engine| async move {
        let (ada, bob) = (member(&engine, "a@b.co").await, member(&engine, "b@b.co").await);
        let (db, now, family) = (engine.db(), engine.clock().now(), Uuid::now_v7());
        let mut tx = db.begin().await.unwrap();
        let until = now + Duration::days(1);
        refresh_tokens::insert(&mut tx, (ada.tenant, ada.user), family, b"one", now, until).await.unwrap();
        assert_eq!(refresh_tokens::revoke_all(&mut tx, &bob, now).await.unwrap().len(), 0);
        refresh_tokens::purge(&mut tx, &bob, until).await.unwrap();
        assert!(refresh_tokens::used(&mut tx, b"one").await.unwrap().is_none());
        assert!(refresh_tokens::spend(&mut tx, b"one", until).await.unwrap().is_none(), "too late");
        let owner = refresh_tokens::spend(&mut tx, b"one", now).await.unwrap().unwrap();
        assert_eq!((owner.tenant_id, owner.user_id, owner.family), (ada.tenant.0, ada.user.0, family));
        assert!(refresh_tokens::spend(&mut tx, b"one", now).await.unwrap().is_none(), "once only");
        assert_eq!(refresh_tokens::used(&mut tx, b"one").await.unwrap(), Some(owner.clone()));
        assert_eq!(refresh_tokens::revoke_family(&mut tx, family, now).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!(refresh_tokens::owner(db, b"one").await.unwrap(), Some(owner));
        let mut tx = db.begin().await.unwrap();
        refresh_tokens::purge(&mut tx, &ada, until).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(refresh_tokens::owner(db, b"one").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_stranger_neither_sees_nor_revokes_api_keys() {
    for_each_engine(|engine| async move {
        let (ada, bob) = (member(&engine, "a@b.co").await, member(&engine, "b@b.co").await);
        let (db, now) = (engine.db(), engine.clock().now());
        let key = ApiKey {
            id: Uuid::now_v7(),
            name: "robot".into(),
            prefix: "cwk_1234".into(),
            created_at: now,
            last_used_at: None,
        };
        let mut tx = db.begin().await.unwrap();
        api_keys::insert(&mut tx, &ada, &key, b"hash").await.unwrap();
        assert!(!api_keys::revoke(&mut tx, &bob, key.id, now).await.unwrap());
        assert_eq!(api_keys::count(&mut tx, &bob).await.unwrap(), 0);
        assert_eq!(api_keys::count(&mut tx, &ada).await.unwrap(), 1);
        api_keys::touch(&mut tx, key.id, now).await.unwrap();
        tx.commit().await.unwrap();
        assert!(api_keys::list(db, &bob).await.unwrap().is_empty());
        let used = ApiKey { last_used_at: Some(now), ..key.clone() };
        assert_eq!(api_keys::list(db, &ada).await.unwrap(), [used]);
        assert_eq!(api_keys::find(db, b"hash").await.unwrap().unwrap().tenant_id, ada.tenant.0);
        let mut tx = db.begin().await.unwrap();
        assert!(api_keys::revoke(&mut tx, &ada, key.id, now).await.unwrap());
        tx.commit().await.unwrap();
        assert!(api_keys::find(db, b"hash").await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_stranger_neither_sees_nor_changes_watchlists() {
    for_each_engine(|engine| async move {
        let (ada, bob) = (member(&engine, "a@b.co").await, member(&engine, "b@b.co").await);
        let lists = engine.watchlists();
        let list = lists.create(&ada, "Energy").await.unwrap();
        let symbol = Symbol::parse("AAPL").unwrap();
        assert!(lists.list(&bob).await.unwrap().is_empty());
        assert!(lists.get(&bob, list.id).await.is_err());
        assert!(lists.rename(&bob, list.id, "Mine").await.is_err());
        assert!(lists.add(&bob, list.id, symbol.clone()).await.is_err());
        assert!(lists.remove(&bob, list.id, &symbol).await.is_err());
        assert!(lists.reorder(&bob, list.id, vec![symbol]).await.is_err());
        assert!(lists.delete(&bob, list.id).await.is_err());
        assert_eq!(lists.list(&ada).await.unwrap(), [list]);
    })
    .await;
}

#[tokio::test]
async fn symbols_are_never_put_on_a_list_of_another_tenant() {
    for_each_engine(|engine| async move {
        let (ada, bob) = (member(&engine, "a@b.co").await, member(&engine, "b@b.co").await);
        let list = engine.watchlists().create(&ada, "Energy").await.unwrap();
        let symbols = [Symbol::parse("AAPL").unwrap()];
        let mut tx = engine.db().begin().await.unwrap();
        let outcome = watchlists::set_symbols(&mut tx, &bob, list.id, &symbols).await;
        assert!(matches!(outcome, Err(Error::NotFound(_))));
        watchlists::set_symbols(&mut tx, &ada, list.id, &symbols).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_stranger_neither_sees_nor_changes_notes() {
    for_each_engine(|engine| async move {
        let (ada, bob) = (member(&engine, "a@b.co").await, member(&engine, "b@b.co").await);
        let (db, at, symbol) = (engine.db(), engine.clock().now(), Symbol::parse("AAPL").unwrap());
        let note = Note {
            id: NoteId(Uuid::now_v7()),
            symbol: symbol.clone(),
            text: "Ours".into(),
            author_id: ada.user,
            author: "Test Person".into(),
            written_at: at,
            edited_at: None,
        };
        // Without the second lock: each statement names its tenant.
        let mut tx = db.begin().await.unwrap();
        notes::insert(&mut tx, &ada, &note).await.unwrap();
        assert_eq!(notes::count_locked(&mut tx, &ada, &symbol).await.unwrap(), 1);
        assert_eq!(notes::count_locked(&mut tx, &bob, &symbol).await.unwrap(), 0);
        assert_eq!(notes::find_locked(&mut tx, &bob, note.id).await.unwrap(), None);
        notes::update(&mut tx, &bob, note.id, "Taken over", at).await.unwrap();
        notes::delete(&mut tx, &bob, note.id).await.unwrap();
        tx.commit().await.unwrap();
        assert!(notes::of(db, &bob, &symbol).await.unwrap().is_empty());
        assert_eq!(notes::of(db, &ada, &symbol).await.unwrap(), [note]);
    })
    .await;
}
