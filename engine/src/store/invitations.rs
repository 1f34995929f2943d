//! Invitations to tenants.

use crate::{
    Cx,
    error::Result,
    store::{Db, Tx, execute, on_read, on_tx, tenants},
};
use chrono::{DateTime, Utc};
use domain::{
    TenantId,
    member::{Invitation, InvitationId, Offer},
};
use uuid::Uuid;

#[derive(sqlx_macros::FromRow)]
struct Row {
    id: Uuid,
    email: String,
    role: String,
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
}

fn invitation(row: Row) -> Result<Invitation> {
    Ok(Invitation {
        id: InvitationId(row.id),
        email: row.email,
        role: tenants::role(&row.role)?,
        created_at: row.created_at,
        expires_at: row.expires_at,
    })
}

const OPEN: &str = "
select id, email, role, created_at, expires_at
from invitations
where tenant_id = $1 and accepted_at is null and withdrawn_at is null and expires_at > $2
order by created_at desc, id desc";

/// The invitations of the caller's tenant that can be accepted still, newest first.
pub(crate) async fn open(db: &Db, cx: &Cx, now: DateTime<Utc>) -> Result<Vec<Invitation>> {
    let rows: Vec<Row> =
        on_read!(db, cx, |conn| sqlx::query_as(OPEN).bind(cx.tenant.0).bind(now).fetch_all(conn).await)?;
    rows.into_iter().map(invitation).collect()
}

/// An invitation with whose it is.
pub(crate) struct Kept {
    pub(crate) tenant: TenantId,
    pub(crate) invitation: Invitation,
    pub(crate) offer: Offer,
}

#[derive(sqlx_macros::FromRow)]
struct KeptRow {
    tenant_id: Uuid,
    name: String,
    #[sqlx(flatten)]
    invitation: Row,
}

const BY_TOKEN: &str = "
select invitations.tenant_id, tenants.name, invitations.id, invitations.email, invitations.role,
  invitations.created_at, invitations.expires_at
from invitations
join tenants on tenants.id = invitations.tenant_id
where invitations.token_hash = $1 and invitations.accepted_at is null and invitations.withdrawn_at is null
  and invitations.expires_at > $2";

/// The invitation of a token, unless it has ended; whose it is is known only then.
pub(crate) async fn by_token(db: &Db, hash: &[u8], now: DateTime<Utc>) -> Result<Option<Kept>> {
    let found: Option<KeptRow> =
        on_read!(db, |pool| sqlx::query_as(BY_TOKEN).bind(hash).bind(now).fetch_optional(pool).await)?;
    let Some(found) = found else { return Ok(None) };
    let invitation = invitation(found.invitation)?;
    let offer = Offer { workspace: found.name, role: invitation.role };
    Ok(Some(Kept { tenant: TenantId(found.tenant_id), invitation, offer }))
}

const MADE_SINCE: &str = "
select count(*)
from invitations
where tenant_id = $1 and created_at > $2";

/// How many the caller's tenant has made since, whatever became of them.
pub(crate) async fn made_since(tx: &mut Tx, cx: &Cx, since: DateTime<Utc>) -> Result<i64> {
    Ok(on_tx!(tx, |conn| {
        sqlx::query_scalar(MADE_SINCE).bind(cx.tenant.0).bind(since).fetch_one(conn).await
    })?)
}

const INSERT: &str = "
insert into invitations (tenant_id, id, token_hash, email, role, invited_by, created_at, expires_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)";

/// A new invitation by the caller.
pub(crate) async fn insert(tx: &mut Tx, cx: &Cx, new: &Invitation, token_hash: &[u8]) -> Result<()> {
    execute!(
        tx,
        INSERT,
        cx.tenant.0,
        new.id.0,
        token_hash,
        &new.email,
        new.role.as_str(),
        cx.user.0,
        new.created_at,
        new.expires_at
    )?;
    Ok(())
}

const WITHDRAW: &str = "
update invitations
set withdrawn_at = coalesce(withdrawn_at, $3)
where tenant_id = $1 and id = $2 and accepted_at is null";

/// Takes an invitation back; false when the caller's tenant has none that waits.
pub(crate) async fn withdraw(tx: &mut Tx, cx: &Cx, id: InvitationId, at: DateTime<Utc>) -> Result<bool> {
    Ok(execute!(tx, WITHDRAW, cx.tenant.0, id.0, at)? > 0)
}

const WITHDRAW_OF: &str = "
update invitations
set withdrawn_at = $3
where tenant_id = $1 and email = $2 and accepted_at is null and withdrawn_at is null";

/// Takes back whatever was sent to an address before.
pub(crate) async fn withdraw_of(tx: &mut Tx, cx: &Cx, email: &str, at: DateTime<Utc>) -> Result<()> {
    execute!(tx, WITHDRAW_OF, cx.tenant.0, email, at)?;
    Ok(())
}

const ACCEPT: &str = "
update invitations
set accepted_at = $3
where tenant_id = $1 and id = $2 and accepted_at is null and withdrawn_at is null and expires_at > $3";

/// Uses an invitation up; false when it has ended meanwhile.
pub(crate) async fn accept(tx: &mut Tx, cx: &Cx, id: InvitationId, at: DateTime<Utc>) -> Result<bool> {
    Ok(execute!(tx, ACCEPT, cx.tenant.0, id.0, at)? == 1)
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("OPEN", OPEN),
    ("BY_TOKEN", BY_TOKEN),
    ("MADE_SINCE", MADE_SINCE),
    ("INSERT", INSERT),
    ("WITHDRAW", WITHDRAW),
    ("WITHDRAW_OF", WITHDRAW_OF),
    ("ACCEPT", ACCEPT),
];
