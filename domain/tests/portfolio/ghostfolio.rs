//! Histories published with Ghostfolio (github.com/ghostfolio/ghostfolio, `test/import/ok` and the cases of its
//! "roai" calculator): values, gains, fees and the return on average investment as it states them.

use crate::build::{Case, adds_up, dec, near, position};
use domain::portfolio::{
    Figure,
    TransactionKind::{Dividend, Fee},
};

#[test]
fn novn_bought_and_partly_sold() {
    let case = Case::new("CHF", "2022-04-11")
        .listing("NOVN.SW", "CHF", &[("2022-04-11", 87.8)])
        .buy("2022-03-07", "NOVN.SW", "2", "75.8", "2.95")
        .sell("2022-04-08", "NOVN.SW", "1", "85.73", "1.3");
    let told = case.performance();
    let analysis = case.analysis();
    let held = position(&analysis, "NOVN.SW");
    assert_eq!(held.average_price, Some(dec("75.8")));
    assert_eq!((told.value, told.cost), (Some(dec("87.80")), Some(dec("75.80"))));
    assert_eq!((told.gain, told.fees), (Some(dec("21.93")), Some(dec("4.25"))));
    assert_eq!(told.net_gain, Some(dec("17.68")));
    near(told.roai, 0.151_134_170_834_481_94, 1e-12);
    near(told.roai_net, 0.121_844_602_843_303_27, 1e-12);
    adds_up(&told);
}

#[test]
fn novn_bought_and_sold() {
    let case = Case::new("CHF", "2022-04-11")
        .listing("NOVN.SW", "CHF", &[("2022-04-11", 87.8)])
        .buy("2022-03-07", "NOVN.SW", "2", "75.8", "0")
        .sell("2022-04-08", "NOVN.SW", "2", "85.73", "0");
    let told = case.performance();
    assert_eq!((told.value, told.net_gain), (Some(dec("0")), Some(dec("19.86"))));
    near(told.roai, 0.131_002_638_522_427_44, 1e-12);
    adds_up(&told);
}

#[test]
fn baln_bought_and_held() {
    let closes = [("2021-11-30", 136.6), ("2021-12-12", 142.0), ("2021-12-17", 143.9), ("2021-12-18", 148.9)];
    let case = Case::new("CHF", "2021-12-18").listing("BALN.SW", "CHF", &closes).buy(
        "2021-11-30",
        "BALN.SW",
        "2",
        "136.6",
        "1.55",
    );
    let told = case.performance();
    assert_eq!((told.value, told.cost), (Some(dec("297.80")), Some(dec("273.20"))));
    assert_eq!((told.unrealised, told.net_gain), (Some(dec("24.60")), Some(dec("23.05"))));
    assert_eq!(told.day_change, Some(dec("10.00")));
    near(told.roai, 0.090_043_923_865_300_15, 1e-12);
    near(told.roai_net, 0.084_370_424_597_364_57, 1e-12);
    adds_up(&told);
}

#[test]
fn baln_bought_and_sold_at_a_loss() {
    let case = Case::new("CHF", "2021-12-18")
        .listing("BALN.SW", "CHF", &[("2021-11-22", 142.9), ("2021-11-30", 136.6), ("2021-12-18", 148.9)])
        .buy("2021-11-22", "BALN.SW", "2", "142.9", "1.55")
        .sell("2021-11-30", "BALN.SW", "2", "136.6", "1.65");
    let told = case.performance();
    assert_eq!(
        (told.realised, told.fees, told.net_gain),
        (Some(dec("-12.60")), Some(dec("3.20")), Some(dec("-15.80")))
    );
    near(told.roai, -0.044_086_773_967_809_657, 1e-12);
    near(told.roai_net, -0.055_283_414_975_507_35, 1e-12);
    adds_up(&told);
}

#[test]
fn msft_with_a_dividend() {
    let case = Case::new("USD", "2023-07-10")
        .listing("MSFT", "USD", &[("2021-11-16", 339.51), ("2023-07-09", 337.22), ("2023-07-10", 331.83)])
        .buy("2021-09-16", "MSFT", "1", "298.58", "19")
        .trade(Dividend, "2021-11-16", "MSFT", "1", "0.62", "0");
    let told = case.performance();
    assert_eq!((told.dividends, told.unrealised), (Some(dec("0.62")), Some(dec("33.25"))));
    assert_eq!(told.fees, Some(dec("19.00")));
    near(told.roai, 0.111_360_439_413_222_59, 1e-12);
    near(told.roai_net, 0.047_725_902_605_666_82, 1e-12);
    adds_up(&told);
}

#[test]
fn jnug_bought_and_sold_twice_once_on_one_day() {
    let case = Case::new("USD", "2025-12-28")
        .listing("JNUG", "USD", &[("2025-12-10", 204.56), ("2025-12-17", 203.97), ("2025-12-28", 237.8)])
        .buy("2025-12-11", "JNUG", "9", "209.45", "1")
        .sell("2025-12-18", "JNUG", "9", "210", "1")
        .buy("2025-12-18", "JNUG", "10", "204.11", "1")
        .sell("2025-12-28", "JNUG", "10", "208.01", "1");
    for told in [case.performance(), case.average().performance()] {
        assert_eq!((told.value, told.realised), (Some(dec("0")), Some(dec("43.95"))));
        assert_eq!((told.fees, told.net_gain), (Some(dec("4.00")), Some(dec("39.95"))));
        adds_up(&told);
    }
}

#[test]
fn nvda_split_between_purchase_and_sale() {
    let case = Case::new("USD", "2024-06-14")
        .listing("NVDA", "USD", &[("2024-06-03", 115.0), ("2024-06-07", 120.89), ("2024-06-14", 125.0)])
        .known_split("NVDA", "2024-06-10", 10.0)
        .buy("2024-06-03", "NVDA", "1", "1200", "0")
        .sell("2024-06-14", "NVDA", "10", "125", "0");
    let told = case.performance();
    assert_eq!((told.value, told.realised), (Some(dec("0")), Some(dec("50.00"))));
    near(told.roai, 50.0 / 1200.0, 1e-12);
    adds_up(&told);
}

#[test]
fn btc_sold_short_has_the_average_of_its_sales() {
    let case = Case::new("USD", "2022-01-14")
        .listing("BTCUSD", "USD", &[("2021-12-12", 50_098.3), ("2022-01-14", 43_099.7)])
        .average()
        .sell("2021-12-12", "BTCUSD", "1", "44558.42", "4.46")
        .sell("2021-12-13", "BTCUSD", "1", "46737.48", "4.46");
    let analysis = case.analysis();
    let held = position(&analysis, "BTCUSD");
    assert_eq!((held.quantity, held.average_price), (dec("-2"), Some(dec("45647.95"))));
    // What was owed at 43,099.70 had brought 45,647.95 each.
    assert_eq!(held.unrealised, Some(dec("5096.50")));
    let told = case.performance();
    adds_up(&told);
    assert_eq!((told.twr, told.irr), (None, None));
    let reason =
        |figure| told.unavailable.iter().find(|gap| gap.figure == figure).expect("named").reason.as_str();
    assert!(reason(Figure::Twr).contains("nothing was at stake"));
    assert!(reason(Figure::Irr).contains("nothing was paid in before"));
}

#[test]
fn an_account_fee_alone() {
    let told = Case::new("USD", "2021-12-18").money(Fee, "2021-09-01", "49").performance();
    assert_eq!(
        (told.value, told.fees, told.net_gain),
        (Some(dec("0")), Some(dec("49.00")), Some(dec("-49.00")))
    );
    adds_up(&told);
}
