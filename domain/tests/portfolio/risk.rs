//! Risk against empyrical-reloaded 0.7.1 (PyPI), on closes of AAPL as the portfolio and of MSFT as the benchmark,
//! 2018-01-02 to 2021-12-31, from the fixtures of the indicators; 2 % a year without risk.

use crate::build::{Case, day, near, sym};
use chrono::NaiveDate;
use domain::portfolio::{Benchmark, Currency, Daily, Drawdown, Range, Risk, Span};
use std::{fs::File, path::Path};

fn closes(name: &str) -> Vec<(NaiveDate, f64)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    let file = flate2::read::GzDecoder::new(File::open(path).expect("the fixture"));
    let mut reader = csv::Reader::from_reader(file);
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.map(|row| (row[0].parse().expect("a date"), row[4].parse().expect("a close"))).collect()
}

fn case() -> Case {
    let mut case = Case::new("USD", "2021-12-31").listing("AAPL", "USD", &[]);
    let listing = case.market.listings.get_mut(&sym("AAPL")).expect("the listing");
    listing.closes = Daily::new(closes("aapl.csv.gz"));
    case.market.benchmark = Some(Benchmark {
        symbol: sym("MSFT"),
        currency: Currency::USD,
        levels: Daily::new(closes("msft.csv.gz")),
    });
    case.market.risk_free = 0.02;
    case.buy("2018-01-02", "AAPL", "10", "43.064998626709", "0")
}

/// From the close of the first day, so that each return is one of the fixture.
fn told() -> Risk {
    case().analysis().risk(Span { from: Some(day("2018-01-03")), to: day("2021-12-31") })
}

#[test]
fn every_figure_is_empyricals() {
    let told = told();
    assert_eq!(told.days, 1007);
    near(told.volatility, 0.328_898_319_907_569_4, 1e-9);
    near(told.sharpe, 1.183_007_115_573_336_2, 1e-9);
    near(told.sortino, 1.737_129_290_014_963, 1e-9);
    near(told.calmar, 1.098_613_217_854_489_4, 1e-9);
    near(told.beta, 0.834_200_944_085_112_7, 1e-9);
    near(told.alpha, 0.075_584_287_229_684_72, 1e-9);
    near(told.var95, -0.031_107_297_903_638_32, 1e-9);
    near(told.cvar95, -0.047_648_412_320_845_49, 1e-9);
    near(told.var99, -0.055_813_970_316_415_45, 1e-9);
    near(told.cvar99, -0.078_434_438_631_175_58, 1e-9);
    near(told.hhi, 1.0, 0.0);
    assert!(told.unavailable.is_empty(), "{:?}", told.unavailable);
}

#[test]
fn the_deepest_fall_has_its_days() {
    let Drawdown { depth, peak, trough, recovered } = told().max_drawdown.expect("a fall");
    near(Some(depth), -0.387_296_945_086_245_46, 1e-9);
    // numpy: the cumulative product's maximum before its deepest fall, that fall, the first day back at the maximum.
    assert_eq!((peak, trough), (Some(day("2018-10-03")), Some(day("2019-01-03"))));
    assert_eq!(recovered, Some(day("2019-10-11")));
}

#[test]
fn the_return_and_that_of_the_benchmark_are_empyricals() {
    let told = case().analysis().performance(Span { from: Some(day("2018-01-03")), to: day("2021-12-31") });
    near(told.twr, 3.123_302_286_931_689, 1e-7);
    near(told.benchmark_return, 3.116_644_180_056_417_7, 1e-9);
}

#[test]
fn correlation_is_numpys() {
    let mut case = case().buy("2018-01-02", "MSFT", "1", "80", "0");
    let mut listing = case.market.listings[&sym("AAPL")].clone();
    listing.closes = Daily::new(closes("msft.csv.gz"));
    case.market.listings.insert(sym("MSFT"), listing);
    let told = case.analysis().correlation(Span { from: Some(day("2018-01-03")), to: day("2021-12-31") });
    near(told.highest.map(|pair| pair.value), 0.756_642_174_119_471_2, 1e-9);
    assert_eq!(told.matrix[0][0], Some(1.0));
    assert_eq!(told.matrix[0][1], told.matrix[1][0]);
}

#[test]
fn a_fall_on_the_first_day_counts() {
    let dates = ["2024-01-02", "2024-01-03", "2024-01-04"];
    let closes: Vec<_> = dates.into_iter().zip([80.0, 90.0, 110.0]).collect();
    let case = Case::new("USD", "2024-01-04").listing("ABC", "USD", &closes).buy(
        "2024-01-02",
        "ABC",
        "1",
        "100",
        "0",
    );
    let told = case.analysis().risk(Range::Max.span(day("2024-01-04")));
    let fall = told.max_drawdown.expect("a fall");
    near(Some(fall.depth), -0.2, 1e-12);
    assert_eq!((fall.trough, fall.recovered), (Some(day("2024-01-02")), Some(day("2024-01-04"))));
    assert_eq!(told.volatility, None);
    let why = told.unavailable.iter().find(|gap| gap.figure == domain::portfolio::Figure::Volatility);
    assert!(why.expect("named").reason.contains("10 daily returns are needed"));
}
