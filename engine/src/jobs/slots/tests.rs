//! The dates of clock changes and of holidays are those published by the US Naval Observatory, the European
//! Commission and the NYSE for 2026; the instants were worked out from them by hand.

use super::{Slots, instant};
use crate::jobs::schedule::{LINES, Line, Orders, Time, When, Zone};
use chrono::{DateTime, Utc};
use chrono_tz::{America::New_York, Europe::Berlin, Tz};
use std::collections::BTreeSet;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn slots(cron: &'static str, zone: Tz, when: When) -> Slots {
    let order = Orders::Once(|_| unreachable!());
    let (name, what, kind, time) = ("line", "", "", Time::Wall);
    Slots::of(&Line { name, what, cron, zone: Zone::Utc, when, time, kind, order }, zone).unwrap()
}

/// All slots after `from` up to `to`, found forwards; `latest` has to agree with each.
fn all(slots: &Slots, from: &str, to: &str) -> Vec<String> {
    let (mut now, mut found) = (at(from), Vec::new());
    while let Some(next) = slots.next(now).filter(|next| *next <= at(to)) {
        assert_eq!(slots.latest(next), Some(next));
        assert_eq!(slots.latest(next + chrono::Duration::seconds(59)), Some(next));
        found.push(next.format("%m-%d %H:%M").to_string());
        now = next;
    }
    found
}

#[test]
fn a_daily_line_keeps_its_local_time_when_summer_begins() {
    let daily = slots("0 6 * * *", New_York, When::Always);
    let found = all(&daily, "2026-03-06T12:00:00Z", "2026-03-09T12:00:00Z");
    assert_eq!(found, ["03-07 11:00", "03-08 10:00", "03-09 10:00"]);
    let midnight = slots("0 0 * * *", New_York, When::Always);
    let found = all(&midnight, "2026-03-07T12:00:00Z", "2026-03-09T12:00:00Z");
    assert_eq!(found, ["03-08 05:00", "03-09 04:00"]);
}

#[test]
fn a_daily_line_keeps_its_local_time_when_summer_ends() {
    let daily = slots("0 6 * * *", New_York, When::Always);
    let found = all(&daily, "2026-10-30T12:00:00Z", "2026-11-02T12:00:00Z");
    assert_eq!(found, ["10-31 10:00", "11-01 11:00", "11-02 11:00"]);
    let scan = slots("0 16 * * *", New_York, When::TradingDays);
    let found = all(&scan, "2026-10-30T12:00:00Z", "2026-11-03T00:00:00Z");
    assert_eq!(found, ["10-30 20:00", "11-02 21:00"], "and stays away on the weekend");
}

#[test]
fn a_time_that_is_left_out_runs_right_after_the_gap_and_one_that_comes_twice_runs_once() {
    let gap = slots("30 2 * * *", New_York, When::Always);
    let found = all(&gap, "2026-03-07T00:00:00Z", "2026-03-10T00:00:00Z");
    assert_eq!(found, ["03-07 07:30", "03-08 07:00", "03-09 06:30"]);
    let twice = slots("30 1 * * *", New_York, When::Always);
    let found = all(&twice, "2026-10-31T00:00:00Z", "2026-11-03T00:00:00Z");
    assert_eq!(found, ["10-31 05:30", "11-01 05:30", "11-02 06:30"]);
}

#[test]
fn each_user_waits_for_eight_in_their_own_zone_across_its_own_clock_changes() {
    let morning = slots("0 8 * * *", Berlin, When::Always);
    let spring = all(&morning, "2026-03-28T00:00:00Z", "2026-03-30T00:00:00Z");
    assert_eq!(spring, ["03-28 07:00", "03-29 06:00"]);
    let autumn = all(&morning, "2026-10-24T00:00:00Z", "2026-10-26T00:00:00Z");
    assert_eq!(autumn, ["10-24 06:00", "10-25 07:00"]);
    // Half an hour's change, on Lord Howe Island on 5 April 2026 at 02:00 local.
    let island = slots("45 1 * * *", Tz::Australia__Lord_Howe, When::Always);
    assert_eq!(all(&island, "2026-04-04T12:00:00Z", "2026-04-05T12:00:00Z"), ["04-04 14:45"]);
}

