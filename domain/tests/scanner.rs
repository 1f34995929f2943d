//! Scans by their definitions, worked out by hand; filters by their grammar; and that no text does harm.

use chrono::{Duration, NaiveDate};
use domain::{
    Bar, Instrument, Kind, Sector, Symbol,
    scanner::{
        FIELDS, Filter, Found, MAX_FILTER_CHARS, Scan, Snapshot, Sort, Timeframe, WRITTEN_AS, as_csv,
        complete, scan, screened,
    },
};
use proptest::prelude::*;

fn instrument(symbol: &str, kind: Kind, sector: Option<Sector>) -> Instrument {
    Instrument {
        symbol: Symbol::parse(symbol).expect("a symbol"),
        name: format!("{symbol}, Inc."),
        kind,
        sector,
        industry: None,
        exchange: None,
        currency: "USD".into(),
        market_cap: None,
        active: true,
    }
}

/// Days from 4 January 2021 on, weekends included; high and low one away from the close.
fn days(closes: &[f64], volume: f64) -> Vec<Bar> {
    let first = NaiveDate::from_ymd_opt(2021, 1, 4).expect("a date");
    let bar = |(at, close): (usize, &f64)| Bar {
        time: Bar::label(first + Duration::days(at as i64)),
        open: Some(*close),
        high: Some(close + 1.0),
        low: Some(close - 1.0),
        close: *close,
        adj_close: None,
        volume: Some(volume),
    };
    closes.iter().enumerate().map(bar).collect()
}

fn snapshot_of(symbol: &str, kind: Kind, bars: &[Bar]) -> Snapshot {
    let sector = Some(Sector::InformationTechnology);
    Snapshot::of(&instrument(symbol, kind, sector), bars, Timeframe::Daily, None).expect("has a close")
}

fn snapshot(symbol: &str, closes: &[f64]) -> Snapshot {
    snapshot_of(symbol, Kind::Equity, &days(closes, 1000.0))
}

/// Flat at 100 but for the last close.
fn flat_then(last: f64, count: usize) -> Vec<f64> {
    let mut closes = vec![100.0; count];
    closes[count - 1] = last;
    closes
}

fn symbols(found: &Found) -> Vec<&str> {
    found.items.iter().map(|item| item.symbol.as_str()).collect()
}

#[test]
fn gainers_and_losers_come_by_the_size_of_their_change() {
    let all = [
        snapshot("UP1", &[100.0, 101.0]),
        snapshot("UP5", &[100.0, 105.0]),
        snapshot("DOWN", &[100.0, 98.0]),
        snapshot("SAME", &[100.0, 100.0]),
        snapshot("NEW", &[100.0]),
    ];
    let gainers = scan(Scan::Gainers, &all, 10);
    assert_eq!(symbols(&gainers), ["UP5", "UP1"]);
    assert!((gainers.items[0].change_percent.unwrap() - 5.0).abs() < 1e-12);
    assert_eq!(symbols(&scan(Scan::Losers, &all, 10)), ["DOWN"]);
    let one = scan(Scan::Gainers, &all, 1);
    assert_eq!((one.items.len(), one.total, one.symbols), (1, 2, 5), "what is cut off is counted");
}

#[test]
fn a_volume_is_unusual_from_twice_the_mean_of_the_twenty_bars_before() {
    let mut twice = days(&[100.0; 21], 1000.0);
    twice[20].volume = Some(2000.0);
    let mut less = days(&[100.0; 21], 1000.0);
    less[20].volume = Some(1999.0);
    let mut short = days(&[100.0; 20], 1000.0);
    short[19].volume = Some(9000.0);
    let all = [
        snapshot_of("TWICE", Kind::Equity, &twice),
        snapshot_of("LESS", Kind::Equity, &less),
        snapshot_of("SHORT", Kind::Equity, &short),
        snapshot_of("INDEX", Kind::Index, &twice),
    ];
    let found = scan(Scan::UnusualVolume, &all, 10);
    assert_eq!(symbols(&found), ["TWICE"]);
    assert_eq!(all[0].relative_volume(), Some(2.0));
    assert_eq!(symbols(&scan(Scan::Active, &all, 10))[0], "SHORT", "the most units come first");
}

