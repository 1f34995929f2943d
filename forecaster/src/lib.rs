//! Forecasters that need a library: exponential smoothing (augurs) and a pooled LSTM (candle), on the processor.
//!
//! A crate of its own, used by `server` alone, because candle takes minutes to compile. The rules of judging
//! (origins, errors, intervals) are those of [`domain::forecast`]; here is only what learns.
#![warn(missing_docs)]

mod body;
mod ets;
mod lstm;
mod net;
mod rolling;
mod sample;
mod settings;
mod train;

pub use ets::ets;
pub use lstm::Lstm;
pub use settings::Settings;

#[cfg(test)]
mod tests;
