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
mod page;
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

pub use page::Page;

use crate::router::Routes;

/// Adds every route of the API.
pub fn add_to(routes: Routes) -> Routes {
    let routes = watchlists::add_to(search::add_to(market::add_to(stocks::add_to(auth::add_to(routes)))));
    let routes = etl::add_to(ops_alerts::add_to(providers::add_to(jobs::add_to(routes))));
    let routes = scanner::add_to(transfer::add_to(reports::add_to(shares::add_to(routes))));
    analytics::add_to(holdings::add_to(portfolios::add_to(sentiment::add_to(routes))))
}
