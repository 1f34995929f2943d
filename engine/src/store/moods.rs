//! What was last told of each symbol's mood: so that it is told once, and what an analyser said is kept.

use super::rows;
use crate::{
    error::{Error, Result},
    store::{Db, Tx, execute, on_read},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    Symbol,
    event::SentimentTick,
    sentiment::{Analyser, Label, Mood},
};

/// A mood with the headlines it was made of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Told {
    pub(crate) symbol: Symbol,
    pub(crate) mood: Mood,
    /// Names the headlines; with others the mood no longer counts.
    pub(crate) basis: String,
}

#[derive(sqlx_macros::FromRow)]
struct Row {
    symbol: String,
    score: f64,
    headlines: i64,
    basis: String,
    analyser: String,
    analysis: Option<String>,
}

impl Row {
    fn told(self) -> Result<Told> {
        let unknown = || Error::Internal(format!("a mood of {} by {}", self.symbol, self.analyser));
        let mood = Mood {
            score: self.score,
            label: Label::of(self.score),
            count: u32::try_from(self.headlines).map_err(|_| unknown())?,
            analyser: Analyser::parse(&self.analyser).ok_or_else(unknown)?,
            analysis: self.analysis.clone(),
        };
        Ok(Told { symbol: Symbol::parse(&self.symbol).ok_or_else(unknown)?, mood, basis: self.basis })
    }
}

const OF: &str = "
select symbol, score, headlines, basis, analyser, analysis
from moods
where $1 like '%,' || symbol || ',%'
order by symbol";

/// What was told of these symbols; those of whom nothing was are left out.
pub(crate) async fn of(db: &Db, symbols: &[Symbol]) -> Result<Vec<Told>> {
    let text = rows::one_text(symbols);
    let found: Vec<Row> = on_read!(db, |pool| sqlx::query_as(OF).bind(text).fetch_all(pool).await)?;
    found.into_iter().map(Row::told).collect()
}

const TELL: &str = "
insert into moods (symbol, score, headlines, basis, analyser, analysis, at)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (symbol) do update set
  score = excluded.score,
  headlines = excluded.headlines,
  basis = excluded.basis,
  analyser = excluded.analyser,
  analysis = excluded.analysis,
  at = excluded.at
where moods.score <> excluded.score
  or moods.headlines <> excluded.headlines
  or moods.basis <> excluded.basis
  or moods.analyser <> excluded.analyser";

/// Keeps a mood; false where the same was told of the same headlines already, by whomever.
pub(crate) async fn tell(tx: &mut Tx, told: &Told, now: DateTime<Utc>) -> Result<bool> {
    Ok(execute!(
        tx,
        TELL,
        told.symbol.as_str(),
        told.mood.score,
        i64::from(told.mood.count),
        &told.basis,
        told.mood.analyser.as_str(),
        told.mood.analysis.as_deref(),
        now
    )? > 0)
}

const SINCE: &str = "
select symbol, score, headlines, analyser, at
from moods
where at >= $1
order by at, symbol
limit $2";

/// What was told since a moment and is not told otherwise by now, oldest first.
pub(crate) async fn since(db: &Db, at: DateTime<Utc>, limit: i64) -> Result<Vec<SentimentTick>> {
    let found: Vec<(String, f64, i64, String, DateTime<Utc>)> =
        on_read!(db, |pool| sqlx::query_as(SINCE).bind(at).bind(limit).fetch_all(pool).await)?;
    let mut ticks = Vec::with_capacity(found.len());
    for (symbol, score, headlines, analyser, timestamp) in found {
        let unknown = || Error::Internal(format!("a mood of {symbol} by {analyser}"));
        ticks.push(SentimentTick {
            symbol: Symbol::parse(&symbol).ok_or_else(unknown)?,
            sentiment: Label::of(score),
            score,
            count: u32::try_from(headlines).map_err(|_| unknown())?,
            analyser: Analyser::parse(&analyser).ok_or_else(unknown)?,
            timestamp,
        });
    }
    Ok(ticks)
}

const RESERVE: &str = "
insert into analyser_days (analyser, day, requests, tokens)
values ($1, $2, 1, 0)
on conflict (analyser, day) do update set requests = analyser_days.requests + 1
where analyser_days.requests < $3 and analyser_days.tokens < $4";

/// Counts one question to an analyser before it is asked; false, and nothing counted, where the day's budget is used
/// up. A budget of no requests at all has to be minded by the caller.
pub(crate) async fn reserve(
    tx: &mut Tx,
    analyser: Analyser,
    day: NaiveDate,
    most_requests: u32,
    most_tokens: u32,
) -> Result<bool> {
    Ok(execute!(tx, RESERVE, analyser.as_str(), day, i64::from(most_requests), i64::from(most_tokens))? > 0)
}

const SPEND: &str = "
update analyser_days
set tokens = tokens + $3
where analyser = $1 and day = $2";

/// Adds what an answer cost to the day it was asked for on.
pub(crate) async fn spend(tx: &mut Tx, analyser: Analyser, day: NaiveDate, tokens: u32) -> Result<()> {
    let tokens = i64::from(tokens);
    execute!(tx, SPEND, analyser.as_str(), day, tokens)?;
    Ok(())
}

#[cfg(test)]
const SPENT: &str = "
select requests, tokens
from analyser_days
where analyser = $1 and day = $2";

/// Requests and tokens of a day.
#[cfg(test)]
pub(crate) async fn spent(db: &Db, analyser: Analyser, day: NaiveDate) -> Result<(i64, i64)> {
    let found: Option<(i64, i64)> = on_read!(db, |pool| {
        sqlx::query_as(SPENT).bind(analyser.as_str()).bind(day).fetch_optional(pool).await
    })?;
    Ok(found.unwrap_or_default())
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] =
    &[("OF", OF), ("TELL", TELL), ("SINCE", SINCE), ("RESERVE", RESERVE), ("SPEND", SPEND), ("SPENT", SPENT)];
