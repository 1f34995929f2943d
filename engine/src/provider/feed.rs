//! RSS and Atom as headlines.

use super::{Answer, NewsAsk, http::Reply, text};
use domain::news::Headline;
use feed_rs::{model::Entry, parser};
use std::collections::HashSet;

/// The items of a feed within the window, newest first, each once. What has no title or no time is left out.
pub(super) fn headlines(reply: &Reply, ask: &NewsAsk, publisher: &str) -> Answer<Vec<Headline>> {
    reply.check()?;
    if reply.is_html() {
        return Err(reply.malformed("a web page instead of a feed"));
    }
    let feed = parser::parse(reply.body()).map_err(|error| reply.malformed(&error.to_string()))?;
    let mut seen = HashSet::new();
    let items = feed.entries.into_iter().filter(|entry| entry.id.is_empty() || seen.insert(entry.id.clone()));
    let mut headlines: Vec<Headline> = items.filter_map(|entry| headline(entry, ask, publisher)).collect();
    headlines.retain(|headline| ask.from.is_none_or(|from| headline.published_at >= from));
    headlines.sort_by_key(|headline| std::cmp::Reverse(headline.published_at));
    Ok(headlines)
}

fn headline(entry: Entry, ask: &NewsAsk, publisher: &str) -> Option<Headline> {
    Some(Headline {
        symbol: ask.symbol.clone(),
        title: text::plain(&entry.title?.content)?,
        description: entry.summary.and_then(|summary| text::plain(&summary.content)),
        publisher: publisher.to_string(),
        url: entry.links.into_iter().find_map(|link| text::link(&link.href)),
        published_at: entry.published.or(entry.updated)?,
    })
}
