//! The scanner: scans and filters over the whole universe, from snapshots that are kept warm, and the record of what each
//! scan said of a day.

mod warm;

pub(crate) use warm::{Scans, stamp};

use crate::{Engine, Error, Result, jobs::Run, store};
use chrono::{Duration, NaiveDate};
use domain::{
    calendar::{is_session, last_completed},
    scanner::{
        Filter, Found, KEPT_ITEMS, Scan, ScanResult, Snapshot, Sort, Timeframe, scan, screened,
        sessions_to_keep,
    },
};
use std::{borrow::Borrow, sync::Arc};

/// How far back what was not kept is worked out anew, in days.
pub const PAST_DAYS: i64 = 60;
/// Most rows of an answer.
pub const MOST_ROWS: usize = 1_000;

/// The scanner of an [`Engine`].
pub struct Scanner<'a>(&'a Engine);

impl Engine {
    /// Scans and filters over the whole universe.
    pub fn scanner(&self) -> Scanner<'_> {
        Scanner(self)
    }
}

impl Scanner<'_> {
    /// What a scan says of the newest session, or what it said of an earlier one: as it was kept then, or worked out anew
    /// from the history, once, and kept from then on.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a day without a session, before [`PAST_DAYS`], or when there are no prices at all.
    pub async fn result(
        &self,
        which: Scan,
        timeframe: Timeframe,
        day: Option<NaiveDate>,
    ) -> Result<ScanResult> {
        let newest = self.newest_day().await?.ok_or(Error::NotFound("a price"))?;
        let day = day.unwrap_or(newest);
        if day == newest {
            let warm = self.warm(timeframe).await?;
            return Ok(self.said(which, timeframe, day, &warm.all, MOST_ROWS));
        }
        if let Some(kept) = store::scans::get(self.0.db(), which, timeframe, day).await? {
            return Ok(kept);
        }
        if day > newest || newest - day > Duration::days(PAST_DAYS) || !is_session(day) {
            return Err(Error::NotFound("a scan of that day"));
        }
        self.keep_past(timeframe, &[day]).await?;
        let kept = store::scans::get(self.0.db(), which, timeframe, day).await?;
        kept.ok_or(Error::NotFound("a scan of that day"))
    }

    /// What a filter lets through after the newest session; the first `limit` in the order asked for, at most [`MOST_ROWS`].
    pub async fn screen(
        &self,
        filter: &Filter,
        timeframe: Timeframe,
        sort: Option<Sort>,
        limit: usize,
    ) -> Result<Found> {
        let warm = self.warm(timeframe).await?;
        let filter = filter.clone();
        crate::analysis::blocking(move || screened(&filter, &warm.all, sort, limit.min(MOST_ROWS))).await
    }

    /// The newest session with prices.
    pub async fn newest_day(&self) -> Result<Option<NaiveDate>> {
        self.0.market_day().await
    }

    /// The sessions whose scans are to be kept now, oldest first. None while the newest session goes on or its prices still
    /// come in: what is kept stays as it is, so it waits for all of them.
    pub(crate) async fn due(&self, timeframe: Timeframe) -> Result<Vec<NaiveDate>> {
        let Some(newest) = self.newest_day().await? else { return Ok(Vec::new()) };
        let is_over = newest <= last_completed(self.0.market().now()).date;
        if !is_over || !self.has_come_in(newest).await? {
            return Ok(Vec::new());
        }
        let last = store::scans::last_day(self.0.db(), timeframe).await?;
        Ok(sessions_to_keep(timeframe, last, newest))
    }

    /// Keeps what all scans say of every session that is due. What was kept of a session stays as it was.
    pub(crate) async fn keep(&self, timeframe: Timeframe, run: &Run<'_>) -> Result<Vec<NaiveDate>> {
        let days = self.due(timeframe).await?;
        if days.is_empty() {
            return Ok(days);
        }
        // Built here: what is remembered may be of the minutes in which prices still came in.
        let warm = self.build(timeframe).await?;
        let past: Vec<NaiveDate> = days.iter().copied().filter(|day| warm.day != Some(*day)).collect();
        if !past.is_empty() {
            run.progress(10, &format!("scans of {} earlier sessions", past.len())).await?;
            self.keep_past(timeframe, &past).await?;
        }
        if let Some(newest) = warm.day.filter(|day| days.contains(day)) {
            run.progress(80, &format!("scans of {newest}")).await?;
            self.keep_all(timeframe, newest, &warm.all).await?;
        }
        Ok(days)
    }

    /// Earlier sessions, with one look at the history; worked out once even when many ask at the same time.
    async fn keep_past(&self, timeframe: Timeframe, days: &[NaiveDate]) -> Result<()> {
        let _one = self.0.memory().scans.past.lock().await;
        let mut missing = Vec::new();
        for day in days {
            if store::scans::get(self.0.db(), Scan::ALL[0], timeframe, *day).await?.is_none() {
                missing.push(*day);
            }
        }
        if missing.is_empty() {
            return Ok(());
        }
        for (day, snapshots) in self.snapshots_of(timeframe, &missing).await? {
            self.keep_all(timeframe, day, &snapshots).await?;
        }
        Ok(())
    }

    async fn keep_all(&self, timeframe: Timeframe, day: NaiveDate, of: &[Arc<Snapshot>]) -> Result<()> {
        let mut tx = self.0.db().begin().await?;
        for which in Scan::ALL {
            let said = self.said(which, timeframe, day, of, KEPT_ITEMS);
            store::scans::put(&mut tx, &said).await?;
        }
        tx.commit().await
    }

    fn said<S: Borrow<Snapshot>>(
        &self,
        which: Scan,
        timeframe: Timeframe,
        day: NaiveDate,
        of: &[S],
        limit: usize,
    ) -> ScanResult {
        let Found { symbols, total, columns, items } = scan(which, of, limit);
        let made_at = self.0.clock().now();
        ScanResult { scan: which, timeframe, day, made_at, symbols, total, columns, items }
    }
}

#[cfg(test)]
mod tests;