#[test]
fn a_breakout_names_the_longest_range_the_close_left() {
    // The highest price of a flat range is 101: a close of 101 is none.
    let touch = snapshot("TOUCH", &flat_then(101.0, 60));
    let fifty = snapshot("FIFTY", &flat_then(101.5, 60));
    let year = snapshot("YEAR", &flat_then(101.5, 253));
    let mut closes = flat_then(101.5, 60);
    closes[20] = 110.0; // inside of the last 50 bars, outside of the last 20
    let twenty = snapshot("TWENTY", &closes);
    let down = snapshot("DOWN", &flat_then(98.5, 60));
    let all = [touch, fifty, year, twenty, down];
    assert_eq!(symbols(&scan(Scan::Breakouts, &all, 10)), ["YEAR", "FIFTY", "TWENTY"]);
    assert_eq!(symbols(&scan(Scan::Breakdowns, &all, 10)), ["DOWN"]);
    let broken = |text: &str| symbols(&screened(&Filter::parse(text).unwrap(), &all, None, 10)).len();
    assert_eq!((broken("brokenHigh = 252"), broken("brokenHigh = 50"), broken("brokenHigh = 20")), (1, 1, 1));
    assert_eq!((broken("brokenHigh = 0"), broken("brokenLow = 50")), (2, 1));
}

#[test]
fn a_new_high_needs_a_year_of_bars_before_it() {
    let all = [snapshot("NEW", &flat_then(103.0, 253)), snapshot("YOUNG", &flat_then(103.0, 252))];
    assert_eq!(symbols(&scan(Scan::NewHighs, &all, 10)), ["NEW"]);
    let all = [snapshot("NEW", &flat_then(97.0, 253)), snapshot("YOUNG", &flat_then(97.0, 252))];
    assert_eq!(symbols(&scan(Scan::NewLows, &all, 10)), ["NEW"]);
}

#[test]
fn rising_prices_are_overbought_and_trend_up() {
    let rising: Vec<f64> = (0..260).map(|at| 100.0 + at as f64).collect();
    let falling: Vec<f64> = rising.iter().rev().copied().collect();
    let all = [snapshot("RISE", &rising), snapshot("FALL", &falling), snapshot("FLAT", &[100.0; 260])];
    assert_eq!(symbols(&scan(Scan::Overbought, &all, 10)), ["RISE"]);
    assert_eq!(symbols(&scan(Scan::Oversold, &all, 10)), ["FALL"]);
    assert_eq!(symbols(&scan(Scan::Uptrends, &all, 10)), ["RISE"]);
    assert_eq!(symbols(&scan(Scan::Downtrends, &all, 10)), ["FALL"]);
    assert_eq!(symbols(&scan(Scan::Sideways, &all, 10)), ["FLAT"]);
}

#[test]
fn a_level_is_near_within_half_an_average_range() {
    // Swing lows of 89 at two places; true ranges of 2 except where it turns, so half an ATR is about one.
    let mut closes = vec![100.0; 60];
    (closes[20], closes[30]) = (90.0, 90.0);
    closes[59] = 89.5;
    let near = snapshot("NEAR", &closes);
    let level = near.lay.support[0];
    assert_eq!((level.price, level.touches), (89.0, 2));
    let within = (89.5 - 89.0) / near.row.atr14.unwrap();
    assert!(within < 0.5);
    assert_eq!(symbols(&scan(Scan::NearSupport, &[near, snapshot("FAR", &[100.0; 60])], 10)), ["NEAR"]);
}

