//! Crossings as they happened, which states of histories were looked at, and how the signals did over all. Market-wide.

use super::rows;
use crate::{
    error::{Error, Result},
    store::{Db, Tx, execute, on_read},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    Symbol,
    event::SignalFired,
    signal::{Action, Signal, SignalKind, UniverseScores},
};
use sqlx::types::Json;
use std::{collections::HashMap, slice};

const INSERT: &str = "
insert into signal_events (symbol, time, kind, action, strength, reason, bars_used, told, noted_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict (symbol, time, kind, action) do nothing";

/// Keeps signals, each at the bar that starts at `signal.time`; how many were not there yet.
async fn keep(
    tx: &mut Tx,
    symbol: &Symbol,
    signals: &[Signal],
    told: bool,
    at: DateTime<Utc>,
) -> Result<u64> {
    Ok(rows::insert_all!(tx, INSERT, signals, |signal| (
        symbol.as_str(),
        signal.time.timestamp(),
        signal.kind.as_str(),
        word(signal.action),
        signal.strength,
        &signal.reason,
        i64::from(signal.bars_used),
        told,
        at
    )))
}

/// Keeps a signal that is to be told; true when it was not there yet. Who gets true is the one to tell.
pub(crate) async fn note(tx: &mut Tx, symbol: &Symbol, signal: &Signal, at: DateTime<Utc>) -> Result<bool> {
    Ok(keep(tx, symbol, slice::from_ref(signal), true, at).await? > 0)
}

/// Keeps the signals of the history that a symbol came with: nobody is told of those.
pub(crate) async fn fill(tx: &mut Tx, symbol: &Symbol, signals: &[Signal], at: DateTime<Utc>) -> Result<()> {
    keep(tx, symbol, signals, false, at).await?;
    Ok(())
}

#[derive(sqlx_macros::FromRow)]
struct Row {
    symbol: String,
    time: i64,
    kind: String,
    action: String,
    strength: Option<f64>,
    reason: String,
    bars_used: i64,
}

impl Row {
    fn fired(self) -> Result<SignalFired> {
        let broken = || Error::Internal(format!("signal of {} at {}", self.symbol, self.time));
        let symbol = Symbol::parse(&self.symbol).ok_or_else(broken)?;
        let signal = Signal {
            time: DateTime::from_timestamp(self.time, 0).ok_or_else(broken)?,
            kind: SignalKind::ALL.into_iter().find(|kind| kind.as_str() == self.kind).ok_or_else(broken)?,
            action: ACTIONS.into_iter().find(|each| word(*each) == self.action).ok_or_else(broken)?,
            strength: self.strength,
            bars_used: u32::try_from(self.bars_used).map_err(|_| broken())?,
            reason: self.reason,
        };
        Ok(SignalFired { symbol, signal, simulated: false })
    }
}

const ACTIONS: [Action; 4] = [Action::Buy, Action::Sell, Action::Neutral, Action::NoData];

fn word(action: Action) -> &'static str {
    match action {
        Action::Buy => "buy",
        Action::Sell => "sell",
        Action::Neutral => "neutral",
        Action::NoData => "no data",
    }
}

const SINCE: &str = "
select symbol, time, kind, action, strength, reason, bars_used
from signal_events
where told and noted_at > $2 and $1 like '%,' || symbol || ',%'
order by noted_at desc, symbol, kind
limit $3";

/// What was told of some symbols since a moment, newest first.
pub(crate) async fn since(
    db: &Db,
    symbols: &[Symbol],
    at: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<SignalFired>> {
    let text = rows::one_text(symbols);
    let found: Vec<Row> =
        on_read!(db, |pool| { sqlx::query_as(SINCE).bind(text).bind(at).bind(limit).fetch_all(pool).await })?;
    found.into_iter().map(Row::fired).collect()
}

const TOLD: &str = "
select symbol, time, kind, action, strength, reason, bars_used
from signal_events
where told = true and noted_at >= $1
order by noted_at, symbol, kind
limit $2";

/// What was told of any symbol since a moment, oldest first.
pub(crate) async fn told(db: &Db, at: DateTime<Utc>, limit: i64) -> Result<Vec<SignalFired>> {
    let found: Vec<Row> =
        on_read!(db, |pool| sqlx::query_as(TOLD).bind(at).bind(limit).fetch_all(pool).await)?;
    found.into_iter().map(Row::fired).collect()
}

const MARKS: &str = "
select symbol, stamp
from signal_marks";

/// Which state of which history was looked at last.
pub(crate) async fn marks(db: &Db) -> Result<HashMap<String, i64>> {
    let found: Vec<(String, i64)> = on_read!(db, |pool| sqlx::query_as(MARKS).fetch_all(pool).await)?;
    Ok(found.into_iter().collect())
}

const MARK: &str = "
insert into signal_marks (symbol, stamp)
values ($1, $2)
on conflict (symbol) do update set stamp = excluded.stamp";

/// Notes which state of a history was looked at.
pub(crate) async fn mark(tx: &mut Tx, symbol: &Symbol, stamp: i64) -> Result<()> {
    execute!(tx, MARK, symbol.as_str(), stamp)?;
    Ok(())
}

const CARD: &str = "
select card
from signal_scorecards
order by day desc
limit 1";

/// The newest scorecard over the universe.
pub(crate) async fn card(db: &Db) -> Result<Option<UniverseScores>> {
    let found: Option<Json<UniverseScores>> =
        on_read!(db, |pool| sqlx::query_scalar(CARD).fetch_optional(pool).await)?;
    Ok(found.map(|card| card.0))
}

const PUT_CARD: &str = "
insert into signal_scorecards (day, made_at, card)
values ($1, $2, $3)
on conflict (day) do update set
  made_at = excluded.made_at,
  card = excluded.card";

/// Keeps the scorecard of a session, in place of an earlier one of the same.
pub(crate) async fn put_card(
    tx: &mut Tx,
    day: NaiveDate,
    card: &UniverseScores,
    at: DateTime<Utc>,
) -> Result<()> {
    execute!(tx, PUT_CARD, day, at, Json(card))?;
    Ok(())
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("INSERT", INSERT),
    ("SINCE", SINCE),
    ("TOLD", TOLD),
    ("MARKS", MARKS),
    ("MARK", MARK),
    ("CARD", CARD),
    ("PUT_CARD", PUT_CARD),
];
