//! Forecasts: words, the random walk every model has to beat, calibrated intervals, and the record of past forecasts.
//!
//! A day of a forecast is a daily bar of the symbol itself: a session of its exchange, a calendar day where the
//! market never closes. Everything is said in log returns, because they add up over time and mean the same at every
//! price level. What learns (ETS, LSTM) lives in the crate `forecaster` and is judged here by the same rules.
//!
//! Nothing looks ahead: a model sees the closes up to its origin, an interval is calibrated on forecasts whose
//! outcome was known at the origin, an error is scaled by changes before it.

mod calibration;
mod evaluation;
mod history;
mod horizon;
mod prediction;
mod random_walk;
mod random_walk_forecaster;
mod sheet;
mod significance;
mod skill;
mod training;

pub use calibration::Calibration;
pub use evaluation::{Means, Shot, calibrate, origins, shots};
pub use history::History;
pub use horizon::Horizon;
pub use prediction::{Direction, Forecast, ModelKind, Past, Prediction, Reach, Target};
pub use random_walk::{WARM_UP, drift, volatility};
pub use random_walk_forecaster::{RandomWalk, Uncalibrated};
pub use sheet::{Sheet, came};
pub use significance::diebold_mariano;
pub use skill::{FEWEST_WINDOWS, Skill, skill};
pub use training::{Forecaster, Record, Speaker, Training, past, version};

#[cfg(test)]
mod tests;
