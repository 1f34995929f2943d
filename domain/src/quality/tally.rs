//! Counting what was found, and the scores that follow.

use super::{Dimension, Judged, Rule};

/// How many records a dimension looked at and how many it objected to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Looked at.
    pub checked: u64,
    /// Objected to; at most `checked`.
    pub failed: u64,
}

impl Tally {
    /// The share without objection, 0 to 1; `None` when nothing was looked at.
    ///
    /// ```
    /// use domain::quality::Tally;
    /// assert_eq!(Tally { checked: 4, failed: 1 }.score(), Some(0.75));
    /// assert_eq!(Tally::default().score(), None);
    /// ```
    pub fn score(&self) -> Option<f64> {
        (self.checked > 0).then(|| 1.0 - self.failed.min(self.checked) as f64 / self.checked as f64)
    }
}

/// A [`Tally`] per dimension.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scores([Tally; 5]);

impl Scores {
    /// The count of one dimension.
    pub fn of(&self, dimension: Dimension) -> Tally {
        self.0[dimension as usize]
    }

    /// Every dimension that looked at anything, with its score from 0 to 1.
    pub fn scores(&self) -> impl Iterator<Item = (Dimension, f64)> + '_ {
        Dimension::ALL.into_iter().filter_map(|each| Some((each, self.of(each).score()?)))
    }

    /// Adds what one dimension found.
    pub fn count(&mut self, dimension: Dimension, checked: u64, failed: u64) {
        let tally = &mut self.0[dimension as usize];
        tally.checked += checked;
        tally.failed += failed;
    }

    /// Adds the counts of another batch.
    pub fn add(&mut self, other: &Scores) {
        for dimension in Dimension::ALL {
            let Tally { checked, failed } = other.of(dimension);
            self.count(dimension, checked, failed);
        }
    }

    /// Counts judged records in every dimension but timeliness, which looks at a batch as a whole.
    pub(super) fn records<T>(&mut self, records: &[Judged<T>]) {
        let mut failed = [0; 5];
        for record in records {
            let mut hit = [false; 5];
            record.rules().map(Rule::dimension).for_each(|each| hit[each as usize] = true);
            failed.iter_mut().zip(hit).for_each(|(count, hit)| *count += u64::from(hit));
        }
        for dimension in Dimension::ALL {
            if dimension != Dimension::Timeliness {
                self.count(dimension, records.len() as u64, failed[dimension as usize]);
            }
        }
    }
}
