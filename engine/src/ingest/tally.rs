//! Adding up what a run did.

use crate::{Error, Result};
use domain::{
    etl::{EtlRun, RunStatus},
    quality::{Judged, Scores, Verdict},
};

/// What became of one subject.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Outcome {
    pub(super) read: u64,
    pub(super) accepted: u64,
    pub(super) upserted: u64,
    pub(super) rejected: u64,
    pub(super) repaired: u64,
    pub(super) scores: Scores,
    /// A remark that does not make it a failure.
    pub(super) warning: Option<String>,
}

impl Outcome {
    /// Counts judged records.
    pub(super) fn count<T>(&mut self, records: &[Judged<T>]) {
        for record in records {
            self.read += 1;
            match record.verdict {
                Verdict::Accept => self.accepted += 1,
                Verdict::Repair(_) => {
                    self.accepted += 1;
                    self.repaired += 1;
                }
                Verdict::Reject(..) => self.rejected += 1,
            }
        }
    }
}

/// What became of all of them.
#[derive(Debug, Default)]
pub(super) struct Tally {
    sum: Outcome,
    done: u64,
    failed: u64,
    /// The first few failures, in words.
    words: Vec<String>,
}

/// How many failures a record names.
const NAMED: usize = 5;

impl Tally {
    pub(super) fn note(&mut self, subject: &str, outcome: Result<Outcome>) {
        match outcome {
            Ok(outcome) => {
                self.done += 1;
                let sum = &mut self.sum;
                sum.read += outcome.read;
                sum.accepted += outcome.accepted;
                sum.upserted += outcome.upserted;
                sum.rejected += outcome.rejected;
                sum.repaired += outcome.repaired;
                sum.scores.add(&outcome.scores);
                self.say(outcome.warning.map(|warning| format!("{subject}: {warning}")));
            }
            Err(error) => {
                tracing::warn!(subject, %error, "could not be collected");
                self.failed += 1;
                self.say(Some(format!("{subject}: {}", in_words(&error))));
            }
        }
    }

    fn say(&mut self, words: Option<String>) {
        self.words.extend(words.filter(|_| self.words.len() < NAMED));
    }

    pub(super) fn scores(&self) -> &Scores {
        &self.sum.scores
    }

    /// Fills the record of the run.
    pub(super) fn report(&self, run: &mut EtlRun) {
        let Outcome { read, accepted, upserted, rejected, repaired, .. } = self.sum;
        (run.read, run.upserted, run.rejected, run.repaired) = (read, upserted, rejected, repaired);
        run.unchanged = accepted.saturating_sub(upserted);
        run.status = match (self.done, self.failed) {
            (_, 0) => RunStatus::Done,
            (0, _) => RunStatus::Failed,
            _ => RunStatus::Partial,
        };
        if !self.words.is_empty() {
            let all = self.done + self.failed;
            let head =
                if self.failed > 0 { format!("{} of {all} failed. ", self.failed) } else { String::new() };
            run.error = Some(format!("{head}{}", self.words.join("; ")));
        }
    }
}

/// An error as an operator may read it; what is our own fault stays in the log.
pub(super) fn in_words(error: &Error) -> String {
    match error {
        Error::Internal(_) => "an internal error, see the log".to_string(),
        other => other.to_string(),
    }
}
