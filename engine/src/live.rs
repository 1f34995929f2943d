//! Prices that move: drives the simulated feed for what somebody may be looking at.

use crate::{
    Engine, Result,
    provider::simulated::{Simulator, Start},
    store,
};
use domain::{Interval, Kind, Series, Symbol, watchlist::STARTER_SYMBOLS};
use std::{
    collections::HashSet,
    time::{Duration, Instant},
};
use tokio_util::sync::CancellationToken;

/// Always live, watched or not.
const CORE: [&str; 5] = ["^GSPC", "^IXIC", "SPY", "META", "NFLX"];

/// Watched symbols that are live at most; ticks cost everyone.
const MOST_WATCHED: i64 = 200;

/// Time between two looks at who watches what.
const LOOK: Duration = Duration::from_secs(2);

impl Engine {
    /// Publishes simulated ticks until cancelled, one per symbol every one to two seconds, going on from the
    /// last real closes: for the core symbols, for what is on the most lists and for what somebody streams. The
    /// same seed gives the same ticks. Symbols whose history ended before the market's day do not tick.
    pub async fn run_live(&self, cancel: CancellationToken, seed: u64) {
        let begun = Instant::now();
        let mut simulator = Simulator::new(seed, self.market().now(), Vec::new());
        let mut known: HashSet<Symbol> = HashSet::new();
        let mut next_look = Duration::ZERO;
        loop {
            if begun.elapsed() >= next_look {
                if let Err(error) = self.join(&mut simulator, &mut known, begun).await {
                    tracing::warn!(%error, "could not look which symbols are watched");
                }
                next_look = begun.elapsed() + LOOK;
            }
            let until = simulator.next_due().map_or(next_look, |due| due.min(next_look));
            tokio::select! {
                () = cancel.cancelled() => return,
                () = tokio::time::sleep(until.saturating_sub(begun.elapsed())) => {}
            }
            for quote in simulator.ticks(begun.elapsed()) {
                if let Err(error) = self.quotes().publish(quote).await {
                    tracing::warn!(%error, "could not publish a price");
                }
            }
        }
    }

    /// Lets the symbols tick that are new among those looked at.
    async fn join(
        &self,
        simulator: &mut Simulator,
        known: &mut HashSet<Symbol>,
        begun: Instant,
    ) -> Result<()> {
        let mut wanted: Vec<Symbol> =
            CORE.iter().chain(&STARTER_SYMBOLS).filter_map(|each| Symbol::parse(each)).collect();
        wanted.extend(store::watchlists::watched(self.db(), MOST_WATCHED).await?);
        wanted.extend(self.bus().watched());
        wanted.retain(|symbol| !known.contains(symbol));
        if wanted.is_empty() {
            return Ok(());
        }
        let (universe, recent) = (self.universe().await?, self.recent().await?);
        let newest = recent.newest();
        for (symbol, study) in self.analysis().studies(&wanted).await? {
            let kind = universe.get(&symbol).map_or(Kind::Equity, |each| each.kind);
            let is_over = study.bars.last().map(|bar| bar.date()) != newest;
            let series =
                Series { symbol: symbol.clone(), interval: Interval::Day1, bars: study.bars.clone() };
            if let (false, Some(start)) = (is_over, Start::of(kind, &series)) {
                simulator.add(start, begun.elapsed());
            }
            // Strangers are asked about again: their data may come, and anybody can make them up.
            if !study.bars.is_empty() {
                known.insert(symbol);
            }
        }
        Ok(())
    }
}
