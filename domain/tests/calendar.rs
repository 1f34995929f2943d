//! The calendar against an independent one, and against the days on which the bundled series really have bars.

use chrono::{Datelike, Duration, NaiveDate, NaiveTime, Weekday};
use domain::calendar::{
    Session, is_open, last_completed, new_york_at, next_session, previous_session, session, sessions,
};
use proptest::prelude::*;
use std::{
    collections::BTreeSet,
    fs::{File, read_dir},
    path::Path,
};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date")
}

/// All days from 1990 to 2030.
fn days() -> impl Iterator<Item = NaiveDate> {
    day(1990, 1, 1).iter_days().take_while(|date| date.year() <= 2030)
}

/// What `fixtures/xnys.csv` says of one year.
struct Year {
    closed: BTreeSet<NaiveDate>,
    early: Vec<(NaiveDate, NaiveTime)>,
    summer: (NaiveDate, NaiveDate),
}

fn year(number: i32) -> Year {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/xnys.csv");
    let mut reader = csv::Reader::from_path(path).expect("the calendar fixture");
    let mut rows = reader.records().map(|row| row.expect("a row"));
    let row = rows.find(|row| row[0] == number.to_string()).expect("the year is there");
    let date = |text: &str| format!("{number}-{text}").parse::<NaiveDate>().expect("a date");
    let early = |text: &str| {
        let (at, close) = text.split_once('@').expect("a date and a time");
        (date(at), NaiveTime::parse_from_str(close, "%H:%M").expect("a time"))
    };
    let (first, last) = row[3].split_once(' ').expect("two dates");
    Year {
        closed: row[1].split_whitespace().map(date).collect(),
        early: row[2].split_whitespace().map(early).collect(),
        summer: (date(first), date(last)),
    }
}

/// The session an independent calendar names, see `fixtures/README.md`.
fn expected(date: NaiveDate, year: &Year) -> Option<Session> {
    if matches!(date.weekday(), Weekday::Sat | Weekday::Sun) || year.closed.contains(&date) {
        return None;
    }
    let early = year.early.iter().find(|(at, _)| *at == date).map(|(_, close)| *close);
    let summer = year.summer.0 <= date && date <= year.summer.1;
    let utc = |wall: NaiveTime| date.and_time(wall).and_utc() + Duration::hours(if summer { 4 } else { 5 });
    let time = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).expect("a time");
    Some(Session {
        date,
        open_utc: utc(time(9, 30)),
        close_utc: utc(early.unwrap_or(time(16, 0))),
        half_day: early.is_some(),
    })
}

#[test]
fn every_day_from_1990_to_2030_is_what_an_independent_calendar_says() {
    let mut found = 0;
    for number in 1990..=2030 {
        let year = year(number);
        for date in days().filter(|date| date.year() == number) {
            let ours = session(date);
            assert_eq!(ours, expected(date, &year), "{date}");
            found += usize::from(ours.is_some());
        }
    }
    // As many as the calendar had before it was made compact.
    assert_eq!(found, 10_322);
}

/// Daily bars of the exchange: neither a coin nor a currency.
#[test]
fn bundled_series_have_a_bar_on_every_session_and_on_no_other_day() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/bars");
    let (mut series, mut bars) = (0, 0);
    for file in read_dir(folder).expect("the bundled bars") {
        let path = file.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name").to_string();
        if ["BTC-USD.csv.gz", "EURUSD_X.csv.gz"].contains(&name.as_str()) {
            continue;
        }
        let rows = flate2::read::GzDecoder::new(File::open(&path).expect("a bundled file"));
        let dates = csv::Reader::from_reader(rows).into_records().map(|row| {
            let row = row.expect("a row");
            row[0].parse::<NaiveDate>().expect("a date")
        });
        let dates: Vec<_> = dates.filter(|date| date.year() >= 1990).collect();
        let (first, last) = (dates[0], dates[dates.len() - 1]);
        // The one hole of the data, see data/README.md.
        let hole = day(2019, 1, 1)..=day(2021, 3, 22);
        let planned = sessions(first..=last).map(|session| session.date);
        let planned: Vec<_> = planned.filter(|date| name != "TSLA.csv.gz" || !hole.contains(date)).collect();
        assert_eq!(dates, planned, "{name}");
        series += 1;
        bars += dates.len();
    }
    assert!(series > 50 && bars > 100_000, "{series} series, {bars} bars");
}

#[test]
fn the_exchange_is_open_from_the_first_to_before_the_last_moment_of_a_session() {
    let friday = session(day(2022, 11, 25)).expect("a half day");
    let moment = Duration::nanoseconds(1);
    assert!(!is_open(friday.open_utc - moment));
    assert!(is_open(friday.open_utc));
    assert!(is_open(friday.close_utc - moment));
    assert!(!is_open(friday.close_utc));
    // The same wall time on the holiday before, and late in the evening, already the next day in UTC.
    assert!(!is_open(friday.open_utc - Duration::days(1)));
    assert!(!is_open(session(day(2022, 3, 10)).expect("a session").close_utc + Duration::hours(5)));
}

#[test]
fn the_week_of_september_2001_is_stepped_over_in_both_directions() {
    assert_eq!(next_session(day(2001, 9, 10)).date, day(2001, 9, 17));
    assert_eq!(previous_session(day(2001, 9, 17)).date, day(2001, 9, 10));
    let thursday = day(2001, 9, 13).and_time(NaiveTime::MIN).and_utc();
    assert_eq!(last_completed(thursday).date, day(2001, 9, 10));
}

#[test]
fn a_range_that_ends_before_it_starts_has_no_sessions() {
    assert_eq!(sessions(day(2022, 3, 11)..=day(2022, 3, 9)).count(), 0);
    assert_eq!(sessions(day(2022, 3, 11)..=day(2022, 3, 10)).count(), 0);
    assert_eq!(sessions(day(2022, 3, 10)..=day(2022, 3, 10)).count(), 1);
}

proptest! {
    #[test]
    fn stepping_forth_and_back_arrives_where_it_started(offset in 0i64..15_000) {
        let next = next_session(day(1990, 1, 1) + Duration::days(offset));
        prop_assert_eq!(next_session(previous_session(next.date).date), next);
        prop_assert_eq!(new_york_at(next.open_utc).date(), next.date);
        prop_assert_eq!(last_completed(next.close_utc), next);
    }
}
