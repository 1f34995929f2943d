//! Looks at the prices after each job, and tells when nobody has answered for them for an hour while the exchange
//! trades, and that this is over.

use super::Alerts;
use crate::{Result, provider::Capability};
use chrono::{DateTime, Duration, Utc};
use domain::{
    calendar::{new_york_at, session},
    ops_alert::{Level, Notice},
    provider::{Health, Standing},
};
use std::sync::PoisonError;

const KEY: &str = "prices_stale";

/// So long prices may stand still while the exchange trades.
const PATIENCE: Duration = Duration::hours(1);

/// While they do it is raised again after so long, which counts it up and keeps what somebody has seen quiet.
const AGAIN: Duration = Duration::minutes(15);

/// What this process knows of prices that stand still.
#[derive(Debug, Default)]
pub(crate) struct StalePrices {
    /// Since which look.
    since: Option<DateTime<Utc>>,
    /// When it was raised last.
    raised_at: Option<DateTime<Utc>>,
    /// No alert is open; at its start a process does not know.
    closed: bool,
}

impl Alerts<'_> {
    /// Tells when prices stand still for too long, and closes that when they move.
    pub(crate) async fn watch_prices(&self) {
        if let Err(error) = self.look_at_prices().await {
            tracing::warn!(%error, "could not look whether prices stand still");
        }
    }

    async fn look_at_prices(&self) -> Result<()> {
        let engine = self.0;
        if !engine.market().is_live() || !engine.providers().offers(Capability::Bars) {
            return Ok(());
        }
        // Another process may have an answer where this one has none.
        let health = match engine.standing() {
            Standing::Stale => engine.health_everywhere().await?,
            _ => Vec::new(),
        };
        if health.is_empty() || engine.standing_by(&health) != Standing::Stale {
            return self.prices_move().await;
        }
        let now = engine.clock().now();
        let answered = last_answer(&health);
        let seen = self.noted(|prices| *prices.since.get_or_insert(now));
        let since = answered.map_or(seen, |at| at.max(seen));
        let Some(today) = session(new_york_at(now).date()) else { return Ok(()) };
        let trades = (today.open_utc..=today.close_utc).contains(&now);
        let lately = self.noted(|prices| prices.raised_at).is_some_and(|at| now - at < AGAIN);
        if trades && !lately && now - since.max(today.open_utc) > PATIENCE {
            self.raise(stale(answered)).await;
            self.noted(|prices| (prices.raised_at, prices.closed) = (Some(now), false));
        }
        Ok(())
    }

    async fn prices_move(&self) -> Result<()> {
        if !self.noted(|prices| prices.closed) {
            self.over(KEY).await?;
        }
        self.noted(|prices| *prices = StalePrices { closed: true, ..StalePrices::default() });
        Ok(())
    }

    fn noted<T>(&self, note: impl FnOnce(&mut StalePrices) -> T) -> T {
        let mut prices = self.0.memory().providers_seen.prices.lock().unwrap_or_else(PoisonError::into_inner);
        note(&mut prices)
    }
}

/// When anybody answered who can be asked for prices.
fn last_answer(health: &[Health]) -> Option<DateTime<Utc>> {
    let bars = Capability::Bars.as_str();
    let able = health.iter().filter(|each| each.capabilities.iter().any(|capability| capability == bars));
    able.filter_map(|each| each.last_success).max()
}

fn stale(answered: Option<DateTime<Utc>>) -> Notice {
    let answered = answered.map(|at| at.format("%Y-%m-%d %H:%M UTC").to_string());
    let text = format!(
        "No provider of prices has answered for over an hour in which the exchange traded.\nLast answer: {}.\n\
         What was collected before is shown with its date. They are asked again by themselves.",
        answered.as_deref().unwrap_or("none since the start")
    );
    Notice::new(Level::Critical, KEY, "Prices stand still", text)
}
