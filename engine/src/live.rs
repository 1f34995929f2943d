//! Prices that move: the simulated feed on the bundled market, a provider's stream on the real one, for what
//! somebody may be looking at.

mod stream;

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

/// What moves prices between two bars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Feed {
    /// Made up from a seed, on any market.
    Simulated,
    /// A provider's stream at this address, once the market is live; nothing before.
    Stream(String),
    /// Made up until the market is live, then a provider's stream, where one is named.
    Auto(Option<String>),
    /// Nothing.
    Off,
}

impl Engine {
    /// Moves prices until cancelled.
    pub async fn run_live(&self, cancel: CancellationToken, feed: Feed, seed: u64) {
        let stream = match feed {
            Feed::Off => return,
            Feed::Simulated => {
                self.simulate_until_live(&cancel, seed).await;
                // From the closes of the market that is live now.
                return self.simulate(cancel, seed).await;
            }
            Feed::Stream(base) => Some(base),
            Feed::Auto(base) => {
                self.simulate_until_live(&cancel, seed).await;
                base
            }
        };
        let live = cancel.run_until_cancelled(self.market().when_live()).await;
        if let (Some(()), Some(base)) = (live, stream) {
            self.run_stream(cancel, &base).await;
        }
    }

    async fn simulate_until_live(&self, cancel: &CancellationToken, seed: u64) {
        if !self.market().is_live() {
            tokio::select! {
                () = self.simulate(cancel.clone(), seed) => {}
                () = self.market().when_live() => {}
            }
        }
    }

    /// Publishes simulated ticks until cancelled, one per symbol every one to two seconds, going on from the
    /// last real closes: for the core symbols, for what is on the most lists and for what somebody streams. The
    /// same seed gives the same ticks. Symbols whose history ended before the market's day do not tick.
    async fn simulate(&self, cancel: CancellationToken, seed: u64) {
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

    /// Whose prices somebody may be looking at; some stand there twice.
    async fn moving(&self) -> Result<Vec<Symbol>> {
        let mut moving: Vec<Symbol> =
            CORE.iter().chain(&STARTER_SYMBOLS).filter_map(|each| Symbol::parse(each)).collect();
        moving.extend(store::watchlists::watched(self.db(), MOST_WATCHED).await?);
        moving.extend(self.bus().watched());
        Ok(moving)
    }

    /// Lets the symbols tick that are new among those looked at.
    async fn join(
        &self,
        simulator: &mut Simulator,
        known: &mut HashSet<Symbol>,
        begun: Instant,
    ) -> Result<()> {
        let mut wanted = self.moving().await?;
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
