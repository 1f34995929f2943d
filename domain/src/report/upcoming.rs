//! What is to come: the exchange's next days.

use super::{Block, Cell, Section, said, sections::table};
use crate::calendar::{next_session, session};
use chrono::{Datelike, Duration, NaiveDate, Weekday};

/// So far ahead it looks for days that are not ordinary.
const DAYS: i64 = 45;

/// The next session, and holidays and half days of the coming weeks.
pub(super) fn section(today: NaiveDate) -> Section {
    let next = session(today).unwrap_or_else(|| next_session(today));
    let clock = |at| crate::calendar::new_york_at(at).format("%H:%M").to_string();
    let words = format!(
        "The exchange trades {} from {} to {} New York time{}.",
        if next.date == today { "today".to_string() } else { format!("next on {}", said::date(next.date)) },
        clock(next.open_utc),
        clock(next.close_utc),
        if next.half_day { ", a half day" } else { "" },
    );
    let mut blocks = vec![Block::Text { text: words }];
    let unusual = (1..=DAYS).filter_map(|ahead| {
        let day = today + Duration::days(ahead);
        match session(day) {
            Some(found) if found.half_day => {
                Some((day, format!("Closes early, at {}", clock(found.close_utc))))
            }
            None if !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) => {
                Some((day, "The exchange is closed".to_string()))
            }
            _ => None,
        }
    });
    let rows: Vec<_> = unusual
        .map(|(day, what)| vec![Cell::new(day.format("%A, %-d %b %Y").to_string()), Cell::new(what)])
        .collect();
    if !rows.is_empty() {
        let columns = [("Day", 40, false), ("What", 60, false)];
        blocks.push(Block::Table { table: table(rows, &columns, Vec::new()) });
    }
    Section { title: "Upcoming".into(), blocks }
}
