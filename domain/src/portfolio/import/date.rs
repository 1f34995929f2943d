//! Dates as people and brokers write them.

use super::DateOrder;
use chrono::NaiveDate;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The order that the dates of a file with numbers tell: a first part above 12 is a day, a second one a month's day.
/// `None` where nothing tells.
pub(super) fn order<'a>(cells: impl Iterator<Item = &'a str>) -> Option<DateOrder> {
    for cell in cells {
        if let Some([first, second, _]) = numbers(day_part(cell))
            && first.len() <= 2
        {
            match (first.parse::<u32>(), second.parse::<u32>()) {
                (Ok(13..=31), _) => return Some(DateOrder::Dmy),
                (_, Ok(13..=31)) => return Some(DateOrder::Mdy),
                _ => {}
            }
        }
    }
    None
}

/// A date; what follows it (a time) is not looked at. `None` when it is none.
pub(super) fn parse(cell: &str, order: DateOrder) -> Option<NaiveDate> {
    let day = day_part(cell);
    if day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit()) {
        return NaiveDate::parse_from_str(day, "%Y%m%d").ok();
    }
    if let Some(date) = named(cell.trim()) {
        return Some(date);
    }
    let [first, second, third] = numbers(day)?;
    let number = |text: &str| text.parse::<u32>().ok();
    let year = |text: &str| match text.len() {
        4 => text.parse::<i32>().ok(),
        2 => text.parse::<i32>().ok().map(|year| if year < 70 { 2000 + year } else { 1900 + year }),
        _ => None,
    };
    if first.len() == 4 {
        return NaiveDate::from_ymd_opt(year(first)?, number(second)?, number(third)?);
    }
    match order {
        DateOrder::Dmy => NaiveDate::from_ymd_opt(year(third)?, number(second)?, number(first)?),
        DateOrder::Mdy => NaiveDate::from_ymd_opt(year(third)?, number(first)?, number(second)?),
        DateOrder::Ymd => NaiveDate::from_ymd_opt(year(first)?, number(second)?, number(third)?),
    }
}

/// What stands before a time.
fn day_part(cell: &str) -> &str {
    let cell = cell.trim();
    cell.split(['T', ' ', ';', ',']).next().unwrap_or(cell)
}

fn numbers(day: &str) -> Option<[&str; 3]> {
    let mut parts = day.split(['-', '/', '.']);
    let three = [parts.next()?, parts.next()?, parts.next()?];
    let digits =
        |part: &&str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    (parts.next().is_none() && three.iter().all(digits)).then_some(three)
}

/// `2 Jan 2024`, `02-Jan-2024`, `Jan 2, 2024`.
fn named(cell: &str) -> Option<NaiveDate> {
    let mut parts = cell.split([' ', '-', ',', '.']).filter(|part| !part.is_empty());
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let month = |text: &str| {
        let start = text.get(..3)?.to_ascii_lowercase();
        MONTHS.iter().position(|month| *month == start).map(|at| at as u32 + 1)
    };
    let (month, day) = match (month(first), month(second)) {
        (Some(month), _) => (month, second),
        (_, Some(month)) => (month, first),
        _ => return None,
    };
    (year.len() == 4).then_some(())?;
    NaiveDate::from_ymd_opt(year.parse().ok()?, month, day.parse().ok()?)
}
