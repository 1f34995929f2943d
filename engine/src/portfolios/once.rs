//! Creating something once although it is sent twice.

use super::{Change, Portfolios};
use crate::{Cx, Error, Result, store};
use chrono::Duration;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// How long a key is remembered.
const KEPT: Duration = Duration::hours(24);

/// Longest key, in characters.
const MAX_CHARS: usize = 255;

/// A key the caller made up for one creation, with a hash of what was sent under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    key: String,
    hash: Vec<u8>,
}

impl Once {
    /// A key for what is sent to a place.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a key that is empty, longer than 255 characters or not made of visible ASCII.
    pub fn new(key: &str, place: &str, sent: &[u8]) -> Result<Once> {
        let fits = (1..=MAX_CHARS).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
        if !fits {
            let reason = format!("is 1 to {MAX_CHARS} visible ASCII characters");
            return Err(Error::invalid("Idempotency-Key", reason));
        }
        let hash = Sha256::new().chain_update(place).chain_update([0]).chain_update(sent).finalize();
        Ok(Once { key: key.to_string(), hash: hash.to_vec() })
    }
}

impl Portfolios<'_> {
    /// What was created under the key before, if anything.
    ///
    /// # Errors
    /// [`Error::Invalid`] when something else was sent under it.
    pub(super) async fn created(&self, change: &mut Change<'_>, once: Option<&Once>) -> Result<Option<Uuid>> {
        let Some(once) = once else { return Ok(None) };
        let before = self.0.clock().now() - KEPT;
        store::creations::purge(&mut change.tx, change.cx, before).await?;
        match store::creations::find(&mut change.tx, change.cx, &once.key).await? {
            Some((hash, subject)) if hash == once.hash => Ok(Some(subject)),
            Some(_) => Err(Error::invalid("Idempotency-Key", "was used for something else already")),
            None => Ok(None),
        }
    }

    /// Notes what is created under the key.
    pub(super) async fn note(
        &self,
        change: &mut Change<'_>,
        once: Option<&Once>,
        subject: Uuid,
    ) -> Result<()> {
        let Some(once) = once else { return Ok(()) };
        let (cx, now): (&Cx, _) = (change.cx, self.0.clock().now());
        store::creations::insert(&mut change.tx, cx, &once.key, &once.hash, subject, now).await
    }
}
