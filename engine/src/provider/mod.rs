//! Where market data comes from.
//!
//! [`bundled`] is the real history shipped inside the program; [`simulated`] makes live ticks that go on
//! from its last close. Neither touches the store: what reads them decides what is kept.

pub mod bundled;
pub mod simulated;
