//! Forecasts, the trainings they come from, and how models did.

use super::rows;
use crate::{
    error::{Error, Result},
    store::{Db, Tx, execute, on_read, on_tx},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    Symbol,
    forecast::{Direction, Forecast, ModelKind, Record, Skill, Target, Training},
};

/// Where a row came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// With the program.
    Bundled,
    /// What a training would have said about days before it.
    Rolled,
    /// Made here, on its day; of a training: learnt here.
    Made,
}

impl Origin {
    fn as_str(self) -> &'static str {
        match self {
            Origin::Bundled => "bundled",
            Origin::Rolled => "rolled",
            Origin::Made => "made",
        }
    }
}

const INSERT_MODEL: &str = "
insert into forecast_models (version, model, trained_through, trained_at, seed, source, body)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (version) do nothing";

const INSERT: &str = "
insert into forecasts (symbol, as_of, model, version, price, short_low80, short_target, short_high80, medium_low80,
  medium_target, medium_high80, long_low80, long_target, long_high80, bullish, made_at, source)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
on conflict (symbol, as_of, model) do nothing";

/// Keeps forecasts, each symbol, day and model at most once; what was said before stays. How many were new.
pub(crate) async fn insert(tx: &mut Tx, origin: Origin, all: &[Forecast], at: DateTime<Utc>) -> Result<u64> {
    let mut new = 0;
    for some in all.chunks(rows::ROWS) {
        let sql = rows::many(tx, INSERT, some.len());
        new += on_tx!(tx, |conn| {
            let mut query = sqlx::query(sql);
            for each in some {
                query = query
                    .bind(each.symbol.as_str())
                    .bind(each.as_of)
                    .bind(each.model.as_str())
                    .bind(each.model_version.as_deref())
                    .bind(each.current_price);
                for target in each.targets {
                    query = query.bind(target.low80).bind(target.target_price).bind(target.high80);
                }
                query = query.bind(each.bullish_score).bind(at).bind(origin.as_str());
            }
            query.execute(conn).await.map(|done| done.rows_affected())
        })?;
    }
    Ok(new)
}

/// A training and the origin of everything that came with it.
pub(crate) async fn insert_model(
    tx: &mut Tx,
    origin: Origin,
    model: ModelKind,
    training: &Training,
    at: DateTime<Utc>,
) -> Result<()> {
    execute!(
        tx,
        INSERT_MODEL,
        &training.version,
        model.as_str(),
        training.through,
        at,
        training.seed.cast_signed(),
        origin.as_str(),
        &training.body
    )?;
    Ok(())
}

const SET_SKILL: &str = "
insert into forecast_skill (symbol, model, horizon_days, mase, naive_mase, drift_mase, directional, coverage80,
  windows, has_skill)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict (symbol, model, horizon_days) do update set
  mase = excluded.mase,
  naive_mase = excluded.naive_mase,
  drift_mase = excluded.drift_mase,
  directional = excluded.directional,
  coverage80 = excluded.coverage80,
  windows = excluded.windows,
  has_skill = excluded.has_skill";

/// Replaces the records; each symbol, model and horizon at most once.
pub(crate) async fn set_skill(tx: &mut Tx, records: &[Record]) -> Result<()> {
    let all: Vec<(&str, ModelKind, Skill)> = records
        .iter()
        .flat_map(|record| {
            let symbol = record.symbol.as_ref().map_or("", Symbol::as_str);
            record.skill.iter().map(move |skill| (symbol, record.model, *skill))
        })
        .collect();
    rows::insert_all!(tx, SET_SKILL, all, |(symbol, model, skill)| (
        *symbol,
        model.as_str(),
        i64::from(skill.horizon_days),
        skill.mase,
        skill.naive_mase,
        skill.drift_mase,
        skill.directional,
        skill.coverage80,
        i64::from(skill.windows),
        skill.has_skill
    ));
    Ok(())
}

const FORGET: &str = "delete from forecasts where source = 'bundled'";
const FORGET_MODELS: &str = "delete from forecast_models where source = 'bundled'";

/// Removes what an earlier version of the program brought.
pub(crate) async fn forget_bundled(tx: &mut Tx) -> Result<()> {
    execute!(tx, FORGET)?;
    execute!(tx, FORGET_MODELS)?;
    Ok(())
}

const NEWEST_MODEL: &str = "
select version, trained_through, body
from forecast_models
where model = $1
order by trained_through desc, trained_at desc
limit 1";

/// A training as it is kept.
#[derive(sqlx_macros::FromRow)]
pub(crate) struct Kept {
    pub(crate) version: String,
    pub(crate) trained_through: NaiveDate,
    pub(crate) body: String,
}

/// The newest training of a kind of model.
pub(crate) async fn newest_model(db: &Db, model: ModelKind) -> Result<Option<Kept>> {
    Ok(on_read!(db, |pool| sqlx::query_as(NEWEST_MODEL).bind(model.as_str()).fetch_optional(pool).await)?)
}

#[derive(sqlx_macros::FromRow)]
struct Row {
    symbol: String,
    as_of: NaiveDate,
    model: String,
    version: Option<String>,
    price: f64,
    short_low80: f64,
    short_target: f64,
    short_high80: f64,
    medium_low80: f64,
    medium_target: f64,
    medium_high80: f64,
    long_low80: f64,
    long_target: f64,
    long_high80: f64,
    bullish: f64,
}

