//! Letters: a mail with a link that sets a new password, or that proves an address to be one's own.
//!
//! Whoever asks for a new password gets the same answer after the same work, whether the address is known or not: the
//! request counts and queues, and only the job that sends looks whose address it is. The token is made there too and
//! stands in no job; what is kept of it is a hash. What the mail says is in `post.rs`.

use super::{Accounts, Caller, Credential, account_key, cx_of, post, throttle::Throttle, tokens};
use crate::{
    Cx,
    error::{Error, Result},
    jobs::{Order, Run, SendLetter, URGENT},
    store::{self, letters::Purpose},
};
use chrono::Duration;
use domain::account::{check_password, clean_email};
use serde_json::json;
use uuid::Uuid;

/// How long a link sets a new password.
pub(super) const RESET: Duration = Duration::hours(1);
/// How long a link proves an address.
pub(super) const VERIFY: Duration = Duration::days(3);
/// Letters of one purpose to one account within [`HOUR`].
pub(super) const PER_ACCOUNT: usize = 3;
/// Letters asked for from one address within [`HOUR`].
const PER_ADDRESS: usize = 10;
const HOUR: Duration = Duration::hours(1);

/// How often letters may be asked for.
pub(super) fn throttle() -> Throttle {
    Throttle::new(PER_ACCOUNT, PER_ADDRESS, HOUR)
}

/// The job that sends a letter to whoever has the address; one at a time.
pub(super) fn order(email: &str, purpose: Purpose) -> Result<Order> {
    let key = format!("send_letter:{}:{email}", purpose.as_str());
    Ok(Order::new(&SendLetter { email: email.to_string(), purpose })?.key(key).priority(URGENT))
}

/// Said of every link that does not work, whatever the reason.
fn gone() -> Error {
    Error::Conflict("this link was used already or has run out; ask for a new one".into())
}

fn no_mail() -> Error {
    Error::Conflict("this installation sends no mail; whoever operates it can give you a link".into())
}