#[test]
fn what_is_said_every_so_often_knows_no_clock_changes() {
    let quarter = slots("*/15 * * * *", Tz::UTC, When::Always);
    for day in ["2026-03-08", "2026-11-01"] {
        let (from, to) = (format!("{day}T00:00:00Z"), format!("{day}T23:59:00Z"));
        assert_eq!(all(&quarter, &from, &to).len(), 95, "{day}: 96 quarters, without the one at its start");
    }
}

#[test]
fn market_hours_end_early_on_half_days_and_are_none_on_holidays() {
    let minute = slots("* * * * *", Tz::UTC, When::MarketHours);
    let of = |day: &str| all(&minute, &format!("{day}T00:00:00Z"), &format!("{day}T23:59:00Z"));
    let ordinary = of("2026-11-25");
    assert_eq!(
        (ordinary.len(), ordinary[0].as_str(), ordinary[390].as_str()),
        (391, "11-25 14:30", "11-25 21:00")
    );
    assert_eq!(of("2026-11-26"), [""; 0], "Thanksgiving");
    let half = of("2026-11-27");
    assert_eq!((half.len(), half[210].as_str()), (211, "11-27 18:00"));
    assert_eq!(of("2026-04-03"), [""; 0], "Good Friday");
    let summer = of("2026-03-09");
    assert_eq!((summer.len(), summer[0].as_str()), (391, "03-09 13:30"));
    assert_eq!(minute.latest(at("2026-11-29T12:00:00Z")), Some(at("2026-11-27T18:00:00Z")), "on a Sunday");
    assert_eq!(minute.next(at("2026-11-27T18:00:00Z")), Some(at("2026-11-30T14:30:00Z")));
}

#[test]
fn a_weekly_line_skips_the_friday_that_is_a_holiday() {
    let weekly = slots("0 16 * * FRI", New_York, When::TradingDays);
    let found = all(&weekly, "2026-03-27T00:00:00Z", "2026-04-11T00:00:00Z");
    assert_eq!(found, ["03-27 20:00", "04-10 20:00"]);
}

#[test]
fn an_instant_is_what_a_clock_of_the_zone_shows() {
    let noon = at("2026-07-01T12:00:00Z").naive_utc();
    assert_eq!(instant(noon, New_York), at("2026-07-01T16:00:00Z"));
    assert_eq!(instant(noon, Tz::UTC), at("2026-07-01T12:00:00Z"));
    // Samoa had no 30 December 2011.
    let missing = at("2011-12-30T08:10:00Z").naive_utc();
    assert_eq!(instant(missing, Tz::Pacific__Apia), at("2011-12-30T10:00:00Z"));
}

#[test]
fn every_line_of_the_table_can_be_kept() {
    let mut names = BTreeSet::new();
    for line in LINES {
        assert!(names.insert(line.name), "{} stands there twice", line.name);
        let zone = line.zone.fixed().unwrap_or(Berlin);
        let slots = Slots::of(line, zone).unwrap();
        assert!(slots.next(at("2026-01-01T00:00:00Z")).is_some(), "{} never comes", line.name);
        assert!(crate::jobs::kind::by_name(line.kind).is_some(), "nobody does {}", line.kind);
        let each = matches!(line.order, Orders::EachMember(_) | Orders::EachReader(_));
        assert_eq!(line.zone == Zone::Own, each, "{}", line.name);
        if let Orders::Once(order) = line.order {
            let order = order(at("2026-01-01T00:00:00Z")).unwrap();
            assert_eq!(order.kind(), line.kind, "{}", line.name);
        }
        let of_day =
            line.cron.split(' ').take(2).all(|field| field.chars().all(|letter| letter.is_ascii_digit()));
        assert!(of_day || line.zone == Zone::Utc, "{}: what comes every so often stands in UTC", line.name);
    }
}
