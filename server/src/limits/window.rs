//! The sliding hour of one caller: how many calls were allowed in each of the last minutes.
//!
//! A minute counts until all of it is an hour ago. So no hour, wherever it begins, holds more calls than the quota;
//! the price is that a call comes back up to a minute late.

use std::collections::VecDeque;

/// The window.
pub const LENGTH_S: i64 = 3_600;

/// What is counted together.
const SLOT_S: i64 = 60;

/// Slots that touch the window.
const SLOTS: i64 = LENGTH_S / SLOT_S + 1;

/// What became of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It may happen.
    Allowed {
        /// So many more may.
        left: u32,
        /// Seconds until the oldest call that counts does not count any more.
        reset_s: u64,
    },
    /// It may not, and was not counted.
    Refused {
        /// Seconds until one may again.
        retry_after_s: u64,
    },
}

/// The calls of one caller. Never longer than [`SLOTS`].
#[derive(Debug, Default)]
pub struct Window {
    /// Slot and calls, oldest first; slots without calls are left out.
    slots: VecDeque<(i64, u32)>,
    total: u32,
}

impl Window {
    /// Counts a call at `now_s`, seconds since 1970, unless `quota` calls count already.
    pub fn take(&mut self, quota: u32, now_s: i64) -> Standing {
        // A clock that was set back counts on in the slot it had reached.
        let newest = self.slots.back().map_or(i64::MIN, |(slot, _)| *slot);
        let slot = now_s.div_euclid(SLOT_S).max(newest);
        while let Some(&(old, calls)) = self.slots.front().filter(|(old, _)| old + SLOTS <= slot) {
            debug_assert!(old + SLOTS <= slot);
            self.total -= calls;
            self.slots.pop_front();
        }
        if self.total >= quota {
            return Standing::Refused { retry_after_s: self.wait(quota, now_s) };
        }
        match self.slots.back_mut() {
            Some((last, calls)) if *last == slot => *calls += 1,
            _ => self.slots.push_back((slot, 1)),
        }
        self.total += 1;
        let oldest = self.slots.front().map_or(slot, |(slot, _)| *slot);
        Standing::Allowed { left: quota - self.total, reset_s: until(oldest, now_s) }
    }

    /// Seconds until fewer than `quota` calls count; a subscription that ended may have left many more.
    fn wait(&self, quota: u32, now_s: i64) -> u64 {
        let mut left = self.total;
        for (slot, calls) in &self.slots {
            left -= calls;
            if left < quota {
                return until(*slot, now_s);
            }
        }
        LENGTH_S.unsigned_abs()
    }

    /// Whether nothing counts any more.
    pub fn is_over(&self, now_s: i64) -> bool {
        self.slots.back().is_none_or(|(newest, _)| newest + SLOTS <= now_s.div_euclid(SLOT_S))
    }

    /// When the caller called last, as the number of a slot.
    pub fn newest(&self) -> i64 {
        self.slots.back().map_or(i64::MIN, |(newest, _)| *newest)
    }

    /// How much is remembered.
    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.slots.len()
    }
}

/// Seconds until a slot does not count any more.
fn until(slot: i64, now_s: i64) -> u64 {
    u64::try_from((slot + SLOTS) * SLOT_S - now_s).unwrap_or(0).max(1)
}
