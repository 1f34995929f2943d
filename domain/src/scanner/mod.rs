//! The scanner: which symbols stand out, by named scans and by filters people write.
//!
//! A [`Snapshot`] is everything known of a symbol at one day; a [`Scan`] or a [`Filter`] goes over snapshots and
//! gives [`Found`]. Where the snapshots come from, and how long they are kept, is none of this room's business.

mod field;
mod filter;
mod found;
mod scan;
mod screen;
mod snapshot;
mod sort;

pub use field::{FIELDS, Field, Group, Unit, Vocabulary, Words, field};
pub use filter::{
    Completion, Fault, Filter, MAX_DEPTH, MAX_FILTER_CHARS, Offer, OfferKind, WORDS, WRITTEN_AS, complete,
};
pub use found::{Figure, Found, Match, SHOWN_ANYWAY, as_csv, screened};
pub use scan::{KEPT_ITEMS, Scan, ScanResult, Timeframe, scan, sessions_to_keep};
pub use screen::{MAX_SCREENS, Screen};
pub use snapshot::{Extremes, SNAPSHOT_SPARK, Snapshot};
pub use sort::Sort;
