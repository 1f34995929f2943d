//! What people look for: the keywords whose search interest is collected.
//!
//! Which article or search stands for a keyword is the matter of who is asked.

/// Collected for everybody: the mood of the market, and the starter companies.
pub const KEYWORDS: [&str; 11] = [
    "stock market",
    "recession",
    "inflation",
    "interest rates",
    "layoffs",
    "Apple",
    "Microsoft",
    "Google",
    "Amazon",
    "Tesla",
    "Nvidia",
];

/// Most keywords of one tenant.
pub const MAX_KEYWORDS: usize = 20;

/// Shortest accepted keyword, in characters.
pub const MIN_CHARS: usize = 2;

/// Longest accepted keyword, in characters.
pub const MAX_CHARS: usize = 60;

/// A keyword as it is kept: trimmed and in lower case; `None` when it is too short or too long, holds control characters,
/// or neither a letter nor a digit.
///
/// ```
/// use domain::keyword::clean;
/// assert_eq!(clean("  Heat Pumps "), Some("heat pumps".to_string()));
/// assert_eq!(clean("x"), None);
/// assert_eq!(clean(".."), None);
/// assert_eq!(clean("heat\npumps"), None);
/// ```
pub fn clean(text: &str) -> Option<String> {
    let keyword = text.trim().to_lowercase();
    let fits = (MIN_CHARS..=MAX_CHARS).contains(&keyword.chars().count());
    let is_word = keyword.chars().any(char::is_alphanumeric) && !keyword.chars().any(char::is_control);
    (fits && is_word).then_some(keyword)
}

/// Whether a keyword is collected for everybody, in whatever case it is written.
///
/// ```
/// use domain::keyword::is_default;
/// assert!(is_default("apple") && is_default("Apple"));
/// assert!(!is_default("heat pumps"));
/// ```
pub fn is_default(keyword: &str) -> bool {
    KEYWORDS.iter().any(|each| each.eq_ignore_ascii_case(keyword))
}
