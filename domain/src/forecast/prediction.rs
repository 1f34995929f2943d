//! What is said about the future of a symbol.

use super::{Calibration, History, Horizon, Skill, drift, volatility};
use crate::Symbol;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Change above which a trend is up, and below the negative of which it is down, in percent.
const TREND_PERCENT: f64 = 1.0;

/// Which model speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ModelKind {
    /// The last close, moved by the mean change of the past.
    RandomWalk,
    /// Exponential smoothing of the log price, its form chosen by information criterion.
    Ets,
    /// A recurrent net over the last 90 log returns, learnt on many symbols.
    Lstm,
}

impl ModelKind {
    /// All of them, simplest first.
    pub const ALL: [ModelKind; 3] = [ModelKind::RandomWalk, ModelKind::Ets, ModelKind::Lstm];

    /// The word on the wire and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            ModelKind::RandomWalk => "random-walk",
            ModelKind::Ets => "ets",
            ModelKind::Lstm => "lstm",
        }
    }

    /// Reads back [`ModelKind::as_str`].
    pub fn parse(word: &str) -> Option<ModelKind> {
        ModelKind::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The name people read.
    pub fn name(self) -> &'static str {
        match self {
            ModelKind::RandomWalk => "random walk with drift",
            ModelKind::Ets => "exponential smoothing (ETS)",
            ModelKind::Lstm => "LSTM over 90 log returns",
        }
    }
}

/// Which way a forecast points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Direction {
    Uptrend,
    Downtrend,
    Sideways,
}

impl Direction {
    /// `Uptrend` above +1 %, `Downtrend` below -1 %, else `Sideways`.
    ///
    /// ```
    /// use domain::forecast::Direction;
    /// let words = [1.01, 1.0, -1.0, -1.01].map(|percent| Direction::of(percent).as_str());
    /// assert_eq!(words, ["Uptrend", "Sideways", "Sideways", "Downtrend"]);
    /// ```
    pub fn of(change_percent: f64) -> Direction {
        match change_percent {
            up if up > TREND_PERCENT => Direction::Uptrend,
            down if down < -TREND_PERCENT => Direction::Downtrend,
            _ => Direction::Sideways,
        }
    }

    /// The word on the wire and on the page.
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::Uptrend => "Uptrend",
            Direction::Downtrend => "Downtrend",
            Direction::Sideways => "Sideways",
        }
    }
}

/// The forecast at one horizon.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Target {
    /// The middle of what is expected: as likely too high as too low.
    pub target_price: f64,
    /// From the current price to the target, in percent.
    pub change: f64,
    /// By [`Direction::of`] of the change.
    pub trend: Direction,
    /// Lower end of the 80 % interval.
    pub low80: f64,
    /// Upper end of it.
    pub high80: f64,
}

impl Target {
    /// From a price and the log returns to the low end, the middle and the high end.
    pub fn of(price: f64, [low, mean, high]: [f64; 3]) -> Target {
        let at = |log: f64| price * log.exp();
        let change = (mean.exp() - 1.0) * 100.0;
        Target {
            target_price: at(mean),
            change,
            trend: Direction::of(change),
            low80: at(low),
            high80: at(high),
        }
    }
}

/// The price that a forecast starts from and how far the paths of the next bars spread.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reach {
    /// Last close.
    pub price: f64,
    /// Expected log return to each horizon.
    pub means: [f64; 3],
    /// Volatility a bar.
    pub volatility: f64,
}

impl Reach {
    /// What a model that expects `means` at the end of these closes starts from; the random walk with drift where
    /// there are none. `None` with too little history.
    pub fn of(closes: &[f64], means: Option<[f64; 3]>) -> Option<Reach> {
        let (volatility, drift) = (volatility(closes)?, drift(closes)?);
        let walk = Horizon::ALL.map(|horizon| drift * horizon.bars() as f64);
        Some(Reach { price: *closes.last()?, means: means.unwrap_or(walk), volatility })
    }

    /// Standard deviation of the log return to a horizon, if returns were independent.
    pub fn scale(&self, horizon: Horizon) -> f64 {
        self.volatility * (horizon.bars() as f64).sqrt()
    }

