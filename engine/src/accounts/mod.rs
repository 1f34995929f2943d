//! Who is who: registration, logins of people and programs, and what they may change about themselves.
//!
//! Everything here ends in a [`Cx`], which the rest of the engine trusts. Passwords are argon2id hashes;
//! session tokens, refresh tokens and API keys are random, and only their SHA-256 is stored.

use crate::{Cx, Engine, Error, Result};
use domain::account::{ApiKey, ProfileChange, Registration, SessionInfo, Tokens, User};
use uuid::Uuid;

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

const SOON: &str = "logging in";

#[allow(clippy::unused_async, unused_variables, missing_docs)]
impl Accounts<'_> {
    pub async fn register(&self, registration: Registration, caller: &Caller) -> Result<Login> {
        Err(Error::Unavailable(SOON.into()))
    }
    pub async fn login(&self, email: &str, password: &str, caller: &Caller) -> Result<Login> {
        Err(Error::Unavailable(SOON.into()))
    }
    pub async fn register_api(&self, registration: Registration, caller: &Caller) -> Result<Tokens> {
        Err(Error::Unavailable(SOON.into()))
    }
    pub async fn login_api(&self, email: &str, password: &str, caller: &Caller) -> Result<Tokens> {
        Err(Error::Unavailable(SOON.into()))
    }
    pub async fn refresh(&self, refresh_token: &str, caller: &Caller) -> Result<Tokens> {
        Err(Error::Unavailable(SOON.into()))
    }
    pub async fn logout_api(&self, refresh_token: &str) -> Result<()> {
        Err(Error::Unavailable(SOON.into()))
    }
    pub async fn session(&self, token: &str, request_id: &str) -> Result<Option<(Cx, User)>> {
        Err(Error::Unavailable(SOON.into()))
    }
    pub async fn bearer(&self, jwt: &str, request_id: &str) -> Result<Cx> {
        Err(Error::Unavailable(SOON.into()))
    }
    pub async fn api_key(&self, key: &str, request_id: &str) -> Result<Cx> {
        Err(Error::Unavailable(SOON.into()))
    }
    pub async fn logout(&self, session_token: &str) -> Result<()> {
        Err(Error::Unavailable(SOON.into()))
    }
    pub async fn sessions(&self, cx: &Cx, current_token: &str) -> Result<Vec<SessionInfo>> {
        Err(Error::Unavailable(SOON.into()))
    }
    pub async fn revoke_session(&self, cx: &Cx, id: Uuid) -> Result<()> {
        Err(Error::Unavailable(SOON.into()))
    }
    pub async fn change_password(&self, cx: &Cx, current_token: &str, old: &str, new: &str) -> Result<()> {
        Err(Error::Unavailable(SOON.into()))
    }
    pub async fn user(&self, cx: &Cx) -> Result<User> {
        Err(Error::Unavailable(SOON.into()))
    }
    pub async fn update_profile(&self, cx: &Cx, change: ProfileChange) -> Result<User> {
        Err(Error::Unavailable(SOON.into()))
    }
    pub async fn api_keys(&self, cx: &Cx) -> Result<Vec<ApiKey>> {
        Err(Error::Unavailable(SOON.into()))
    }
    pub async fn create_api_key(&self, cx: &Cx, name: &str) -> Result<(ApiKey, String)> {
        Err(Error::Unavailable(SOON.into()))
    }
    pub async fn revoke_api_key(&self, cx: &Cx, id: Uuid) -> Result<()> {
        Err(Error::Unavailable(SOON.into()))
    }
}
