//! What waits for one client: pointers to shared frames, bounded.

use super::{frame::Frame, subscription::Ending};
use std::{collections::VecDeque, sync::Arc};

/// Up to here nothing is conflated.
const CALM: usize = 64;

/// More events than this that must not be conflated, and the client has to resync.
const MOST_ORDERED: usize = 512;

/// The queue of one client.
#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: VecDeque<Arc<Frame>>,
    /// How many of `waiting` must not be conflated.
    ordered: usize,
    /// Length from which on prices are conflated: a replay may be long without anyone being slow.
    calm: usize,
    pub(super) closed: Option<Ending>,
}

impl Queue {
    /// A queue that starts with what was missed.
    pub(super) fn starting_with(missed: Vec<Arc<Frame>>) -> Queue {
        let ordered = missed.iter().filter(|frame| !frame.is_conflatable()).count();
        Queue { calm: missed.len() + CALM, ordered, waiting: missed.into(), closed: None }
    }

    /// Adds a frame; false when the client is so late that it has to resync.
    pub(super) fn push(&mut self, frame: &Arc<Frame>) -> bool {
        if frame.is_conflatable() {
            if self.waiting.len() >= self.calm.max(CALM)
                && let Some(old) = self.waiting.iter().position(|waiting| waiting.is_outdated_by(frame))
            {
                self.waiting.remove(old);
            }
        } else {
            if self.ordered >= MOST_ORDERED.max(self.calm) {
                return false;
            }
            self.ordered += 1;
        }
        // Always at the end, so that ids only ever grow and the last one received covers all before it.
        self.waiting.push_back(frame.clone());
        true
    }

    /// Forgets everything in favour of one frame.
    pub(super) fn replace_with(&mut self, frame: Arc<Frame>) {
        let closed = self.closed;
        *self = Queue { closed, ..Queue::starting_with(vec![frame]) };
    }

    pub(super) fn pop(&mut self) -> Option<Arc<Frame>> {
        let frame = self.waiting.pop_front()?;
        if !frame.is_conflatable() {
            self.ordered -= 1;
        }
        if self.waiting.is_empty() {
            self.calm = CALM;
            // A client that was late once gives its memory back.
            if self.waiting.capacity() > 2 * CALM {
                self.waiting.shrink_to(CALM / 4);
            }
        }
        Some(frame)
    }
}
