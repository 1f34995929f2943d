//! The shipped data through the same rules: while the market stands at the bundled date, a run asks nobody outside
//! but holds what is stored against what was shipped. It changes nothing unless somebody changed the store, and
//! it shows how good the shipped data is.

use super::{Ask, Ingest, Progress, prices::Whole, tally::Tally};
use crate::{Error, Result, analysis::blocking, provider::BarsAnswer, provider::Fetched, provider::bundled};
use domain::{Interval, Symbol, etl::EtlSource, source::Source};

impl Ingest<'_> {
    pub(super) async fn check_bundled(
        &self,
        ask: &Ask,
        progress: &dyn Progress,
        tally: &mut Tally,
    ) -> Result<()> {
        match ask.source {
            EtlSource::Prices => self.check_bars(ask, progress, tally).await,
            EtlSource::Macro => {
                for series in blocking(bundled::macros).await? {
                    progress.say(50, &series.id).await?;
                    let id = series.id.clone();
                    tally.note(&id, self.store_series(&id, shipped(series, self.0.clock().now())).await);
                }
                Ok(())
            }
            EtlSource::Trends => {
                for interest in blocking(bundled::trends).await? {
                    progress.say(50, &interest.keyword).await?;
                    let keyword = interest.keyword.clone();
                    let fetched = shipped(interest, self.0.clock().now());
                    tally.note(&keyword, self.store_interest(&keyword, fetched).await);
                }
                Ok(())
            }
            EtlSource::News => Err(Error::Unavailable("collecting news with the bundled data".into())),
            EtlSource::Reference => {
                Err(Error::Unavailable("collecting reference data with the bundled data".into()))
            }
        }
    }

    async fn check_bars(&self, ask: &Ask, progress: &dyn Progress, tally: &mut Tally) -> Result<()> {
        let mut all = blocking(bundled::bars).await?;
        let wanted = |symbol: &Symbol| ask.symbols.as_ref().is_none_or(|symbols| symbols.contains(symbol));
        all.retain(|series| series.interval == Interval::Day1 && wanted(&series.symbol));
        let count = all.len();
        for (done, series) in all.into_iter().enumerate() {
            progress.say((done * 100 / count) as u8, series.symbol.as_str()).await?;
            let answer = BarsAnswer { bars: series.bars, ..BarsAnswer::default() };
            let outcome = async {
                let instrument = self.instrument(&series.symbol).await?;
                let fetched = shipped(answer, self.0.clock().now());
                self.judge_and_store(&instrument, Interval::Day1, &[], &[], fetched, Whole::No).await
            };
            tally.note(series.symbol.as_str(), outcome.await);
        }
        Ok(())
    }
}

fn shipped<T>(value: T, fetched_at: chrono::DateTime<chrono::Utc>) -> Fetched<T> {
    Fetched { value, source: Source::Bundled, fetched_at, stands_in: None }
}
