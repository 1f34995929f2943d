//! The door: how a registration or a password becomes a user, before anything is handed out.
//!
//! Both calls leave the transaction open, so that the session or token they lead to commits with them.

use super::{Accounts, Caller, account_key, cx_of, letters};
use crate::{
    Cx,
    error::{Error, FieldError, Result},
    jobs::{OnboardUser, Order, URGENT},
    store::{self, Tx, letters::Purpose},
};
use domain::{
    Role, TenantId, UserId,
    account::{Registration, Tier, User, check_password, clean_email, clean_name},
};
use serde_json::json;
use uuid::Uuid;

/// Said of every login that fails, whatever the reason.
const WRONG: Error = Error::Unauthenticated("the e-mail or the password is wrong");

impl Accounts<'_> {
    /// Makes user, tenant, membership, audit line and job.
    pub(super) async fn open(&self, registration: Registration, caller: &Caller) -> Result<(Tx, User, Cx)> {
        let (email, full_name) = checked(&registration)?;
        let taken = || Error::Conflict("there is an account with this e-mail already; log in instead".into());
        let db = self.0.db();
        if store::users::by_email(db, &email).await?.is_some() {
            return Err(taken());
        }
        let hash = self.desk().passwords.hash(&registration.password).await?;
        let now = self.0.clock().now();
        let (user, tenant) = (UserId(Uuid::now_v7()), TenantId(Uuid::now_v7()));
        let cx = cx_of(tenant, user, Role::Owner, &caller.request);
        let mut tx = db.begin().await?;
        if !store::users::insert(&mut tx, user, &email, &full_name, &hash, now, &caller.address()).await? {
            return Err(taken());
        }
        store::tenants::insert(&mut tx, tenant, &full_name, now).await?;
        store::tenants::add_member(&mut tx, tenant, user, Role::Owner, now).await?;
        store::audit::insert(&mut tx, &cx, now, "account.register", &user.0.to_string(), json!({})).await?;
        self.0.jobs().enqueue_in(&mut tx, onboarding(tenant, user)?).await?;
        if self.0.mailer().is_some() {
            self.0.jobs().enqueue_in(&mut tx, letters::order(&email, Purpose::Verify)?).await?;
        }
        let row = store::users::by_id_in(&mut tx, user).await?.ok_or(Error::NotFound("the account"))?;
        let user = self.person(row)?;
        Ok((tx, user, cx))
    }

    /// Queues the onboarding of an account once more; what it has already stays as it is. For the command line,
    /// which knows no caller.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an address nobody has.
    pub async fn onboard(&self, email: &str) -> Result<()> {
        let (db, unknown) = (self.0.db(), || Error::NotFound("the account"));
        let email = clean_email(email).map_err(|_| unknown())?;
        let user = store::users::by_email(db, &email).await?.ok_or_else(unknown)?;
        let user = self.person(user)?.id;
        let (tenant, _) = store::tenants::first_of(db, user).await?.ok_or_else(unknown)?;
        let mut tx = db.begin().await?;
        self.0.jobs().enqueue_in(&mut tx, onboarding(tenant, user)?).await?;
        tx.commit().await?;
        self.0.jobs().wake();
        Ok(())
    }

    /// Changes what an account has subscribed to. For the command line, which knows no caller.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an address nobody has.
    pub async fn subscribe(&self, email: &str, tier: Tier) -> Result<()> {
        let (db, unknown) = (self.0.db(), || Error::NotFound("the account"));
        let email = clean_email(email).map_err(|_| unknown())?;
        let row = store::users::by_email(db, &email).await?.ok_or_else(unknown)?;
        let user = self.person(row)?.id;
        let (tenant, role) = store::tenants::first_of(db, user).await?.ok_or_else(unknown)?;
        let (cx, now) = (cx_of(tenant, user, role, "command line"), self.0.clock().now());
        let mut tx = db.begin().await?;
        store::users::set_tier(&mut tx, user, tier).await?;
        let detail = json!({ "tier": tier });
        store::audit::insert(&mut tx, &cx, now, "account.subscribe", &user.0.to_string(), detail).await?;
        tx.commit().await
    }

    /// Checks e-mail and password and notes the login.
    pub(super) async fn enter(&self, email: &str, password: &str, caller: &Caller) -> Result<(Tx, User, Cx)> {
        let (db, desk, now) = (self.0.db(), self.desk(), self.0.clock().now());
        let this = desk.throttle.begin(&account_key(email), &caller.address(), now)?;
        // An address that nobody can have is as unknown as one that nobody has.
        let row = match clean_email(email) {
            Ok(email) => store::users::by_email(db, &email).await?,
            Err(_) => None,
        };
        let hash = row.as_ref().map(|row| row.password_hash.clone());
        let right = desk.passwords.verify(password, hash.as_deref()).await?;
        let (Some(row), Some(hash), true) = (row, hash, right) else {
            return Err(WRONG);
        };
        desk.throttle.succeeded(&this);
        let user = self.person(row)?;
        let (tenant, role) = store::tenants::first_of(db, user.id)
            .await?
            .ok_or(Error::Forbidden("log in: your account belongs to no one's data any more"))?;
        let mut tx = db.begin().await?;
        // Not when the password was changed a moment ago.
        if !store::users::mark_login(&mut tx, user.id, &hash, now, &caller.address()).await? {
            return Err(WRONG);
        }
        let user = User {
            last_login_at: Some(now),
            last_login_address: Some(caller.address()),
            last_seen_at: Some(now),
            ..user
        };
        let cx = cx_of(tenant, user.id, role, &caller.request);
        Ok((tx, user, cx))
    }
}

/// The cleaned e-mail and name, or every reason why not.
fn checked(registration: &Registration) -> Result<(String, String)> {
    let email = clean_email(&registration.email);
    let full_name = clean_name(&registration.full_name);
    let password = check_password(&registration.password, &registration.email);
    match (email, full_name, password) {
        (Ok(email), Ok(full_name), Ok(())) => Ok((email, full_name)),
        (email, full_name, password) => Err(Error::Invalid(
            [("email", email.err()), ("password", password.err()), ("fullName", full_name.err())]
                .into_iter()
                .filter_map(|(field, reason)| {
                    reason.map(|reason| FieldError { field: field.into(), reason: reason.into() })
                })
                .collect(),
        )),
    }
}

/// The job that gives a new tenant its first list.
fn onboarding(tenant: TenantId, user: UserId) -> Result<Order> {
    let key = format!("onboard_user:{}", tenant.0);
    Ok(Order::new(&OnboardUser { tenant_id: tenant, user_id: user })?
        .tenant(tenant)
        .key(key)
        .priority(URGENT))
}
