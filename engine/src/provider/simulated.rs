//! A live feed made up by the program: seeded ticks that go on from the last real close.
//!
//! Pure: it never sleeps and knows no clock. The caller says how much time has passed and gets the ticks that
//! fell due; the same seed gives the same ticks at the same moments, however often it is asked. Each symbol
//! draws from its own stream, so that adding one does not change another. Every quote is labelled as
//! simulated and must never be written into history.
//!
//! The step: with `x = ln(price / last close)`, time `t` in trading sessions of 6.5 hours and daily volatility
//! `v`, `x += -PULL * x * dt + v * sqrt(dt) * z` (an Ornstein-Uhlenbeck process), held within
//! [`BOUND`]` * v`. Prices wander as the symbol usually does within a day and find back to the close.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Kind, Quote, Series, Symbol, source::Source};
use rand::{Rng, SeedableRng, rngs::StdRng};
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, time::Duration};

/// How strongly the price is drawn back to the close, per session.
const PULL: f64 = 4.0;
/// Farthest distance from the close, in daily volatilities.
pub const BOUND: f64 = 3.0;
const SESSION_SECONDS: f64 = 6.5 * 3600.0;
/// Shortest and longest time between two ticks of a symbol.
const PAUSE_MS: std::ops::RangeInclusive<u64> = 1_000..=2_000;
/// How many of the latest returns the volatility is measured over.
const VOLATILITY_WINDOW: usize = 60;

/// Where a symbol's ticks start from.
#[derive(Debug, Clone, PartialEq)]
pub struct Start {
    /// Whose price.
    pub symbol: Symbol,
    /// The last real close, above zero; changes are told against it, because ticks belong to the session
    /// after it.
    pub last_close: f64,
    /// Standard deviation of daily log returns: 0.02 for 2 % a day.
    pub daily_volatility: f64,
    /// Digits after the point.
    pub decimals: u8,
}

impl Start {
    /// From a daily history: its last close, and the volatility of its latest 60 returns. `None` without two
    /// returns or with a last close that is not above zero.
    pub fn of(kind: Kind, series: &Series) -> Option<Start> {
        let from = series.bars.len().saturating_sub(VOLATILITY_WINDOW + 1);
        let bars = &series.bars[from..];
        let returns: Vec<f64> = bars.windows(2).map(|pair| (pair[1].close / pair[0].close).ln()).collect();
        let last_close = bars.last()?.close;
        if returns.len() < 2 || last_close <= 0.0 {
            return None;
        }
        let mean = returns.iter().sum::<f64>() / returns.len() as f64;
        let squares: f64 = returns.iter().map(|r| (r - mean).powi(2)).sum();
        let daily_volatility = (squares / (returns.len() - 1) as f64).sqrt();
        let decimals = if kind == Kind::Fx { 4 } else { 2 };
        Some(Start { symbol: series.symbol.clone(), last_close, daily_volatility, decimals })
    }
}

/// The feed.
#[derive(Debug)]
pub struct Simulator {
    seed: u64,
    opens: DateTime<Utc>,
    walks: BTreeMap<Symbol, Walk>,
}

#[derive(Debug)]
struct Walk {
    start: Start,
    random: StdRng,
    /// Logarithm of price over last close.
    distance: f64,
    /// Since the feed opened.
    last: Duration,
    due: Duration,
}

impl Simulator {
    /// A feed whose market time is `opens` plus the time the caller says has passed.
    pub fn new(seed: u64, opens: DateTime<Utc>, starts: Vec<Start>) -> Simulator {
        let mut simulator = Simulator { seed, opens, walks: BTreeMap::new() };
        for start in starts {
            simulator.add(start, Duration::ZERO);
        }
        simulator
    }

    /// Lets a symbol tick too, from `elapsed` on; a symbol that ticks already goes on as it was.
    pub fn add(&mut self, start: Start, elapsed: Duration) {
        let seed = self.seed;
        self.walks.entry(start.symbol.clone()).or_insert_with(|| {
            let mut hash = Sha256::new();
            hash.update(seed.to_le_bytes());
            hash.update(start.symbol.as_str());
            let mut random = StdRng::from_seed(hash.finalize().into());
            let due = elapsed + Duration::from_millis(random.random_range(0..=*PAUSE_MS.end()));
            Walk { start, random, distance: 0.0, last: elapsed, due }
        });
    }

    /// When the next tick falls due, since the feed opened; `None` without symbols.
    pub fn next_due(&self) -> Option<Duration> {
        self.walks.values().map(|walk| walk.due).min()
    }

    /// The ticks that fell due by `elapsed`, oldest first. A caller who comes late gets the latest of each
    /// symbol, not all it missed.
    pub fn ticks(&mut self, elapsed: Duration) -> Vec<Quote> {
        let mut quotes: Vec<Quote> =
            self.walks.values_mut().filter_map(|walk| walk.run(elapsed, self.opens)).collect();
        quotes.sort_by_key(|quote| quote.as_of);
        quotes
    }
}

impl Walk {
    fn run(&mut self, elapsed: Duration, opens: DateTime<Utc>) -> Option<Quote> {
        let mut at = None;
        while self.due <= elapsed {
            at = Some(self.due);
            self.step();
        }
        let as_of = opens + TimeDelta::from_std(at?).ok()?;
        let Start { symbol, last_close, .. } = &self.start;
        Some(Quote::new(symbol.clone(), self.price(), Some(*last_close), None, as_of, Source::Simulated))
    }

    fn step(&mut self) {
        let sessions = (self.due - self.last).as_secs_f64() / SESSION_SECONDS;
        // Twelve uniforms make a normal of mean 6 and deviation 1, near enough and never wild.
        let normal = (0..12).map(|_| self.random.random::<f64>()).sum::<f64>() - 6.0;
        let volatility = self.start.daily_volatility;
        self.distance += -PULL * self.distance * sessions + volatility * sessions.sqrt() * normal;
        self.distance = self.distance.clamp(-BOUND * volatility, BOUND * volatility);
        self.last = self.due;
        self.due += Duration::from_millis(self.random.random_range(PAUSE_MS));
    }

    /// Rounded, and at least one of the last digit.
    fn price(&self) -> f64 {
        let scale = 10f64.powi(i32::from(self.start.decimals));
        ((self.start.last_close * self.distance.exp() * scale).round().max(1.0)) / scale
    }
}

#[cfg(test)]
mod tests;
