//! Keeps to what a provider allows: so many a minute, an hour, a day, people before the schedule.

use super::Urgency;
use crate::{
    Clock,
    provider::{Limits, ProviderError},
};
use chrono::{Days, NaiveDate, NaiveTime};
use governor::{
    Quota, RateLimiter,
    clock::Clock as _,
    middleware::NoOpMiddleware,
    nanos::Nanos,
    state::{InMemoryState, NotKeyed},
};
use std::{
    num::NonZeroU32,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::sync::Notify;

/// [`Clock`] as the token bucket wants it.
#[derive(Debug, Clone)]
struct Ticks(Clock);

impl governor::clock::Clock for Ticks {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        Nanos::from(self.0.ticks())
    }
}

pub(super) struct Gate {
    clock: Clock,
    bucket: RateLimiter<NotKeyed, InMemoryState, Ticks, NoOpMiddleware<Nanos>>,
    per_day: Option<u32>,
    today: Mutex<(NaiveDate, u32)>,
    people: AtomicUsize,
    nobody: Notify,
}

impl Gate {
    pub(super) fn new(limits: Limits, clock: Clock) -> Gate {
        let bucket = RateLimiter::direct_with_clock(quota(limits), Ticks(clock.clone()));
        let today = Mutex::new((clock.now().date_naive(), 0));
        Gate {
            clock,
            bucket,
            per_day: limits.per_day,
            today,
            people: AtomicUsize::new(0),
            nobody: Notify::new(),
        }
    }

    /// Waits for a turn.
    ///
    /// # Errors
    /// [`ProviderError::Throttled`] when the day's requests are used up. They are counted by days of UTC, and anew
    /// after a restart.
    pub(super) async fn pass(&self, urgency: Urgency) -> Result<(), ProviderError> {
        let _person = (urgency == Urgency::Manual).then(|| Person::comes(self));
        loop {
            let nobody = self.nobody.notified();
            if urgency == Urgency::Scheduled && self.people.load(Ordering::SeqCst) > 0 {
                nobody.await;
                continue;
            }
            match self.bucket.check() {
                Ok(()) => break,
                Err(until) => self.clock.sleep(until.wait_time_from(Ticks(self.clock.clone()).now())).await,
            }
        }
        self.count()
    }

    fn count(&self) -> Result<(), ProviderError> {
        let now = self.clock.now();
        let mut today = self.today.lock().unwrap_or_else(PoisonError::into_inner);
        if today.0 != now.date_naive() {
            *today = (now.date_naive(), 0);
        }
        if self.per_day.is_some_and(|most| today.1 >= most) {
            let midnight = (today.0 + Days::new(1)).and_time(NaiveTime::MIN).and_utc();
            return Err(ProviderError::Throttled { retry_after: (midnight - now).to_std().ok() });
        }
        today.1 += 1;
        Ok(())
    }
}

/// The slower of the two paces. The requests after a pause are among those of an hour, so only the others come back
/// within it.
fn quota(limits: Limits) -> Quota {
    let at_least_one = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
    let by_minute = Quota::per_minute(at_least_one(limits.per_minute));
    let others = |hour: u32| at_least_one(hour.saturating_sub(limits.burst));
    let pace = match limits.per_hour.map(|hour| Quota::per_hour(others(hour))) {
        Some(by_hour) if by_hour.replenish_interval() > by_minute.replenish_interval() => by_hour,
        _ => by_minute,
    };
    pace.allow_burst(at_least_one(limits.burst))
}

/// Somebody is waiting, for as long as this lives.
struct Person<'a>(&'a Gate);

impl<'a> Person<'a> {
    fn comes(gate: &'a Gate) -> Person<'a> {
        gate.people.fetch_add(1, Ordering::SeqCst);
        Person(gate)
    }
}

impl Drop for Person<'_> {
    fn drop(&mut self) {
        if self.0.people.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.0.nobody.notify_waiters();
        }
    }
}
