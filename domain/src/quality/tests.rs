//! Planted faults, each beside the clean history it was planted in.
//!
//! The kinds follow the bad/fixed pairs that yfinance publishes for its price repair (folder `tests/data` of
//! its repository: `*-1d-100x-error.csv`, `*-1d-bad-stock-split.csv`, `*-missing-div-adjust.csv`,
//! `*-bad-div.csv`, `*-1d-zeroes.csv`); the prices are those of AAPL around its dividend of 0.22 on
//! 4 February 2022, as printed by the press.

use super::*;
use crate::{
    Bar, Interval, Kind, Symbol,
    bar::{Dividend, Split},
};
use chrono::{DateTime, NaiveDate, Utc};

mod clean;
mod faults;
mod others;

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn now() -> DateTime<Utc> {
    Bar::label(date("2022-03-11"))
}

/// A bundled daily history up to the market date, by the name of its file.
fn bundled(file: &str) -> Vec<Bar> {
    shipped(file).into_iter().filter(|bar| bar.time < now()).collect()
}

/// All that a bundled file holds, also beyond the market date.
fn shipped(file: &str) -> Vec<Bar> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/bars").join(file);
    let file = std::fs::File::open(path).expect("a bundled file");
    let mut reader = csv::Reader::from_reader(flate2::read::GzDecoder::new(file));
    let number = |text: &str| (!text.is_empty()).then(|| text.parse::<f64>().expect("a number"));
    reader
        .records()
        .map(|record| {
            let record = record.expect("a row");
            Bar {
                time: Bar::label(date(&record[0])),
                open: number(&record[1]),
                high: number(&record[2]),
                low: number(&record[3]),
                close: number(&record[4]).expect("a close"),
                adj_close: number(&record[5]),
                volume: number(&record[6]),
            }
        })
        .collect()
}

/// The bundled splits of a history, by the name of its file; some come after the market date.
fn splits_of(file: &str) -> Vec<Split> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/splits.csv");
    let mut reader = csv::Reader::from_path(path).expect("the bundled splits");
    let number = |text: &str| text.parse::<f64>().expect("a number");
    reader
        .records()
        .map(|record| record.expect("a row"))
        .filter(|record| file.strip_suffix(".csv.gz") == Some(&record[0]))
        .map(|record| Split { denominator: number(&record[3]), ..split(&record[1], number(&record[2])) })
        .collect()
}

/// The bars of AAPL, `count` of them up to the market date.
fn apple(count: usize) -> Vec<Bar> {
    let all = bundled("AAPL.csv.gz");
    all[all.len() - count..].to_vec()
}

/// What is judged; by default a history of AAPL with the splits it had.
struct Case {
    bars: Vec<Bar>,
    known: Vec<Bar>,
    splits: Vec<Split>,
    dividends: Option<Vec<Dividend>>,
    told: Option<&'static str>,
    kind: Kind,
    now: DateTime<Utc>,
    sessions: Sessions,
}

impl Case {
    fn of(bars: Vec<Bar>) -> Case {
        let splits = [("2014-06-09", 7.0), ("2020-08-31", 4.0)];
        Case {
            bars,
            known: vec![],
            splits: splits.map(|(day, ratio)| split(day, ratio)).to_vec(),
            dividends: None,
            told: None,
            kind: Kind::Equity,
            now: now(),
            sessions: Sessions::American,
        }
    }

    fn judge(&self) -> Report {
        judge(&Batch {
            symbol: &symbol(),
            kind: self.kind,
            interval: Interval::Day1,
            bars: &self.bars,
            known: &self.known,
            splits: &self.splits,
            dividends: self.dividends.as_deref(),
            currency: ("USD", self.told),
            now: self.now,
            sessions: self.sessions,
        })
    }
}

fn symbol() -> Symbol {
    Symbol::parse("AAPL").expect("a symbol")
}

fn split(day: &str, numerator: f64) -> Split {
    Split { symbol: symbol(), date: date(day), numerator, denominator: 1.0 }
}

fn dividend(day: &str, amount: f64) -> Dividend {
    Dividend { symbol: symbol(), date: date(day), amount }
}

/// Dividends of AAPL as the company announced them, on the basis after the split of 2020.
fn paid() -> Vec<Dividend> {
    [
        ("2020-11-06", 0.205),
        ("2021-02-05", 0.205),
        ("2021-05-07", 0.22),
        ("2021-08-06", 0.22),
        ("2021-11-05", 0.22),
        ("2022-02-04", 0.22),
    ]
    .map(|(day, amount)| dividend(day, amount))
    .to_vec()
}

/// Every finding: date, rule and whether the record was rejected.
fn found(report: &Report) -> Vec<(String, Rule, bool)> {
    let bars = report.bars.iter().flat_map(|bar| {
        bar.rules().map(|rule| (bar.raw.date().to_string(), rule, bar.is_rejected())).collect::<Vec<_>>()
    });
    let dividends = report.dividends.iter().flat_map(|each| {
        each.rules().map(|rule| (each.raw.date.to_string(), rule, each.is_rejected())).collect::<Vec<_>>()
    });
    bars.chain(dividends).collect()
}

/// The stored bars equal the clean ones to a millionth.
fn assert_restored(report: &Report, clean: &[Bar]) {
    let stored: Vec<&Bar> = report.accepted().collect();
    assert_eq!(stored.len(), clean.len());
    let near = |a: f64, b: f64| (a / b - 1.0).abs() < 1e-6;
    let same = |a: Option<f64>, b: Option<f64>| match (a, b) {
        (Some(a), Some(b)) => near(a, b),
        (a, b) => a == b,
    };
    for (stored, clean) in stored.into_iter().zip(clean) {
        let all = near(stored.close, clean.close)
            && same(stored.open, clean.open)
            && same(stored.high, clean.high)
            && same(stored.low, clean.low)
            && same(stored.adj_close, clean.adj_close);
        assert!(all, "{stored:?}\n{clean:?}");
    }
}
