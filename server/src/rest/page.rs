//! Lists, a page at a time.

use crate::problem::Problem;
use serde::Serialize;

/// A list, as every list is answered.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Page<T> {
    /// In the order promised by the call.
    pub items: Vec<T>,
    /// Ask again with this as `cursor`; `null` on the last page.
    pub next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// A list that has no second page.
    pub fn whole(items: Vec<T>) -> Page<T> {
        Page { items, next_cursor: None }
    }

    /// The first `limit` of what was found when one more was looked for: that one tells that there is another page,
    /// whose cursor the last item of this one gives.
    pub fn cut(mut items: Vec<T>, limit: u32, cursor: impl Fn(&T) -> String) -> Page<T> {
        let more = items.len() > limit as usize;
        items.truncate(limit as usize);
        let next_cursor = items.last().filter(|_| more).map(cursor);
        Page { items, next_cursor }
    }
}

/// Rows of a page for operators: 50, unless another number up to 200 is asked for.
pub fn size(asked: Option<u32>) -> Result<u32, Problem> {
    match asked.unwrap_or(50) {
        limit @ 1..=200 => Ok(limit),
        _ => Err(Problem::invalid("limit", "has to be from 1 to 200")),
    }
}
