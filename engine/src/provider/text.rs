//! Texts from outside, made fit to be shown: plain, without markup, leading only to the web.

use url::Url;

/// The text without tags, entities and control characters, on one line; `None` when nothing is left.
///
/// ```
/// # use engine::provider::text::plain;
/// assert_eq!(plain("<p>AT&amp;T  rises</p>").as_deref(), Some("AT&T rises"));
/// assert_eq!(plain("5 < 6 & 7 > 2").as_deref(), Some("5 < 6 & 7 > 2"));
/// assert_eq!(plain("<br/>"), None);
/// ```
pub fn plain(text: &str) -> Option<String> {
    let mut bare = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        bare.push_str(before);
        let named = tag[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        match tag.find('>').filter(|_| named) {
            Some(end) => {
                bare.push(' ');
                rest = &tag[end + 1..];
            }
            None => {
                bare.push('<');
                rest = &tag[1..];
            }
        }
    }
    bare.push_str(rest);
    for (entity, character) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", " "),
        // Last: what it makes must not be read again.
        ("&amp;", "&"),
    ] {
        bare = bare.replace(entity, character);
    }
    let words: Vec<&str> =
        bare.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// An address of the web; `None` for anything else, as `javascript:`.
///
/// ```
/// # use engine::provider::text::link;
/// assert!(link("https://example.org/a?b=c").is_some());
/// assert!(link("javascript:alert(1)").is_none());
/// ```
pub fn link(text: &str) -> Option<String> {
    let url = Url::parse(text.trim()).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then(|| url.to_string())
}
