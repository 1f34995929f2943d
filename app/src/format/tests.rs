use super::*;
use chrono::{Duration, TimeZone};

#[test]
fn thousands_are_grouped_from_the_right() {
    assert_eq!(number(0.0, 0), "0");
    assert_eq!(number(999.0, 0), "999");
    assert_eq!(number(1000.0, 0), "1,000");
    assert_eq!(number(-1234567.891, 2), "-1,234,567.89");
    assert_eq!(number(100000.0, 1), "100,000.0");
}

#[test]
fn what_is_no_number_is_shown_as_absent() {
    assert_eq!(number(f64::NAN, 2), NONE);
    assert_eq!(compact(f64::INFINITY), NONE);
    assert_eq!(change_percent(f64::NAN), NONE);
}

#[test]
fn a_change_that_rounds_to_zero_has_no_sign() {
    assert_eq!(signed(0.004, 2), "0.00");
    assert_eq!(signed(-0.004, 2), "0.00");
    assert_eq!(change_percent(0.005001), "+0.01%");
    assert_eq!(change_percent(-2.7187), "-2.72%");
}

#[test]
fn large_numbers_keep_three_figures() {
    for (value, text) in [
        (0.0, "0"),
        (940.0, "940"),
        (999.6, "1.00K"),
        (1_000.0, "1.00K"),
        (15_250.0, "15.2K"),
        (105_342_033.0, "105M"),
        (999_950_000.0, "1.00B"),
        (-30_600_000.0, "-30.6M"),
        (2_480e12, "2,480T"),
    ] {
        assert_eq!(compact(value), text, "{value}");
    }
}

#[test]
fn small_prices_show_four_decimals() {
    assert_eq!(price(0.98765), "0.9877");
    assert_eq!(price(1.0), "1.00");
    assert_eq!(price(0.0), "0.00");
    assert_eq!(price(39437.46), "39,437.46");
}

#[test]
fn an_instant_reads_as_day_and_exchange_time() {
    let close = Utc.with_ymd_and_hms(2022, 3, 10, 21, 0, 0).unwrap();
    assert_eq!(new_york(close), "10 Mar 2022 16:00 New York");
    assert_eq!(new_york_time(Utc.with_ymd_and_hms(2022, 3, 14, 13, 30, 0).unwrap()), "09:30");
}

#[test]
fn ages_grow_from_minutes_to_a_date() {
    let now = Utc.with_ymd_and_hms(2022, 3, 10, 21, 0, 0).unwrap();
    for (seconds, text) in [
        (-5, "just now"),
        (59, "just now"),
        (60, "1 min ago"),
        (3599, "59 min ago"),
        (7200, "2 h ago"),
        (86_400, "1 d ago"),
        (6 * 86_400, "6 d ago"),
        (7 * 86_400, "3 Mar 2022"),
    ] {
        assert_eq!(ago(now - Duration::seconds(seconds), now), text);
    }
}

#[test]
fn one_is_not_many() {
    assert_eq!(counted(1, "symbol", "symbols"), "1 symbol");
    assert_eq!(counted(0, "symbol", "symbols"), "0 symbols");
    assert_eq!(counted(1200, "symbol", "symbols"), "1,200 symbols");
}
