//! Leaves a provider alone after it failed too often, and finds out by one question when it is back.

use domain::provider::Breaker as Shown;
use std::time::Duration;

/// Failures in a row that open the circuit.
const PATIENCE: u32 = 5;
/// The first rest; each probe that fails doubles it.
const REST: Duration = Duration::from_secs(30);
/// The longest rest.
const LONGEST_REST: Duration = Duration::from_secs(10 * 60);

/// Times are [`crate::Clock::ticks`].
#[derive(Debug, Default)]
pub(super) struct Breaker {
    failures: u32,
    /// How often in a row it opened.
    opened: u32,
    open_until: Option<Duration>,
    probing: bool,
}

impl Breaker {
    /// Whether a question may go out now.
    pub(super) fn allows(&self, now: Duration) -> bool {
        self.open_until.is_none_or(|until| now >= until && !self.probing)
    }

    /// Like [`Breaker::allows`], and the question goes out: while the circuit is open it is the probe.
    pub(super) fn enter(&mut self, now: Duration) -> bool {
        let allowed = self.allows(now);
        self.probing |= allowed && self.open_until.is_some();
        allowed
    }

    /// It answered: the circuit is closed. True when it was open.
    pub(super) fn answered(&mut self) -> bool {
        let was_open = self.open_until.is_some();
        *self = Breaker::default();
        was_open
    }

    /// It failed. `hopeless` opens at once: asking again soon can not help. True when the circuit opens, and not
    /// when it was open before.
    pub(super) fn failed(&mut self, now: Duration, hopeless: bool) -> bool {
        self.failures += 1;
        let was_open = self.open_until.is_some();
        if was_open || hopeless || self.failures >= PATIENCE {
            let rest = if hopeless { LONGEST_REST } else { REST * 2u32.pow(self.opened.min(5)) };
            self.opened += 1;
            self.open_until = Some(now + rest.min(LONGEST_REST));
            self.probing = false;
            return !was_open;
        }
        false
    }

    /// The one who asked went away before the answer.
    pub(super) fn abandoned(&mut self) {
        self.probing = false;
    }

    /// For people.
    pub(super) fn shown(&self, now: Duration) -> Shown {
        match self.open_until {
            None => Shown::Closed,
            Some(until) if now < until => Shown::Open,
            Some(_) => Shown::HalfOpen,
        }
    }

    /// How long it stays closed to questions.
    pub(super) fn rest(&self, now: Duration) -> Option<Duration> {
        self.open_until.map(|until| until.saturating_sub(now))
    }
}
