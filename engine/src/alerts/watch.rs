//! Looks at the providers after each job, and tells when one is left alone and when it answers again.

use super::{Alerts, stale_prices::StalePrices};
use domain::{
    ops_alert::{Level, Notice},
    provider::{Breaker, Health},
};
use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

/// What was seen at the last look.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// The providers that were left alone.
    down: Mutex<BTreeSet<String>>,
    /// Prices that stand still.
    pub(super) prices: Mutex<StalePrices>,
}

impl Seen {
    /// Those who went and those who came back since the last look.
    fn look<'a>(&self, health: &'a [Health]) -> (Vec<&'a Health>, Vec<&'a Health>) {
        let mut down = self.down.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut gone, mut back) = (Vec::new(), Vec::new());
        for each in health {
            // Half open is still in doubt.
            match each.breaker {
                Breaker::Open if down.insert(each.name.clone()) => gone.push(each),
                Breaker::Closed if down.remove(&each.name) => back.push(each),
                _ => {}
            }
        }
        (gone, back)
    }
}

impl Alerts<'_> {
    /// Tells which providers are left alone since the last look, and which are back.
    pub(crate) async fn watch_providers(&self) {
        let health = self.0.providers().health();
        let (gone, back) = self.0.memory().providers_seen.look(&health);
        for each in gone {
            self.raise(down(each)).await;
        }
        for each in back {
            match self.over(&key(&each.name)).await {
                Ok(_) => self.raise(up(each)).await,
                Err(error) => tracing::warn!(%error, "could not close an alert"),
            }
        }
    }
}

fn key(name: &str) -> String {
    format!("provider_down:{name}")
}

fn down(health: &Health) -> Notice {
    let subject = format!("{} is left alone after failing too often", health.name);
    let last = health.last_failure.as_ref().map_or("did not say", |failure| failure.reason.as_str());
    let answered = health.last_success.map(|at| at.format("%Y-%m-%d %H:%M UTC").to_string());
    let text = format!(
        "Last failure: it {last}.\nLast answer: {}.\nFailures since the start: {} of {} requests.\n\
         It is asked again by itself; until then other providers or the last good data stand in.",
        answered.as_deref().unwrap_or("never"),
        health.failures,
        health.requests
    );
    Notice::new(Level::Warning, key(&health.name), subject, text)
}

fn up(health: &Health) -> Notice {
    let subject = format!("{} answers again", health.name);
    Notice::new(Level::Info, format!("provider_up:{}", health.name), subject, "Nothing is left to do.")
}
