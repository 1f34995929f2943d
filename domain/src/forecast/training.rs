//! What a training gives, and who can train: the seam between the rules here and models that need a library.

use super::{Forecast, History, Horizon, ModelKind, Shot, Skill, Target};
use crate::Symbol;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Learns from histories. There are two: [`super::RandomWalk`], and the nets of the crate `forecaster`.
pub trait Forecaster: Send + Sync {
    /// Who speaks after a training.
    fn model(&self) -> ModelKind;

    /// Learns from all of them and judges itself on the way: what it says about a day was learnt before that day.
    /// `None` without a history long enough, or when `stop` said so.
    fn train(&self, histories: &[History], stop: &dyn Fn() -> bool) -> Option<Training>;

    /// What an earlier training left behind; `None` for what is not ours.
    fn read(&self, version: &str, body: &str) -> Option<Box<dyn Speaker>>;
}

/// A trained model that can be asked.
pub trait Speaker: Send + Sync {
    /// What comes after the last close of a history; `None` where that is too short.
    fn forecast(&self, history: &History) -> Option<Forecast>;
}

/// A training that is done.
#[derive(Debug, Clone, PartialEq)]
pub struct Training {
    /// Names it: its last day, and what its content comes to.
    pub version: String,
    /// Last day that was learnt from.
    pub through: NaiveDate,
    /// What chance started from: the same histories and the same seed give the same training.
    pub seed: u64,
    /// What [`Forecaster::read`] reads back.
    pub body: String,
    /// How every model did.
    pub records: Vec<Record>,
    /// What the speaking model would have said, with every symbol's latest origins; oldest first.
    pub past: Vec<Forecast>,
}

/// The record of a model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// Of which symbol; `None` for all of them together.
    pub symbol: Option<Symbol>,
    /// Whose.
    pub model: ModelKind,
    /// By horizon; empty where there is not enough history.
    pub skill: Vec<Skill>,
}

/// Past forecasts that are kept of a symbol.
const PAST_KEPT: usize = 24;

/// The latest calibrated shots of a symbol as the forecasts they were; without the one from the last close on.
pub fn past(history: &History, shots: &[Shot], model: ModelKind, version: &str) -> Vec<Forecast> {
    let mut of_origins: Vec<&[Shot]> = shots.chunk_by(|a, b| a.origin == b.origin).collect();
    of_origins.retain(|shots| shots[0].origin + 1 < history.len());
    of_origins.drain(..of_origins.len().saturating_sub(PAST_KEPT));
    let forecast = |shots: &&[Shot]| {
        let by = |horizon: Horizon| shots.iter().find(|shot| shot.horizon == horizon);
        let [short, medium, long] = [by(Horizon::Short)?, by(Horizon::Medium)?, by(Horizon::Long)?];
        let price = *history.closes.get(medium.origin)?;
        Some(Forecast {
            symbol: history.symbol.clone(),
            model,
            model_version: Some(version.to_string()),
            as_of: medium.as_of,
            current_price: price,
            targets: [short, medium, long].map(|shot| Target::of(price, [shot.low, shot.mean, shot.high])),
            bullish_score: 100.0 * medium.rise,
        })
    };
    of_origins.iter().filter_map(forecast).collect()
}

/// `2022-03-10-1f2e3d4c`: the last day, and a hash of the content (FNV-1a, 64 bits folded to 32).
pub fn version(through: NaiveDate, body: &str) -> String {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = body.bytes().fold(0xcbf2_9ce4_8422_2325, step);
    format!("{through}-{:08x}", (hash >> 32) ^ (hash & 0xffff_ffff))
}
