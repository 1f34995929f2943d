//! Headlines by symbol, as RSS.

use super::limits;
use crate::provider::{Answer, Capability, Limits, NewsAsk, Provider, feed, http::Site};
use async_trait::async_trait;
use domain::{news::Headline, source::Source};

/// What the market is asked for: the feed has no headlines about nobody.
const MARKET: &str = "^GSPC";
const PUBLISHER: &str = "Yahoo Finance";

/// The headline feed.
pub struct Feeds {
    site: Site,
}

impl Feeds {
    /// Headlines at `site`.
    pub fn new(site: Site) -> Feeds {
        Feeds { site }
    }
}

#[async_trait]
impl Provider for Feeds {
    fn source(&self) -> Source {
        Source::Yahoo
    }

    fn name(&self) -> &'static str {
        "yahoo feeds"
    }

    fn capabilities(&self) -> &[Capability] {
        &[Capability::News]
    }

    fn limits(&self) -> Limits {
        limits(&self.site)
    }

    async fn news(&self, ask: &NewsAsk) -> Answer<Vec<Headline>> {
        let symbol = ask.symbol.as_ref().map_or(MARKET, |symbol| symbol.as_str());
        let query = [("s", symbol), ("region", "US"), ("lang", "en-US")];
        let reply = self.site.get(self.site.url(&["rss", "2.0", "headline"], &query)?, &[]).await?;
        feed::headlines(&reply, ask, PUBLISHER)
    }
}