#[test]
fn a_screen_is_ordered_before_it_is_cut() {
    // By money traded B, D, C, A, E; by change A (+3 %), C (+1 %), B and D (0), and E has one bar only.
    let traded =
        |symbol: &str, closes: &[f64], volume| snapshot_of(symbol, Kind::Equity, &days(closes, volume));
    let all = [
        traded("A", &[100.0, 103.0], 10.0),
        traded("D", &[100.0, 100.0], 30.0),
        traded("C", &[100.0, 101.0], 20.0),
        traded("E", &[100.0], 5.0),
        traded("B", &[100.0, 100.0], 40.0),
    ];
    let filter = Filter::parse("close > 5").unwrap();
    let first = |sort: Option<Sort>, limit: usize| screened(&filter, &all, sort, limit);
    assert_eq!(symbols(&first(None, 3)), ["B", "D", "C"]);
    let by = |column: &str, ascending: bool| Some(Sort::by(column, ascending).unwrap());
    assert_eq!(symbols(&first(by("changePercent", false), 2)), ["A", "C"]);
    assert_eq!(symbols(&first(by("changePercent", true), 3)), ["B", "D", "C"], "of equals, by symbol");
    assert_eq!(
        symbols(&first(by("changePercent", true), 5))[4],
        "E",
        "what is undefined comes last both ways"
    );
    assert_eq!(symbols(&first(by("changePercent", false), 5))[4], "E");
    assert_eq!(symbols(&first(by("symbol", false), 2)), ["E", "D"]);
    let cut = first(by("volume", true), 1);
    assert_eq!((symbols(&cut), cut.total), (vec!["E"], 5), "what is cut off is counted");

    // A table that is there already is put in the same order.
    for (column, ascending) in [("close", true), ("changePercent", false), ("symbol", true)] {
        let sort = Sort::by(column, ascending).unwrap();
        let mut table = first(by("symbol", true), 5);
        sort.apply(&mut table.items);
        assert_eq!(table.items, first(Some(sort), 5).items, "{column}");
    }
}

#[test]
fn weeks_are_bars_of_a_weekly_scan() {
    // 5 January 2021 was a Tuesday: 6 days of the first week, Monday alone of the second.
    let bars = days(&[100.0, 100.0, 100.0, 100.0, 100.0, 100.0, 100.0, 110.0], 10.0);
    let week = Snapshot::of(&instrument("AAPL", Kind::Equity, None), &bars, Timeframe::Weekly, None).unwrap();
    assert!((week.change_percent().unwrap() - 10.0).abs() < 1e-12);
    assert_eq!((week.bar.volume, week.spark.len()), (Some(10.0), 2));
}

fn holds(text: &str) -> bool {
    // RSI is undefined here, SMA 20 is 100, the sector is Information Technology.
    let bars = days(&flat_then(100.0, 30), 1000.0);
    let filter = Filter::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}"));
    filter.matches(&snapshot_of("AAPL", Kind::Equity, &bars))
}

#[test]
fn arithmetic_binds_tighter_than_comparison_and_that_tighter_than_and_before_or() {
    for (text, expected) in [
        ("close = 100", true),
        ("close = 50 + 2 * 25", true),
        ("close = (50 + 2) * 25", false),
        ("close - 10 - 10 = 80", true),
        ("close / 10 / 5 = 2", true),
        ("-close = -100 and - -close = 100", true),
        ("close > 1K or close < 0.2K and volume = 1K", true),
        ("(close > 1K or close < 0.2K) and volume = 2K", false),
        ("not close > 200 and close = 100", true),
        ("not (close > 50 and close < 200)", false),
        ("CLOSE >= 1e2 AND Previous_Close <= 100", true),
        ("100 != close", false),
    ] {
        assert_eq!(holds(text), expected, "{text}");
    }
}

#[test]
fn words_are_compared_whatever_their_case_and_classification() {
    for (text, expected) in [
        ("sector = \"Technology\"", true),
        ("sector = 'information technology'", true),
        ("\"Energy\" = sector", false),
        ("sector != \"Energy\"", true),
        ("kind = \"EQUITY\" and symbol = \"aapl\"", true),
        ("currency = \"usd\"", true),
        ("industry = \"Software\"", false),
        ("industry != \"Software\"", false), // undefined is not different either
    ] {
        assert_eq!(holds(text), expected, "{text}");
    }
}

