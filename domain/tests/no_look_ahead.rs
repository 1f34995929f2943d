//! Indicators and signals of the first t bars are those of all bars up to t, on every bundled symbol.

use chrono::NaiveDate;
use domain::{
    Bar,
    indicator::rows,
    signal::{Composite, Cuts, SignalWatch, first_difference, look_ahead, signals},
};
use std::{
    fs::{File, read_dir},
    path::{Path, PathBuf},
};

fn bars(path: &Path) -> Vec<Bar> {
    let file = flate2::read::GzDecoder::new(File::open(path).expect("a bundled file"));
    let mut reader = csv::Reader::from_reader(file);
    let columns = ["date", "open", "high", "low", "close", "adj_close", "volume"];
    assert_eq!(reader.headers().expect("a header"), &columns[..]);
    let number =
        |text: &str| (!text.is_empty()).then(|| text.parse::<f64>().expect("a number or an absent one"));
    let read = |record: Result<csv::StringRecord, csv::Error>| {
        let record = record.expect("a row");
        Bar {
            time: Bar::label(record[0].parse::<NaiveDate>().expect("a date")),
            open: number(&record[1]),
            high: number(&record[2]),
            low: number(&record[3]),
            close: number(&record[4]).expect("a close"),
            adj_close: number(&record[5]),
            volume: number(&record[6]),
        }
    };
    reader.records().map(read).collect()
}

fn bundled() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/bars");
    let files = read_dir(folder).expect("the bundled bars are there");
    let mut files: Vec<_> = files.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.to_string_lossy().ends_with(".csv.gz"));
    files.sort();
    files
}

#[test]
fn no_bundled_symbol_looks_ahead() {
    let files = bundled();
    assert!(!files.is_empty(), "no bundled bars to test with");
    for path in files {
        let name = path.file_name().expect("a name").to_string_lossy().to_string();
        let bars = bars(&path);
        assert!(!bars.is_empty(), "{name} is empty");
        let (all_rows, all_signals) = (rows(&bars), signals(&bars));
        // Every warm-up bar of the longest indicator, then a dozen places over the history. An odd step,
        // so that no window's own rhythm is met each time.
        let step = (bars.len() / 12).next_multiple_of(2) + 1;
        let cuts = (0..bars.len().min(210)).chain((210..bars.len()).step_by(step)).chain([bars.len() - 1]);
        for cut in cuts {
            let early = &bars[..cut];
            assert_eq!(rows(early), all_rows[..cut], "{name}, first {cut} bars");
            let known = all_signals.iter().take_while(|signal| signal.time < bars[cut].time);
            assert!(signals(early).iter().eq(known), "{name}, signals of the first {cut} bars");
        }
    }
}

fn composites(bars: &[Bar]) -> Vec<Option<Composite>> {
    let mut watch = SignalWatch::new();
    let after = |bar: &Bar| {
        watch.next(bar);
        watch.composite(None)
    };
    bars.iter().map(after).collect()
}

#[test]
fn no_composite_of_a_bundled_symbol_looks_ahead() {
    for path in bundled() {
        let (name, bars) = (path.display(), bars(&path));
        let all = composites(&bars);
        // Some bars of the longest warm-up and a dozen places over the history, by odd steps.
        let step = (bars.len() / 12).next_multiple_of(2) + 1;
        for cut in (1..bars.len().min(210)).step_by(7).chain((210..bars.len()).step_by(step)) {
            assert_eq!(composites(&bars[..cut]), all[..cut], "{name}, first {cut} bars");
        }
    }
}

/// Four years of one bundled symbol.
fn four_years() -> Vec<Bar> {
    let path = bundled().into_iter().find(|path| path.ends_with("AAPL.csv.gz")).expect("Apple is bundled");
    let all = bars(&path);
    all[all.len() - 1000..].to_vec()
}

#[test]
fn the_checker_passes_what_is_honest() {
    assert_eq!(look_ahead(&four_years(), Cuts::Some), []);
}

#[test]
fn the_checker_catches_signals_that_peek_and_names_the_first_bar() {
    let bars = four_years();
    // A mean centred on its bar knows ten closes to come.
    let centred = |bars: &[Bar]| -> Vec<_> {
        let mean = |at: usize| {
            let around = &bars[at.saturating_sub(10)..(at + 11).min(bars.len())];
            around.iter().map(|bar| bar.close).sum::<f64>() / around.len() as f64
        };
        let below = |at: &usize| bars[*at].close < 0.9 * mean(*at);
        (0..bars.len()).filter(below).map(|at| (bars[at].time, "buy".to_string())).collect()
    };
    let found = first_difference(&bars, Cuts::Some, centred).expect("a mean of the future is caught");
    let honest = first_difference(&bars, Cuts::Every, centred).expect("is caught at every bar too");
    assert!(honest.bar <= found.bar && honest.known_until <= found.known_until);
    // A scale taken from the whole history: the highest close of all decides.
    let scaled = |bars: &[Bar]| -> Vec<_> {
        let highest = bars.iter().map(|bar| bar.close).fold(0.0, f64::max);
        let high = bars.iter().filter(|bar| bar.close > 0.8 * highest);
        high.map(|bar| (bar.time, "sell".to_string())).collect()
    };
    let found = first_difference(&bars, Cuts::Some, scaled).expect("a scale of the future is caught");
    assert_eq!(found.bar, bars[0].time, "the first close was the highest while it was the only one");
    // A text that changes with later bars is a difference too.
    let counts = |bars: &[Bar]| vec![(bars[0].time, bars.len().to_string())];
    assert!(first_difference(&bars, Cuts::Some, counts).is_some());
}
