//! Slows down guessing: a bound on failed logins per account and per address; and one on letters asked for.
//!
//! Kept in memory: a restart forgets it, and each instance counts for itself. A try counts as failed from its
//! beginning, so that many at once can not slip through; a success takes it back.

use crate::error::{Error, Result};
use chrono::{DateTime, Duration, Utc};
use sha2::{Digest, Sha256};
use std::{
    collections::{HashMap, VecDeque},
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

/// Failed logins of one account within [`WINDOW`] before it has to wait.
pub(crate) const PER_ACCOUNT: usize = 10;
/// Failed logins from one address within [`WINDOW`] before it has to wait.
pub(crate) const PER_ADDRESS: usize = 30;
/// How long a failed login counts.
pub(crate) const WINDOW: Duration = Duration::minutes(15);
/// When so many accounts and addresses are remembered, old ones are looked for and dropped.
const SWEEP_AT: usize = 20_000;

type Key = [u8; 32];

/// Remembers recent failures.
pub(crate) struct Throttle {
    failures: Mutex<HashMap<Key, VecDeque<DateTime<Utc>>>>,
    per_account: usize,
    per_address: usize,
    window: Duration,
}

impl Default for Throttle {
    /// The one of logins.
    fn default() -> Throttle {
        Throttle::new(PER_ACCOUNT, PER_ADDRESS, WINDOW)
    }
}

/// A try that has begun; counts as failed unless it is handed to [`Throttle::succeeded`].
pub(crate) struct Try {
    account: Key,
    address: Key,
    at: DateTime<Utc>,
}

impl Throttle {
    /// One that lets so many through within `window`.
    pub(crate) fn new(per_account: usize, per_address: usize, window: Duration) -> Throttle {
        Throttle { failures: Mutex::default(), per_account, per_address, window }
    }

    /// Counts a try, known account or not; [`Error::Limited`] when there were too many.
    pub(crate) fn begin(&self, account: &str, address: &str, now: DateTime<Utc>) -> Result<Try> {
        let this =
            Try { account: key("account", account), address: key("address", &network(address)), at: now };
        let window = self.window;
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() >= SWEEP_AT {
            failures.retain(|_, times| times.back().is_some_and(|&last| last + window > now));
        }
        let mut wait = Duration::zero();
        for (key, most) in [(&this.account, self.per_account), (&this.address, self.per_address)] {
            if let Some(times) = failures.get_mut(key) {
                while times.front().is_some_and(|&first| first + window <= now) {
                    times.pop_front();
                }
                if times.len() >= most
                    && let Some(&first) = times.front()
                {
                    wait = wait.max(first + window - now);
                }
            }
        }
        if wait > Duration::zero() {
            // Rounded up: asking exactly then must succeed.
            let retry_after_s = u64::try_from((wait.num_milliseconds() + 999) / 1000).unwrap_or(1).max(1);
            return Err(Error::Limited { retry_after_s });
        }
        for key in [this.account, this.address] {
            failures.entry(key).or_default().push_back(now);
        }
        Ok(this)
    }

    /// Takes the try back and forgets the account's failures. Those of the address stay: one good account must
    /// not buy guesses at others.
    pub(crate) fn succeeded(&self, this: &Try) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.remove(&this.account);
        if let Some(times) = failures.get_mut(&this.address) {
            if let Some(place) = times.iter().rposition(|&at| at == this.at) {
                times.remove(place);
            }
            if times.is_empty() {
                failures.remove(&this.address);
            }
        }
    }

    /// Forgets the failures of an account whose password is another one now.
    pub(crate) fn forget(&self, account: &str) {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner).remove(&key("account", account));
    }
}

/// Of fixed size, whatever was sent.
fn key(kind: &str, text: &str) -> Key {
    Sha256::new().chain_update(kind).chain_update([0]).chain_update(text).finalize().into()
}

/// The network one party has as a whole: whoever has one IPv6 address has its whole /64.
pub fn network(address: &str) -> String {
    match address.trim().parse::<IpAddr>().map(|ip| ip.to_canonical()) {
        Ok(IpAddr::V6(ip)) => format!("{:x?}", &ip.segments()[..4]),
        Ok(IpAddr::V4(ip)) => ip.to_string(),
        Err(_) => address.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_700_000_000 + second, 0).unwrap()
    }

    #[test]
    fn an_account_waits_until_its_oldest_failure_is_a_quarter_of_an_hour_old() {
        let throttle = Throttle::default();
        for second in 0..10 {
            throttle.begin("a", &format!("10.0.0.{second}"), at(second)).unwrap();
        }
        let Err(Error::Limited { retry_after_s }) = throttle.begin("a", "10.0.1.1", at(60)) else {
            panic!("the eleventh try was let through")
        };
        assert_eq!(retry_after_s, 15 * 60 - 60);
        assert!(throttle.begin("b", "10.0.1.1", at(60)).is_ok(), "others do not wait");
        assert!(throttle.begin("a", "10.0.1.1", at(15 * 60 - 1)).is_err());
        assert!(throttle.begin("a", "10.0.1.1", at(15 * 60)).is_ok());
    }

    #[test]
    fn an_address_may_not_try_account_after_account() {
        let throttle = Throttle::default();
        for account in 0..30 {
            throttle.begin(&account.to_string(), "192.0.2.7", at(0)).unwrap();
        }
        assert!(throttle.begin("new", "192.0.2.7", at(1)).is_err());
        assert!(
            throttle.begin("new", "::ffff:192.0.2.7", at(1)).is_err(),
            "the same address in IPv6 clothes"
        );
        assert!(throttle.begin("new", "192.0.2.8", at(1)).is_ok());
    }

    #[test]
    fn one_ipv6_network_is_one_address() {
        let throttle = Throttle::default();
        for host in 0..30 {
            throttle.begin(&host.to_string(), &format!("2001:db8::{host:x}"), at(0)).unwrap();
        }
        assert!(throttle.begin("new", "2001:db8::ffff", at(1)).is_err());
        assert!(throttle.begin("new", "2001:db8:0:1::1", at(1)).is_ok());
    }

    #[test]
    fn a_success_clears_the_account_and_leaves_the_address() {
        let throttle = Throttle::default();
        for _ in 0..9 {
            throttle.begin("a", "192.0.2.7", at(0)).unwrap();
        }
        let good = throttle.begin("a", "192.0.2.7", at(1)).unwrap();
        throttle.succeeded(&good);
        for account in 0..21 {
            throttle.begin(&format!("x{account}"), "192.0.2.7", at(2)).unwrap();
        }
        assert!(throttle.begin("a", "192.0.2.7", at(3)).is_err(), "9 + 21 failures came from there");
        assert!(throttle.begin("a", "192.0.2.9", at(3)).is_ok());
    }
}
