//! What a browser may ask: server functions, and nothing else here. Each enters, calls the engine and shows.

pub mod account;
pub mod jobs;
pub mod layouts;
pub mod market;
pub mod ops_alerts;
pub mod quality;
pub mod reports;
pub mod watchlists;
