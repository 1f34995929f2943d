//! Cases published with Portfolio Performance (github.com/portfolio-performance/portfolio): `ClientIndexTest`
//! (checked there against a spreadsheet), `CapitalGainsCalculationTest`, `IRRTest`; and a textbook return.

use crate::build::{Case, adds_up, day, dec, near, position};
use domain::portfolio::{
    Range, Span,
    TransactionKind::{Deposit, Fee, Interest, TransferIn, Withdrawal},
    xirr,
};

/// `ClientIndexTest.createClient`.
fn savings() -> Case {
    Case::new("EUR", "2012-01-08")
        .money(Deposit, "2011-12-31", "10000")
        .money(Interest, "2012-01-01", "230")
        .money(Deposit, "2012-01-02", "200")
        .money(Interest, "2012-01-02", "200")
        .money(Withdrawal, "2012-01-03", "400")
        .money(Fee, "2012-01-03", "234.41")
        .money(Interest, "2012-01-04", "293.99")
        .money(Interest, "2012-01-05", "293.99")
        .money(Deposit, "2012-01-06", "5400")
        .money(Interest, "2012-01-06", "195.99")
        .money(Withdrawal, "2012-01-07", "3697.04")
        .money(Fee, "2012-01-07", "882.52")
        .money(Fee, "2012-01-08", "1003.85")
}

#[test]
fn the_index_is_that_of_the_spreadsheet() {
    let told = savings().performance();
    let index: Vec<f64> = told.series.iter().map(|point| point.twr_index.expect("told") - 1.0).collect();
    let sheet = [
        0.0,
        0.023,
        0.042_616_491,
        0.019_624_983,
        0.049_614_163,
        0.079_603_343,
        0.092_841_403,
        0.033_231_97,
        -0.056_182_678,
    ];
    assert_eq!(index.len(), sheet.len());
    for (told, sheet) in index.iter().zip(sheet) {
        assert!((told - sheet).abs() < 1e-6, "{told} is not {sheet}");
    }
    near(told.twr, -0.056_182_678, 1e-6);
    adds_up(&told);
}

#[test]
fn a_span_starts_from_the_close_before_it() {
    let span = Span { from: Some(day("2012-01-04")), to: day("2012-01-08") };
    let told = savings().analysis().performance(span);
    near(told.twr, (1.0 - 0.056_182_678) / 1.019_624_983 - 1.0, 1e-6);
    assert_eq!(
        told.series.first().map(|point| (point.date, point.twr_index)),
        Some((day("2012-01-03"), Some(1.0)))
    );
}

#[test]
fn deposits_on_the_last_day_change_no_return() {
    let told = Case::new("EUR", "2012-01-10")
        .money(Deposit, "2012-01-01", "100")
        .money(Interest, "2012-01-02", "10")
        .money(Deposit, "2012-01-10", "100")
        .performance();
    near(told.twr, 0.1, 1e-12);
}

#[test]
fn interest_without_anything_at_stake_is_no_return() {
    let told = Case::new("EUR", "2012-01-09").money(Interest, "2012-01-02", "1").performance();
    near(told.twr, 0.0, 0.0);
    assert_eq!(told.interest, Some(dec("1")));
}

#[test]
fn units_bought_along_the_way_do_as_the_index_they_are_of() {
    let prices = [100.0, 101.0, 99.5, 103.0, 104.0, 102.0, 107.5];
    let dates =
        ["2012-01-02", "2012-01-03", "2012-01-04", "2012-01-05", "2012-01-06", "2012-01-09", "2012-01-10"];
    let closes: Vec<_> = dates.into_iter().zip(prices).collect();
    let mut case = Case::new("EUR", "2012-01-10").listing("IDX", "EUR", &closes);
    // Inflows count from the start of a day, so they come at the close of the day before.
    case = case.trade(TransferIn, dates[0], "IDX", "1", "100", "0");
    for at in [2, 4, 6] {
        case = case.trade(TransferIn, dates[at], "IDX", "1", &closes[at - 1].1.to_string(), "0");
    }
    near(case.performance().twr, 0.075, 1e-12);
}

fn purchases() -> Case {
    Case::new("EUR", "2013-03-01").listing("SEC", "EUR", &[("2013-03-01", 100.0)]).amount(
        "buy",
        "2010-01-01",
        "109",
        "3149.20",
    )
}

impl Case {
    /// A trade of which the whole is known, not the price.
    fn amount(self, kind: &str, date: &str, quantity: &str, amount: &str) -> Case {
        let kind = domain::portfolio::TransactionKind::parse(kind).expect("a kind");
        let mut case = self.trade(kind, date, "SEC", quantity, "0", "0");
        let entry = case.entries.last_mut().expect("an entry");
        (entry.price, entry.amount) = (None, Some(dec(amount)));
        case
    }
}

#[test]
fn gains_first_in_first_out_and_at_average_cost() {
    let case =
        purchases().amount("buy", "2010-02-01", "52", "1684.92").amount("sell", "2010-03-01", "15", "531.50");
    let fifo = case.performance();
    assert_eq!((fifo.realised, fifo.unrealised), (Some(dec("98.12")), Some(dec("10199.26"))));
    assert_eq!(fifo.cost, Some(dec("4400.74")));
    let average = case.average().performance();
    assert_eq!((average.realised, average.unrealised), (Some(dec("81.12")), Some(dec("10216.26"))));
    assert_eq!(average.cost, Some(dec("4383.74")));
    adds_up(&fifo);
    adds_up(&average);
}

