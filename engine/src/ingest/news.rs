//! Headlines, scored and told once.

use super::{Ingest, quarantine::Findings, tally::Outcome};
use crate::{
    Result,
    provider::{NewsAsk, Urgency},
    sentiment::compound,
    store::{self, quarantine::Finding, quarantine::Origin},
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    Bar, Symbol,
    etl::EtlSource,
    news::{Article, Headline},
    quality::{
        Judged, Verdict,
        headlines::{Seen, judge},
    },
    sentiment::Label,
    source::Source,
};
use uuid::Uuid;

/// News without a symbol, about the market as a whole.
const MARKET: &str = "market";
/// Watched symbols whose news are collected.
const MOST: i64 = 50;
/// Headlines are asked for, and compared with those stored, so far back.
const WINDOW: Duration = Duration::days(7);
/// So far back a story told about one symbol is known again when it is told about another.
const STORY: Duration = Duration::days(3);

impl Ingest<'_> {
    /// The market as a whole and the most watched symbols.
    pub(super) async fn news_subjects(&self) -> Result<Vec<String>> {
        let watched = store::watchlists::watched(self.0.db(), MOST).await?;
        Ok(std::iter::once(MARKET.to_string()).chain(watched.iter().map(Symbol::to_string)).collect())
    }

    /// provider -> quality -> store, for the news about one symbol.
    pub(super) async fn news(&self, subject: &str, urgency: Urgency) -> Result<Outcome> {
        let (db, now, market_now) = (self.0.db(), self.0.clock().now(), self.0.market().now());
        let symbol = Symbol::parse(subject).filter(|_| subject != MARKET);
        let name = match &symbol {
            Some(symbol) => self.0.instruments().find(symbol).await?.map(|each| each.name),
            None => None,
        };
        // From the start of a day: one question all day long, of which one answer is remembered.
        let from = Some(Bar::label((market_now - WINDOW).date_naive()));
        let fetched =
            self.0.providers().news(NewsAsk { symbol: symbol.clone(), name, from }, urgency).await?;
        if let Some(error) = fetched.stands_in {
            return Err(error.into());
        }
        let mut seen = Seen::default();
        for (title, url) in store::articles::titles(db, symbol.as_ref(), market_now - WINDOW * 2).await? {
            seen.insert(&title, url.as_deref());
        }
        let report = judge(&fetched.value, &mut seen, market_now);
        let mut outcome = Outcome { scores: report.scores, ..Outcome::default() };
        outcome.count(&report.headlines);
        outcome.read += report.repeated;
        outcome.accepted += report.repeated;
        let accepted = report.headlines.iter().filter_map(Judged::accepted);
        let articles: Vec<Article> =
            accepted.map(|headline| article(headline, symbol.clone(), fetched.source, now)).collect();
        let articles = with_stories(articles, store::articles::stories(db, market_now - STORY).await?);
        let of =
            Origin { source: EtlSource::News, provider: fetched.source.as_str(), subject, span: "headline" };
        let found = held(&report.headlines);
        let mut tx = db.begin().await?;
        outcome.upserted = store::articles::collect(&mut tx, &articles).await?;
        store::quarantine::hold(&mut tx, of, &found.held, now).await?;
        store::quality::set_subject(&mut tx, EtlSource::News, subject, now, &report.scores).await?;
        tx.commit().await?;
        Ok(outcome)
    }
}

/// Each article with the id of the first that told its story, whomever that was about.
fn with_stories(articles: Vec<Article>, known: Vec<(String, Option<String>, Uuid)>) -> Vec<(Article, Uuid)> {
    let mut seen = Seen::default();
    let mut ids = Vec::with_capacity(known.len());
    for (title, url, story) in known {
        seen.remember(&title, url.as_deref());
        ids.push(story);
    }
    let story = |article: Article| {
        let first = seen.find(&article.title, article.url.as_deref()).and_then(|number| ids.get(number));
        let story = first.copied().unwrap_or(article.id);
        (article, story)
    };
    articles.into_iter().map(story).collect()
}

fn article(
    headline: &Headline,
    symbol: Option<Symbol>,
    source: Source,
    fetched_at: DateTime<Utc>,
) -> Article {
    let score = compound(&headline.title);
    Article {
        id: Uuid::now_v7(),
        symbol: headline.symbol.clone().or(symbol),
        also: Vec::new(),
        title: headline.title.trim().to_string(),
        description: headline.description.clone(),
        publisher: headline.publisher.clone(),
        url: headline.url.clone(),
        published_at: headline.published_at,
        score,
        label: Label::of(score),
        source,
        fetched_at: Some(fetched_at),
    }
}

/// The rejected headlines; one per time and rule is enough to see what the source does wrong.
fn held(headlines: &[Judged<Headline>]) -> Findings {
    let mut found = Findings::default();
    for each in headlines {
        if let Verdict::Reject(rule, why) = &each.verdict {
            let (at, rule, reason) = (each.raw.published_at, *rule, why.clone());
            let raw = serde_json::json!({ "title": each.raw.title, "url": each.raw.url });
            found.held.push(Finding { at, rule, reason, raw, value: None });
        }
    }
    found.held.sort_by_key(|each| (each.at, each.rule));
    found.held.dedup_by_key(|each| (each.at, each.rule));
    found
}
