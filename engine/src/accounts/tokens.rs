//! Tokens: random ones, of which only the SHA-256 is kept, and the signed access token of the API.

use super::{Accounts, Caller, Credential, Identity, UNKNOWN_TOKEN, cx_of};
use crate::{
    Cx,
    error::{Error, Result},
    store::{self, Tx},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::Duration;
use domain::{
    Role, TenantId, UserId,
    account::{Registration, Tokens, User},
};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use rand::TryRngCore as _;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Life of an access token.
pub(crate) const ACCESS: Duration = Duration::minutes(15);
/// Life of a refresh token; each use gives a new one.
pub(crate) const REFRESH: Duration = Duration::days(30);

/// Random bytes from the operating system.
pub(crate) fn random_bytes<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    rand::rngs::OsRng
        .try_fill_bytes(&mut bytes)
        .map_err(|error| Error::Unavailable(format!("the source of randomness ({error})")))?;
    Ok(bytes)
}

/// 256 random bits as 43 characters of a URL.
pub(crate) fn random_token() -> Result<String> {
    Ok(URL_SAFE_NO_PAD.encode(random_bytes::<32>()?))
}

/// Whether a text has the form of a [`random_token`]; one that has not costs no query.
pub(crate) fn can_be_token(text: &str) -> bool {
    text.len() == 43 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// What is stored of a random token. It has 256 bits, so it needs neither salt nor slowness.
pub(crate) fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}

/// What an access token says.
#[derive(Serialize, Deserialize)]
struct Claims {
    sub: UserId,
    tid: TenantId,
    role: Role,
    exp: i64,
    iat: i64,
    jti: Uuid,
    /// The family of refresh tokens it came with.
    fam: Uuid,
}

