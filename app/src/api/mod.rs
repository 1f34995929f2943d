//! What a browser may ask: server functions, and nothing else here. Each enters, calls the engine and shows.

pub mod account;
pub mod custom;
pub mod jobs;
pub mod keywords;
pub mod layouts;
pub mod market;
pub mod members;
pub mod news;
pub mod notes;
pub mod ops_alerts;
pub mod portfolios;
pub mod quality;
pub mod reports;
pub mod scanner;
pub mod shares;
pub mod watchlists;

use domain::chart::ChartSpec;
use serde::{Deserialize, Serialize};

/// A chart with the picture the server painted of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Drawn {
    /// What it shows.
    pub spec: ChartSpec,
    /// The picture.
    pub svg: String,
}
