//! Members of a tenant: who may see, invite, re-role and remove them, and how somebody invited comes in.
//!
//! A link has 256 random bits and is kept as a hash. Whoever comes with one that was withdrawn, used, ran out or never
//! was gets the same answer; with one that works, the tenant's name and the role. Going from one tenant to another is
//! `accounts`.

use crate::{
    Cx, Engine, Error, Result,
    accounts::{Credential, can_be_token, hash_token, random_token},
    mail::{Mail, escape_html},
    store,
};
use chrono::Duration;
use domain::{
    Permission, Role, TenantId, UserId,
    account::clean_email,
    member::{INVITATION_DAYS, Invitation, InvitationId, Invited, MAX_INVITATIONS_A_DAY, Member, Offer},
};
use serde_json::json;
use uuid::Uuid;

const GONE: Error = Error::NotFound("the invitation");

/// The members of a tenant of an [`Engine`].
pub struct Members<'a>(&'a Engine);

impl Engine {
    /// Who belongs to a tenant.
    pub fn members(&self) -> Members<'_> {
        Members(self)
    }
}

impl Members<'_> {
    /// Everybody who belongs to the caller's tenant, the oldest member first.
    pub async fn list(&self, cx: &Cx) -> Result<Vec<Member>> {
        cx.require(Permission::Read, "see who belongs here")?;
        store::members::list(self.0.db(), cx).await
    }

    /// Changes what a member may do, from their next request on.
    ///
    /// # Errors
    /// [`Error::NotFound`] for somebody who is no member; [`Error::Conflict`] for the last owner.
    pub async fn set_role(&self, cx: &Cx, user: UserId, role: Role) -> Result<()> {
        cx.require(Permission::Manage, "change roles")?;
        let now = self.0.clock().now();
        let mut tx = self.0.db().begin_for(cx).await?;
        let all = store::members::list_locked(&mut tx, cx).await?;
        let before = find(&all, user)?.role;
        if role != Role::Owner {
            keeps_an_owner(&all, user)?;
        }
        store::tenants::add_member(&mut tx, cx.tenant, user, role, now).await?;
        let detail = json!({ "from": before, "to": role });
        store::audit::insert(&mut tx, cx, now, "member.role", &user.0.to_string(), detail).await?;
        tx.commit().await
    }

    /// Takes a member out. Their sessions, tokens and keys of this tenant end, and the streams opened with them.
    ///
    /// # Errors
    /// [`Error::NotFound`] for somebody who is no member; [`Error::Conflict`] for the last owner, and for somebody who
    /// belongs nowhere else: they could not log in any more.
    pub async fn remove(&self, cx: &Cx, user: UserId) -> Result<()> {
        cx.require(Permission::Manage, "remove members")?;
        let now = self.0.clock().now();
        let mut tx = self.0.db().begin_for(cx).await?;
        let all = store::members::list_locked(&mut tx, cx).await?;
        find(&all, user)?;
        keeps_an_owner(&all, user)?;
        if store::tenants::of_user(self.0.db(), user).await?.len() < 2 {
            let why = "they belong to no other workspace and could not log in any more";
            return Err(Error::Conflict(why.into()));
        }
        store::members::remove(&mut tx, cx, user).await?;
        let sessions = store::members::end_sessions(&mut tx, cx, user).await?;
        let families = store::members::revoke_tokens(&mut tx, cx, user, now).await?;
        let keys = store::members::revoke_keys(&mut tx, cx, user, now).await?;
        let detail = json!({ "sessionsEnded": sessions.len(), "keysRevoked": keys.len() });
        store::audit::insert(&mut tx, cx, now, "member.remove", &user.0.to_string(), detail).await?;
        tx.commit().await?;
        let ended = sessions.into_iter().map(Credential::Session);
        let ended = ended.chain(families.into_iter().map(Credential::Family));
        for credential in ended.chain(keys.into_iter().map(Credential::Key)) {
            self.0.bus().end(credential);
        }
        Ok(())
    }

    /// The invitations that can be accepted still, newest first.
    pub async fn invitations(&self, cx: &Cx) -> Result<Vec<Invitation>> {
        cx.require(Permission::Manage, "see invitations")?;
        store::invitations::open(self.0.db(), cx, self.0.clock().now()).await
    }

    /// Invites the owner of an address; earlier invitations to it are withdrawn. The link is mailed where mail is set
    /// up; a mail server that refuses does not undo the invitation.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming `email`, also for a member; [`Error::Conflict`] after too many within a day.
    pub async fn invite(&self, cx: &Cx, email: &str, role: Role) -> Result<Invited> {
        cx.require(Permission::Manage, "invite members")?;
        let email = clean_email(email).map_err(|reason| Error::invalid("email", reason))?;
        let now = self.0.clock().now();
        let new = Invitation {
            id: InvitationId(Uuid::now_v7()),
            email,
            role,
            created_at: now,
            expires_at: now + Duration::days(INVITATION_DAYS),
        };
        let token = random_token()?;
        let mut tx = self.0.db().begin_for(cx).await?;
        let all = store::members::list_locked(&mut tx, cx).await?;
        if all.iter().any(|member| member.email == new.email) {
            return Err(Error::invalid("email", "belongs to a member already"));
        }
        let made = store::invitations::made_since(&mut tx, cx, now - Duration::days(1)).await?;
        if made >= MAX_INVITATIONS_A_DAY as i64 {
            let why = format!("{MAX_INVITATIONS_A_DAY} invitations were made within a day; try again later");
            return Err(Error::Conflict(why));
        }
        store::invitations::withdraw_of(&mut tx, cx, &new.email, now).await?;
        store::invitations::insert(&mut tx, cx, &new, &hash_token(&token)).await?;
        let detail = json!({ "email": new.email, "role": role });
        store::audit::insert(&mut tx, cx, now, "invitation.create", &new.id.0.to_string(), detail).await?;
        tx.commit().await?;
        let link = format!("{}/join/{token}", self.0.public_url());
        let mailed = self.mail(cx, &new, &link).await?;
        Ok(Invited { link, mailed })
    }

    /// Takes an invitation back, at once and for good.
    ///
    /// # Errors
    /// [`Error::NotFound`] also for one that was accepted, or of another tenant.
    pub async fn withdraw(&self, cx: &Cx, id: InvitationId) -> Result<()> {
        cx.require(Permission::Manage, "withdraw invitations")?;
        let now = self.0.clock().now();
        let mut tx = self.0.db().begin_for(cx).await?;
        if !store::invitations::withdraw(&mut tx, cx, id, now).await? {
            return Err(GONE);
        }
        store::audit::insert(&mut tx, cx, now, "invitation.withdraw", &id.0.to_string(), json!({})).await?;
        tx.commit().await
    }

    /// What a link tells whoever has it.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a token that was withdrawn, used, ran out or never was: nobody can tell which.
    pub async fn look(&self, token: &str) -> Result<Offer> {
        Ok(self.find(token).await?.offer)
    }

    /// The caller joins the tenant of a link, which then works no more; gives the tenant.
    ///
    /// # Errors
    /// As [`Members::look`]; [`Error::Forbidden`] for everybody whose address is not the invited one.
    pub async fn accept(&self, cx: &Cx, token: &str) -> Result<TenantId> {
        let kept = self.find(token).await?;
        let user = self.0.accounts().user(cx).await?;
        if user.email.to_lowercase() != kept.invitation.email {
            return Err(Error::Forbidden(
                "accept this invitation: it was sent to another address; log in with that one",
            ));
        }
        let (now, id, role) = (self.0.clock().now(), kept.invitation.id, kept.invitation.role);
        let there = Cx { tenant: kept.tenant, user: cx.user, role, request: cx.request.clone() };
        let mut tx = self.0.db().begin_for(&there).await?;
        if !store::invitations::accept(&mut tx, &there, id, now).await? {
            return Err(GONE);
        }
        store::members::join(&mut tx, &there, role, now).await?;
        let (subject, detail) = (id.0.to_string(), json!({ "role": role }));
        store::audit::insert(&mut tx, &there, now, "invitation.accept", &subject, detail).await?;
        tx.commit().await?;
        Ok(kept.tenant)
    }

    async fn find(&self, token: &str) -> Result<store::invitations::Kept> {
        if !can_be_token(token) {
            return Err(GONE);
        }
        let now = self.0.clock().now();
        store::invitations::by_token(self.0.db(), &hash_token(token), now).await?.ok_or(GONE)
    }

    /// Whether the link went out by mail.
    async fn mail(&self, cx: &Cx, to: &Invitation, link: &str) -> Result<bool> {
        let Some(mailer) = self.0.mailer() else { return Ok(false) };
        let by = self.0.accounts().user(cx).await?.full_name;
        let line = format!("{by} invites you to a workspace on Candlewick as {}.", to.role.as_str());
        let ends = format!("The link works for {INVITATION_DAYS} days and for this address alone.");
        let (html_line, html_link) = (escape_html(&line), escape_html(link));
        let mail = Mail {
            to: to.email.clone(),
            subject: format!("{by} invites you to Candlewick"),
            text: format!("{line}\n\n{link}\n\n{ends}\n"),
            html: format!(
                "<!DOCTYPE html><html lang=\"en\"><body><p>{html_line}</p>\
                 <p><a href=\"{html_link}\">{html_link}</a></p><p>{ends}</p></body></html>"
            ),
            ..Mail::default()
        };
        match mailer.send(&mail).await {
            Ok(()) => Ok(true),
            Err(error) => {
                tracing::warn!(invitation = %to.id.0, %error, "an invitation could not be mailed");
                Ok(false)
            }
        }
    }
}

fn find(all: &[Member], user: UserId) -> Result<&Member> {
    all.iter().find(|member| member.user_id == user).ok_or(Error::NotFound("the member"))
}

/// Refuses where nobody would manage the tenant without `user`.
fn keeps_an_owner(all: &[Member], user: UserId) -> Result<()> {
    let other = |member: &Member| member.role == Role::Owner && member.user_id != user;
    if all.iter().any(other) {
        return Ok(());
    }
    Err(Error::Conflict("a workspace keeps an owner; make somebody else an owner first".into()))
}

#[cfg(test)]
mod tests;
