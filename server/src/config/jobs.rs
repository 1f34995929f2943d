//! Who does the work in the background, and how much of it at once.

use super::{Setting, Values};
use domain::job::Queue;
use engine::jobs::Settings;

pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        name: "JOBS",
        default: "on",
        secret: false,
        explain: "on or off: whether `serve` does jobs and keeps the schedule itself. `candlewick worker` does both \
                  whatever stands here.",
    },
    Setting {
        name: "WORKERS",
        default: "market_data=3,predictions=2,sentiment=2,reports=1,default=1",
        secret: false,
        explain: "Jobs at once by queue, in each process. A queue that is not named keeps its number; 0 leaves it \
                  to other processes.",
    },
];

/// Most jobs of one queue at once.
const MOST: usize = 64;

/// The section.
#[derive(Debug, Clone)]
pub struct Jobs {
    /// Whether `serve` does them.
    pub served: bool,
    /// How.
    pub settings: Settings,
}

impl Jobs {
    pub(super) fn read(values: &mut Values) -> Jobs {
        let served = values.parse("JOBS", |word| match word {
            "on" => Ok(true),
            "off" => Ok(false),
            other => Err(format!("`{other}` is neither on nor off")),
        });
        let mut settings = Settings::default();
        let named =
            values.parse("WORKERS", |text| text.split(',').map(number).collect::<Result<Vec<_>, _>>());
        settings.workers.extend(named.into_iter().flatten());
        Jobs { served: served.unwrap_or(true), settings }
    }
}

fn number(text: &str) -> Result<(Queue, usize), String> {
    let (queue, number) = text.split_once('=').ok_or(format!("`{text}` is not a queue, `=` and a number"))?;
    let queue = Queue::parse(queue.trim()).ok_or_else(|| {
        let all = Queue::ALL.map(Queue::as_str).join(", ");
        format!("`{}` is not a queue; there are {all}", queue.trim())
    })?;
    match number.trim().parse() {
        Ok(number) if number <= MOST => Ok((queue, number)),
        _ => Err(format!("`{}` is not a number from 0 to {MOST}", number.trim())),
    }
}
