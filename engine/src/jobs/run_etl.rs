//! Collects one source of data, or all five one after the other: a source that fails never stops the others.

use super::{Job, Limit, Run};
use crate::{
    Engine, Error, Result,
    ingest::{Ask, Progress},
    provider::Urgency,
};
use domain::{
    Symbol,
    etl::{EtlRun, EtlSource, RunStatus},
    job::Queue,
};
use serde::{Deserialize, Serialize};

/// For one source, or without one for all.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RunEtl {
    pub(crate) source: Option<EtlSource>,
    /// Only these, for prices, news and reference data.
    pub(crate) symbols: Option<Vec<Symbol>>,
    /// A person waits for it.
    #[serde(default)]
    pub(crate) manual: bool,
}

impl Job for RunEtl {
    const KIND: &'static str = "run_etl";
    const QUEUE: Queue = Queue::MarketData;
    const LIMIT: Limit = Limit::LONG;
    const MAX_ATTEMPTS: u32 = 3;
    type Output = Vec<EtlRun>;

    async fn run(self, engine: &Engine, run: &Run<'_>) -> Result<Vec<EtlRun>> {
        let sources = self.source.map_or(EtlSource::ALL.to_vec(), |source| vec![source]);
        let urgency = if self.manual { Urgency::Manual } else { Urgency::Scheduled };
        let (mut runs, mut broken) = (Vec::new(), None);
        for (place, source) in sources.iter().enumerate() {
            let ask = Ask { source: *source, symbols: self.symbols.clone(), intraday: false, urgency };
            let part = Part { run, place, of: sources.len(), source: *source };
            match engine.ingest().run(&ask, &part).await {
                Ok(ended) => runs.push(ended),
                Err(_) if run.told_to_stop().is_cancelled() => return Ok(runs),
                Err(error) => {
                    broken.get_or_insert(error);
                }
            }
        }
        if let Some(error) = broken {
            return Err(error);
        }
        match runs.iter().find(|run| run.status == RunStatus::Failed) {
            Some(failed) if !self.manual => {
                let why = failed.error.clone().unwrap_or_default();
                Err(Error::Unavailable(format!("{} ({why})", failed.source.as_str())))
            }
            _ => Ok(runs),
        }
    }
}

/// The progress of one source as a part of the whole job.
struct Part<'a> {
    run: &'a Run<'a>,
    place: usize,
    of: usize,
    source: EtlSource,
}

#[async_trait::async_trait]
impl Progress for Part<'_> {
    async fn say(&self, percent: u8, step: &str) -> Result<()> {
        let whole = (self.place * 100 + usize::from(percent)) / self.of;
        self.run.say(whole as u8, &format!("{}: {step}", self.source.title())).await
    }
}

#[async_trait::async_trait]
impl Progress for Run<'_> {
    async fn say(&self, percent: u8, step: &str) -> Result<()> {
        if self.told_to_stop().is_cancelled() {
            return Err(Error::Unavailable("the time of the run".into()));
        }
        self.progress(percent, step).await
    }
}
