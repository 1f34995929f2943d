//! Which providers there are, by what the operator chose: the one place where they are put together.

use super::{
    Provider, Registry,
    fred::{self, FredCsv, FredJson},
    gdelt::{self, Gdelt},
    gemini::{self, Gemini},
    http::Site,
    newsapi::{self, NewsApi},
    tiingo::{self, Tiingo},
    trends::{self, Trends},
    wikimedia::{self, Wikimedia},
    yahoo,
};
use crate::Clock;
use std::sync::Arc;

/// Who is asked for prices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Yahoo, then Tiingo where there is a key; the bundled data until one of them answers.
    Auto,
    /// Nobody, for prices and for everything else.
    Bundled,
    /// Yahoo alone.
    Yahoo,
    /// Tiingo alone.
    Tiingo,
}

/// Addresses that are not the usual ones, keys, and what is turned on. Never shown: it holds keys.
#[derive(Clone, Default)]
#[allow(missing_docs)]
pub struct Sites {
    pub yahoo: Option<String>,
    pub yahoo_feeds: Option<String>,
    pub fred: Option<String>,
    pub fred_key: Option<String>,
    pub newsapi: Option<String>,
    pub newsapi_key: Option<String>,
    pub gdelt: Option<String>,
    pub wikimedia: Option<String>,
    pub trends: Option<String>,
    /// Google Trends answers nearly nobody: it is asked only if this says so.
    pub trends_on: bool,
    pub tiingo: Option<String>,
    pub tiingo_key: Option<String>,
    pub gemini: Option<String>,
    pub gemini_key: Option<String>,
    pub gemini_model: Option<String>,
    pub gemini_budget: gemini::Budget,
    /// Where the operator can be found, for those who want to know who asks.
    pub contact: Option<String>,
}

impl Sites {
    /// The registry of `choice`.
    pub fn registry(&self, choice: Choice, clock: Clock) -> Registry {
        if choice == Choice::Bundled {
            return Registry::empty(clock);
        }
        let mut all: Vec<Arc<dyn Provider>> = Vec::new();
        let yahoo = yahoo::site(self.yahoo.as_deref().unwrap_or(yahoo::BASE));
        if choice != Choice::Tiingo {
            all.push(Arc::new(yahoo::Chart::new(yahoo.clone(), clock.clone())));
            all.push(Arc::new(yahoo::QuotePage::new(yahoo.clone(), clock.clone())));
        }
        if choice != Choice::Yahoo && self.tiingo_key.is_some() {
            let site = self.site(self.tiingo.as_deref(), tiingo::BASE).secret(self.tiingo_key.clone());
            all.push(Arc::new(Tiingo::new(site)));
        }
        all.push(Arc::new(yahoo::SearchPage::new(yahoo)));
        self.add_news(&mut all);
        self.add_figures(&mut all);
        Registry::new(all, clock)
    }

    /// Gemini, where there is a key for it and anybody outside is asked at all.
    pub fn analyser(&self, choice: Choice) -> Option<Gemini> {
        let key = self.gemini_key.clone().filter(|_| choice != Choice::Bundled)?;
        let site = self.site(self.gemini.as_deref(), gemini::BASE).secret(Some(key));
        Some(Gemini::new(site, self.gemini_model.as_deref().unwrap_or(gemini::MODEL), self.gemini_budget))
    }

    fn add_news(&self, all: &mut Vec<Arc<dyn Provider>>) {
        let feeds = yahoo::site(self.yahoo_feeds.as_deref().unwrap_or(yahoo::FEEDS));
        all.push(Arc::new(yahoo::Feeds::new(feeds)));
        if self.newsapi_key.is_some() {
            let site = self.site(self.newsapi.as_deref(), newsapi::BASE).secret(self.newsapi_key.clone());
            all.push(Arc::new(NewsApi::new(site)));
        }
        all.push(Arc::new(Gdelt::new(self.site(self.gdelt.as_deref(), gdelt::BASE))));
    }

    fn add_figures(&self, all: &mut Vec<Arc<dyn Provider>>) {
        if self.fred_key.is_some() {
            let site = self.site(self.fred.as_deref(), fred::BASE).secret(self.fred_key.clone());
            all.push(Arc::new(FredJson::new(site)));
        }
        all.push(Arc::new(FredCsv::new(self.site(self.fred.as_deref(), fred::GRAPHS))));
        if self.trends_on {
            all.push(Arc::new(Trends::new(self.site(self.trends.as_deref(), trends::BASE))));
        }
        all.push(Arc::new(Wikimedia::new(self.site(self.wikimedia.as_deref(), wikimedia::BASE))));
    }

    fn site(&self, address: Option<&str>, usual: &str) -> Site {
        let site = Site::new(address.unwrap_or(usual));
        match &self.contact {
            Some(contact) => site.contact(contact),
            None => site,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{provider::Capability, testing::now};

    fn names(sites: &Sites, choice: Choice) -> Vec<String> {
        let registry = sites.registry(choice, Clock::fixed(now()));
        registry.health().into_iter().map(|each| each.name).collect()
    }

    #[test]
    fn the_bundled_choice_asks_nobody() {
        let keys = Sites { tiingo_key: Some("k".into()), trends_on: true, ..Sites::default() };
        assert!(names(&keys, Choice::Bundled).is_empty());
    }

    #[test]
    fn headlines_go_to_gemini_with_a_key_only_and_never_from_bundled_data() {
        let sites = Sites { gemini_key: Some("k".into()), ..Sites::default() };
        assert!(sites.analyser(Choice::Auto).is_some() && sites.analyser(Choice::Bundled).is_none());
        assert!(Sites::default().analyser(Choice::Auto).is_none());
    }

    #[test]
    fn keyless_providers_are_enough_for_everything() {
        let registry = Sites::default().registry(Choice::Auto, Clock::fixed(now()));
        use Capability::{Bars, Macros, News, Quotes, Search, Trends};
        for capability in [Bars, Quotes, Search, News, Macros, Trends] {
            assert!(registry.offers(capability), "{capability:?}");
        }
        assert!(!names(&Sites::default(), Choice::Auto).contains(&"trends".to_string()), "off unless wanted");
    }

    #[test]
    fn keys_add_providers_and_prices_keep_their_order() {
        let key = || Some("k".to_string());
        let sites = Sites { tiingo_key: key(), fred_key: key(), newsapi_key: key(), ..Sites::default() };
        let found = names(&sites, Choice::Auto);
        assert_eq!(found[..3], ["yahoo chart", "yahoo quote", "tiingo"]);
        assert!(
            found.iter().position(|each| each == "fred") < found.iter().position(|each| each == "fred graph")
        );
        assert!(!names(&sites, Choice::Yahoo).contains(&"tiingo".to_string()));
        assert_eq!(names(&sites, Choice::Tiingo)[..2], ["tiingo", "yahoo search"]);
    }
}
