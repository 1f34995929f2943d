//! Who is who: registration, logins of people and programs, and what they may change about themselves.
//!
//! Everything here ends in a [`Cx`], which the rest of the engine trusts. Passwords are argon2id hashes;
//! session tokens, refresh tokens, API keys and the links of letters are random, and only their SHA-256 is stored. Cookies and
//! headers are the server's.

mod credentials;
mod door;
mod keys;
mod letters;
mod operators;
mod passwords;
mod post;
mod profile;
mod sessions;
#[cfg(test)]
mod tests;
mod throttle;
mod tokens;
mod trail;

pub use crate::store::audit::AuditLine;
pub use credentials::{Credential, Identity, Proof};
pub use keys::MAX_KEYS;
pub use operators::{Operator, OperatorRule};
pub use sessions::SESSION;
pub use throttle::network;
pub(crate) use tokens::{can_be_token, hash as hash_token, random_token};

use crate::{Cx, Engine};
use domain::{Role, TenantId, UserId, account::User};

/// Said of every token that does not work, whatever the reason.
const UNKNOWN_TOKEN: &str = "the token is not known or has ended; log in again";

/// Where a call comes from, before it is known who calls.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The network address, for the throttle and the list of sessions.
    pub address: String,
    /// What the browser or program calls itself.
    pub user_agent: String,
    /// Names the request in logs and audit lines.
    pub request: String,
}

impl Caller {
    fn address(&self) -> String {
        tame(&self.address, 64)
    }

    fn user_agent(&self) -> String {
        tame(&self.user_agent, 300)
    }
}

/// Someone has just logged in through a browser.
pub struct Login {
    /// Who.
    pub user: User,
    /// For calls in the same request.
    pub cx: Cx,
    /// The value of the session cookie.
    pub session_token: String,
}

/// The accounts of an [`Engine`].
pub struct Accounts<'a>(&'a Engine);

impl Engine {
    /// Who is who.
    pub fn accounts(&self) -> Accounts<'_> {
        Accounts(self)
    }
}

/// What accounts remember between calls; part of every [`Engine`].
pub(crate) struct Desk {
    passwords: passwords::Passwords,
    throttle: throttle::Throttle,
    /// Of letters that strangers ask for, or that are asked for again.
    letters: throttle::Throttle,
}

impl Desk {
    pub(crate) fn new() -> Desk {
        Desk {
            passwords: passwords::Passwords::new(),
            throttle: throttle::Throttle::default(),
            letters: letters::throttle(),
        }
    }
}

impl Accounts<'_> {
    /// The hash of a password that opens no account, as that of a shared page.
    pub(crate) async fn hash_password(&self, password: &str) -> crate::Result<String> {
        self.desk().passwords.hash(password).await
    }

    /// Whether it is the password of such a hash.
    pub(crate) async fn is_password(&self, password: &str, hash: &str) -> crate::Result<bool> {
        self.desk().passwords.verify(password, Some(hash)).await
    }

    fn desk(&self) -> &Desk {
        &self.0.desk
    }
}

/// The caller that was proved; the only way in from outside.
fn cx_of(tenant: TenantId, user: UserId, role: Role, request: &str) -> Cx {
    Cx { tenant, user, role, request: tame(request, 100) }
}

/// What the throttle calls an account, known or not.
fn account_key(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Text that a header brought: as much as fits, without control characters (PostgreSQL stores no NUL).
fn tame(text: &str, most_chars: usize) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(most_chars).collect()
}