#[test]
fn gains_with_purchases_after_the_sale() {
    let case = purchases()
        .amount("sell", "2010-02-01", "15", "531.50")
        .amount("buy", "2010-03-01", "52", "1684.92")
        .amount("buy", "2010-03-01", "32", "959.30");
    for told in [case.performance(), case.average().performance()] {
        assert_eq!((told.realised, told.unrealised), (Some(dec("98.12")), Some(dec("12439.96"))));
        assert_eq!(told.cost, Some(dec("5360.04")));
    }
}

#[test]
fn cents_are_not_lost_when_everything_is_sold() {
    let case = Case::new("EUR", "2010-04-01")
        .amount("buy", "2010-01-01", "10", "0.01")
        .amount("sell", "2010-02-01", "3", "0.01")
        .amount("sell", "2010-03-01", "3", "0.01")
        .amount("sell", "2010-03-01", "4", "0.01");
    for told in [case.performance(), case.average().performance()] {
        assert_eq!((told.cost, told.realised), (Some(dec("0")), Some(dec("0.02"))));
    }
}

#[test]
fn yearly_rates_are_those_of_the_spreadsheet() {
    let near = |flows: &[(&str, f64)], rate: f64, apart: f64| {
        let flows: Vec<_> = flows.iter().map(|(date, amount)| (day(date), *amount)).collect();
        let told = xirr(&flows).expect("a rate");
        assert!((told - rate).abs() < apart, "{told} is not {rate}");
    };
    near(&[("2010-01-01", -200.0), ("2010-12-31", 210.0)], 0.050_140_747, 5e-9);
    let slow = [
        ("2002-11-30", -4398.0),
        ("2007-06-11", 200.0),
        ("2008-05-11", 270.0),
        ("2009-05-01", 280.0),
        ("2010-06-01", 280.0),
        ("2011-05-02", 300.0),
        ("2012-04-30", 330.0),
        ("2012-12-06", 14_508.0),
    ];
    // Portfolio Performance compares with Excel's 0.1444629967 to 1e-4; scipy's brentq finds 0.14443898947158287.
    near(&slow, 0.144_438_989_471_582_87, 1e-9);
}

#[test]
fn a_yearly_rate_that_is_not_there_is_named() {
    let told = Case::new("USD", "2024-01-31")
        .listing("ABC", "USD", &[("2024-01-02", 10.0), ("2024-01-31", 0.5)])
        .buy("2024-01-02", "ABC", "10", "10", "0")
        .sell("2024-01-02", "ABC", "10", "11", "0")
        .performance();
    assert_eq!(told.irr, None);
    let gap =
        told.unavailable.iter().find(|gap| gap.figure == domain::portfolio::Figure::Irr).expect("named");
    assert!(gap.reason.contains("one day"), "{}", gap.reason);
}

#[test]
fn the_textbook_fund_with_a_flow_in_the_middle() {
    // CFA Institute, "Quantitative Methods", time-weighted return: one share at 200, a second at 225 a year later, a
    // dividend of 5 a share at the end of each year, both sold at 235: (225 + 5) / 200 and (470 + 10) / 450, 10.76 % a
    // year; money-weighted 9.39 % a year. Years of 365 days here, so the dates leave leap days out.
    use domain::portfolio::TransactionKind::Dividend;
    let case = Case::new("USD", "2023-01-01")
        .listing("FUND", "USD", &[("2021-01-01", 200.0), ("2022-01-01", 225.0), ("2023-01-01", 235.0)])
        .buy("2021-01-01", "FUND", "1", "200", "0")
        .trade(Dividend, "2022-01-01", "FUND", "1", "5", "0")
        .buy("2022-01-01", "FUND", "1", "225", "0")
        .trade(Dividend, "2023-01-01", "FUND", "2", "5", "0");
    let told = case.performance();
    near(told.irr, 0.0939, 5e-5);
    // The share bought on the day of the dividend counts from the start of that day here, so the first factor is
    // (450 + 5) / (200 + 225) where the book has 230 / 200.
    let expected: f64 = (450.0 + 5.0) / (200.0 + 225.0) * (480.0 / 450.0);
    near(told.twr, expected - 1.0, 1e-12);
    near(told.twr_annualised, expected.sqrt() - 1.0, 1e-9);
    // With the flow on the morning after, it is the book's figure.
    let mut book = case;
    book.entries[2].date = day("2022-01-02");
    near(book.performance().twr_annualised, (1.15f64 * (480.0 / 450.0)).sqrt() - 1.0, 1e-9);
    near(book.performance().twr_annualised, 0.1076, 1e-4);
}

#[test]
fn a_range_of_a_year_counts_from_the_close_a_year_ago() {
    let closes = [("2022-06-30", 50.0), ("2023-05-02", 100.0), ("2023-05-03", 104.0), ("2024-05-02", 110.0)];
    let case = Case::new("USD", "2024-05-02").listing("ABC", "USD", &closes).buy(
        "2022-06-30",
        "ABC",
        "3",
        "50",
        "0",
    );
    let analysis = case.analysis();
    let told = analysis.performance(Range::Year1.span(day("2024-05-02")));
    near(told.twr, 0.1, 1e-12);
    near(told.irr, 1.1f64.powf(365.0 / 366.0) - 1.0, 1e-9);
    assert_eq!(told.from, Some(day("2023-05-02")));
    assert_eq!(position(&analysis, "ABC").weight, Some(1.0));
}
