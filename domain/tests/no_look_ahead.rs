//! Indicators and signals of the first t bars are those of all bars up to t, on every bundled symbol.

use chrono::NaiveDate;
use domain::{Bar, indicator::rows, signal::signals};
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
