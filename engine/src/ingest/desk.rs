//! What an operator sees of the quality of the data.

use super::Ingest;
use crate::{Result, accounts::Operator, store};
use chrono::{Days, Duration};
use domain::{
    etl::{EtlSource, Freshness, Gap, QualityReport, QualityScore},
    quality::{Sessions, observations::Expectation},
};

/// Scores go back so far.
const SINCE: Duration = Duration::days(90);
/// The program's own figures of scores go back so far: every source is collected more often.
const LATELY: Duration = Duration::days(7);
/// Names and sectors asked about so lately are fresh: they seldom change, and a run asks about some of them.
const NEWLY: Duration = Duration::days(14);
/// Rows of each list at most.
const MOST: i64 = 200;
/// Holes go back so far.
const HOLES: Days = Days::new(5 * 366);
/// Holes shown at most.
const MOST_HOLES: usize = 50;

impl Ingest<'_> {
    /// Scores, what waits for a decision, repairs, age and holes.
    pub async fn quality(&self, _: &Operator) -> Result<QualityReport> {
        let db = self.0.db();
        Ok(QualityReport {
            scores: store::quality::daily(db, self.0.clock().now() - SINCE).await?,
            quarantine: store::quarantine::open(db, MOST).await?,
            repairs: store::quarantine::repairs(db, MOST).await?,
            weakest: store::quality::weakest(db, 20).await?,
            freshness: self.freshness().await?,
            gaps: self.gaps().await?,
        })
    }

    /// Age and scores of [`Ingest::quality`] for the program's own figures: the scores of the last week by day, oldest
    /// first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn figures(&self) -> Result<(Vec<Freshness>, Vec<QualityScore>)> {
        let scores = store::quality::daily(self.0.db(), self.0.clock().now() - LATELY).await?;
        Ok((self.freshness().await?, scores))
    }

    /// How old each source is, in the market's time.
    async fn freshness(&self) -> Result<Vec<Freshness>> {
        let (engine, db) = (self.0, self.0.db());
        let (now, collected) = (engine.market().now(), store::etl_runs::collected(db).await?);
        let today = now.date_naive();
        let (recent, universe) = (engine.recent().await?, engine.universe().await?);
        let prices = recent.last_days().map(|(symbol, day)| {
            let sessions = universe.get(symbol).map_or(Sessions::American, Sessions::of);
            (day, day >= sessions.expected(now))
        });
        let macros = store::macros::all(db, 1).await?;
        let macros = macros.iter().filter_map(|series| {
            let last = series.observations.last()?.date;
            Some((last, today - last <= Expectation::of_macro(&series.frequency, today).at_most_old))
        });
        let trends = store::trends::newest(db).await?;
        let trends =
            trends.iter().map(|(_, day)| (*day, today - *day <= Expectation::of_interest(today).at_most_old));
        let news = engine.news().latest(1).await?;
        let news = news.iter().map(|article| {
            let day = article.published_at.date_naive();
            (day, today - day <= Duration::days(7))
        });
        let reference = store::quality::collected(db, EtlSource::Reference).await?;
        let reference = reference.iter().map(|(_, at)| {
            let day = at.date_naive();
            (day, today - day <= NEWLY)
        });
        let mut all = [
            (EtlSource::Prices, prices.collect::<Vec<_>>()),
            (EtlSource::Macro, macros.collect()),
            (EtlSource::Trends, trends.collect()),
            (EtlSource::News, news.collect()),
            (EtlSource::Reference, reference.collect()),
        ];
        let one = |(source, days): &mut (EtlSource, Vec<(chrono::NaiveDate, bool)>)| Freshness {
            source: *source,
            subjects: days.len() as u32,
            fresh: days.iter().filter(|(_, fresh)| *fresh).count() as u32,
            newest: days.iter().map(|(day, _)| *day).max(),
            collected_at: collected.iter().find(|(of, _)| of == source).map(|(_, at)| *at),
        };
        Ok(all.iter_mut().map(one).collect())
    }

    /// Sessions without a bar within the histories of the last years, the longest holes first.
    async fn gaps(&self) -> Result<Vec<Gap>> {
        let since = self.0.market().now().date_naive() - HOLES;
        let universe = self.0.universe().await?;
        let mut gaps = Vec::new();
        for (symbol, before, after) in store::bars::breaks(self.0.db(), since).await? {
            let sessions = universe.get(&symbol).map_or(Sessions::American, Sessions::of);
            if !sessions.are_complete() {
                continue;
            }
            let missing =
                domain::quality::calendar::holes([before, after].into_iter(), |day| sessions.has(day));
            if let (Some(from), Some(to)) = (missing.first(), missing.last()) {
                let (from, to, sessions) = (*from, *to, missing.len() as u32);
                gaps.push(Gap { symbol: symbol.to_string(), from, to, sessions });
            }
        }
        gaps.sort_by(|a, b| b.sessions.cmp(&a.sessions).then_with(|| a.symbol.cmp(&b.symbol)));
        gaps.truncate(MOST_HOLES);
        Ok(gaps)
    }
}
