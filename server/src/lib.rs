//! The Candlewick program: settings, HTTP, live streams and the command line, around the engine.
//!
//! A library so that tests can start it inside their own process; `main.rs` holds only the command line.

#![recursion_limit = "512"]

pub mod assets;
pub mod commands;
pub mod config;
mod etag;
mod extract;
mod forms;
mod health;
mod limits;
mod listener;
mod live;
mod metrics;
mod pages;
mod problem;
mod rest;
pub mod router;
mod security;
pub mod serve;
mod session;
mod shared;
mod shutdown;
mod socket;
mod state;
pub mod telemetry;
mod worker;

pub use config::Config;
pub use serve::Server;
pub use session::Operating;
pub use state::AppState;
pub use worker::Worker;
