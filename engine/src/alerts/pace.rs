//! How fast a channel may be used: a few at once, then one at a time (the generic cell rate algorithm).

use chrono::{DateTime, Duration, Utc};
use domain::ops_alert::Channel;

/// The pace of a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pace {
    /// Between two, once the first few are used up.
    every: Duration,
    /// How many may go out at once after a rest.
    at_once: i32,
}

/// Slack takes about one a second, but nobody reads that fast; issues are work for people.
pub(super) fn of(channel: Channel) -> Pace {
    match channel {
        Channel::Email => Pace { every: Duration::minutes(3), at_once: 10 },
        Channel::Slack => Pace { every: Duration::minutes(1), at_once: 10 },
        Channel::Github => Pace { every: Duration::minutes(10), at_once: 5 },
    }
}

impl Pace {
    /// When the next one may go out, and until when the channel is taken then.
    pub(super) fn next(self, free_at: DateTime<Utc>, now: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
        let arrival = free_at.max(now);
        (now.max(arrival - self.every * (self.at_once - 1)), arrival + self.every)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_go_at_once_then_one_at_a_time_and_a_rest_gives_the_few_back() {
        let pace = Pace { every: Duration::minutes(3), at_once: 3 };
        let start = crate::testing::now();
        let minutes = |count: usize, from: DateTime<Utc>, mut free: DateTime<Utc>| {
            let mut waits = Vec::new();
            for _ in 0..count {
                let (at, until) = pace.next(free, from);
                waits.push((at - from).num_minutes());
                free = until;
            }
            (waits, free)
        };
        let (waits, free) = minutes(6, start, start);
        assert_eq!(waits, [0, 0, 0, 3, 6, 9]);
        let rested = start + Duration::minutes(18);
        assert_eq!(minutes(4, rested, free).0, [0, 0, 0, 3]);
        let nearly = start + Duration::minutes(12);
        assert_eq!(minutes(3, nearly, free).0, [0, 3, 6]);
    }
}
