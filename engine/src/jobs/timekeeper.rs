//! Turns the slots of the schedule into jobs, once for all processes on one database.
//!
//! Each process looks every minute, and at its start. Of the slots that came since a line's last one only the
//! latest is run: what was missed is caught up once. A line that is new has missed nothing; it begins with its
//! next slot.

use super::{
    Jobs, Order,
    schedule::{LINES, Line, Orders, Time},
    slots::Slots,
};
use crate::{
    Engine, Result,
    store::{self, schedules::Place},
};
use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use domain::job::{JobState, ScheduleLine};
use std::collections::HashMap;
use tokio_cron_scheduler::{Job, JobScheduler, JobSchedulerError};
use tokio_util::sync::CancellationToken;

/// Every minute; the seconds come first here.
const EVERY_MINUTE: &str = "0 * * * * *";

impl Engine {
    /// Keeps the schedule until cancelled.
    pub async fn run_schedule(&self, cancel: CancellationToken) {
        self.keep_schedule(LINES).await;
        if let Err(error) = self.tick_every_minute(&cancel).await {
            tracing::error!(%error, "the schedule does not run");
        }
    }

    async fn tick_every_minute(
        &self,
        cancel: &CancellationToken,
    ) -> std::result::Result<(), JobSchedulerError> {
        let mut ticks = JobScheduler::new().await?;
        let engine = self.clone();
        ticks
            .add(Job::new_async(EVERY_MINUTE, move |_, _| {
                let engine = engine.clone();
                Box::pin(async move { engine.keep_schedule(LINES).await })
            })?)
            .await?;
        ticks.start().await?;
        cancel.cancelled().await;
        ticks.shutdown().await
    }

    /// One look at the schedule, for tests that set the clock.
    #[cfg(test)]
    pub(crate) async fn look_at_schedule(&self) {
        self.keep_schedule(LINES).await;
    }

    /// Queues the jobs of all slots that have come; one line's failure does not stop the others.
    pub(super) async fn keep_schedule(&self, lines: &[Line]) {
        let last = match store::schedules::last(self.db()).await {
            Ok(rows) => {
                rows.into_iter().map(|row| ((row.name, row.subject, row.timeline), row.slot)).collect()
            }
            Err(error) => return tracing::warn!(%error, "could not read the schedule"),
        };
        for line in lines {
            if let Err(error) = self.keep_line(line, &last).await {
                tracing::error!(%error, line = line.name, "a line of the schedule could not be kept");
            }
        }
        self.jobs().wake();
    }

    async fn keep_line(&self, line: &Line, last: &Last) -> Result<()> {
        let (timeline, now) = self.time_of(line);
        let zones = match line.zone.fixed() {
            Some(zone) => vec![(String::new(), zone)],
            None => {
                let words = store::schedules::zones(self.db()).await?;
                words.into_iter().filter_map(|word| word.parse().ok().map(|zone| (word, zone))).collect()
            }
        };
        for (subject, zone) in zones {
            let Some(slot) = Slots::of(line, zone)?.latest(now) else { continue };
            let place = Place { name: line.name, subject: &subject, timeline };
            let known = last.get(&(line.name.to_string(), subject.clone(), timeline.to_string()));
            match known {
                Some(known) if *known >= slot => {}
                Some(_) => self.run_slot(line, place, slot).await?,
                None => {
                    let mut tx = self.db().begin().await?;
                    store::schedules::begin(&mut tx, place, slot, self.clock().now()).await?;
                    tx.commit().await?;
                }
            }
        }
        Ok(())
    }

    async fn run_slot(&self, line: &Line, place: Place<'_>, slot: DateTime<Utc>) -> Result<()> {
        let mut tx = self.db().begin().await?;
        if !store::schedules::advance(&mut tx, place, slot, self.clock().now()).await? {
            return Ok(()); // another process was first
        }
        let mut count = 0;
        match line.order {
            Orders::Once(order) => {
                let order = order(slot)?.key_if_none(|| format!("schedule:{}", line.name));
                let ticket = self.jobs().enqueue_in(&mut tx, order).await?;
                store::schedules::name_job(&mut tx, place, ticket.id).await?;
                count += 1;
            }
            Orders::EachMember(order) | Orders::EachReader(order) => {
                let members = match line.order {
                    Orders::EachReader(_) => store::reports::readers(&mut tx, place.subject, slot).await?,
                    _ => store::schedules::members(&mut tx, place.subject, slot).await?,
                };
                for member in members {
                    let key = || format!("schedule:{}:{}:{}", line.name, member.tenant.0, member.user.0);
                    let order: Order = order(member, slot)?.tenant(member.tenant).key_if_none(key);
                    let ticket = self.jobs().enqueue_in(&mut tx, order).await?;
                    store::schedules::name_job(&mut tx, place, ticket.id).await?;
                    count += 1;
                }
            }
        }
        tx.commit().await?;
        tracing::info!(line = line.name, subject = place.subject, %slot, jobs = count, "scheduled");
        Ok(())
    }

    /// The time a line counts by, and what it is called in the store: bundled market time repeats itself with
    /// every start, so its slots are kept apart from those of wall time.
    fn time_of(&self, line: &Line) -> (&'static str, DateTime<Utc>) {
        match line.time {
            Time::Market if self.market_lag() != Duration::zero() => ("bundled", self.market().now()),
            Time::Market | Time::Wall => ("wall", self.clock().now()),
        }
    }

    /// How far market time is behind wall time; zero when it is wall time.
    fn market_lag(&self) -> Duration {
        let lag = self.clock().now() - self.market().now();
        if lag.abs() < Duration::minutes(1) { Duration::zero() } else { lag }
    }
}

impl Jobs<'_> {
    /// Every line of the schedule with its last and next run.
    pub(super) async fn schedule_lines(&self, lines: &[Line]) -> Result<Vec<ScheduleLine>> {
        let engine = self.0;
        let rows = store::schedules::runs(engine.db()).await?;
        lines
            .iter()
            .map(|line| {
                let (timeline, now) = engine.time_of(line);
                let lag = if timeline == "bundled" { engine.market_lag() } else { Duration::zero() };
                let ran = rows.iter().filter(|row| row.name == line.name && row.timeline == timeline);
                // Without a job it is only where the line began. Of a line in many zones, the one that ran last.
                let last = ran.filter(|row| row.job_id.is_some()).max_by_key(|row| row.noted_at);
                let zone = line.zone.fixed().unwrap_or(Tz::UTC);
                let next = Slots::of(line, zone)?.next(now).filter(|_| line.zone.fixed().is_some());
                Ok(ScheduleLine {
                    name: line.name.into(),
                    what: line.what.into(),
                    cron: line.cron.into(),
                    zone: line.zone.as_str().into(),
                    when: line.when.as_str().into(),
                    kind: line.kind.into(),
                    last_slot: last.map(|row| row.slot),
                    last_at: last.map(|row| row.noted_at),
                    last_job: last.and_then(|row| row.job_id),
                    last_state: last.and_then(|row| row.state.as_deref()).and_then(JobState::parse),
                    next_slot: next,
                    next_at: next.map(|slot| slot + lag),
                    market_time: line.time == Time::Market,
                })
            })
            .collect()
    }
}

/// The last slot of each line, subject and timeline.
type Last = HashMap<(String, String, String), DateTime<Utc>>;

#[cfg(test)]
mod tests;
