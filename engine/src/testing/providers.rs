//! Providers that answer what a test wants.

use crate::provider::{
    Answer, BarsAnswer, BarsAsk, Capability, Limits, MacroAsk, NewsAsk, Provider, ProviderError, TrendAsk,
    registry::Ask,
};
use async_trait::async_trait;
use domain::{
    Quote, Symbol,
    macros::{MacroSeries, SearchInterest},
    news::Headline,
    search::Hit,
    source::Source,
};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

type Says<Q, A> = Option<Box<dyn Fn(&Q) -> Answer<A> + Send + Sync>>;

/// A provider made of closures. It can be asked what it has a closure for, and remembers what it was asked.
///
/// ```
/// # tokio::runtime::Runtime::new().unwrap().block_on(async {
/// use domain::{Symbol, source::Source};
/// use engine::{provider::{BarsAnswer, BarsAsk, Urgency}, testing::{FakeProvider, engine_with}};
/// let yahoo = FakeProvider::new(Source::Yahoo).bars(|_| Ok(BarsAnswer::default())).shared();
/// let engine = engine_with(vec![yahoo.clone()]).await;
/// let (symbol, interval) = (Symbol::parse("AAPL").unwrap(), domain::Interval::Day1);
/// let ask = BarsAsk { symbol, interval, from: None, to: None };
/// let fetched = engine.providers().bars(ask, Urgency::Manual).await.unwrap();
/// assert_eq!((fetched.source, yahoo.asked().len()), (Source::Yahoo, 1));
/// # });
/// ```
pub struct FakeProvider {
    source: Source,
    capabilities: Vec<Capability>,
    limits: Limits,
    accepts: Says<Ask, ()>,
    asked: Mutex<Vec<Ask>>,
    bars: Says<BarsAsk, BarsAnswer>,
    quotes: Says<[Symbol], Vec<Quote>>,
    search: Says<str, Vec<Hit>>,
    news: Says<NewsAsk, Vec<Headline>>,
    macros: Says<MacroAsk, MacroSeries>,
    trends: Says<TrendAsk, SearchInterest>,
}

/// A builder method that takes the closure for one question.
macro_rules! says {
    ($name:ident, $capability:ident, $ask:ty, $answer:ty, $doc:literal) => {
        #[doc = $doc]
        pub fn $name(
            mut self,
            says: impl Fn(&$ask) -> Answer<$answer> + Send + Sync + 'static,
        ) -> FakeProvider {
            self.capabilities.push(Capability::$capability);
            self.$name = Some(Box::new(says));
            self
        }
    };
}

impl FakeProvider {
    /// One that answers nothing yet, and may be asked as often as one likes.
    pub fn new(source: Source) -> FakeProvider {
        let limits = Limits {
            per_minute: 1_000_000,
            burst: 1_000_000,
            per_hour: None,
            per_day: None,
            timeout: Duration::from_secs(10),
        };
        FakeProvider {
            source,
            capabilities: Vec::new(),
            limits,
            accepts: None,
            asked: Mutex::default(),
            bars: None,
            quotes: None,
            search: None,
            news: None,
            macros: None,
            trends: None,
        }
    }

    says!(bars, Bars, BarsAsk, BarsAnswer, "What it says about price history.");
    says!(quotes, Quotes, [Symbol], Vec<Quote>, "What it says about latest prices.");
    says!(search, Search, str, Vec<Hit>, "What it says to a search.");
    says!(news, News, NewsAsk, Vec<Headline>, "What it says about news.");
    says!(macros, Macros, MacroAsk, MacroSeries, "What it says about an economic series.");
    says!(trends, Trends, TrendAsk, SearchInterest, "What it says about search interest.");

    /// How often it may be asked.
    pub fn limits(mut self, limits: Limits) -> FakeProvider {
        self.limits = limits;
        self
    }

    /// Which questions it takes at all; without this all that it can be asked.
    pub fn accepts(mut self, says: impl Fn(&Ask) -> Answer<()> + Send + Sync + 'static) -> FakeProvider {
        self.accepts = Some(Box::new(says));
        self
    }

    /// As registries take it; keep a clone to see later what it was asked.
    pub fn shared(self) -> Arc<FakeProvider> {
        Arc::new(self)
    }

    /// What it was asked so far, in order.
    pub fn asked(&self) -> Vec<Ask> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn answer<Q: ?Sized, A>(&self, ask: Ask, says: &Says<Q, A>, question: &Q) -> Answer<A> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(ask);
        says.as_ref().ok_or(ProviderError::Unsupported)?(question)
    }
}

#[async_trait]
impl Provider for FakeProvider {
    fn source(&self) -> Source {
        self.source
    }

    fn capabilities(&self) -> &[Capability] {
        &self.capabilities
    }

    fn limits(&self) -> Limits {
        self.limits
    }

    fn accepts(&self, ask: &Ask) -> Answer<()> {
        self.accepts.as_ref().map_or(Ok(()), |says| says(ask))
    }

    async fn bars(&self, ask: &BarsAsk) -> Answer<BarsAnswer> {
        self.answer(Ask::Bars(ask.clone()), &self.bars, ask)
    }

    async fn quotes(&self, symbols: &[Symbol]) -> Answer<Vec<Quote>> {
        self.answer(Ask::Quotes(symbols.to_vec()), &self.quotes, symbols)
    }

    async fn search(&self, text: &str) -> Answer<Vec<Hit>> {
        self.answer(Ask::Search(text.to_string()), &self.search, text)
    }

    async fn news(&self, ask: &NewsAsk) -> Answer<Vec<Headline>> {
        self.answer(Ask::News(ask.clone()), &self.news, ask)
    }

    async fn macros(&self, ask: &MacroAsk) -> Answer<MacroSeries> {
        self.answer(Ask::Macros(ask.clone()), &self.macros, ask)
    }

    async fn trends(&self, ask: &TrendAsk) -> Answer<SearchInterest> {
        self.answer(Ask::Trends(ask.clone()), &self.trends, ask)
    }
}
