//! The REST API, one file per area.
//!
//! Handlers are thin: read the request, call the engine, answer. They call what the pages' server functions call.

mod analytics;
mod auth;
mod etl;
mod holdings;
mod jobs;
mod market;
mod ops_alerts;
mod portfolios;
mod providers;
mod reports;
mod scanner;
mod search;
mod sentiment;
mod shares;
mod stocks;
mod transfer;
mod versions;
mod watchlists;
mod window;

use crate::router::Routes;
use serde::Serialize;

/// Adds every route of the API.
pub fn add_to(routes: Routes) -> Routes {
    let routes = watchlists::add_to(search::add_to(market::add_to(stocks::add_to(auth::add_to(routes)))));
    let routes = etl::add_to(ops_alerts::add_to(providers::add_to(jobs::add_to(routes))));
    let routes = scanner::add_to(transfer::add_to(reports::add_to(shares::add_to(routes))));
    analytics::add_to(holdings::add_to(portfolios::add_to(sentiment::add_to(routes))))
}

/// A list, as every list is answered.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Page<T> {
    /// In the order promised by the call.
    pub items: Vec<T>,
    /// Ask again with this as `cursor`; `null` on the last page.
    pub next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// A list that has no second page.
    pub fn whole(items: Vec<T>) -> Page<T> {
        Page { items, next_cursor: None }
    }
}
