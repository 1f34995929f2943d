//! How long what was collected is kept. Shipped data and what tenants brought are never removed.

use super::{Setting, Values};
use chrono::Duration;
use engine::retention::Periods;

const fn setting(name: &'static str, default: &'static str, explain: &'static str) -> Setting {
    Setting { name, default, secret: false, explain }
}

pub(super) const SETTINGS: &[Setting] = &[
    setting(
        "RETENTION_DAILY_DAYS",
        "14640",
        "Collected daily bars are kept so long; at least five years, 1830. Indicators follow them.",
    ),
    setting("RETENTION_HOURLY_DAYS", "366", "Collected hourly bars are kept so long."),
    setting("RETENTION_MINUTE_DAYS", "92", "Collected minute bars are kept so long."),
    setting("RETENTION_MACRO_DAYS", "1830", "Collected economic series are kept so long."),
    setting("RETENTION_TRENDS_DAYS", "366", "Collected search interest is kept so long."),
    setting("RETENTION_NEWS_TEXT_DAYS", "92", "Texts of headlines are kept so long; titles and scores stay."),
    setting(
        "RETENTION_RUN_DAYS",
        "366",
        "Records of runs over the sources and their scores are kept so long.",
    ),
    setting("RETENTION_REPORT_DAYS", "366", "Reports and their PDFs are kept so long."),
];

pub(super) fn read(values: &mut Values) -> Periods {
    let standard = Periods::default();
    let mut days = |name: &'static str, least: i64, or: Duration| {
        let read = values.parse(name, |text| match text.parse::<i64>() {
            Ok(days) if (least..=100_000).contains(&days) => Ok(Duration::days(days)),
            _ => Err(format!("`{text}` is not a number of days from {least} to 100000")),
        });
        read.unwrap_or(or)
    };
    Periods {
        daily: days("RETENTION_DAILY_DAYS", 1830, standard.daily),
        hourly: days("RETENTION_HOURLY_DAYS", 1, standard.hourly),
        minute: days("RETENTION_MINUTE_DAYS", 1, standard.minute),
        macros: days("RETENTION_MACRO_DAYS", 1, standard.macros),
        trends: days("RETENTION_TRENDS_DAYS", 1, standard.trends),
        news_texts: days("RETENTION_NEWS_TEXT_DAYS", 1, standard.news_texts),
        runs: days("RETENTION_RUN_DAYS", 1, standard.runs),
        reports: days("RETENTION_REPORT_DAYS", 1, standard.reports),
    }
}
