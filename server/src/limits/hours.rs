//! The hours of all callers, in the memory of this process, never more than [`MOST_CALLERS`].
//!
//! Several servers count each for itself. Where they are to count together, [`Hours::take`] is the one call that a
//! shared store has to answer.

use super::{
    Limit,
    window::{Standing, Window},
};
use chrono::{DateTime, Utc};
use domain::UserId;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// Callers remembered at most: about 40 MB if every one of them called in every minute.
const MOST_CALLERS: usize = 50_000;

/// Who calls.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Caller {
    /// Somebody who is known.
    User(UserId),
    /// An address, or the network one party has as a whole.
    Network(String),
}

/// Whose calls of what.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    pub limit: Limit,
    pub caller: Caller,
}

/// What was called in the last hour, and by whom.
pub struct Hours {
    windows: Mutex<HashMap<Key, Window>>,
    most: usize,
}

impl Default for Hours {
    fn default() -> Hours {
        Hours::for_at_most(MOST_CALLERS)
    }
}

impl Hours {
    /// Remembers so many callers.
    pub fn for_at_most(most: usize) -> Hours {
        Hours { windows: Mutex::default(), most }
    }

    /// Counts a call unless `quota` calls within an hour were counted already.
    pub fn take(&self, key: Key, quota: u32, now: DateTime<Utc>) -> Standing {
        let now_s = now.timestamp();
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        if windows.len() >= self.most && !windows.contains_key(&key) {
            make_room(&mut windows, now_s);
        }
        windows.entry(key).or_default().take(quota, now_s)
    }

    /// How many callers are remembered.
    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.windows.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

/// Forgets whose hour is over; where that is nobody, the sixteenth part that called longest ago.
fn make_room(windows: &mut HashMap<Key, Window>, now_s: i64) {
    let before = windows.len();
    windows.retain(|_, window| !window.is_over(now_s));
    if windows.len() < before {
        return;
    }
    let mut newest: Vec<i64> = windows.values().map(Window::newest).collect();
    let some = before / 16;
    let (_, &mut limit, _) = newest.select_nth_unstable(some);
    let mut room = some + 1;
    windows.retain(|_, window| {
        let goes = room > 0 && window.newest() <= limit;
        room -= usize::from(goes);
        !goes
    });
}
