//! Live channels: market-wide by symbol, one per tenant, and one for those who operate the installation.
//!
//! Every event gets one id (`<epoch>-<n>`, counting up within a process), is encoded once into a whole SSE frame
//! and shared by everyone who receives it. A bounded ring keeps the latest frames, so that a client that comes
//! back with its last id misses nothing; an id from another process or older than the ring is answered with
//! [`domain::Event::Resync`]. A client holds a queue of pointers: when it is slow, prices are conflated to the
//! newest per symbol, everything else is kept in order up to a bound, and beyond that it is told to resync.
//!
//! Deliberately knows nothing of HTTP, of heartbeats or of how many symbols a client may ask for.

mod frame;
mod hub;
mod queue;
mod ring;
mod subscription;

pub use frame::Frame;
pub use hub::Bus;
pub use subscription::{Ending, Subscription};

#[cfg(test)]
mod tests;
