//! Bundled bars: daily ones of every symbol with prices, minute ones of SPY.

use super::{MARKET_DATE, files};
use chrono::{DateTime, Utc};
use domain::{Bar, Interval, Series, Symbol};

/// All bundled bars up to [`MARKET_DATE`], a series per symbol and interval, daily ones first.
pub fn bars() -> Vec<Series> {
    let daily = files::about("bars").map(|(name, entry)| Series {
        symbol: symbol(name),
        interval: Interval::Day1,
        bars: daily(&entry.path),
    });
    let minute = files::about("minute").map(|(name, entry)| Series {
        symbol: symbol(name),
        interval: Interval::Minute1,
        bars: minute(&entry.path),
    });
    daily.chain(minute).collect()
}

fn symbol(name: &str) -> Symbol {
    Symbol::parse(name).unwrap_or_else(|| panic!("{name} is a bundled symbol"))
}

fn daily(path: &str) -> Vec<Bar> {
    let text = files::history(path);
    files::lines(&text)
        .map(|mut fields| {
            let date = files::date(fields.next().unwrap_or_default());
            let mut next = || files::number(fields.next());
            let [open, high, low, close, adj_close, volume] = [(); 6].map(|()| next());
            Bar { time: Bar::label(date), open, high, low, close: kept(close), adj_close, volume }
        })
        .take_while(|bar| bar.date() <= MARKET_DATE)
        .collect()
}

fn minute(path: &str) -> Vec<Bar> {
    let text = files::history(path);
    files::lines(&text)
        .map(|mut fields| {
            let time = instant(fields.next().unwrap_or_default());
            let mut next = || files::number(fields.next());
            let [open, high, low, close, volume] = [(); 5].map(|()| next());
            Bar { time, open, high, low, close: kept(close), adj_close: None, volume }
        })
        .take_while(|bar| bar.date() <= MARKET_DATE)
        .collect()
}

fn kept(close: Option<f64>) -> f64 {
    close.expect("the converter keeps rows with a close only")
}

fn instant(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).expect("the converter writes instants as RFC 3339").to_utc()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn last(symbol: &str) -> Bar {
        let all = bars();
        let series = all.iter().find(|series| series.symbol.as_str() == symbol).unwrap();
        *series.bars.last().unwrap()
    }

    // Closes of 10 March 2022 as printed by the press that day.
    #[test]
    fn starter_symbols_close_at_what_people_saw_on_the_market_date() {
        let printed = [
            ("AAPL", 158.52),
            ("MSFT", 285.59),
            ("GOOG", 2653.64),
            ("AMZN", 2936.35),
            ("TSLA", 838.30),
            ("NVDA", 226.58),
        ];
        for (symbol, close) in printed {
            let bar = last(symbol);
            assert_eq!((bar.date(), bar.close), (MARKET_DATE, close), "{symbol}");
        }
    }

    #[test]
    fn bars_are_ordered_positive_and_never_after_the_market_date() {
        let all = bars();
        assert!(all.len() > 50);
        for series in &all {
            assert!(!series.bars.is_empty(), "{}", series.symbol);
            assert!(series.bars.windows(2).all(|pair| pair[0].time < pair[1].time), "{}", series.symbol);
            assert!(series.bars.iter().all(|bar| bar.close > 0.0 && bar.date() <= MARKET_DATE));
            for bar in series.bars.iter().filter(|bar| bar.volume.is_some()) {
                assert!(bar.volume > Some(0.0), "{} {}", series.symbol, bar.time);
            }
        }
    }

    #[test]
    fn a_split_leaves_no_jump_in_the_prices() {
        let all = bars();
        for split in crate::provider::bundled::splits() {
            let Some(series) = all.iter().find(|series| series.symbol == split.symbol) else { continue };
            let Some(at) = series.bars.iter().position(|bar| bar.date() >= split.date) else { continue };
            // A gap in the data is no split, and the first bar has none before it.
            let Some(before) = at.checked_sub(1).map(|before| series.bars[before]) else { continue };
            if series.bars[at].date() - before.date() < chrono::Duration::days(7) {
                let ratio = series.bars[at].close / before.close;
                assert!((0.8..1.25).contains(&ratio), "{} {} {ratio}", split.symbol, split.date);
            }
        }
    }

    // The fall of 12 March 2020, the largest of those years, as the press reported it.
    #[test]
    fn bitcoin_falls_on_the_day_it_fell() {
        let all = bars();
        let series = all.iter().find(|series| series.symbol.as_str() == "BTC-USD").unwrap();
        let fall = |pair: &[Bar]| pair[1].close / pair[0].close;
        let worst = series.bars.windows(2).min_by(|a, b| fall(a).total_cmp(&fall(b))).unwrap();
        assert_eq!(worst[1].date().to_string(), "2020-03-12");
    }

    #[test]
    fn minutes_of_spy_start_with_the_opening_bell_in_utc() {
        let all = bars();
        let minutes = all.iter().find(|series| series.interval == Interval::Minute1).unwrap();
        assert_eq!(minutes.bars[0].time.to_rfc3339(), "2020-12-15T14:30:00+00:00");
        assert_eq!(minutes.bars.len(), 1564);
    }

    #[test]
    fn close_only_series_have_no_made_up_values() {
        let vix = last("^VIX");
        assert_eq!((vix.open, vix.high, vix.low, vix.volume, vix.adj_close), (None, None, None, None, None));
    }
}
