//! From the bundled market to the real one.
//!
//! The market clock stands at the bundled date until a provider of prices was reached, and goes live then: market
//! time becomes wall time, simulated prices are forgotten, and browsers read their pages again. It happens once:
//! with collected prices in the store the market is live from the start, whether or not anybody can be reached, for
//! a market whose time runs backwards would show its own future.

use crate::{
    Engine, Result,
    jobs::{Order, RunEtl},
    provider::{BarsAsk, Capability, Urgency},
    store,
};
use chrono::Duration;
use domain::{
    Event, Interval, Symbol,
    event::Resync,
    provider::{Health, Standing, State},
};
use std::{sync::PoisonError, time::Duration as Time};
use tokio_util::sync::CancellationToken;

/// Time between two looks at whether a provider can be reached.
const LOOK: Time = Time::from_secs(60);
/// Whose prices are asked for to find out: known wherever American prices are.
const PROBE: &str = "SPY";
/// The window of that question; longer than any row of holidays.
const PROBE_DAYS: i64 = 10;

impl Engine {
    /// What the shown prices are, as a whole.
    pub fn standing(&self) -> Standing {
        self.standing_by(&self.providers().health())
    }

    /// [`Engine::standing`], as far as these can tell.
    pub(crate) fn standing_by(&self, health: &[Health]) -> Standing {
        let asks = self.providers().offers(Capability::Bars);
        let bars = Capability::Bars.as_str();
        let answers = health
            .iter()
            .filter(|each| each.capabilities.iter().any(|capability| capability == bars))
            .any(|each| matches!(each.state, State::Up | State::Unused));
        match (self.market().is_live(), asks) {
            (true, true) if answers => Standing::Live,
            (true, _) => Standing::Stale,
            (false, true) => Standing::Waiting,
            (false, false) => Standing::Bundled,
        }
    }

    /// Takes the market live when a provider of prices answers, and returns then, or when cancelled. While none
    /// does, that is said once, and the market stays what it is.
    pub async fn run_market(&self, cancel: CancellationToken) {
        let mut told = false;
        while !self.market().is_live() && self.providers().offers(Capability::Bars) {
            match self.reach().await {
                Ok(true) => {
                    self.go_live();
                    if let Err(error) = self.collect_all().await {
                        tracing::warn!(%error, "collecting begins with the schedule");
                    }
                    return;
                }
                Ok(false) => {}
                Err(error) if told => tracing::debug!(%error, "prices are not collected yet"),
                Err(error) => {
                    told = true;
                    tracing::warn!(%error, "showing the bundled data until a provider of prices answers");
                }
            }
            if cancel.run_until_cancelled(tokio::time::sleep(LOOK)).await.is_none() {
                return;
            }
        }
    }

    /// Takes the market live if there are collected prices already.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn resume_market(&self) -> Result<()> {
        if store::bars::any_collected(self.db()).await? {
            self.go_live();
        }
        Ok(())
    }

    /// Whether collected prices are there, by this process or another, or can be had.
    async fn reach(&self) -> Result<bool> {
        if store::bars::any_collected(self.db()).await? {
            return Ok(true);
        }
        let Some(symbol) = Symbol::parse(PROBE) else { return Ok(false) };
        let from = Some(self.clock().now() - Duration::days(PROBE_DAYS));
        let ask = BarsAsk { symbol, interval: Interval::Day1, from, to: None };
        let fetched = self.providers().bars(ask, Urgency::Scheduled).await?;
        Ok(fetched.stands_in.is_none() && !fetched.value.bars.is_empty())
    }

    /// Queues a first run over every source; queued twice, it is one.
    async fn collect_all(&self) -> Result<()> {
        let all = RunEtl { source: None, symbols: None, manual: false };
        self.jobs().enqueue(Order::new(&all)?.key("run_etl:all")).await.map(|_| ())
    }

    fn go_live(&self) {
        if self.market().go_live() {
            tracing::info!("a provider of prices answers: the market is live");
            self.memory().live.write().unwrap_or_else(PoisonError::into_inner).clear();
            self.memory().forget();
            let reason = "the market is live".to_string();
            self.bus().publish_everyone(&Event::Resync(Resync { reason }));
        }
    }
}

#[cfg(test)]
mod tests;
