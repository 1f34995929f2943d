//! Shared pages: who may give out a link, and what its reader gets.
//!
//! A token has 256 random bits and is kept as a hash. Whoever comes with one that was taken back, ran out or never
//! was gets the same answer. What a reader gets is a report without amounts where the owner wished so: whatever is
//! made of it (page, JSON, picture, PDF) can not show what is not in it.

use crate::{
    Cx, Engine, Error, Result,
    accounts::{can_be_token, hash_token, random_token},
    store,
};
use chrono::{DateTime, Utc};
use domain::{
    Permission, Role,
    portfolio::PortfolioId,
    report::Report,
    share::{MAX_SHARES, Share, ShareId},
};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

const GONE: Error = Error::NotFound("the page");

/// Shortest password of a shared page, in characters.
const MIN_PASSWORD_CHARS: usize = 6;
const MAX_PASSWORD_CHARS: usize = 200;

/// The shared pages of an [`Engine`].
pub struct Shares<'a>(&'a Engine);

impl Engine {
    /// Shared pages.
    pub fn shares(&self) -> Shares<'_> {
        Shares(self)
    }
}

/// What a new link shall be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    /// When it ends by itself.
    pub expires_at: Option<DateTime<Utc>>,
    /// What its readers have to know.
    pub password: Option<String>,
    /// Per cent only.
    pub hide_amounts: bool,
}

/// What a reader with a token gets.
pub enum Opened {
    /// The page.
    Page(Box<Shown>),
    /// A password is asked for, and was missing or wrong.
    Locked,
}

/// A shared page.
pub struct Shown {
    /// What it says.
    pub report: Report,
    /// Of the link.
    pub share: Share,
}

