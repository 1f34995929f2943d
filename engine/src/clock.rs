//! The only places where Candlewick learns what time it is.
//!
//! [`Clock`] is wall time. [`MarketClock`] is the time the market data lives in: with the bundled provider it
//! starts at the close of the bundled date and runs on from there, so that every range, age and "today" of a
//! market figure counts from the data and not from the wall.

use chrono::{DateTime, Duration, SubsecRound, Utc};
use std::{
    sync::{Arc, LazyLock, Mutex},
    time::Instant,
};
use tokio::sync::watch;

/// Where [`Clock::ticks`] counts from on the machine.
static BEGIN: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Wall time, or a time that a test sets.
#[derive(Debug, Clone)]
pub struct Clock(Option<Arc<Mutex<DateTime<Utc>>>>);

impl Clock {
    /// The machine's clock.
    pub fn system() -> Clock {
        Clock(None)
    }

    /// A clock that stands at `at` until [`Clock::advance`] moves it.
    pub fn fixed(at: DateTime<Utc>) -> Clock {
        Clock(Some(Arc::new(Mutex::new(at.trunc_subsecs(6)))))
    }

    /// Now, in microseconds (what both databases can hold).
    #[allow(clippy::disallowed_methods)] // the one reader of the machine's clock
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            None => Utc::now().trunc_subsecs(6),
            Some(at) => *at.lock().unwrap_or_else(std::sync::PoisonError::into_inner),
        }
    }

    /// Time since some moment that never changes; unlike [`Clock::now`] it never jumps when the machine's clock
    /// is set. For measuring and for waiting, not for telling.
    pub fn ticks(&self) -> std::time::Duration {
        match &self.0 {
            None => BEGIN.elapsed(),
            Some(_) => (self.now() - DateTime::UNIX_EPOCH).to_std().unwrap_or_default(),
        }
    }

    /// Waits. A fixed clock does not: it moves on by as much at once, so that a test sees how long was waited.
    pub async fn sleep(&self, time: std::time::Duration) {
        match &self.0 {
            None => tokio::time::sleep(time).await,
            Some(_) => {
                self.advance(Duration::from_std(time).unwrap_or_default());
                tokio::task::yield_now().await;
            }
        }
    }

    /// Moves a fixed clock forward; the machine's clock does not listen.
    pub fn advance(&self, by: Duration) {
        if let Some(at) = &self.0 {
            let mut at = at.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            *at += by;
        }
    }
}

/// Market time: wall time, or wall time shifted so that it began at the close of the bundled data. Clones go
/// together: when one goes live, all do.
#[derive(Debug, Clone)]
pub struct MarketClock {
    clock: Clock,
    /// How far market time is from wall time; zero once it is live.
    shift: watch::Sender<Duration>,
}

impl MarketClock {
    /// Market time is wall time.
    pub fn live(clock: Clock) -> MarketClock {
        MarketClock { clock, shift: watch::Sender::new(Duration::zero()) }
    }

    /// Market time is `start` now and runs on at the pace of the wall.
    pub fn starting_at(clock: Clock, start: DateTime<Utc>) -> MarketClock {
        let shift = start - clock.now();
        MarketClock { clock, shift: watch::Sender::new(shift) }
    }

    /// Whether market time is wall time: false where it goes on from the bundled date.
    pub fn is_live(&self) -> bool {
        self.shift.borrow().is_zero()
    }

    /// From now on market time is wall time, and stays it: it never goes back. False when it was before.
    pub fn go_live(&self) -> bool {
        self.shift.send_if_modified(|shift| !std::mem::replace(shift, Duration::zero()).is_zero())
    }

    /// Waits until market time is wall time.
    pub async fn when_live(&self) {
        // The sender is `self`, so the channel can not close while this waits.
        self.shift.subscribe().wait_for(Duration::is_zero).await.ok();
    }

    /// Market time now.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now() + *self.shift.borrow()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn market_time_goes_live_once_and_for_all_clones() {
        let now = DateTime::from_timestamp(1_767_623_400, 0).unwrap();
        let start = DateTime::from_timestamp(1_646_946_000, 0).unwrap();
        let market = MarketClock::starting_at(Clock::fixed(now), start);
        let clone = market.clone();
        assert_eq!((clone.now(), clone.is_live()), (start, false));
        let waiting = clone.when_live();
        assert!(market.go_live());
        waiting.await;
        assert_eq!((clone.now(), clone.is_live()), (now, true));
        assert!(!clone.go_live());
    }
}
