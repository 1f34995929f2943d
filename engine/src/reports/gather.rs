//! Collects what a report is written from.

use super::Reports;
use crate::{Cx, Error, Result, bars::Range};
use chrono::Duration;
use chrono_tz::Tz;
use domain::{
    Interval, Symbol,
    calendar::new_york_at,
    overview::Overview,
    portfolio::PortfolioId,
    report::{Facts, Held, Report},
};

/// Signals of so many days are news.
const SIGNAL_DAYS: i64 = 7;
/// What the market is shown by, in the order in which it is looked for.
const INDICES: [&str; 2] = ["^GSPC", "SPY"];
/// A year, and what its 200-day mean needs before.
const INDEX_BARS: u32 = 460;

impl Reports<'_> {
    /// What is known now.
    pub(super) async fn facts(&self, cx: &Cx, portfolio: Option<PortfolioId>) -> Result<Facts> {
        let engine = self.0;
        let user = engine.accounts().user(cx).await?;
        let zone: Tz = user.time_zone.parse().unwrap_or(chrono_tz::America::New_York);
        let overview = engine.overview().snapshot(cx, None).await?;
        let held = self.held(cx, portfolio).await?;
        let signals = self.signals(&overview, held.as_ref()).await?;
        Ok(Facts {
            made_local: engine.clock().now().with_timezone(&zone).naive_local(),
            zone: zone.name().to_string(),
            index: self.index().await?,
            market_day: new_york_at(engine.market().now()).date(),
            overview,
            signals,
            held,
            hide_amounts: false,
        })
    }

    /// What strangers with a link to a portfolio may read.
    pub(crate) async fn shared(&self, cx: &Cx, portfolio: PortfolioId, hide_amounts: bool) -> Result<Report> {
        let held = self.held(cx, Some(portfolio)).await?.ok_or(Error::NotFound("the page"))?;
        Ok(Report::shared(&held, self.0.standing(), self.0.market().now(), hide_amounts))
    }

    async fn index(&self) -> Result<Option<domain::Series>> {
        for symbol in INDICES.into_iter().filter_map(Symbol::parse) {
            match self.0.bars().series(&symbol, Interval::Day1, Range::latest(INDEX_BARS)).await {
                Ok(series) if series.bars.len() > 1 => return Ok(Some(series)),
                Ok(_) | Err(Error::NotFound(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    /// What fired in the last days for what is watched or held, newest first.
    async fn signals(
        &self,
        overview: &Overview,
        held: Option<&Held>,
    ) -> Result<Vec<(Symbol, domain::signal::Signal)>> {
        let watched = overview.cards.iter().map(|card| card.instrument.symbol.clone());
        let held = held.into_iter().flat_map(|held| &held.positions).map(|position| position.symbol.clone());
        let mut symbols: Vec<Symbol> = watched.chain(held).collect();
        symbols.sort();
        symbols.dedup();
        let after = self.0.market().now() - Duration::days(SIGNAL_DAYS);
        let mut found = Vec::new();
        for symbol in symbols {
            match self.0.analysis().signals(&symbol).await {
                Ok(all) => {
                    found.extend(
                        all.into_iter().filter(|one| one.time >= after).map(|one| (symbol.clone(), one)),
                    );
                }
                // A portfolio may hold what nobody knows prices of.
                Err(Error::NotFound(_)) => {}
                Err(error) => return Err(error),
            }
        }
        found.sort_by(|a, b| b.1.time.cmp(&a.1.time).then_with(|| a.0.cmp(&b.0)));
        Ok(found)
    }
}
