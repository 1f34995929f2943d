//! Tenants and who belongs to them.

use crate::{
    Cx,
    error::{Error, Result},
    store::{Db, Tx, execute, on_read, users},
};
use chrono::{DateTime, Utc};
use domain::{Role, TenantId, UserId, account::Tier};
use uuid::Uuid;

/// Reads a stored role.
pub(crate) fn role(word: &str) -> Result<Role> {
    Role::parse(word).ok_or_else(|| Error::Internal("memberships.role holds an unknown word".into()))
}

const INSERT: &str = "insert into tenants (id, name, created_at) values ($1, $2, $3)";

/// Makes a tenant without members.
pub(crate) async fn insert(tx: &mut Tx, id: TenantId, name: &str, at: DateTime<Utc>) -> Result<()> {
    execute!(tx, INSERT, id.0, name, at)?;
    Ok(())
}

const LOCK: &str = "
update tenants
set name = name
where id = $1";

/// Holds the row of the caller's tenant until the transaction ends: whoever asks for it after that waits.
pub(crate) async fn lock(tx: &mut Tx, cx: &Cx) -> Result<()> {
    execute!(tx, LOCK, cx.tenant.0)?;
    Ok(())
}

const ADD_MEMBER: &str = "
insert into memberships (tenant_id, user_id, role, created_at)
values ($1, $2, $3, $4)
on conflict (tenant_id, user_id) do update set role = excluded.role";

/// Makes a user a member, or changes the role of one.
pub(crate) async fn add_member(
    tx: &mut Tx,
    tenant: TenantId,
    user: UserId,
    role: Role,
    at: DateTime<Utc>,
) -> Result<()> {
    execute!(tx, ADD_MEMBER, tenant.0, user.0, role.as_str(), at)?;
    Ok(())
}

const ROLE_OF: &str = "select role from memberships where tenant_id = $1 and user_id = $2";

/// What the user is within the tenant; `None` for a stranger.
pub(crate) async fn role_of(db: &Db, tenant: TenantId, user: UserId) -> Result<Option<Role>> {
    let found: Option<(String,)> = on_read!(db, |pool| {
        sqlx::query_as(ROLE_OF).bind(tenant.0).bind(user.0).fetch_optional(pool).await
    })?;
    found.map(|(word,)| role(&word)).transpose()
}

const STANDING: &str = "
select memberships.role, users.tier
from memberships
join users on users.id = memberships.user_id
where memberships.tenant_id = $1 and memberships.user_id = $2";

/// What the user is within the tenant, and what the user has subscribed to; `None` for a stranger.
pub(crate) async fn standing(db: &Db, tenant: TenantId, user: UserId) -> Result<Option<(Role, Tier)>> {
    let found: Option<(String, String)> = on_read!(db, |pool| {
        sqlx::query_as(STANDING).bind(tenant.0).bind(user.0).fetch_optional(pool).await
    })?;
    found.map(|(word, tier)| Ok((role(&word)?, users::tier(&tier)?))).transpose()
}

const FIRST_OF: &str = "
select tenant_id, role
from memberships
where user_id = $1
order by created_at, tenant_id
limit 1";

/// The tenant a user enters at login: the oldest membership, which is the personal one.
pub(crate) async fn first_of(db: &Db, user: UserId) -> Result<Option<(TenantId, Role)>> {
    let found: Option<(Uuid, String)> =
        on_read!(db, |pool| { sqlx::query_as(FIRST_OF).bind(user.0).fetch_optional(pool).await })?;
    found.map(|(tenant, word)| Ok((TenantId(tenant), role(&word)?))).transpose()
}

const OF_USER: &str = "
select tenants.id, tenants.name, memberships.role
from memberships
join tenants on tenants.id = memberships.tenant_id
where memberships.user_id = $1
order by memberships.created_at, tenants.id";

/// Every tenant a user belongs to with its name and the user's role, the oldest membership first.
pub(crate) async fn of_user(db: &Db, user: UserId) -> Result<Vec<(TenantId, String, Role)>> {
    let rows: Vec<(Uuid, String, String)> =
        on_read!(db, |pool| sqlx::query_as(OF_USER).bind(user.0).fetch_all(pool).await)?;
    rows.into_iter().map(|(id, name, word)| Ok((TenantId(id), name, role(&word)?))).collect()
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("INSERT", INSERT),
    ("LOCK", LOCK),
    ("ADD_MEMBER", ADD_MEMBER),
    ("ROLE_OF", ROLE_OF),
    ("STANDING", STANDING),
    ("FIRST_OF", FIRST_OF),
    ("OF_USER", OF_USER),
];