#[test]
fn what_is_undefined_neither_matches_nor_does_its_opposite() {
    for (text, expected) in [
        ("rsi14 < 30", false),
        ("not rsi14 < 30", false),
        ("rsi14 = rsi14", false),
        ("rsi14 < 30 or close = 100", true),
        ("rsi14 < 30 and close = 100", false),
        ("not (rsi14 < 30 and close = 7)", true),
        ("close / (close - 100) > 0", false),
        ("not close / (close - 100) > 0", false),
    ] {
        assert_eq!(holds(text), expected, "{text}");
    }
}

#[test]
fn every_error_names_its_place() {
    let told: Vec<String> = [
        "",
        "   ",
        "rsi14",
        "sector",
        "close",
        "5 + close",
        "rsi14 < ",
        "rsi14 < 30 and",
        "and rsi14 < 30",
        "rsi14 < 30 close > 5",
        "low20 < close < high20",
        "(rsi14 < 30",
        "rsi14 < 30)",
        "rsi < 30",
        "closs > sma200",
        "dividend > 3",
        "sector = Technology",
        "sector = \"Technologie\"",
        "sector = \"Nonsense\"",
        "sector > \"Energy\"",
        "sector = 5",
        "close = \"100\"",
        "close + sector > 5",
        "(close > 5) = (close > 6)",
        "change > 3%",
        "close > 5 && rsi14 < 30",
        "close > 1.2.3",
        "close > 10X",
        "kind = \"stock\"",
        "symbol = \"?\"",
        "sector = \"Energy",
        "close > 5 ; drop",
    ]
    .into_iter()
    .map(|text| match Filter::parse(text) {
        Ok(_) => format!("{text}: accepted"),
        Err(fault) => format!("{text} | {}+{} {}", fault.position, fault.length, fault.reason),
    })
    .collect();
    let expected = include_str!("fixtures/filter_errors.txt");
    assert_eq!(told.join("\n"), expected.trim_end());
}

#[test]
fn a_filter_is_neither_too_long_nor_too_deep() {
    let deep = |levels: usize| format!("{}close > 5{}", "(".repeat(levels), ")".repeat(levels));
    assert!(Filter::parse(&deep(32)).is_ok());
    assert_eq!(Filter::parse(&deep(33)).unwrap_err().position, 32);
    assert!(Filter::parse(&format!("{}close > 5", "not ".repeat(33))).is_err());
    assert!(Filter::parse(&format!("close > {}5", "-".repeat(33))).is_err());
    let long = "close > 5 or ".repeat(MAX_FILTER_CHARS / 13) + "close > 6";
    assert!(
        Filter::parse(&long[..MAX_FILTER_CHARS.min(long.len())]).is_ok() || long.len() > MAX_FILTER_CHARS
    );
    assert_eq!(
        Filter::parse(&"x".repeat(MAX_FILTER_CHARS + 1)).unwrap_err().position,
        MAX_FILTER_CHARS as u32
    );
    let sum = format!("close > 1{}", "+1".repeat(990));
    assert!(!Filter::parse(&sum).unwrap().matches(&snapshot("AAPL", &[100.0])));
}

#[test]
fn every_example_that_is_shown_is_understood_and_every_field_can_be_asked() {
    for text in WRITTEN_AS {
        assert!(Filter::parse(text).is_ok(), "{text}");
    }
    for field in FIELDS {
        let text = match field.unit {
            domain::scanner::Unit::Word => format!("{0} = {0}", field.name),
            _ => format!("{} > 0", field.name),
        };
        assert_eq!(Filter::parse(&text).unwrap().fields(), [field.name]);
    }
    let mut names: Vec<String> = FIELDS.iter().map(|field| field.name.to_lowercase()).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), FIELDS.len(), "names are unique whatever their case");
}

