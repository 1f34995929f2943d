//! What callers prove themselves with, and what ends when a proof does.

use super::{Accounts, UNKNOWN_TOKEN};
use crate::{
    Cx,
    error::{Error, Result},
};
use domain::account::Tier;
use uuid::Uuid;

/// A proof as it was sent.
#[derive(Clone, Copy)]
pub enum Proof<'a> {
    /// The value of a session cookie.
    Session(&'a str),
    /// An access token.
    Bearer(&'a str),
    /// An API key.
    Key(&'a str),
}

/// What a proof stands for; streams opened with it end with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Credential {
    /// A browser's session.
    Session(Uuid),
    /// A family of tokens: one login of a program.
    Family(Uuid),
    /// An API key.
    Key(Uuid),
}

/// A caller that was recognised.
#[derive(Debug, Clone)]
pub struct Identity {
    /// For calls of the engine.
    pub cx: Cx,
    /// What was proved.
    pub credential: Credential,
    /// What the caller has subscribed to.
    pub tier: Tier,
}

impl Accounts<'_> {
    /// Who sends a proof. Notes the use at most once a minute.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] for a proof that is unknown, forged, ended or too old, or whose user has left
    /// the tenant.
    pub async fn identify(&self, proof: Proof<'_>, request_id: &str) -> Result<Identity> {
        match proof {
            Proof::Session(token) => {
                let found = self.session_identity(token, request_id).await?;
                found.map(|(identity, _)| identity).ok_or(Error::Unauthenticated(UNKNOWN_TOKEN))
            }
            Proof::Bearer(jwt) => self.bearer_identity(jwt, request_id).await,
            Proof::Key(key) => self.key_identity(key, request_id).await,
        }
    }

    /// The live streams opened with what has just ended end too.
    pub(super) fn ended(&self, credentials: impl IntoIterator<Item = Credential>) {
        for credential in credentials {
            self.0.bus().end(credential);
        }
    }
}
