//! SQL, and only here.
//!
//! The recipe, for every family of tables: a file with one `const` of SQL beside each function, `$1`
//! placeholders, lower case, columns named, and the `tenant_id` first. One text serves SQLite and PostgreSQL
//! through [`on_read!`] and [`on_tx!`]; times are bound by the caller, never taken from the database. Each file
//! ends with a `pub(crate) const STATEMENTS: &[&str]` of its texts, which a test prepares on both databases.

mod pool;

pub use pool::{Db, Tx};
pub(crate) use pool::{on_read, on_tx};
