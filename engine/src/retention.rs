//! What is kept for how long. Shipped data, what tenants brought, forecasts and headlines stay; the texts of
//! collected headlines go, their titles and scores do not.

use crate::{Engine, Result, store};
use chrono::{DateTime, Duration, Utc};
use domain::Interval;
use serde::Serialize;

/// How long each family of rows is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Periods {
    /// Daily bars.
    pub daily: Duration,
    /// Hourly bars.
    pub hourly: Duration,
    /// Minute bars.
    pub minute: Duration,
    /// Observations of economic series.
    pub macros: Duration,
    /// Search interest.
    pub trends: Duration,
    /// Texts of headlines.
    pub news_texts: Duration,
    /// Records of runs, their scores, what was decided in quarantine, and alerts that operators have seen.
    pub runs: Duration,
    /// Reports and their PDFs.
    pub reports: Duration,
}

impl Default for Periods {
    /// Daily bars for 40 years, since charts, signals and forecasts live from them; the rest by its use.
    fn default() -> Periods {
        let years = |count: i64| Duration::days(count * 366);
        Periods {
            daily: years(40),
            hourly: years(1),
            minute: Duration::days(92),
            macros: years(5),
            trends: years(1),
            news_texts: Duration::days(92),
            runs: years(1),
            reports: years(1),
        }
    }
}

/// What was, or would be, removed from one table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Removed {
    /// The table, with the interval for bars.
    pub table: &'static str,
    /// What is older goes.
    pub before: DateTime<Utc>,
    /// How many rows.
    pub rows: u64,
}

/// Retention of an [`Engine`].
pub struct Retention<'a>(&'a Engine);

impl Engine {
    /// What is kept for how long.
    pub fn retention(&self) -> Retention<'_> {
        Retention(self)
    }
}

impl Retention<'_> {
    /// Removes what is too old, table by table, or with `dry_run` only counts it. Market data ages by the market
    /// clock, our own records by the wall.
    pub async fn clean_up(&self, dry_run: bool) -> Result<Vec<Removed>> {
        let (db, keep) = (self.0.db(), self.0.periods());
        let (now, market) = (self.0.clock().now(), self.0.market().now());
        let mut removed = Vec::new();
        let mut note = |table, before, rows| removed.push(Removed { table, before, rows });
        for (table, interval, period) in [
            ("bars 1d", Interval::Day1, keep.daily),
            ("bars 1h", Interval::Hour1, keep.hourly),
            ("bars 1m", Interval::Minute1, keep.minute),
        ] {
            let before = market - period;
            let mut tx = db.begin().await?;
            let rows = store::bars::retire(&mut tx, interval, before, dry_run).await?;
            if interval == Interval::Minute1 && !dry_run {
                store::bar_months::tend(&mut tx, before, market).await?;
            }
            tx.commit().await?;
            note(table, before, rows);
        }
        let mut tx = db.begin().await?;
        let before = market - keep.macros;
        note(
            "macro_observations",
            before,
            store::macros::retire(&mut tx, before.date_naive(), dry_run).await?,
        );
        let before = market - keep.trends;
        note("trend_points", before, store::trends::retire(&mut tx, before.date_naive(), dry_run).await?);
        let before = market - keep.news_texts;
        note("articles (texts)", before, store::articles::archive(&mut tx, before, now, dry_run).await?);
        let before = now - keep.runs;
        note("etl_runs", before, store::etl_runs::retire(&mut tx, before, dry_run).await?);
        note("ops_alerts", before, store::ops_alerts::retire(&mut tx, before, dry_run).await?);
        note("quarantine", before, store::quarantine::retire(&mut tx, before, dry_run).await?);
        tx.commit().await?;
        let before = now - keep.reports;
        let rows = self.0.reports().retire(before, dry_run).await?;
        removed.push(Removed { table: "reports", before, rows });
        if !dry_run && removed.iter().any(|each| each.rows > 0) {
            self.0.memory().forget();
        }
        Ok(removed)
    }
}
