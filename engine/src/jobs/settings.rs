//! How much work a process does at once, and how long it may be silent.

use domain::job::Queue;
use std::{collections::BTreeMap, time::Duration};

/// How [`crate::Engine::run_jobs`] works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Jobs at once in this process, by queue; a queue that is not named gets none.
    pub workers: BTreeMap<Queue, usize>,
    /// Jobs that a person waits for and that may run beyond those, all queues together.
    pub urgent: usize,
    /// How long a job is safe from others without a sign of life. A killed worker's jobs start again this much
    /// later, and one [`Settings::look`].
    pub lease: Duration,
    /// Time between two signs of life.
    pub renew: Duration,
    /// Time between two looks for work when nobody calls.
    pub look: Duration,
    /// How long a job that was told to stop may take about it.
    pub grace: Duration,
}

impl Default for Settings {
    fn default() -> Settings {
        let workers = Queue::ALL.map(|queue| (queue, default_workers(queue)));
        Settings {
            workers: workers.into(),
            urgent: 4,
            lease: Duration::from_secs(25),
            renew: Duration::from_secs(8),
            look: Duration::from_millis(500),
            grace: Duration::from_secs(5),
        }
    }
}

/// Jobs at once of a queue, where nothing else is set.
fn default_workers(queue: Queue) -> usize {
    match queue {
        Queue::MarketData => 3,
        Queue::Predictions | Queue::Sentiment => 2,
        Queue::Reports | Queue::Default => 1,
    }
}
