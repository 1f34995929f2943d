//! Mails with a link. The token in the link is never stored, only its SHA-256.

use crate::{
    error::Result,
    store::{Db, Tx, execute, on_read},
};
use chrono::{DateTime, Utc};
use domain::UserId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a letter is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Purpose {
    /// Sets a new password.
    Reset,
    /// Proves that the address is the person's.
    Verify,
}

impl Purpose {
    /// The word stored, and the page the link leads to.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Purpose::Reset => "reset",
            Purpose::Verify => "verify",
        }
    }
}

/// A letter about to be sent.
pub(crate) struct New<'a> {
    pub(crate) id: Uuid,
    pub(crate) user: UserId,
    pub(crate) purpose: Purpose,
    pub(crate) token_hash: &'a [u8],
    pub(crate) at: DateTime<Utc>,
    pub(crate) expires_at: DateTime<Utc>,
}

const WRITE: &str = "
insert into letters (id, user_id, purpose, token_hash, created_at, expires_at)
values ($1, $2, $3, $4, $5, $6)
on conflict (id) do update
set token_hash = excluded.token_hash, created_at = excluded.created_at, expires_at = excluded.expires_at
where letters.used_at is null";

/// Keeps a letter; one of the same id, which did not arrive, ends. `false` when that one was used already.
pub(crate) async fn write(tx: &mut Tx, new: &New<'_>) -> Result<bool> {
    Ok(execute!(tx, WRITE, new.id, new.user.0, new.purpose.as_str(), new.token_hash, new.at, new.expires_at)?
        == 1)
}

const WRITTEN_SINCE: &str = "
select count(*)
from letters
where user_id = $1 and purpose = $2 and created_at > $3 and id <> $4";

/// How many letters of a purpose somebody was sent since then, without the one of this id.
pub(crate) async fn written_since(
    db: &Db,
    user: UserId,
    purpose: Purpose,
    since: DateTime<Utc>,
    without: Uuid,
) -> Result<i64> {
    Ok(on_read!(db, |pool| {
        sqlx::query_scalar(WRITTEN_SINCE)
            .bind(user.0)
            .bind(purpose.as_str())
            .bind(since)
            .bind(without)
            .fetch_one(pool)
            .await
    })?)
}

const OF_TOKEN: &str = "
select user_id
from letters
where token_hash = $1 and purpose = $2 and used_at is null and expires_at > $3";

/// Whose letter a token is from, while it is good for something.
pub(crate) async fn of_token(
    db: &Db,
    token_hash: &[u8],
    purpose: Purpose,
    now: DateTime<Utc>,
) -> Result<Option<UserId>> {
    let found: Option<(Uuid,)> = on_read!(db, |pool| {
        sqlx::query_as(OF_TOKEN).bind(token_hash).bind(purpose.as_str()).bind(now).fetch_optional(pool).await
    })?;
    Ok(found.map(|(user,)| UserId(user)))
}

const SPEND: &str = "
update letters
set used_at = $3
where token_hash = $1 and purpose = $2 and used_at is null and expires_at > $3";

/// Uses a letter up; of two at the same time one gets `true`.
pub(crate) async fn spend(
    tx: &mut Tx,
    token_hash: &[u8],
    purpose: Purpose,
    now: DateTime<Utc>,
) -> Result<bool> {
    Ok(execute!(tx, SPEND, token_hash, purpose.as_str(), now)? == 1)
}

const END_OPEN: &str = "
update letters
set used_at = $3
where user_id = $1 and purpose = $2 and used_at is null";

/// Ends what is still open of somebody's letters of a purpose.
pub(crate) async fn end_open(tx: &mut Tx, user: UserId, purpose: Purpose, now: DateTime<Utc>) -> Result<()> {
    execute!(tx, END_OPEN, user.0, purpose.as_str(), now)?;
    Ok(())
}

const PURGE: &str = "delete from letters where user_id = $1 and expires_at <= $2";

/// Forgets somebody's letters that have run out.
pub(crate) async fn purge(tx: &mut Tx, user: UserId, now: DateTime<Utc>) -> Result<()> {
    execute!(tx, PURGE, user.0, now)?;
    Ok(())
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("WRITE", WRITE),
    ("WRITTEN_SINCE", WRITTEN_SINCE),
    ("OF_TOKEN", OF_TOKEN),
    ("SPEND", SPEND),
    ("END_OPEN", END_OPEN),
    ("PURGE", PURGE),
];
