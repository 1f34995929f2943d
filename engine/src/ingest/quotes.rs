//! Latest prices: judged against the last close, then pushed. They are no history and are not stored.

use super::Ingest;
use crate::{
    Result,
    provider::{Capability, Urgency},
};
use chrono::Duration;
use domain::{Quote, Symbol};
use std::collections::HashMap;

/// No price is this many times its last close, up or down: that is another unit, or a split.
const FARTHEST: f64 = 3.0;

impl Ingest<'_> {
    /// Asks for the latest prices of everything followed and publishes what can be believed: how many were
    /// published, and how many were not believed. Nothing happens while the market stands at the bundled date.
    pub async fn quotes(&self, urgency: Urgency) -> Result<(u32, u32)> {
        if !self.0.market().is_live() || !self.0.providers().offers(Capability::Quotes) {
            return Ok((0, 0));
        }
        let symbols = self.followed().await?;
        let fetched = self.0.providers().quotes(symbols.clone(), urgency).await?;
        if let Some(error) = fetched.stands_in {
            return Err(error.into());
        }
        let closes = self.0.quotes().closes(&symbols).await?;
        let closes: HashMap<&Symbol, f64> = closes.iter().map(|quote| (&quote.symbol, quote.price)).collect();
        let (mut published, mut refused) = (0, 0);
        for quote in fetched.value {
            if self.believes(&quote, closes.get(&quote.symbol).copied()) {
                self.0.quotes().publish(quote).await?;
                published += 1;
            } else {
                tracing::warn!(symbol = %quote.symbol, price = quote.price, "a quote was not believed");
                refused += 1;
            }
        }
        Ok((published, refused))
    }

    fn believes(&self, quote: &Quote, close: Option<f64>) -> bool {
        let near = |close: f64| (1.0 / FARTHEST..FARTHEST).contains(&(quote.price / close));
        quote.price.is_finite()
            && quote.price > 0.0
            && quote.as_of <= self.0.market().now() + Duration::minutes(5)
            && close.is_none_or(near)
    }
}
