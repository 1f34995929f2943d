//! All questions and all answers in one type each, so that waiting, counting and keeping are written once.

use crate::provider::{Answer, BarsAnswer, BarsAsk, Capability, MacroAsk, NewsAsk, Provider, TrendAsk};
use domain::{
    Bar, Quote, Symbol,
    macros::{MacroSeries, Observation, SearchInterest},
    news::Headline,
    search::Hit,
};

/// Any question to a provider.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Ask {
    Bars(BarsAsk),
    Quotes(Vec<Symbol>),
    Search(String),
    News(NewsAsk),
    Macros(MacroAsk),
    Trends(TrendAsk),
}

/// The answer to an [`Ask`] of the same name.
#[derive(Debug, Clone)]
pub(super) enum Reply {
    Bars(BarsAnswer),
    Quotes(Vec<Quote>),
    Search(Vec<Hit>),
    News(Vec<Headline>),
    Macros(MacroSeries),
    Trends(SearchInterest),
}

impl Ask {
    /// What a provider must be able to answer.
    pub fn capability(&self) -> Capability {
        match self {
            Ask::Bars(_) => Capability::Bars,
            Ask::Quotes(_) => Capability::Quotes,
            Ask::Search(_) => Capability::Search,
            Ask::News(_) => Capability::News,
            Ask::Macros(_) => Capability::Macros,
            Ask::Trends(_) => Capability::Trends,
        }
    }

    /// Puts the question.
    pub(super) async fn put(&self, provider: &dyn Provider) -> Answer<Reply> {
        Ok(match self {
            Ask::Bars(ask) => Reply::Bars(provider.bars(ask).await?),
            Ask::Quotes(symbols) => Reply::Quotes(provider.quotes(symbols).await?),
            Ask::Search(text) => Reply::Search(provider.search(text).await?),
            Ask::News(ask) => Reply::News(provider.news(ask).await?),
            Ask::Macros(ask) => Reply::Macros(provider.macros(ask).await?),
            Ask::Trends(ask) => Reply::Trends(provider.trends(ask).await?),
        })
    }
}

/// Takes one variant out; [`Ask::put`] gives each question the reply of its own name.
macro_rules! pick {
    ($name:ident, $variant:ident, $answer:ty) => {
        pub(super) fn $name(self) -> $answer {
            match self {
                Reply::$variant(answer) => answer,
                other => unreachable!("asked for {}, got {other:?}", stringify!($name)),
            }
        }
    };
}

impl Reply {
    pick!(bars, Bars, BarsAnswer);
    pick!(quotes, Quotes, Vec<Quote>);
    pick!(search, Search, Vec<Hit>);
    pick!(news, News, Vec<Headline>);
    pick!(macros, Macros, MacroSeries);
    pick!(trends, Trends, SearchInterest);

    /// Roughly how much memory it takes.
    pub(super) fn weight_bytes(&self) -> u32 {
        /// A headline or a search hit with its texts.
        const TEXTS: usize = 600;
        let bytes = match self {
            Reply::Bars(answer) => answer.bars.len() * size_of::<Bar>(),
            Reply::Quotes(quotes) => quotes.len() * size_of::<Quote>(),
            Reply::Search(hits) => hits.len() * TEXTS,
            Reply::News(headlines) => headlines.len() * TEXTS,
            Reply::Macros(series) => series.observations.len() * size_of::<Observation>(),
            Reply::Trends(interest) => interest.observations.len() * size_of::<Observation>(),
        };
        u32::try_from(bytes + TEXTS).unwrap_or(u32::MAX)
    }
}
