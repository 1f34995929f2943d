//! The way of data into the store: provider -> quality -> store -> event.
//!
//! A run goes over one [`EtlSource`] and leaves a record. It asks the registry subject by subject (a symbol, a
//! series, a keyword), lets [`domain::quality`] judge what comes, and writes what was accepted, what was kept out
//! and how the batch scored in one transaction per subject. What came before comes again without a trace: a run
//! twice equals a run once. A subject that fails is named in the record and never stops the others, and neither
//! does a source.
//!
//! Nobody outside is asked while the market stands at the bundled date, so that no row of another time gets between
//! the shipped ones: a run then judges what was shipped.

mod basis;
mod bundled;
mod desk;
mod followed;
mod intraday;
mod macros;
mod news;
mod prices;
mod quarantine;
mod quotes;
mod reference;
mod refusals;
mod runs;
mod tally;
mod trends;

pub(crate) use followed::Turns;
pub use macros::FOLLOWED;

use crate::{
    Engine, Result,
    jobs::{Order, ScoreNews},
    provider::Urgency,
};
use domain::{
    Symbol,
    etl::{EtlRun, EtlSource},
};
use tally::Tally;

/// What a run is asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// What to collect.
    pub source: EtlSource,
    /// Only these symbols, for prices, news and reference data; without them everything that is followed.
    pub symbols: Option<Vec<Symbol>>,
    /// For prices: hourly and minute bars instead of daily ones.
    pub intraday: bool,
    /// Who waits.
    pub urgency: Urgency,
}

/// Hears how far a run is: percent, and what is being done.
#[async_trait::async_trait]
pub trait Progress: Send + Sync {
    /// # Errors
    /// To end the run: whoever listens has lost the right to run it.
    async fn say(&self, percent: u8, step: &str) -> Result<()>;
}

/// Nobody listens.
pub struct Silent;

#[async_trait::async_trait]
impl Progress for Silent {
    async fn say(&self, _percent: u8, _step: &str) -> Result<()> {
        Ok(())
    }
}

/// Collecting data for an [`Engine`].
pub struct Ingest<'a>(&'a Engine);

impl Engine {
    /// Collecting data.
    pub fn ingest(&self) -> Ingest<'_> {
        Ingest(self)
    }
}

impl Ingest<'_> {
    /// Runs over one source and leaves a record, also of a failure.
    ///
    /// # Errors
    /// When the database fails, or the one who listens to the progress ends the run.
    pub async fn run(&self, ask: &Ask, progress: &dyn Progress) -> Result<EtlRun> {
        let run = self.begin(ask.source).await?;
        let mut tally = Tally::default();
        let collected = match self.impediment(ask.source) {
            Some(_) => Ok(()),
            None if self.0.market().is_live() => self.collect(ask, progress, &mut tally).await,
            None => self.check_bundled(ask, progress, &mut tally).await,
        };
        let ended = self.end(run, &tally, collected.as_ref().err()).await?;
        if ended.upserted > 0 {
            self.0.memory().forget();
        }
        self.0.alerts().run_ended(&ended, tally.scores()).await;
        collected?;
        if let (EtlSource::News, Some(symbols), 1..) = (ask.source, &ask.symbols, ended.upserted) {
            let moods = ScoreNews { symbols: Some(symbols.clone()) };
            self.0.jobs().enqueue(Order::new(&moods)?).await?;
        }
        progress.say(100, "Collected").await?;
        Ok(ended)
    }

    async fn collect(&self, ask: &Ask, progress: &dyn Progress, tally: &mut Tally) -> Result<()> {
        let subjects = self.subjects(ask).await?;
        for (done, subject) in subjects.iter().enumerate() {
            let percent = (done * 100 / subjects.len().max(1)) as u8;
            progress.say(percent, &format!("{subject} ({} of {})", done + 1, subjects.len())).await?;
            if ask.intraday {
                self.intraday(subject, ask.urgency, tally).await;
                continue;
            }
            let outcome = match ask.source {
                EtlSource::Prices => self.prices(subject, ask.urgency).await,
                EtlSource::Macro => self.series(subject, ask.urgency).await,
                EtlSource::Trends => self.interest(subject, ask.urgency).await,
                EtlSource::News => self.news(subject, ask.urgency).await,
                EtlSource::Reference => self.reference(subject, ask.urgency).await,
            };
            tally.note(subject, outcome);
        }
        Ok(())
    }

    /// What a run goes over: symbols, series or keywords.
    async fn subjects(&self, ask: &Ask) -> Result<Vec<String>> {
        let words = |symbols: Vec<Symbol>| symbols.iter().map(Symbol::to_string).collect();
        Ok(match (ask.source, &ask.symbols) {
            (EtlSource::Prices | EtlSource::News | EtlSource::Reference, Some(symbols)) => {
                words(symbols.clone())
            }
            (EtlSource::Prices, None) if ask.intraday => words(self.followed_intraday().await?),
            (EtlSource::Prices, None) => {
                self.list_rates().await?;
                words(self.stalest_first(self.followed().await?).await?)
            }
            (EtlSource::News, None) => self.news_subjects().await?,
            (EtlSource::Reference, None) => words(self.reference_subjects().await?),
            (EtlSource::Macro, _) => FOLLOWED.iter().map(|each| each.id.to_string()).collect(),
            (EtlSource::Trends, _) => self.keywords().await?,
        })
    }
}

#[cfg(test)]
mod tests;
