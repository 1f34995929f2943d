//! API keys: named, shown once, as strong as the role of whoever made them has become.

use super::{Accounts, Credential, Identity, cx_of, sessions::TOUCH_EVERY, tokens};
use crate::{
    Cx,
    error::{Error, Result},
    store,
};
use domain::{
    Permission, TenantId, UserId,
    account::{ApiKey, clean_name},
};
use serde_json::json;
use uuid::Uuid;

/// How every key begins, so that a scanner of leaked secrets knows it.
const MARK: &str = "cwk_";
/// How much of a key is kept to recognise it by, with [`MARK`].
const PREFIX_CHARS: usize = 12;
/// Most living keys of one user in one tenant.
pub const MAX_KEYS: i64 = 20;

impl Accounts<'_> {
    /// The caller's keys to this tenant, newest first.
    pub async fn api_keys(&self, cx: &Cx) -> Result<Vec<ApiKey>> {
        store::api_keys::list(self.0.db(), cx).await
    }

    /// Makes a key; the text is the key itself, which can not be shown again.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for a viewer, [`Error::Invalid`] naming `name`, [`Error::Conflict`] when there are
    /// [`MAX_KEYS`] already.
    pub async fn create_api_key(&self, cx: &Cx, name: &str) -> Result<(ApiKey, String)> {
        cx.require(Permission::Edit, "make API keys")?;
        let name = clean_name(name).map_err(|reason| Error::invalid("name", reason))?;
        let secret = format!("{MARK}{}", tokens::random_token()?);
        let key = ApiKey {
            id: Uuid::now_v7(),
            name,
            prefix: secret.chars().take(PREFIX_CHARS).collect(),
            created_at: self.0.clock().now(),
            last_used_at: None,
        };
        let mut tx = self.0.db().begin_for(cx).await?;
        if store::api_keys::count(&mut tx, cx).await? >= MAX_KEYS {
            return Err(Error::Conflict(format!("you have {MAX_KEYS} keys already; revoke one first")));
        }
        store::api_keys::insert(&mut tx, cx, &key, &tokens::hash(&secret)).await?;
        let detail = json!({ "name": key.name, "prefix": key.prefix });
        store::audit::insert(&mut tx, cx, key.created_at, "api_key.create", &key.id.to_string(), detail)
            .await?;
        tx.commit().await?;
        Ok((key, secret))
    }

    /// Revokes one of the caller's keys.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none, also when it is somebody else's.
    pub async fn revoke_api_key(&self, cx: &Cx, id: Uuid) -> Result<()> {
        let now = self.0.clock().now();
        let mut tx = self.0.db().begin_for(cx).await?;
        if !store::api_keys::revoke(&mut tx, cx, id, now).await? {
            return Err(Error::NotFound("the API key"));
        }
        store::audit::insert(&mut tx, cx, now, "api_key.revoke", &id.to_string(), json!({})).await?;
        tx.commit().await?;
        self.ended([Credential::Key(id)]);
        Ok(())
    }

    /// Who calls with a key. Notes the use at most once a minute.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] for a key that is unknown or revoked, or whose maker has left the tenant.
    pub async fn api_key(&self, key: &str, request_id: &str) -> Result<Cx> {
        Ok(self.key_identity(key, request_id).await?.cx)
    }

    pub(super) async fn key_identity(&self, key: &str, request_id: &str) -> Result<Identity> {
        const UNKNOWN: Error = Error::Unauthenticated("the API key is not known or was revoked");
        if !key.starts_with(MARK) {
            return Err(UNKNOWN);
        }
        let (now, db) = (self.0.clock().now(), self.0.db());
        let found = store::api_keys::find(db, &tokens::hash(key)).await?.ok_or(UNKNOWN)?;
        if found.last_used_at.is_none_or(|last| now - last >= TOUCH_EVERY) {
            let mut tx = db.begin().await?;
            store::api_keys::touch(&mut tx, found.id, now).await?;
            tx.commit().await?;
        }
        let role = store::tenants::role(&found.role)?;
        let cx = cx_of(TenantId(found.tenant_id), UserId(found.user_id), role, request_id);
        Ok(Identity { cx, credential: Credential::Key(found.id), tier: store::users::tier(&found.tier)? })
    }
}
