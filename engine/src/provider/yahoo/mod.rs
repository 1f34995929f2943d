//! Yahoo Finance: charts, search, quotes, headlines, and prices as they move.
//!
//! Undocumented, without a key, for personal use (the terms say so, and so does the page that shows it). Each kind
//! of question is a provider of its own, with its own limits and its own troubles: charts go on while quotes are
//! blocked.

mod chart;
mod feeds;
mod money;
mod quote;
mod search;
mod session;
pub mod stream;

pub use chart::Chart;
pub use feeds::Feeds;
pub use quote::QuotePage;
pub use search::SearchPage;

use super::{Limits, http::Site};
use std::time::Duration;

/// Where charts, search and quotes are.
pub const BASE: &str = "https://query1.finance.yahoo.com";
/// Where headlines are.
pub const FEEDS: &str = "https://feeds.finance.yahoo.com";
/// Where prices move.
pub const STREAM: &str = "wss://streamer.finance.yahoo.com";

/// What a browser says it is; programs that name themselves get no answer.
const AGENT: &str =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";

/// A Yahoo site at this address.
pub fn site(base: &str) -> Site {
    Site::new(base).agent(AGENT).timeout(Duration::from_secs(15))
}

/// Nobody knows the limits: about what a person does.
fn limits(site: &Site) -> Limits {
    // The registry's own limit is for what hangs elsewhere than on the net.
    let timeout = site.time_limit() * 4;
    Limits { per_minute: 60, burst: 5, per_hour: None, per_day: None, timeout }
}
