//! Works out how the latest headlines of symbols sound, and tells whoever watches them.
//!
//! VADER's scores are stored with the headlines; an analyser that is set up is asked about headlines it has not seen
//! in this combination, within its budget of the day. Where it fails, or may not be asked, VADER speaks. A mood is
//! pushed once: the second run over the same headlines finds it told.

use super::{Job, Limit, Run};
use crate::{
    Engine, Result,
    news::{Basis, stands},
    provider::{ProviderError, gemini::Gemini},
    store,
};
use domain::{
    Symbol,
    job::Queue,
    sentiment::{Analyser, Mood},
};
use serde::{Deserialize, Serialize};

/// Watched symbols whose moods are kept.
const MOST: i64 = 50;

/// For these symbols, or all that are watched most.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ScoreNews {
    pub(crate) symbols: Option<Vec<Symbol>>,
}

/// What was done.
#[derive(Debug, Default, PartialEq, Serialize)]
pub(crate) struct Scores {
    /// Symbols with headlines.
    symbols: u32,
    /// Of them, whose mood was news.
    told: u32,
    /// Questions an analyser answered.
    asked: u32,
    /// Questions it did not answer as it should.
    failed: u32,
}

impl Job for ScoreNews {
    const KIND: &'static str = "score_news";
    const QUEUE: Queue = Queue::Sentiment;
    const LIMIT: Limit = Limit::LONG;
    const MAX_ATTEMPTS: u32 = 3;
    type Output = Scores;

    async fn run(self, engine: &Engine, run: &Run<'_>) -> Result<Scores> {
        let symbols = match self.symbols {
            Some(symbols) => symbols,
            None => store::watchlists::watched(engine.db(), MOST).await?,
        };
        let bases = engine.news().bases(&symbols).await?;
        let told = store::moods::of(engine.db(), &symbols).await?;
        let mut done = Scores::default();
        // One failure after another means that it is not there: the rest is VADER's.
        let mut patience = 3_u32;
        for (at, basis) in bases.iter().enumerate() {
            run.progress((at * 100 / bases.len()) as u8, basis.symbol.as_str()).await?;
            let Some(by_words) = basis.mood() else { continue };
            done.symbols += 1;
            let judged = told.iter().any(|told| told.symbol == basis.symbol && stands(told, basis));
            let mood = match engine.analyser().filter(|_| !judged && patience > 0) {
                Some(gemini) => match judge(engine, gemini, basis).await? {
                    Judged::Mood(mood) => {
                        done.asked += 1;
                        patience = 3;
                        mood
                    }
                    Judged::Failed { closed } => {
                        done.failed += 1;
                        patience = if closed { 0 } else { patience - 1 };
                        by_words
                    }
                    Judged::NotAsked => {
                        patience = 0;
                        by_words
                    }
                },
                None if judged => continue,
                None => by_words,
            };
            done.told += u32::from(engine.news().tell(basis, mood).await?);
        }
        Ok(done)
    }
}

/// What became of a question.
enum Judged {
    Mood(Mood),
    Failed {
        closed: bool,
    },
    /// The day's budget is used up.
    NotAsked,
}

async fn judge(engine: &Engine, gemini: &Gemini, basis: &Basis) -> Result<Judged> {
    let (budget, day) = (gemini.budget(), engine.clock().now().date_naive());
    if budget.requests == 0 || budget.tokens == 0 {
        return Ok(Judged::NotAsked);
    }
    let mut tx = engine.db().begin().await?;
    let may = store::moods::reserve(&mut tx, Analyser::Gemini, day, budget.requests, budget.tokens).await?;
    tx.commit().await?;
    if !may {
        return Ok(Judged::NotAsked);
    }
    let headlines: Vec<&str> = basis.headlines.iter().map(|each| each.title.as_str()).collect();
    let answer = gemini.judge(&basis.symbol, &headlines).await;
    let mut tx = engine.db().begin().await?;
    store::moods::spend(&mut tx, Analyser::Gemini, day, answer.tokens).await?;
    tx.commit().await?;
    match answer.judgement {
        Ok(judgement) => Ok(Judged::Mood(Mood {
            score: judgement.score,
            label: judgement.sentiment,
            count: headlines.len() as u32,
            analyser: Analyser::Gemini,
            analysis: Some(judgement.analysis),
        })),
        Err(error) => {
            tracing::warn!(symbol = %basis.symbol, %error, "Gemini did not judge; VADER does");
            // It said that it will not answer the next one either.
            let closed = matches!(error, ProviderError::Throttled { .. } | ProviderError::Denied(_));
            Ok(Judged::Failed { closed })
        }
    }
}

#[cfg(test)]
mod tests;
