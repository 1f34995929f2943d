//! The indicators against TA-Lib: see `fixtures/README.md` for how its values were made.

use chrono::NaiveDate;
use domain::{
    Bar,
    indicator::{IndicatorRow, rows},
};
use std::{fs::File, path::Path};

/// Bars of a fixture, each with what TA-Lib said about it: nothing if not written down.
type Fixture = (Vec<Bar>, Vec<Option<Vec<Option<f64>>>>);

fn fixture(name: &str) -> Fixture {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    let file = flate2::read::GzDecoder::new(File::open(path).expect("the fixture is there"));
    let number = |text: &str| text.parse::<f64>().expect("a number");
    let mut reader = csv::Reader::from_reader(file);
    assert_eq!(reader.headers().expect("a header").iter().skip(6).collect::<Vec<_>>(), NAMES);
    let read = |record: Result<csv::StringRecord, csv::Error>| {
        let record = record.expect("a row");
        let bar = Bar {
            time: Bar::label(record[0].parse::<NaiveDate>().expect("a date")),
            open: Some(number(&record[1])),
            high: Some(number(&record[2])),
            low: Some(number(&record[3])),
            close: number(&record[4]),
            adj_close: None,
            volume: Some(number(&record[5])),
        };
        let value = |text: &str| (!text.is_empty()).then(|| number(text));
        let known = &record[6] != "-";
        (bar, known.then(|| record.iter().skip(6).map(value).collect()))
    };
    reader.records().map(read).unzip()
}

const NAMES: [&str; 14] = [
    "sma20",
    "sma50",
    "sma200",
    "ema12",
    "ema26",
    "rsi14",
    "macd",
    "macdSignal",
    "macdHistogram",
    "bbUpper",
    "bbMiddle",
    "bbLower",
    "atr14",
    "obv",
];

fn values(row: &IndicatorRow) -> [Option<f64>; 14] {
    [
        row.sma20,
        row.sma50,
        row.sma200,
        row.ema12,
        row.ema26,
        row.rsi14,
        row.macd,
        row.macd_signal,
        row.macd_histogram,
        row.bb_upper,
        row.bb_middle,
        row.bb_lower,
        row.atr14,
        row.obv,
    ]
}

fn agrees(name: &str, bars: usize) {
    let (series, expected) = fixture(name);
    assert_eq!(series.len(), bars);
    for (at, (row, expected)) in rows(&series).iter().zip(expected).enumerate() {
        let Some(expected) = expected else { continue };
        for ((indicator, ours), theirs) in NAMES.iter().zip(values(row)).zip(expected) {
            match (ours, theirs) {
                (None, None) => {}
                (Some(ours), Some(theirs)) => {
                    let apart = (ours - theirs).abs();
                    assert!(apart <= 1e-9 * theirs.abs(), "{indicator} at bar {at}: {ours}, TA-Lib {theirs}");
                }
                _ => panic!("{indicator} at bar {at}: {ours:?}, TA-Lib {theirs:?}"),
            }
        }
    }
}

#[test]
fn ten_years_of_apple_agree_with_ta_lib() {
    agrees("aapl.csv.gz", 2699);
}

#[test]
fn thirty_two_years_of_microsoft_agree_with_ta_lib() {
    agrees("msft.csv.gz", 8111);
}

#[test]
fn every_indicator_starts_at_the_bar_ta_lib_starts_it() {
    let (series, _) = fixture("aapl.csv.gz");
    let rows = rows(&series);
    let first = |column: usize| rows.iter().position(|row| values(row)[column].is_some());
    // TA-Lib's lookback of each function with these periods, as its documentation gives them.
    let lookback = [19, 49, 199, 11, 25, 14, 33, 33, 33, 19, 19, 19, 14, 0];
    for (column, expected) in lookback.into_iter().enumerate() {
        assert_eq!(first(column), Some(expected), "{}", NAMES[column]);
    }
}