#[test]
fn completion_offers_what_may_come_next() {
    let offers = |text: &str| -> String {
        let caret = text.find('|').unwrap();
        let found = complete(&text.replace('|', ""), caret);
        let texts: Vec<String> = found.offers.iter().take(3).map(|offer| offer.text.clone()).collect();
        format!("{}-{} {}", found.from, found.to, texts.join(" "))
    };
    assert_eq!(offers("|"), "0-0 symbol kind sector");
    assert_eq!(offers("clo|"), "0-3 close previousClose");
    assert_eq!(offers("rsi|14 < 30"), "0-5 rsi14");
    assert_eq!(offers("close |"), "6-6 < <= >");
    assert_eq!(offers("kind |"), "5-5 = !=");
    assert_eq!(offers("kind = |"), "7-7 \"equity\" \"etf\" \"index\"");
    assert_eq!(offers("sector = \"Inf|"), "9-13 \"Information Technology\"");
    assert_eq!(offers("close > sm|"), "8-10 sma20 sma50 sma200");
    assert_eq!(offers("close > 5 |"), "10-10 and or");
    assert_eq!(offers("close > 5 and (not rs|"), "19-21 rsi14");
    assert_eq!(offers("close > 30|"), "10-10 and or");
    assert_eq!(offers("$ |"), "2-2 ");
}

#[test]
fn a_table_of_a_spreadsheet_holds_no_formulas() {
    let mut all = scan(Scan::Gainers, &[snapshot("AAPL", &[100.0, 105.0])], 10);
    all.items[0].name = "=HYPERLINK(\"x\"),y".to_string();
    let csv = as_csv(&[], &all.items);
    assert!(csv.ends_with(
        "AAPL,\"'=HYPERLINK(\"\"x\"\"),y\",equity,Information Technology,2021-01-05,105,5.000000000000004,1000\r\n"
    ));
}

/// Words and letters that filters are made of, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("rsi14".to_string()),
        Just("sector".to_string()),
        Just("close".to_string()),
        Just("\"Technology\"".to_string()),
        "(and|or|not|<|<=|>|=|!=|\\+|-|\\*|/|\\(|\\)|\"|')".prop_map(String::from),
        "[0-9]{1,3}(\\.[0-9]{1,2})?[KMBT]?",
        "\\PC{1,3}",
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.join(" "))
}

fn is_harmless(text: &str) {
    let length = text.chars().count();
    let snapshot = snapshot("AAPL", &flat_then(101.0, 40));
    match Filter::parse(text) {
        Ok(filter) => drop(filter.matches(&snapshot)),
        Err(fault) => {
            assert!(
                (fault.position + fault.length) as usize <= length.max(MAX_FILTER_CHARS + 1),
                "{fault:?}"
            );
            assert!(!fault.reason.is_empty() && fault.reason.chars().count() < 400, "{fault:?}");
        }
    }
    for caret in [0, length / 2, length, length + 7] {
        let completion = complete(text, caret);
        assert!(completion.from <= completion.to && completion.to <= length, "{completion:?}");
    }
}

proptest! {
    #[test]
    fn no_text_does_harm(text in "\\PC{0,200}") {
        is_harmless(&text);
    }

    #[test]
    fn no_row_of_words_does_harm(text in pieces()) {
        is_harmless(&text);
    }

    #[test]
    fn no_length_does_harm(part in "\\PC{1,8}", times in 1usize..400) {
        is_harmless(&part.repeat(times));
    }

    /// De Morgan's laws hold with three values too.
    #[test]
    fn the_opposite_of_both_is_either_opposite(a in 0usize..4, b in 0usize..4) {
        let parts = ["close > 50", "close > 500", "rsi14 > 0", "sma20 > 0"];
        let (a, b) = (parts[a], parts[b]);
        prop_assert_eq!(holds(&format!("not ({a} and {b})")), holds(&format!("not {a} or not {b}")));
        prop_assert_eq!(holds(&format!("not ({a} or {b})")), holds(&format!("not {a} and not {b}")));
    }

    /// What a number is written as does not matter to what it is.
    #[test]
    fn numbers_mean_what_they_say(value in 0u32..1_000_000) {
        let snapshot = snapshot("AAPL", &[f64::from(value) + 1.0]);
        let is = |text: String| Filter::parse(&text).unwrap().matches(&snapshot);
        let texts = [
            format!("close = {value} + 1"),
            format!("close > {value}.5"),
            format!("close * 1000 = ({value} + 1) * 1K"),
        ];
        for text in texts {
            prop_assert!(is(text));
        }
    }
}
