//! What a report says of figures a reader can check by hand.

use super::{Tone, said};
use crate::portfolio::Currency;
use rust_decimal::Decimal;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn money_is_rounded_half_away_from_zero_to_its_own_decimals() {
    let yen = Currency::parse("JPY").unwrap();
    for (amount, currency, shown) in [
        ("1234567.895", Currency::USD, "1,234,567.90"),
        ("-0.005", Currency::USD, "-0.01"),
        ("-0.004", Currency::USD, "0.00"),
        ("2", Currency::EUR, "2.00"),
        ("1499.5", yen, "1,500"),
    ] {
        assert_eq!(said::money(decimal(amount), currency), shown);
    }
}

#[test]
fn what_rounds_to_nothing_is_neither_up_nor_down() {
    assert_eq!(said::gain(decimal("0.004"), Currency::USD), "0.00");
    assert_eq!(said::signed(-0.00001), "0.00%");
    assert_eq!(said::moved(Some(said::signed(0.00001))).tone, Tone::Plain);
    assert_eq!(said::moved(Some(said::signed(0.0523))).tone, Tone::Up);
    assert_eq!(said::moved(Some(said::gain(decimal("-3"), Currency::USD))).text, "-3.00");
}

#[test]
fn quantities_lose_needless_zeros_and_nothing_else() {
    assert_eq!(said::quantity(decimal("10.000")), "10");
    assert_eq!(said::quantity(decimal("0.12500000")), "0.125");
    assert_eq!(said::quantity(decimal("12345.6")), "12,345.6");
}

#[test]
fn the_coming_weeks_name_holidays_and_half_days() {
    // The New York Stock Exchange's calendar of 2022: closed on Good Friday, 15 April; early on 25 November.
    let day = |m, d| chrono::NaiveDate::from_ymd_opt(2022, m, d).unwrap();
    let spring = serde_json::to_string(&super::upcoming::section(day(3, 10))).unwrap();
    assert!(
        spring.contains("Friday, 15 Apr 2022") && spring.contains("The exchange trades today from 09:30")
    );
    let autumn = serde_json::to_string(&super::upcoming::section(day(11, 19))).unwrap();
    assert!(autumn.contains("next on 21 Nov 2022") && autumn.contains("Thursday, 24 Nov 2022"));
    assert!(autumn.contains("Friday, 25 Nov 2022") && autumn.contains("Closes early, at 13:00"));
}
