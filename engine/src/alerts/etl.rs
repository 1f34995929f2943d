//! What operators are told of a run that collected data: that it failed, and that what came can not be trusted.

use super::Alerts;
use domain::{
    etl::{EtlRun, RunStatus},
    ops_alert::{Level, Notice},
    quality::{Dimension, Scores},
};

/// A run of which more is kept out is worth a look.
const MOST_REJECTED: f64 = 0.05;

/// The lowest score of a dimension that is no reason to tell anybody. Much of what is late is late for good: series
/// that ended, weekends of foreign exchanges.
fn least(dimension: Dimension) -> f64 {
    match dimension {
        Dimension::Timeliness => 0.5,
        _ => 0.95,
    }
}

impl Alerts<'_> {
    /// A run has ended; its troubles are told, and those of runs before it that it shows to be over are closed.
    pub(crate) async fn run_ended(&self, run: &EtlRun, scores: &Scores) {
        let told = [
            (format!("etl_failed:{}", run.source.as_str()), failed(run)),
            (format!("quality:{}", run.source.as_str()), poor(run, scores)),
        ];
        for (key, trouble) in told {
            let over = matches!(run.status, RunStatus::Done | RunStatus::Partial) && run.read > 0;
            match trouble {
                Some((level, subject, text)) => self.raise(Notice::new(level, key, subject, text)).await,
                None if over => {
                    if let Err(error) = self.over(&key).await {
                        tracing::warn!(%error, key, "could not close an alert");
                    }
                }
                None => {}
            }
        }
    }
}

fn failed(run: &EtlRun) -> Option<(Level, String, String)> {
    let why = run.error.as_deref().unwrap_or("It did not say why.");
    (run.status == RunStatus::Failed)
        .then(|| (Level::Warning, format!("{} could not be collected", run.source.title()), why.to_string()))
}

fn poor(run: &EtlRun, scores: &Scores) -> Option<(Level, String, String)> {
    let mut lines: Vec<String> = scores
        .scores()
        .filter(|(dimension, score)| *score < least(*dimension))
        .map(|(dimension, score)| {
            let least = least(dimension) * 100.0;
            format!("{}: {:.1} %, at least {least} % is expected.", dimension.as_str(), score * 100.0)
        })
        .collect();
    if run.read > 0 && run.rejected as f64 > MOST_REJECTED * run.read as f64 {
        lines.push(format!("{} of {} records were kept out.", run.rejected, run.read));
    }
    (!lines.is_empty()).then(|| {
        lines.extend(run.error.clone());
        (
            Level::DataQuality,
            format!("{}: the data is worse than expected", run.source.title()),
            lines.join("\n"),
        )
    })
}
