//! Named lists of symbols a tenant keeps an eye on.

use crate::Symbol;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The list every new tenant starts with.
pub const STARTER_NAME: &str = "Core Blue Chips";

/// What is on that list, in this order.
pub const STARTER_SYMBOLS: [&str; 6] = ["AAPL", "MSFT", "GOOG", "AMZN", "TSLA", "NVDA"];

/// Longest accepted list name, in characters.
pub const MAX_NAME_CHARS: usize = 80;

/// Most symbols on one list.
pub const MAX_SYMBOLS: usize = 200;

/// Most lists of one tenant.
pub const MAX_LISTS: usize = 50;

/// A named, ordered list of symbols; each symbol once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watchlist {
    /// Identifies the list within its tenant.
    pub id: Uuid,
    /// 1 to [`MAX_NAME_CHARS`] characters, unique within the tenant.
    pub name: String,
    /// In the order the tenant chose.
    pub symbols: Vec<Symbol>,
}

/// Trims a name; `None` when it is empty, too long or holds control characters.
///
/// ```
/// assert_eq!(domain::watchlist::clean_name("  Energy "), Some("Energy".to_string()));
/// assert_eq!(domain::watchlist::clean_name("   "), None);
/// ```
pub fn clean_name(text: &str) -> Option<String> {
    let name = text.trim();
    let fits = !name.is_empty() && name.chars().count() <= MAX_NAME_CHARS;
    (fits && !name.chars().any(char::is_control)).then(|| name.to_string())
}
