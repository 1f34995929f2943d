//! Sends a letter with a link to whoever has an address; see `accounts/letters.rs`.

use super::{Job, Run};
use crate::{Engine, Result, store::letters::Purpose};
use serde::{Deserialize, Serialize};

/// A letter somebody asked for. Whether anybody has the address is looked at when it is sent, not before.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct SendLetter {
    /// As an account has it: trimmed and lower-cased.
    pub(crate) email: String,
    /// Which letter.
    pub(crate) purpose: Purpose,
}

impl Job for SendLetter {
    const KIND: &'static str = "send_letter";
    type Output = ();

    async fn run(self, engine: &Engine, run: &Run<'_>) -> Result<()> {
        engine.accounts().send_letter(&self, run).await
    }
}