impl Accounts<'_> {
    /// Sends a link for a new password to the address, if somebody here has it.
    ///
    /// # Errors
    /// [`Error::Invalid`] for what can be nobody's address, [`Error::Limited`] after too many, known or not;
    /// [`Error::Conflict`] where no mail is sent.
    pub async fn forgot_password(&self, email: &str, caller: &Caller) -> Result<()> {
        let email = clean_email(email).map_err(|reason| Error::invalid("email", reason))?;
        if self.0.mailer().is_none() {
            return Err(no_mail());
        }
        self.desk().letters.begin(&account_key(&email), &caller.address(), self.0.clock().now())?;
        self.0.jobs().enqueue(order(&email, Purpose::Reset)?).await?;
        Ok(())
    }

    /// Sends the caller a link that proves the address, once more; nothing where it is proved already.
    ///
    /// # Errors
    /// [`Error::Limited`] after too many, [`Error::Conflict`] where no mail is sent.
    pub async fn send_verification(&self, cx: &Cx) -> Result<()> {
        let user = self.user(cx).await?;
        if user.email_verified {
            return Ok(());
        }
        if self.0.mailer().is_none() {
            return Err(no_mail());
        }
        // Counted apart from letters that strangers ask for in this person's name; the person is the address.
        let account = format!("verify {}", user.email);
        self.desk().letters.begin(&account, &cx.user.0.to_string(), self.0.clock().now())?;
        self.0.jobs().enqueue(order(&user.email, Purpose::Verify)?).await?;
        Ok(())
    }

    /// A link for a new password, for whoever operates the installation to hand on. For the command line, which
    /// knows no caller.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an address nobody has.
    pub async fn reset_link(&self, email: &str) -> Result<String> {
        let (db, unknown) = (self.0.db(), || Error::NotFound("the account"));
        let email = clean_email(email).map_err(|_| unknown())?;
        let row = store::users::by_email(db, &email).await?.ok_or_else(unknown)?;
        let user = self.person(row)?.id;
        let (tenant, role) = store::tenants::first_of(db, user).await?.ok_or_else(unknown)?;
        let cx = cx_of(tenant, user, role, "command line");
        self.write(&cx, Uuid::now_v7(), Purpose::Reset).await?.ok_or_else(unknown)
    }

    /// Sends one letter, unless nobody has the address or they got enough of them. Who retries is the job; each
    /// try has a link of its own, and the one before ends.
    pub(crate) async fn send_letter(&self, job: &SendLetter, run: &Run<'_>) -> Result<()> {
        let (db, now, purpose) = (self.0.db(), self.0.clock().now(), job.purpose);
        let Some(mailer) = self.0.mailer() else { return Ok(()) };
        let Some(row) = store::users::by_email(db, &job.email).await? else { return Ok(()) };
        let user = self.person(row)?;
        let Some((tenant, role)) = store::tenants::first_of(db, user.id).await? else { return Ok(()) };
        if purpose == Purpose::Verify && user.email_verified {
            return Ok(());
        }
        // The throttle of each instance counts for itself and forgets; this one does not.
        let written = store::letters::written_since(db, user.id, purpose, now - HOUR, run.id()).await?;
        if written >= PER_ACCOUNT as i64 {
            tracing::warn!(user = %user.id.0, purpose = purpose.as_str(), "got enough letters for this hour");
            return Ok(());
        }
        let cx = cx_of(tenant, user.id, role, &format!("job {}", run.id()));
        match self.write(&cx, run.id(), purpose).await? {
            Some(link) => mailer.send(&post::letter(&user, purpose, &link)).await,
            None => Ok(()), // an earlier try did arrive
        }
    }

    /// Keeps a new letter and gives its link; `None` when the letter of this id was used already.
    async fn write(&self, cx: &Cx, id: Uuid, purpose: Purpose) -> Result<Option<String>> {
        let (now, token) = (self.0.clock().now(), tokens::random_token()?);
        let (life, action) = match purpose {
            Purpose::Reset => (RESET, "password.letter"),
            Purpose::Verify => (VERIFY, "email.letter"),
        };
        let token_hash = tokens::hash(&token);
        let new = store::letters::New {
            id,
            user: cx.user,
            purpose,
            token_hash: &token_hash,
            at: now,
            expires_at: now + life,
        };
        let mut tx = self.0.db().begin_for(cx).await?;
        store::letters::purge(&mut tx, cx.user, now).await?;
        if !store::letters::write(&mut tx, &new).await? {
            return Ok(None);
        }
        store::audit::insert(&mut tx, cx, now, action, &cx.user.0.to_string(), json!({})).await?;
        tx.commit().await?;
        Ok(Some(format!("{}/{}/{token}", self.0.public_url(), purpose.as_str())))
    }

    /// Sets a new password with the token of a letter, and ends every session, every refresh token and every other
    /// such letter of the account.
    ///
    /// # Errors
    /// [`Error::Conflict`] in the same words for a token that was used, ran out or never was; [`Error::Invalid`]
    /// naming `newPassword`.
    pub async fn reset_password(&self, token: &str, new: &str, caller: &Caller) -> Result<()> {
        let (db, desk, now) = (self.0.db(), self.desk(), self.0.clock().now());
        let token_hash = tokens::hash(token);
        let found = store::letters::of_token(db, &token_hash, Purpose::Reset, now).await?;
        let user = found.ok_or_else(gone)?;
        let row = store::users::by_id(db, user).await?.ok_or_else(gone)?;
        let (tenant, role) = store::tenants::first_of(db, user).await?.ok_or_else(gone)?;
        check_password(new, &row.email).map_err(|reason| Error::invalid("newPassword", reason))?;
        let fresh = desk.passwords.hash(new).await?;
        let cx = cx_of(tenant, user, role, &caller.request);
        let mut tx = db.begin().await?;
        // The password first: of two at the same time the second waits here, and then finds another one.
        if !store::users::set_password(&mut tx, user, &row.password_hash, &fresh).await?
            || !store::letters::spend(&mut tx, &token_hash, Purpose::Reset, now).await?
        {
            return Err(gone());
        }
        store::letters::end_open(&mut tx, user, Purpose::Reset, now).await?;
        // No session has the empty token: none goes on.
        let sessions = store::sessions::end_others(&mut tx, &cx, &tokens::hash("")).await?;
        let families = store::refresh_tokens::revoke_all(&mut tx, &cx, now).await?;
        let detail = json!({ "sessionsEnded": sessions.len(), "familiesRevoked": families.len() });
        store::audit::insert(&mut tx, &cx, now, "password.reset", &user.0.to_string(), detail).await?;
        tx.commit().await?;
        // Whoever guessed at the old one has nothing to guess at any more.
        desk.throttle.forget(&account_key(&row.email));
        self.ended(sessions.into_iter().map(Credential::Session));
        self.ended(families.into_iter().map(Credential::Family));
        Ok(())
    }

    /// Proves an address with the token of a letter; whoever has it need not be logged in.
    ///
    /// # Errors
    /// [`Error::Conflict`] in the same words for a token that was used, ran out or never was.
    pub async fn verify_email(&self, token: &str, caller: &Caller) -> Result<()> {
        let (db, now, token_hash) = (self.0.db(), self.0.clock().now(), tokens::hash(token));
        let found = store::letters::of_token(db, &token_hash, Purpose::Verify, now).await?;
        let user = found.ok_or_else(gone)?;
        let (tenant, role) = store::tenants::first_of(db, user).await?.ok_or_else(gone)?;
        let cx = cx_of(tenant, user, role, &caller.request);
        let mut tx = db.begin().await?;
        // The person first: two letters at the same time wait for each other here.
        store::users::verify(&mut tx, user, now).await?;
        if !store::letters::spend(&mut tx, &token_hash, Purpose::Verify, now).await? {
            return Err(gone());
        }
        store::letters::end_open(&mut tx, user, Purpose::Verify, now).await?;
        store::audit::insert(&mut tx, &cx, now, "email.verify", &user.0.to_string(), json!({})).await?;
        tx.commit().await
    }
}