impl Accounts<'_> {
    /// Opens an account for a program; see [`Accounts::register`].
    pub async fn register_api(&self, registration: Registration, caller: &Caller) -> Result<Tokens> {
        let (mut tx, user, cx) = self.open(registration, caller).await?;
        let tokens = self.new_family(&mut tx, user, &cx).await?;
        tx.commit().await?;
        self.0.jobs().wake();
        Ok(tokens)
    }

    /// Logs a program in; see [`Accounts::login`].
    pub async fn login_api(&self, email: &str, password: &str, caller: &Caller) -> Result<Tokens> {
        let (mut tx, user, cx) = self.enter(email, password, caller).await?;
        let tokens = self.new_family(&mut tx, user, &cx).await?;
        tx.commit().await?;
        Ok(tokens)
    }

    /// Trades a refresh token for new tokens. Each is good for one use: whoever brings a used one again either
    /// stole it or was stolen from, so its whole family ends.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] for a token that is unknown, used, revoked or too old.
    pub async fn refresh(&self, refresh_token: &str, caller: &Caller) -> Result<Tokens> {
        let (now, hashed) = (self.0.clock().now(), hash(refresh_token));
        let mut tx = self.0.db().begin().await?;
        let Some(owner) = store::refresh_tokens::spend(&mut tx, &hashed, now).await? else {
            if let Some(owner) = store::refresh_tokens::used(&mut tx, &hashed).await? {
                let ended = store::refresh_tokens::revoke_family(&mut tx, owner.family, now).await?;
                // The role is not needed to note what happened.
                let cx =
                    cx_of(TenantId(owner.tenant_id), UserId(owner.user_id), Role::Viewer, &caller.request);
                if ended > 0 {
                    tracing::warn!(user = %owner.user_id, "a used refresh token came back: its family is revoked");
                    let (family, detail) = (owner.family.to_string(), json!({ "address": caller.address() }));
                    store::audit::insert(&mut tx, &cx, now, "tokens.reuse", &family, detail).await?;
                }
                tx.commit().await?;
                self.ended([Credential::Family(owner.family)]);
            }
            return Err(Error::Unauthenticated(UNKNOWN_TOKEN));
        };
        let (tenant, user) = (TenantId(owner.tenant_id), UserId(owner.user_id));
        let fresh = random_token()?;
        let expires_at = now + REFRESH;
        store::refresh_tokens::insert(&mut tx, (tenant, user), owner.family, &hash(&fresh), now, expires_at)
            .await?;
        tx.commit().await?;
        let role = store::tenants::role_of(self.0.db(), tenant, user).await?;
        let person = store::users::by_id(self.0.db(), user).await?;
        let (Some(role), Some(person)) = (role, person) else {
            return Err(Error::Unauthenticated(UNKNOWN_TOKEN));
        };
        self.tokens(self.person(person)?, &cx_of(tenant, user, role, &caller.request), owner.family, fresh)
    }

    /// Logs a program out: the family of the token ends. Unknown tokens are no error.
    pub async fn logout_api(&self, refresh_token: &str) -> Result<()> {
        let now = self.0.clock().now();
        if let Some(owner) = store::refresh_tokens::owner(self.0.db(), &hash(refresh_token)).await? {
            let mut tx = self.0.db().begin().await?;
            if store::refresh_tokens::revoke_family(&mut tx, owner.family, now).await? > 0 {
                let cx = cx_of(TenantId(owner.tenant_id), UserId(owner.user_id), Role::Viewer, "");
                let family = owner.family.to_string();
                store::audit::insert(&mut tx, &cx, now, "tokens.logout", &family, json!({})).await?;
            }
            tx.commit().await?;
            self.ended([Credential::Family(owner.family)]);
        }
        Ok(())
    }

    /// Who calls with an access token. The role is the one of today, not the one in the token.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] for a token that is forged or too old, or whose user has left the tenant.
    pub async fn bearer(&self, jwt: &str, request_id: &str) -> Result<Cx> {
        Ok(self.bearer_identity(jwt, request_id).await?.cx)
    }

    pub(super) async fn bearer_identity(&self, jwt: &str, request_id: &str) -> Result<Identity> {
        let unknown = Error::Unauthenticated(UNKNOWN_TOKEN);
        let Some(claims) = self.read(jwt) else { return Err(unknown) };
        let standing = store::tenants::standing(self.0.db(), claims.tid, claims.sub).await?;
        let (role, tier) = standing.ok_or(unknown)?;
        let cx = cx_of(claims.tid, claims.sub, role, request_id);
        Ok(Identity { cx, credential: Credential::Family(claims.fam), tier })
    }

    async fn new_family(&self, tx: &mut Tx, user: User, cx: &Cx) -> Result<Tokens> {
        let (now, fresh, family) = (self.0.clock().now(), random_token()?, Uuid::now_v7());
        store::refresh_tokens::purge(tx, cx, now).await?;
        store::refresh_tokens::insert(tx, (cx.tenant, cx.user), family, &hash(&fresh), now, now + REFRESH)
            .await?;
        store::audit::insert(tx, cx, now, "tokens.login", &family.to_string(), json!({})).await?;
        self.tokens(user, cx, family, fresh)
    }

    fn tokens(&self, user: User, cx: &Cx, family: Uuid, refresh_token: String) -> Result<Tokens> {
        let now = self.0.clock().now();
        let claims = Claims {
            sub: cx.user,
            tid: cx.tenant,
            role: cx.role,
            exp: (now + ACCESS).timestamp(),
            iat: now.timestamp(),
            jti: Uuid::now_v7(),
            fam: family,
        };
        let key = EncodingKey::from_secret(self.0.secret());
        let access_token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &key)
            .map_err(|error| Error::Internal(format!("signing: {error}")))?;
        let expires_in = ACCESS.num_seconds().unsigned_abs();
        Ok(Tokens { user, access_token, refresh_token, token_type: "Bearer".into(), expires_in })
    }

    /// The claims of a token that we signed and that has not run out by the engine's clock.
    fn read(&self, jwt: &str) -> Option<Claims> {
        let mut rules = Validation::new(Algorithm::HS256);
        rules.validate_exp = false; // below, by the engine's clock and without leeway
        let key = DecodingKey::from_secret(self.0.secret());
        let claims = jsonwebtoken::decode::<Claims>(jwt, &key, &rules).ok()?.claims;
        (claims.exp > self.0.clock().now().timestamp()).then_some(claims)
    }
}
