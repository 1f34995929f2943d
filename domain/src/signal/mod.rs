//! Signals: what an indicator says one might do, and why.

mod badge;
mod fired;

pub use badge::Badge;
pub use fired::{Action, Signal, SignalKind};
