//! Leaving the mailing by a link: signed, for one person in one tenant, good for nothing else.

use super::Reports;
use crate::{Cx, Engine, Error, Result, store};
use domain::{TenantId, UserId, report::Preferences};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Who leaves. Made only from a token that we signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaving {
    tenant: TenantId,
    user: UserId,
}

/// A key of its own: a token of one kind is never good for another.
fn key(engine: &Engine) -> [u8; 32] {
    Sha256::new().chain_update(b"unsubscribe from reports\0").chain_update(engine.secret()).finalize().into()
}

impl Reports<'_> {
    /// The link that ends the caller's mornings by mail. It does not run out: old mails must stay good for leaving.
    pub(super) fn leaving_link(&self, cx: &Cx) -> Result<String> {
        let leaving = Leaving { tenant: cx.tenant, user: cx.user };
        let key = EncodingKey::from_secret(&key(self.0));
        let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &leaving, &key)
            .map_err(|error| Error::Internal(format!("signing: {error}")))?;
        Ok(format!("{}/unsubscribe/{token}", self.0.public_url()))
    }

    /// Who a token lets leave; `None` for one that we did not sign.
    pub fn leaving(&self, token: &str) -> Option<Leaving> {
        let mut rules = Validation::new(Algorithm::HS256);
        rules.validate_exp = false;
        rules.required_spec_claims.clear();
        let key = DecodingKey::from_secret(&key(self.0));
        Some(jsonwebtoken::decode::<Leaving>(token, &key, &rules).ok()?.claims)
    }

    /// Ends the mornings by mail of whoever the token names; again is the same as once.
    pub async fn leave(&self, leaving: &Leaving) -> Result<()> {
        let role = store::reports::role(self.0.db(), leaving.tenant, leaving.user).await?;
        let Some(role) = role else { return Ok(()) };
        let cx = Cx { tenant: leaving.tenant, user: leaving.user, role, request: "unsubscribe".into() };
        let now = self.preferences(&cx).await?;
        if now.mail {
            self.prefer(&cx, Preferences { mail: false, ..now }).await?;
        }
        Ok(())
    }
}