impl Row {
    fn forecast(self) -> Result<Forecast> {
        let broken = |what: &str| Error::Internal(format!("a forecast in the store has the {what}"));
        let price = self.price;
        let target = |low80, target_price, high80| {
            let change = (target_price / price - 1.0) * 100.0;
            Target { target_price, change, trend: Direction::of(change), low80, high80 }
        };
        Ok(Forecast {
            symbol: Symbol::parse(&self.symbol).ok_or_else(|| broken("symbol of nobody"))?,
            model: ModelKind::parse(&self.model).ok_or_else(|| broken("model of nobody"))?,
            model_version: self.version,
            as_of: self.as_of,
            current_price: price,
            targets: [
                target(self.short_low80, self.short_target, self.short_high80),
                target(self.medium_low80, self.medium_target, self.medium_high80),
                target(self.long_low80, self.long_target, self.long_high80),
            ],
            bullish_score: self.bullish,
        })
    }
}

const OF: &str = "
select symbol, as_of, model, version, price, short_low80, short_target, short_high80, medium_low80, medium_target,
  medium_high80, long_low80, long_target, long_high80, bullish
from forecasts
where symbol = $1
order by as_of desc, made_at desc
limit $2";

/// What was said about a symbol, newest first, by any model.
pub(crate) async fn of(db: &Db, symbol: &Symbol, limit: i64) -> Result<Vec<Forecast>> {
    let found: Vec<Row> =
        on_read!(db, |pool| { sqlx::query_as(OF).bind(symbol.as_str()).bind(limit).fetch_all(pool).await })?;
    found.into_iter().map(Row::forecast).collect()
}

const MADE: &str = "
select symbol, as_of, model, version, price, short_low80, short_target, short_high80, medium_low80, medium_target,
  medium_high80, long_low80, long_target, long_high80, bullish
from forecasts
where source = 'made' and made_at >= $1
order by made_at, symbol
limit $2";

/// What was said here of any symbol since a moment, oldest first. There is no index for it: not to be asked often.
pub(crate) async fn made(db: &Db, since: DateTime<Utc>, limit: i64) -> Result<Vec<Forecast>> {
    let found: Vec<Row> =
        on_read!(db, |pool| sqlx::query_as(MADE).bind(since).bind(limit).fetch_all(pool).await)?;
    found.into_iter().map(Row::forecast).collect()
}

const NEWEST: &str = "
select symbol, max(as_of)
from forecasts
where model = $1 and $2 like '%,' || symbol || ',%'
group by symbol";

/// The day of the newest forecast of each symbol by a kind of model; those without any are left out.
pub(crate) async fn newest(
    db: &Db,
    model: ModelKind,
    symbols: &[Symbol],
) -> Result<Vec<(Symbol, NaiveDate)>> {
    let text = rows::one_text(symbols);
    let found: Vec<(String, NaiveDate)> = on_read!(db, |pool| {
        sqlx::query_as(NEWEST).bind(model.as_str()).bind(text).fetch_all(pool).await
    })?;
    Ok(found.into_iter().filter_map(|(symbol, day)| Some((Symbol::parse(&symbol)?, day))).collect())
}

const SKILL: &str = "
select model, horizon_days, mase, naive_mase, drift_mase, directional, coverage80, windows, has_skill
from forecast_skill
where symbol = $1
order by model, horizon_days";

#[derive(sqlx_macros::FromRow)]
struct SkillRow {
    model: String,
    horizon_days: i64,
    mase: f64,
    naive_mase: f64,
    drift_mase: f64,
    directional: Option<f64>,
    coverage80: f64,
    windows: i64,
    has_skill: bool,
}

/// The records of every model for a symbol; for all symbols together without one.
pub(crate) async fn skill(db: &Db, symbol: Option<&Symbol>) -> Result<Vec<(ModelKind, Skill)>> {
    let name = symbol.map_or("", Symbol::as_str);
    let found: Vec<SkillRow> = on_read!(db, |pool| sqlx::query_as(SKILL).bind(name).fetch_all(pool).await)?;
    let record = |row: SkillRow| {
        let skill = Skill {
            horizon_days: u32::try_from(row.horizon_days).ok()?,
            mase: row.mase,
            naive_mase: row.naive_mase,
            drift_mase: row.drift_mase,
            directional: row.directional,
            coverage80: row.coverage80,
            windows: u32::try_from(row.windows).ok()?,
            has_skill: row.has_skill,
        };
        Some((ModelKind::parse(&row.model)?, skill))
    };
    Ok(found.into_iter().filter_map(record).collect())
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("INSERT_MODEL", INSERT_MODEL),
    ("INSERT", INSERT),
    ("SET_SKILL", SET_SKILL),
    ("FORGET", FORGET),
    ("FORGET_MODELS", FORGET_MODELS),
    ("NEWEST_MODEL", NEWEST_MODEL),
    ("OF", OF),
    ("MADE", MADE),
    ("NEWEST", NEWEST),
    ("SKILL", SKILL),
];
