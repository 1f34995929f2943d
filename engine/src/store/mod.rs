//! SQL, and only here.
//!
//! The recipe, for every family of tables: a file with one `const` of SQL beside each function, `$1`
//! placeholders, lower case, columns named, and the `tenant_id` first. One text serves SQLite and PostgreSQL
//! through [`on_read!`] and [`on_tx!`]; times are bound by the caller, never taken from the database. Each file
//! ends with a `pub(crate) const STATEMENTS: &[(&str, &str)]`, name and text, which a test prepares on both
//! databases; it is listed in [`STATEMENTS`] here.

pub(crate) mod audit;
pub(crate) mod jobs;
mod pool;

pub use pool::{Db, Tx};
pub(crate) use pool::{on_read, on_tx};

/// Every statement of every file: (file, its statements).
#[cfg(any(test, feature = "testing"))]
pub(crate) const STATEMENTS: &[(&str, &[(&str, &str)])] =
    &[("audit", audit::STATEMENTS), ("jobs", jobs::STATEMENTS)];
