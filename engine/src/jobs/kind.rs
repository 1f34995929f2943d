//! What a kind of job is, and the one list of all kinds.

use super::{
    BackUp, BuildReport, ComputeSignals, DeepClean, OnboardUser, Predict, QualitySummary, RetentionCleanup,
    Run, RunEtl, RunScanner, ScoreNews, SendAlert, SendLetter, SendReport, SyncBars, SyncIntraday, SyncNews,
    SyncQuotes, TidyJobs, TrainForecaster,
};
use crate::{Engine, Result};
use domain::job::Queue;
use futures::future::BoxFuture;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::{future::Future, time::Duration};

/// How long a try may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limit {
    /// After this the job is told to come to an end ([`Run::told_to_stop`]).
    pub(crate) soft: Duration,
    /// After this it is ended.
    pub(crate) hard: Duration,
}

impl Limit {
    /// For most.
    pub(crate) const SHORT: Limit = Limit::minutes(4, 5);
    /// For what goes through the whole universe.
    pub(crate) const LONG: Limit = Limit::minutes(25, 30);

    const fn minutes(soft: u64, hard: u64) -> Limit {
        Limit { soft: Duration::from_secs(60 * soft), hard: Duration::from_secs(60 * hard) }
    }
}

/// A kind of work: a struct of ids, read back when it runs.
pub(crate) trait Job: Serialize + DeserializeOwned + Send {
    /// Its name in the store; never changed once released.
    const KIND: &'static str;
    /// Whose workers do it.
    const QUEUE: Queue = Queue::Default;
    /// How long a try may take.
    const LIMIT: Limit = Limit::SHORT;
    /// How many tries it gets.
    const MAX_ATTEMPTS: u32 = 5;
    /// What is kept of a run, as JSON; `()` for nothing.
    type Output: Serialize + Send;

    /// Does it.
    fn run(self, engine: &Engine, run: &Run<'_>) -> impl Future<Output = Result<Self::Output>> + Send;
}

/// A [`Job`] as the runner needs it.
pub(crate) struct Kind {
    pub(super) name: &'static str,
    pub(super) limit: Limit,
    pub(super) run: RunAs,
}

type RunAs = for<'a> fn(&'a Engine, &'a Run<'a>) -> BoxFuture<'a, Result<Value>>;

/// Every kind there is.
pub(super) static KINDS: &[Kind] = &[
    kind::<OnboardUser>(),
    kind::<SendAlert>(),
    kind::<SendLetter>(),
    kind::<BuildReport>(),
    kind::<SendReport>(),
    kind::<TidyJobs>(),
    #[cfg(feature = "testing")]
    kind::<crate::testing::work::LeaveTrace>(),
    kind::<SyncBars>(),
    kind::<SyncIntraday>(),
    kind::<SyncQuotes>(),
    kind::<SyncNews>(),
    kind::<ScoreNews>(),
    kind::<RunEtl>(),
    kind::<ComputeSignals>(),
    kind::<RunScanner>(),
    kind::<RetentionCleanup>(),
    kind::<DeepClean>(),
    kind::<BackUp>(),
    kind::<QualitySummary>(),
    kind::<Predict>(),
    kind::<TrainForecaster>(),
    #[cfg(test)]
    kind::<super::tests::Rehearsal>(),
    #[cfg(test)]
    kind::<super::tests::Listening>(),
    #[cfg(test)]
    kind::<super::tests::Deaf>(),
];

const fn kind<J: Job>() -> Kind {
    Kind { name: J::KIND, limit: J::LIMIT, run: run_as::<J> }
}

fn run_as<'a, J: Job>(engine: &'a Engine, run: &'a Run<'a>) -> BoxFuture<'a, Result<Value>> {
    Box::pin(async move {
        let work: J = serde_json::from_value(run.payload().clone())?;
        Ok(serde_json::to_value(work.run(engine, run).await?)?)
    })
}

/// The kind of that name; `None` when it is from another version.
pub(super) fn by_name(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}
