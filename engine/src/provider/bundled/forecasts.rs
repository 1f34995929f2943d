//! Bundled forecasts: a training on the bundled prices, what it says on the market date, what it said before, and how
//! it did. `data/forecasts/README.md` says how they were made.

use super::files;
use chrono::NaiveDate;
use domain::{
    Symbol,
    forecast::{Direction, Forecast, ModelKind, Record, Skill, Target, Training},
};
use serde::Deserialize;

/// The files they are in.
pub const FILES: [&str; 3] = ["forecasts/model.json.gz", "forecasts/skill.csv", "forecasts/forecasts.csv.gz"];
/// Who speaks.
const MODEL: ModelKind = ModelKind::Lstm;

/// What is shipped.
#[derive(Debug, Clone)]
pub struct Forecasts {
    /// Who speaks.
    pub model: ModelKind,
    /// The training, its records, and what it said before the market date.
    pub training: Training,
    /// What it says from the last bundled close of every symbol on.
    pub now: Vec<Forecast>,
}

#[derive(Deserialize)]
struct Model {
    version: String,
    through: NaiveDate,
    seed: u64,
    body: String,
}

#[derive(Deserialize)]
struct SkillRow {
    symbol: Option<Symbol>,
    model: ModelKind,
    horizon: u32,
    mase: f64,
    naive_mase: f64,
    drift_mase: f64,
    directional: Option<f64>,
    coverage80: f64,
    windows: u32,
    has_skill: bool,
}

/// Everything that is shipped of forecasts.
pub fn forecasts() -> Forecasts {
    let [model, skill, forecasts] = FILES;
    let model: Model =
        serde_json::from_str(&files::history(model)).expect("the shipped training is what the trainer wrote");
    let mut past = all(forecasts, &model.version);
    // The newest of each symbol is what it says now; the file has each symbol's days in order, and the newest last.
    let is_last = |at: usize| !past[at + 1..].iter().any(|later| later.symbol == past[at].symbol);
    let last: Vec<usize> = (0..past.len()).filter(|at| is_last(*at)).collect();
    let now: Vec<Forecast> = last.iter().rev().map(|at| past.remove(*at)).collect();
    let Model { version, through, seed, body } = model;
    let training = Training { version, through, seed, body, records: records(skill), past };
    Forecasts { model: MODEL, training, now }
}

fn records(path: &str) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    for row in files::table::<SkillRow>(path) {
        let skill = Skill {
            horizon_days: row.horizon,
            mase: row.mase,
            naive_mase: row.naive_mase,
            drift_mase: row.drift_mase,
            directional: row.directional,
            coverage80: row.coverage80,
            windows: row.windows,
            has_skill: row.has_skill,
        };
        match records.last_mut().filter(|last| last.symbol == row.symbol && last.model == row.model) {
            Some(last) => last.skill.push(skill),
            None => records.push(Record { symbol: row.symbol, model: row.model, skill: vec![skill] }),
        }
    }
    records
}

fn all(path: &str, version: &str) -> Vec<Forecast> {
    let text = files::history(path);
    let forecast = |mut fields: std::str::Split<'_, char>| {
        let symbol = Symbol::parse(fields.next().unwrap_or_default()).expect("a symbol is written first");
        let as_of = files::date(fields.next().unwrap_or_default());
        let mut next = || files::number(fields.next()).expect("no field is empty");
        let (price, bullish_score) = (next(), next());
        let targets = [(); 3].map(|()| {
            let [low80, target_price, high80] = [(); 3].map(|()| next());
            let change = (target_price / price - 1.0) * 100.0;
            Target { target_price, change, trend: Direction::of(change), low80, high80 }
        });
        let model_version = Some(version.to_string());
        Forecast { symbol, model: MODEL, model_version, as_of, current_price: price, targets, bullish_score }
    };
    files::lines(&text).map(forecast).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::bundled::{MARKET_DATE, bars};
    use domain::{Interval, forecast::History};

    #[test]
    fn every_bundled_history_with_enough_closes_has_a_forecast_from_its_last_close() {
        let shipped = forecasts();
        for series in bars().iter().filter(|series| series.interval == Interval::Day1) {
            let history = History::of(series);
            let found = shipped.now.iter().find(|forecast| forecast.symbol == series.symbol);
            assert_eq!(found.is_some(), history.len() > 90, "{}", series.symbol);
            let Some(forecast) = found else { continue };
            assert_eq!(Some(&forecast.as_of), history.dates.last(), "{}", series.symbol);
            assert_eq!(Some(&forecast.current_price), history.closes.last(), "{}", series.symbol);
        }
        assert!(shipped.training.through <= MARKET_DATE);
    }

    // The measure that was asked for: as good as the random walk within 2 %, intervals that hold 75 to 85 %.
    #[test]
    fn the_record_over_all_symbols_is_as_asked_and_claims_no_skill() {
        let shipped = forecasts().training;
        let pooled = shipped.records.iter().find(|each| each.symbol.is_none() && each.model == MODEL);
        let pooled = &pooled.unwrap().skill;
        assert_eq!(pooled.len(), 3);
        for skill in pooled {
            assert!(skill.mase <= 1.02 * skill.naive_mase.min(skill.drift_mase), "{skill:?}");
            assert!((0.75..=0.85).contains(&skill.coverage80), "{skill:?}");
            assert!(skill.windows > 5_000 && !skill.has_skill, "{skill:?}");
        }
    }

    #[test]
    fn every_record_has_twenty_windows_and_every_symbol_that_allows_them_a_record() {
        let shipped = forecasts().training;
        let records = |symbol: &Symbol| {
            shipped.records.iter().find(|each| each.symbol.as_ref() == Some(symbol) && each.model == MODEL)
        };
        for series in bars().iter().filter(|series| series.interval == Interval::Day1) {
            let history = History::of(series);
            let skill = records(&series.symbol).map(|record| record.skill.clone()).unwrap_or_default();
            assert!(skill.iter().all(|skill| skill.windows >= 20), "{}", series.symbol);
            // A year, 20 origins a week apart, 90 closes more.
            assert_eq!(skill.len() == 3, history.len() >= 252 + 95 + 90, "{}", series.symbol);
        }
    }

    #[test]
    fn what_was_said_before_was_said_before() {
        let shipped = forecasts();
        assert!(shipped.training.past.len() > 1_000);
        for past in &shipped.training.past {
            let now = shipped.now.iter().find(|now| now.symbol == past.symbol).unwrap();
            assert!(past.as_of < now.as_of, "{} {}", past.symbol, past.as_of);
        }
    }
}
