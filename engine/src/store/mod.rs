//! SQL, and only here.
//!
//! The recipe, for every family of tables: a file with one `const` of SQL beside each function, `$1`
//! placeholders, lower case, columns named, and the `tenant_id` first. One text serves SQLite and PostgreSQL
//! through [`on_read!`], [`on_tx!`] and, where nothing is read, [`execute!`]; times are bound by the caller, never
//! taken from the database. Each file ends with a `#[cfg(test)] pub(crate) const STATEMENTS: &[(&str, &str)]`,
//! name and text, listed below in the one of this file; a test prepares them all on both databases.
//!
//! A function with a `Cx` reads through `on_read!(db, cx, ..)`, and its transaction was begun with
//! [`Db::begin_for`]: on PostgreSQL row-level security then shows the rows of that tenant alone, whatever the
//! statement says. Every table with a `tenant_id` is behind that lock; `second_lock.rs` proves it.
//!
//! Many rows go in by one statement (`insert_all!` in `rows.rs`). A list of symbols is bound as one text and looked
//! for with `like`, so that one SQL text serves any number of them; and never is there a query per symbol.

pub(crate) mod api_keys;
pub(crate) mod articles;
pub(crate) mod audit;
pub(crate) mod bar_months;
pub(crate) mod bars;
mod bars_bulk;
#[cfg(test)]
mod conformance;
pub(crate) mod creations;
pub(crate) mod custom;
pub(crate) mod datasets;
pub(crate) mod dividends;
pub(crate) mod etl_runs;
pub(crate) mod forecasts;
pub(crate) mod imports;
pub(crate) mod instruments;
pub(crate) mod invitations;
pub(crate) mod job_desk;
pub(crate) mod jobs;
pub(crate) mod keywords;
pub(crate) mod layouts;
pub(crate) mod letters;
pub(crate) mod macros;
pub(crate) mod members;
mod money;
pub(crate) mod moods;
pub(crate) mod notes;
pub(crate) mod ops_alerts;
mod pool;
pub(crate) mod portfolios;
pub(crate) mod provider_health;
pub(crate) mod quality;
pub(crate) mod quarantine;
pub(crate) mod quotes;
pub(crate) mod refresh_tokens;
pub(crate) mod reports;
mod rows;
pub(crate) mod scans;
pub(crate) mod schedules;
#[cfg(feature = "testing")]
pub(crate) mod scratch;
pub(crate) mod screens;
#[cfg(test)]
mod second_lock;
pub(crate) mod sessions;
pub(crate) mod shares;
pub(crate) mod signals;
pub(crate) mod splits;
#[cfg(test)]
pub(crate) mod star_schema;
#[cfg(test)]
mod statements;
pub(crate) mod tenants;
pub(crate) mod transactions;
pub(crate) mod trends;
pub(crate) mod upkeep;
pub(crate) mod users;
pub(crate) mod visits;
pub(crate) mod watchlists;

pub use pool::{Db, Tx};
pub(crate) use pool::{execute, on_read, on_tx, retire, scoped};

/// Every statement of every file: (file, its statements).
#[cfg(test)]
#[rustfmt::skip] // a line each
pub(crate) const STATEMENTS: &[(&str, &[(&str, &str)])] = &[
    ("api_keys", api_keys::STATEMENTS),
    ("articles", articles::STATEMENTS),
    ("audit", audit::STATEMENTS),
    ("bars", bars::STATEMENTS),
    ("creations", creations::STATEMENTS),
    ("custom", custom::STATEMENTS),
    ("datasets", datasets::STATEMENTS),
    ("dividends", dividends::STATEMENTS),
    ("etl_runs", etl_runs::STATEMENTS),
    ("forecasts", forecasts::STATEMENTS),
    ("imports", imports::STATEMENTS),
    ("instruments", instruments::STATEMENTS),
    ("invitations", invitations::STATEMENTS),
    ("job_desk", job_desk::STATEMENTS),
    ("jobs", jobs::STATEMENTS),
    ("keywords", keywords::STATEMENTS),
    ("layouts", layouts::STATEMENTS),
    ("letters", letters::STATEMENTS),
    ("macros", macros::STATEMENTS),
    ("members", members::STATEMENTS),
    ("moods", moods::STATEMENTS),
    ("notes", notes::STATEMENTS),
    ("ops_alerts", ops_alerts::STATEMENTS),
    ("portfolios", portfolios::STATEMENTS),
    ("provider_health", provider_health::STATEMENTS),
    ("quality", quality::STATEMENTS),
    ("quarantine", quarantine::STATEMENTS),
    ("quotes", quotes::STATEMENTS),
    ("refresh_tokens", refresh_tokens::STATEMENTS),
    ("reports", reports::STATEMENTS),
    ("scans", scans::STATEMENTS),
    ("schedules", schedules::STATEMENTS),
    ("screens", screens::STATEMENTS),
    ("sessions", sessions::STATEMENTS),
    ("shares", shares::STATEMENTS),
    ("signals", signals::STATEMENTS),
    ("splits", splits::STATEMENTS),
    ("tenants", tenants::STATEMENTS),
    ("transactions", transactions::STATEMENTS),
    ("trends", trends::STATEMENTS),
    ("users", users::STATEMENTS),
    ("visits", visits::STATEMENTS),
    ("watchlists", watchlists::STATEMENTS),
];
