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

impl Watchlist {
    /// The symbols with one of them moved by so many places; ends stop it, a stranger moves nothing.
    ///
    /// ```
    /// # use domain::{Symbol, watchlist::Watchlist};
    /// # let symbols = |text: &str| text.split(' ').map(|s| Symbol::parse(s).unwrap()).collect::<Vec<_>>();
    /// let list = Watchlist { id: uuid::Uuid::nil(), name: "L".into(), symbols: symbols("A B C") };
    /// assert_eq!(list.shifted(&Symbol::parse("C").unwrap(), -1), symbols("A C B"));
    /// assert_eq!(list.shifted(&Symbol::parse("A").unwrap(), -5), symbols("A B C"));
    /// ```
    pub fn shifted(&self, symbol: &Symbol, by: i32) -> Vec<Symbol> {
        let mut symbols = self.symbols.clone();
        if let Some(from) = symbols.iter().position(|each| each == symbol) {
            let moved = symbols.remove(from);
            let to = (from as i64 + i64::from(by)).clamp(0, symbols.len() as i64);
            symbols.insert(to as usize, moved);
        }
        symbols
    }
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
