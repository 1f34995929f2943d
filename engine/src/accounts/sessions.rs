//! Browsers: logging in and out, the list of sessions, and a change of password.

use super::{Accounts, Caller, Credential, Identity, Login, account_key, cx_of, tokens};
use crate::{
    Cx,
    error::{Error, Result},
    store::{self, Tx},
};
use chrono::Duration;
use domain::{
    Role, TenantId, UserId,
    account::{Registration, SessionInfo, User, check_password},
    member::Workspace,
};
use serde_json::json;
use uuid::Uuid;

/// A session ends so long after its last use.
pub const SESSION: Duration = Duration::days(30);
/// A use is noted at most so often.
pub(crate) const TOUCH_EVERY: Duration = Duration::minutes(1);

impl Accounts<'_> {
    /// Opens an account: a user, a personal tenant that the user owns, a session, and the job that fills the
    /// tenant, in one transaction.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming `email`, `password` or `fullName`; [`Error::Conflict`] for a taken e-mail.
    pub async fn register(&self, registration: Registration, caller: &Caller) -> Result<Login> {
        let (mut tx, user, cx) = self.open(registration, caller).await?;
        let session_token = self.begin_session(&mut tx, &cx, caller).await?;
        tx.commit().await?;
        self.0.jobs().wake();
        Ok(Login { user, cx, session_token })
    }

    /// Logs a browser in, always with a new token: one from before the login is worth nothing after it.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] in the same words and after the same time for an unknown e-mail and a wrong
    /// password; [`Error::Limited`] after too many failures.
    pub async fn login(&self, email: &str, password: &str, caller: &Caller) -> Result<Login> {
        let (mut tx, user, cx) = self.enter(email, password, caller).await?;
        let session_token = self.begin_session(&mut tx, &cx, caller).await?;
        tx.commit().await?;
        Ok(Login { user, cx, session_token })
    }

    async fn begin_session(&self, tx: &mut Tx, cx: &Cx, caller: &Caller) -> Result<String> {
        let (now, token) = (self.0.clock().now(), tokens::random_token()?);
        store::sessions::purge(tx, cx, now).await?;
        let new = store::sessions::New {
            token_hash: &tokens::hash(&token),
            user_agent: &caller.user_agent(),
            address: &caller.address(),
            at: now,
            expires_at: now + SESSION,
        };
        let id = store::sessions::insert(tx, cx, &new).await?;
        let detail = json!({ "address": caller.address() });
        store::audit::insert(tx, cx, now, "session.begin", &id.to_string(), detail).await?;
        Ok(token)
    }

    /// Who browses with a session cookie; `None` when it is unknown or has ended. Notes the visit and puts off
    /// the end, at most once a minute.
    pub async fn session(&self, token: &str, request_id: &str) -> Result<Option<(Cx, User)>> {
        let found = self.session_identity(token, request_id).await?;
        Ok(found.map(|(identity, user)| (identity.cx, user)))
    }

    pub(super) async fn session_identity(
        &self,
        token: &str,
        request_id: &str,
    ) -> Result<Option<(Identity, User)>> {
        let (now, db) = (self.0.clock().now(), self.0.db());
        let Some(found) = store::sessions::find(db, &tokens::hash(token), now).await? else {
            return Ok(None);
        };
        let role = store::tenants::role(&found.role)?;
        let user = self.person(found.user)?;
        if now - found.last_seen_at >= TOUCH_EVERY {
            let mut tx = db.begin().await?;
            store::sessions::touch(&mut tx, found.session_id, now, now + SESSION).await?;
            store::users::touch(&mut tx, user.id, now).await?;
            tx.commit().await?;
        }
        let cx = cx_of(TenantId(found.tenant_id), user.id, role, request_id);
        Ok(Some((Identity { cx, credential: Credential::Session(found.session_id), tier: user.tier }, user)))
    }

    /// Ends the session of a cookie; an unknown one is no error.
    pub async fn logout(&self, session_token: &str) -> Result<()> {
        let mut tx = self.0.db().begin().await?;
        let ended = store::sessions::end_by_token(&mut tx, &tokens::hash(session_token)).await?;
        if let Some((tenant, user, id)) = ended {
            let cx = cx_of(TenantId(tenant), UserId(user), Role::Viewer, "");
            let now = self.0.clock().now();
            store::audit::insert(&mut tx, &cx, now, "session.logout", &id.to_string(), json!({})).await?;
        }
        tx.commit().await?;
        self.ended(ended.map(|(_, _, id)| Credential::Session(id)));
        Ok(())
    }

    /// Every tenant the caller belongs to, the oldest membership first.
    pub async fn workspaces(&self, cx: &Cx) -> Result<Vec<Workspace>> {
        let all = store::tenants::of_user(self.0.db(), cx.user).await?;
        let seen = |(id, name, role): (TenantId, String, Role)| Workspace {
            id,
            name,
            role,
            current: id == cx.tenant,
        };
        Ok(all.into_iter().map(seen).collect())
    }

    /// Takes a browser to another tenant of its user: a new session begins there, and the one of `session_token` ends
    /// with the streams that were opened with it. Gives the value of the new cookie.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a tenant the caller does not belong to; [`Error::Unauthenticated`] when the session has
    /// ended meanwhile.
    pub async fn switch(
        &self,
        cx: &Cx,
        session_token: &str,
        tenant: TenantId,
        caller: &Caller,
    ) -> Result<String> {
        let role = store::tenants::role_of(self.0.db(), tenant, cx.user).await?;
        let role = role.ok_or(Error::NotFound("the workspace"))?;
        let there = cx_of(tenant, cx.user, role, &cx.request);
        let mut tx = self.0.db().begin().await?;
        let ended = store::sessions::end_by_token(&mut tx, &tokens::hash(session_token)).await?;
        let Some((_, _, id)) = ended.filter(|(_, user, _)| *user == cx.user.0) else {
            return Err(Error::Unauthenticated("the session has ended; log in again"));
        };
        let token = self.begin_session(&mut tx, &there, caller).await?;
        tx.commit().await?;
        self.ended([Credential::Session(id)]);
        Ok(token)
    }

    /// The caller's living sessions, the latest used first; `current_token` marks the one that asks.
    pub async fn sessions(&self, cx: &Cx, current_token: &str) -> Result<Vec<SessionInfo>> {
        let current = tokens::hash(current_token);
        let rows = store::sessions::list(self.0.db(), cx, self.0.clock().now()).await?;
        Ok(rows
            .into_iter()
            .map(|row| SessionInfo {
                id: row.id,
                user_agent: row.user_agent,
                address: row.address,
                created_at: row.created_at,
                last_seen_at: row.last_seen_at,
                current: row.token_hash == current,
            })
            .collect())
    }

    /// Ends one of the caller's sessions.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none, also when it is somebody else's.
    pub async fn revoke_session(&self, cx: &Cx, id: Uuid) -> Result<()> {
        let mut tx = self.0.db().begin().await?;
        if !store::sessions::end(&mut tx, cx, id).await? {
            return Err(Error::NotFound("the session"));
        }
        let now = self.0.clock().now();
        store::audit::insert(&mut tx, cx, now, "session.revoke", &id.to_string(), json!({})).await?;
        tx.commit().await?;
        self.ended([Credential::Session(id)]);
        Ok(())
    }

    /// Changes the caller's password and ends every other session and every refresh token. `current_token` is
    /// the session that goes on; a program, which has none, gives the empty text.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming `oldPassword` or `newPassword`; [`Error::Limited`] after too many wrong ones.
    pub async fn change_password(&self, cx: &Cx, current_token: &str, old: &str, new: &str) -> Result<()> {
        let wrong = || Error::invalid("oldPassword", "this is not your password");
        let (now, db, desk) = (self.0.clock().now(), self.0.db(), self.desk());
        let row = store::users::by_id(db, cx.user).await?.ok_or(Error::NotFound("the account"))?;
        let hash = row.password_hash.clone();
        let user = self.person(row)?;
        check_password(new, &user.email).map_err(|reason| Error::invalid("newPassword", reason))?;
        // Guessing here counts like guessing at the door; the person is the address.
        let this = desk.throttle.begin(&account_key(&user.email), &cx.user.0.to_string(), now)?;
        if !desk.passwords.verify(old, Some(&hash)).await? {
            return Err(wrong());
        }
        desk.throttle.succeeded(&this);
        let fresh = desk.passwords.hash(new).await?;
        let mut tx = db.begin().await?;
        if !store::users::set_password(&mut tx, cx.user, &hash, &fresh).await? {
            return Err(wrong());
        }
        let sessions = store::sessions::end_others(&mut tx, cx, &tokens::hash(current_token)).await?;
        let families = store::refresh_tokens::revoke_all(&mut tx, cx, now).await?;
        let detail = json!({ "sessionsEnded": sessions.len(), "familiesRevoked": families.len() });
        let subject = cx.user.0.to_string();
        store::audit::insert(&mut tx, cx, now, "password.change", &subject, detail).await?;
        tx.commit().await?;
        self.ended(sessions.into_iter().map(Credential::Session));
        self.ended(families.into_iter().map(Credential::Family));
        Ok(())
    }
}