    /// Targets and bullish score. A target is `price * e^mean`, the ends of its 80 % range are
    /// `price * e^(mean + q * scale)`: `mean` is the expected log return, `scale` the volatility over the horizon
    /// ([`Reach::scale`]), `q` the 10 % and the 90 % quantile of past misses ([`Calibration`]). The bullish score is 100
    /// times the share of past misses above `-mean / scale` at day 30.
    ///
    /// ```
    /// use domain::forecast::{Calibration, Reach};
    /// // Nothing expected, one percent a bar, misses of the normal distribution: 1.2816 deviations each way.
    /// let reach = Reach { price: 100.0, means: [0.0; 3], volatility: 0.01 };
    /// let ([week, ..], bullish) = reach.targets(&Calibration::normal());
    /// assert_eq!(week.target_price, 100.0);
    /// assert!((week.low80 - 100.0 * (-1.2816 * 0.01 * 7_f64.sqrt()).exp()).abs() < 0.001);
    /// assert!((bullish - 50.0).abs() < 1e-9);
    /// ```
    pub fn targets(&self, calibration: &Calibration) -> ([Target; 3], f64) {
        let target = |horizon: Horizon| {
            let (mean, scale) = (self.means[horizon.index()], self.scale(horizon));
            let (low, high) = calibration.middle80(horizon);
            Target::of(self.price, [mean + low * scale, mean, mean + high * scale])
        };
        let month = Horizon::Medium;
        let unmoved = -self.means[month.index()] / self.scale(month);
        (Horizon::ALL.map(target), 100.0 * calibration.share_above(month, unmoved))
    }

    /// [`Reach::targets`] with whose they are; `None` for an empty history.
    pub fn forecast(
        &self,
        history: &History,
        calibration: &Calibration,
        model: ModelKind,
        version: Option<&str>,
    ) -> Option<Forecast> {
        let (targets, bullish_score) = self.targets(calibration);
        Some(Forecast {
            symbol: history.symbol.clone(),
            model,
            model_version: version.map(str::to_string),
            as_of: *history.dates.last()?,
            current_price: self.price,
            targets,
            bullish_score,
        })
    }
}

/// A forecast as it was made and is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Forecast {
    /// Of what.
    pub symbol: Symbol,
    /// Who said it.
    pub model: ModelKind,
    /// Which training of it; `None` for what is not trained.
    pub model_version: Option<String>,
    /// Day of the close it starts from.
    pub as_of: NaiveDate,
    /// That close.
    pub current_price: f64,
    /// By horizon, nearest first.
    pub targets: [Target; 3],
    /// 100 times the probability that the price is higher at day 30: the share of past misses above `-mean / scale`,
    /// as in [`Reach::targets`].
    pub bullish_score: f64,
}

/// What is expected of a symbol, and how much such words were worth so far.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Prediction {
    /// The close the forecast starts from.
    pub current_price: f64,
    /// Its day.
    pub as_of: NaiveDate,
    /// Who says it.
    pub model: ModelKind,
    /// Which training of it.
    pub model_version: Option<String>,
    /// Day 7.
    pub short_term: Target,
    /// Day 30.
    pub medium_term: Target,
    /// Day 90.
    pub long_term: Target,
    /// 100 times the probability that the price is higher at day 30.
    pub bullish_score: f64,
    /// By horizon; empty where there is not enough history.
    pub skill: Vec<Skill>,
}

impl Prediction {
    /// A forecast with the record of its model for the symbol.
    pub fn of(forecast: Forecast, skill: Vec<Skill>) -> Prediction {
        let [short_term, medium_term, long_term] = forecast.targets;
        Prediction {
            current_price: forecast.current_price,
            as_of: forecast.as_of,
            model: forecast.model,
            model_version: forecast.model_version,
            short_term,
            medium_term,
            long_term,
            bullish_score: forecast.bullish_score,
            skill,
        }
    }

    /// By horizon, nearest first.
    pub fn targets(&self) -> [Target; 3] {
        [self.short_term, self.medium_term, self.long_term]
    }

    /// Whether the model did better than a random walk beyond chance at any horizon.
    pub fn has_skill(&self) -> bool {
        self.skill.iter().any(|skill| skill.has_skill)
    }
}

/// An earlier forecast beside what came.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Past {
    /// Day it was made.
    pub as_of: NaiveDate,
    /// Which bar after that.
    pub horizon: Horizon,
    /// Day it was about.
    pub due: NaiveDate,
    /// What was said.
    pub target: Target,
    /// The close of that day.
    pub came: f64,
}

impl Past {
    /// Whether the interval held what came.
    pub fn is_within(&self) -> bool {
        (self.target.low80..=self.target.high80).contains(&self.came)
    }
}
