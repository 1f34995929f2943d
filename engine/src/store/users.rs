//! People who can log in.

use crate::{
    error::{Error, Result},
    store::{Db, Tx, execute, on_read, on_tx},
};
use chrono::{DateTime, Utc};
use domain::{
    UserId,
    account::{Colours, Theme, Tier, User},
};
use uuid::Uuid;

/// A user as stored, with the hash that never leaves the engine.
#[derive(Clone, sqlx_macros::FromRow)]
pub(crate) struct Row {
    user_id: Uuid,
    pub(crate) email: String,
    full_name: String,
    pub(crate) password_hash: String,
    tier: String,
    time_zone: String,
    base_currency: String,
    theme: String,
    colours: String,
    pub(crate) email_verified_at: Option<DateTime<Utc>>,
    user_created_at: DateTime<Utc>,
    last_login_at: Option<DateTime<Utc>>,
    last_login_address: Option<String>,
    user_last_seen_at: Option<DateTime<Utc>>,
}

impl Row {
    /// What the person may see of it; who is an operator is not stored.
    pub(crate) fn user(self, operator: bool) -> Result<User> {
        let odd = |column: &str| Error::Internal(format!("users.{column} holds an unknown word"));
        Ok(User {
            id: UserId(self.user_id),
            email: self.email,
            full_name: self.full_name,
            tier: tier(&self.tier)?,
            time_zone: self.time_zone,
            base_currency: self.base_currency,
            theme: Theme::parse(&self.theme).ok_or_else(|| odd("theme"))?,
            colours: Colours::parse(&self.colours).ok_or_else(|| odd("colours"))?,
            created_at: self.user_created_at,
            last_login_at: self.last_login_at,
            last_login_address: self.last_login_address,
            last_seen_at: self.user_last_seen_at,
            operator,
            email_verified: self.email_verified_at.is_some(),
        })
    }
}

/// Reads a stored tier.
pub(crate) fn tier(word: &str) -> Result<Tier> {
    Tier::parse(word).ok_or_else(|| Error::Internal("users.tier holds an unknown word".into()))
}

/// The columns of [`Row`] from a table called `users`.
macro_rules! user_columns {
    () => {
        "users.id as user_id, users.email, users.full_name, users.password_hash, users.tier, users.time_zone,
         users.base_currency, users.theme, users.colours, users.email_verified_at, users.created_at as user_created_at,
         users.last_login_at, users.last_login_address, users.last_seen_at as user_last_seen_at"
    };
}
pub(crate) use user_columns;

const INSERT: &str = "
insert into users (id, email, full_name, password_hash, created_at, last_login_at, last_login_address, last_seen_at)
values ($1, $2, $3, $4, $5, $5, $6, $5)
on conflict (email) do nothing";

/// Makes a user who logs in from `address` at the same moment; `false` when the e-mail is taken.
pub(crate) async fn insert(
    tx: &mut Tx,
    id: UserId,
    email: &str,
    full_name: &str,
    password_hash: &str,
    at: DateTime<Utc>,
    address: &str,
) -> Result<bool> {
    Ok(execute!(tx, INSERT, id.0, email, full_name, password_hash, at, address)? == 1)
}

const BY_EMAIL: &str = concat!("select ", user_columns!(), " from users where email = $1");

/// Finds by the cleaned address.
pub(crate) async fn by_email(db: &Db, email: &str) -> Result<Option<Row>> {
    Ok(on_read!(db, |pool| sqlx::query_as(BY_EMAIL).bind(email).fetch_optional(pool).await)?)
}

const BY_ID: &str = concat!("select ", user_columns!(), " from users where id = $1");

/// Finds by id.
pub(crate) async fn by_id(db: &Db, id: UserId) -> Result<Option<Row>> {
    Ok(on_read!(db, |pool| sqlx::query_as(BY_ID).bind(id.0).fetch_optional(pool).await)?)
}

/// Finds by id what this transaction made.
pub(crate) async fn by_id_in(tx: &mut Tx, id: UserId) -> Result<Option<Row>> {
    Ok(on_tx!(tx, |conn| sqlx::query_as(BY_ID).bind(id.0).fetch_optional(conn).await)?)
}

const MARK_LOGIN: &str = "
update users
set last_login_at = $3, last_login_address = $4, last_seen_at = $3
where id = $1 and password_hash = $2";

/// Notes a login; `false` when the password was changed since it was checked.
pub(crate) async fn mark_login(
    tx: &mut Tx,
    id: UserId,
    password_hash: &str,
    at: DateTime<Utc>,
    address: &str,
) -> Result<bool> {
    Ok(execute!(tx, MARK_LOGIN, id.0, password_hash, at, address)? == 1)
}

const TOUCH: &str = "update users set last_seen_at = $2 where id = $1";

/// Notes that the user was here.
pub(crate) async fn touch(tx: &mut Tx, id: UserId, at: DateTime<Utc>) -> Result<()> {
    execute!(tx, TOUCH, id.0, at)?;
    Ok(())
}

const SET_PASSWORD: &str = "update users set password_hash = $3 where id = $1 and password_hash = $2";

/// Replaces the hash; `false` when it is not `old` any more.
pub(crate) async fn set_password(tx: &mut Tx, id: UserId, old: &str, new: &str) -> Result<bool> {
    Ok(execute!(tx, SET_PASSWORD, id.0, old, new)? == 1)
}

const VERIFY: &str = "
update users
set email_verified_at = coalesce(email_verified_at, $2)
where id = $1";

/// The e-mail is proved to be the person's; the first proof is the one that is kept.
pub(crate) async fn verify(tx: &mut Tx, id: UserId, at: DateTime<Utc>) -> Result<()> {
    execute!(tx, VERIFY, id.0, at)?;
    Ok(())
}

const UPDATE_PROFILE: &str = "
update users
set
  full_name = coalesce($2, full_name),
  time_zone = coalesce($3, time_zone),
  base_currency = coalesce($4, base_currency),
  theme = coalesce($5, theme),
  colours = coalesce($6, colours)
where id = $1";

/// Changes what is given and leaves the rest; every value is checked already.
pub(crate) async fn update_profile(
    tx: &mut Tx,
    id: UserId,
    change: &domain::account::ProfileChange,
) -> Result<()> {
    execute!(
        tx,
        UPDATE_PROFILE,
        id.0,
        &change.full_name,
        &change.time_zone,
        &change.base_currency,
        &change.theme,
        &change.colours
    )?;
    Ok(())
}

const SET_TIER: &str = "update users set tier = $2 where id = $1";

/// What the person has subscribed to from now on.
pub(crate) async fn set_tier(tx: &mut Tx, id: UserId, tier: Tier) -> Result<()> {
    execute!(tx, SET_TIER, id.0, tier.as_str())?;
    Ok(())
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("SET_TIER", SET_TIER),
    ("INSERT", INSERT),
    ("BY_EMAIL", BY_EMAIL),
    ("BY_ID", BY_ID),
    ("MARK_LOGIN", MARK_LOGIN),
    ("TOUCH", TOUCH),
    ("SET_PASSWORD", SET_PASSWORD),
    ("VERIFY", VERIFY),
    ("UPDATE_PROFILE", UPDATE_PROFILE),
];
