//! Browsers that are logged in. The token itself is never stored, only its SHA-256.

use crate::{
    Cx,
    error::Result,
    store::{Db, Tx, execute, on_read, on_tx, users, users::user_columns},
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// A session about to begin.
pub(crate) struct New<'a> {
    pub(crate) token_hash: &'a [u8],
    pub(crate) user_agent: &'a str,
    pub(crate) address: &'a str,
    pub(crate) at: DateTime<Utc>,
    pub(crate) expires_at: DateTime<Utc>,
}

const INSERT: &str = "
insert into sessions (tenant_id, id, token_hash, user_id, user_agent, address, created_at, last_seen_at, expires_at)
values ($1, $2, $3, $4, $5, $6, $7, $7, $8)";

/// Begins a session of the caller; gives its id.
pub(crate) async fn insert(tx: &mut Tx, cx: &Cx, new: &New<'_>) -> Result<Uuid> {
    let id = Uuid::now_v7();
    execute!(
        tx,
        INSERT,
        cx.tenant.0,
        id,
        new.token_hash,
        cx.user.0,
        new.user_agent,
        new.address,
        new.at,
        new.expires_at
    )?;
    Ok(id)
}

/// A living session with its user and the role that user has today.
#[derive(sqlx_macros::FromRow)]
pub(crate) struct Found {
    pub(crate) tenant_id: Uuid,
    pub(crate) session_id: Uuid,
    pub(crate) last_seen_at: DateTime<Utc>,
    pub(crate) role: String,
    #[sqlx(flatten)]
    pub(crate) user: users::Row,
}

const FIND: &str = concat!(
    "
select sessions.tenant_id, sessions.id as session_id, sessions.last_seen_at, memberships.role, ",
    user_columns!(),
    "
from sessions
join users on users.id = sessions.user_id
join memberships on memberships.tenant_id = sessions.tenant_id and memberships.user_id = sessions.user_id
where sessions.token_hash = $1 and sessions.expires_at > $2"
);

/// The session of a token, unless it has ended or its user has left the tenant.
pub(crate) async fn find(db: &Db, token_hash: &[u8], now: DateTime<Utc>) -> Result<Option<Found>> {
    Ok(on_read!(db, |pool| { sqlx::query_as(FIND).bind(token_hash).bind(now).fetch_optional(pool).await })?)
}

const TOUCH: &str = "update sessions set last_seen_at = $2, expires_at = $3 where id = $1";

/// Notes that the session was used and puts off its end.
pub(crate) async fn touch(tx: &mut Tx, id: Uuid, at: DateTime<Utc>, expires_at: DateTime<Utc>) -> Result<()> {
    execute!(tx, TOUCH, id, at, expires_at)?;
    Ok(())
}

/// A session as its user may see it.
#[derive(Debug, sqlx_macros::FromRow)]
pub(crate) struct Listed {
    pub(crate) id: Uuid,
    pub(crate) token_hash: Vec<u8>,
    pub(crate) user_agent: String,
    pub(crate) address: String,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) last_seen_at: DateTime<Utc>,
}

const LIST: &str = "
select id, token_hash, user_agent, address, created_at, last_seen_at
from sessions
where user_id = $1 and expires_at > $2
order by last_seen_at desc, id desc";

/// The caller's living sessions, in whichever tenant, the latest used first.
pub(crate) async fn list(db: &Db, cx: &Cx, now: DateTime<Utc>) -> Result<Vec<Listed>> {
    Ok(on_read!(db, |pool| sqlx::query_as(LIST).bind(cx.user.0).bind(now).fetch_all(pool).await)?)
}

const END: &str = "delete from sessions where user_id = $1 and id = $2";

/// Ends one of the caller's sessions; `false` when the caller has no such session.
pub(crate) async fn end(tx: &mut Tx, cx: &Cx, id: Uuid) -> Result<bool> {
    Ok(execute!(tx, END, cx.user.0, id)? == 1)
}

const END_BY_TOKEN: &str = "delete from sessions where token_hash = $1 returning tenant_id, user_id, id";

/// Ends the session of a token; gives its tenant, user and id when there was one.
pub(crate) async fn end_by_token(tx: &mut Tx, token_hash: &[u8]) -> Result<Option<(Uuid, Uuid, Uuid)>> {
    Ok(on_tx!(tx, |conn| sqlx::query_as(END_BY_TOKEN).bind(token_hash).fetch_optional(conn).await)?)
}

const END_OTHERS: &str = "delete from sessions where user_id = $1 and token_hash <> $2 returning id";

/// Ends all the caller's sessions but the one of `keep`; gives which.
pub(crate) async fn end_others(tx: &mut Tx, cx: &Cx, keep: &[u8]) -> Result<Vec<Uuid>> {
    let ended: Vec<(Uuid,)> =
        on_tx!(tx, |conn| sqlx::query_as(END_OTHERS).bind(cx.user.0).bind(keep).fetch_all(conn).await)?;
    Ok(ended.into_iter().map(|(id,)| id).collect())
}

const PURGE: &str = "delete from sessions where user_id = $1 and expires_at <= $2";

/// Forgets the caller's sessions that have run out.
pub(crate) async fn purge(tx: &mut Tx, cx: &Cx, now: DateTime<Utc>) -> Result<()> {
    execute!(tx, PURGE, cx.user.0, now)?;
    Ok(())
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("INSERT", INSERT),
    ("FIND", FIND),
    ("TOUCH", TOUCH),
    ("LIST", LIST),
    ("END", END),
    ("END_BY_TOKEN", END_BY_TOKEN),
    ("END_OTHERS", END_OTHERS),
    ("PURGE", PURGE),
];