impl Shares<'_> {
    /// The links to a portfolio, newest first, those taken back included.
    ///
    /// # Errors
    /// [`Error::NotFound`] also for a portfolio of another tenant, here and below.
    pub async fn list(&self, cx: &Cx, portfolio: PortfolioId) -> Result<Vec<Share>> {
        cx.require(Permission::Read, "see what is shared")?;
        self.0.portfolios().get(cx, portfolio).await?;
        store::shares::of_portfolio(self.0.db(), cx, portfolio).await
    }

    /// A new link and its token, which is shown this once.
    ///
    /// # Errors
    /// [`Error::Invalid`] for an end that is over, a password that is too short, or too many links.
    pub async fn create(&self, cx: &Cx, portfolio: PortfolioId, wish: &Wish) -> Result<(Share, String)> {
        cx.require(Permission::Edit, "share portfolios")?;
        self.0.portfolios().get(cx, portfolio).await?;
        let now = self.0.clock().now();
        if wish.expires_at.is_some_and(|end| end <= now) {
            return Err(Error::invalid("expiresAt", "has to be in the future"));
        }
        let password_hash = match &wish.password {
            None => None,
            Some(word) if !(MIN_PASSWORD_CHARS..=MAX_PASSWORD_CHARS).contains(&word.chars().count()) => {
                let reason = format!("use {MIN_PASSWORD_CHARS} to {MAX_PASSWORD_CHARS} characters");
                return Err(Error::invalid("password", reason));
            }
            Some(word) => Some(self.0.accounts().hash_password(word).await?),
        };
        let share = Share {
            id: ShareId(Uuid::now_v7()),
            portfolio_id: portfolio,
            created_at: now,
            expires_at: wish.expires_at,
            protected: password_hash.is_some(),
            hide_amounts: wish.hide_amounts,
            revoked_at: None,
            views: 0,
            viewed_at: None,
        };
        let token = random_token()?;
        let mut tx = self.0.db().begin_for(cx).await?;
        if store::shares::open(&mut tx, cx).await? >= MAX_SHARES as i64 {
            return Err(Error::Conflict(format!("{MAX_SHARES} links are open; take one back first")));
        }
        store::shares::insert(&mut tx, cx, &share, &hash_token(&token), password_hash.as_deref()).await?;
        let detail = json!({ "portfolio": portfolio, "hideAmounts": share.hide_amounts, "protected": share.protected });
        store::audit::insert(&mut tx, cx, now, "share.create", &share.id.0.to_string(), detail).await?;
        tx.commit().await?;
        Ok((share, token))
    }

    /// Takes a link back, at once and for good.
    pub async fn revoke(&self, cx: &Cx, portfolio: PortfolioId, id: ShareId) -> Result<()> {
        cx.require(Permission::Edit, "take links back")?;
        let now = self.0.clock().now();
        let mut tx = self.0.db().begin_for(cx).await?;
        if !store::shares::revoke(&mut tx, cx, portfolio, id, now).await? {
            return Err(Error::NotFound("the share"));
        }
        store::audit::insert(&mut tx, cx, now, "share.revoke", &id.0.to_string(), json!({})).await?;
        tx.commit().await
    }

    /// Where people find a shared page.
    pub fn address(&self, token: &str) -> String {
        format!("{}/r/{token}", self.0.public_url())
    }

    /// What a stranger with a token gets; `pass` is what [`Shares::unlock`] gave.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a token that was taken back, ran out or never was: nobody can tell which.
    pub async fn open(&self, token: &str, pass: Option<&str>) -> Result<Opened> {
        let kept = self.find(token).await?;
        if let Some(hash) = &kept.password_hash
            && pass != Some(&self.pass(&kept.share, hash))
        {
            return Ok(Opened::Locked);
        }
        let cx = self.owner(&kept).await?;
        let report = self.0.reports().shared(&cx, kept.share.portfolio_id, kept.share.hide_amounts).await?;
        Ok(Opened::Page(Box::new(Shown { report, share: kept.share })))
    }

    /// Notes that the page was shown.
    pub async fn seen(&self, token: &str) -> Result<()> {
        let kept = self.find(token).await?;
        let cx = self.owner(&kept).await?;
        let mut tx = self.0.db().begin_for(&cx).await?;
        store::shares::viewed(&mut tx, &cx, kept.share.id, self.0.clock().now()).await?;
        tx.commit().await
    }

    /// A pass for the right password; `None` for a wrong one.
    ///
    /// # Errors
    /// As [`Shares::open`].
    pub async fn unlock(&self, token: &str, password: &str) -> Result<Option<String>> {
        let kept = self.find(token).await?;
        let Some(hash) = &kept.password_hash else { return Ok(Some(String::new())) };
        let right = self.0.accounts().is_password(password, hash).await?;
        Ok(right.then(|| self.pass(&kept.share, hash)))
    }

    async fn find(&self, token: &str) -> Result<store::shares::Kept> {
        if !can_be_token(token) {
            return Err(GONE);
        }
        let kept = store::shares::by_token(self.0.db(), &hash_token(token)).await?.ok_or(GONE)?;
        if kept.share.is_open(self.0.clock().now()) { Ok(kept) } else { Err(GONE) }
    }

    /// The owner, who has to be in the tenant still; reads only.
    async fn owner(&self, kept: &store::shares::Kept) -> Result<Cx> {
        store::reports::role(self.0.db(), kept.tenant, kept.user).await?.ok_or(GONE)?;
        Ok(Cx { tenant: kept.tenant, user: kept.user, role: Role::Viewer, request: "shared page".into() })
    }

    /// Proves that the password of a share was known; another password makes another one.
    fn pass(&self, share: &Share, password_hash: &str) -> String {
        let digest = Sha256::new()
            .chain_update(b"pass to a shared page\0")
            .chain_update(self.0.secret())
            .chain_update(share.id.0.as_bytes())
            .chain_update(password_hash.as_bytes())
            .finalize();
        crate::hex::hex(&digest)
    }
}

#[cfg(test)]
mod tests;
