//! After an edit: the same figures as from scratch.

use crate::build::{Case, dec, transactions};
use domain::portfolio::{Range, TransactionKind::Deposit};

#[test]
fn an_edited_portfolio_is_the_one_worked_out_anew() {
    let dates = ["2024-01-02", "2024-01-03", "2024-01-04", "2024-01-05", "2024-01-08", "2024-01-09"];
    let closes: Vec<_> = dates.into_iter().zip([10.0, 11.0, 12.0, 11.5, 12.5, 13.0]).collect();
    let case = Case::new("USD", "2024-01-09")
        .listing("ABC", "USD", &closes)
        .listing("DEF", "USD", &closes)
        .buy("2024-01-02", "ABC", "10", "10", "1")
        .buy("2024-01-04", "DEF", "3", "12", "0")
        .sell("2024-01-08", "ABC", "4", "12.5", "0.5");
    let before = case.analysis();
    let all = Range::Max.span(case.market.today);
    for at in 0..case.entries.len() {
        let mut entries = case.entries.clone();
        entries[at].quantity = Some(dec("2.5"));
        let mut shorter = case.entries.clone();
        shorter.remove(at);
        let mut longer = case.entries.clone();
        longer.insert(at, Case::new("USD", "2024-01-09").money(Deposit, dates[at], "50").entries.remove(0));
        for entries in [entries, shorter, longer] {
            let edited = before.edited(&transactions(&entries));
            let anew =
                Case { entries, market: case.market.clone(), portfolio: case.portfolio.clone() }.analysis();
            assert_eq!(edited.performance(all), anew.performance(all));
            assert_eq!(edited.risk(all), anew.risk(all));
            assert_eq!(edited.positions(), anew.positions());
        }
    }
}
