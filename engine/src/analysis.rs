//! Indicators, signals and badges over daily history; worked out once and remembered.

use crate::{Engine, Error, Result, bars::Range, store};
use domain::{
    Bar, Interval, Symbol,
    bar::year_range,
    indicator::{IndicatorRow, rows},
    instrument::Company,
    signal::{Badge, Signal, SignalSheet, SignalWatch, latest_badge, scorecard},
    trend::{Lay, lay},
};
use std::sync::Arc;

/// What one trade costs as a share of its value, unless the settings or whoever asks say otherwise: 0.1 %.
pub const TRADE_COST: f64 = 0.001;

/// What the daily history of a symbol says.
#[derive(Debug, Clone)]
pub struct Study {
    /// Oldest first; empty for a symbol without history.
    pub(crate) bars: Vec<Bar>,
    pub(crate) badge: Badge,
    pub(crate) signals: Vec<Signal>,
    /// State after the last bar: a developing bar is tried on a clone of it.
    pub(crate) watch: SignalWatch,
}

impl Study {
    pub(crate) fn of(bars: Vec<Bar>) -> Study {
        let mut watch = SignalWatch::new();
        let signals = bars.iter().flat_map(|bar| watch.next(bar)).collect();
        Study { badge: latest_badge(&bars), signals, watch, bars }
    }
}

/// The analysis of an [`Engine`].
pub struct Analysis<'a>(&'a Engine);

impl Engine {
    /// Indicators, signals and badges.
    pub fn analysis(&self) -> Analysis<'_> {
        Analysis(self)
    }
}

impl Analysis<'_> {
    /// The badges of symbols in the order asked: `NO DATA` where there is too little history.
    pub async fn badges(&self, symbols: &[Symbol]) -> Result<Vec<(Symbol, Badge)>> {
        let studies = self.studies(symbols).await?;
        Ok(studies.into_iter().map(|(symbol, study)| (symbol, study.badge.clone())).collect())
    }

    /// The indicators of a symbol, oldest first. Each row is computed over the whole history before it, also
    /// where the range shows only the end.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a symbol nobody knows.
    pub async fn rows(&self, symbol: &Symbol, interval: Interval, range: Range) -> Result<Vec<IndicatorRow>> {
        let series = self.0.bars().series(symbol, interval, Range::default()).await?;
        let all = blocking(move || rows(&series.bars)).await?;
        Ok(range.cut(interval, all, |row| row.time))
    }

    /// Every signal of the daily history of a symbol, oldest first.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a symbol nobody knows.
    pub async fn signals(&self, symbol: &Symbol) -> Result<Vec<Signal>> {
        if self.0.instruments().find(symbol).await?.is_none() {
            return Err(Error::NotFound("the symbol"));
        }
        Ok(self.study(symbol).await?.signals.clone())
    }

    /// Everything the signals say about a symbol: badge, composite with its parts and the headlines' mood, history, and
    /// how past firings did if one trade costs `cost` as a share of its value.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a symbol nobody knows.
    pub async fn sheet(&self, symbol: &Symbol, cost: f64) -> Result<SignalSheet> {
        let history = self.signals(symbol).await?;
        let (study, moods) =
            (self.study(symbol).await?, self.0.news().mood(std::slice::from_ref(symbol)).await?);
        let mood = moods.first().map(|(_, mood)| mood.score);
        blocking(move || {
            let composite = study.watch.composite(mood);
            SignalSheet {
                badge: study.badge.clone(),
                composite: composite.as_ref().map(|composite| composite.score),
                parts: composite.map(|composite| composite.parts).unwrap_or_default(),
                scorecard: scorecard(&study.bars, &history, cost),
                history,
            }
        })
        .await
    }

    /// Trend, support and resistance of a symbol.
    pub async fn lay(&self, symbol: &Symbol) -> Result<Lay> {
        let study = self.study(symbol).await?;
        blocking(move || lay(&study.bars)).await
    }

    /// What is known of the company: the range of its last year, until a source tells more.
    pub async fn company(&self, symbol: &Symbol) -> Result<Company> {
        let range = year_range(&self.study(symbol).await?.bars);
        Ok(Company {
            week52_high: range.map(|(high, _)| high),
            week52_low: range.map(|(_, low)| low),
            ..Company::default()
        })
    }

    pub(crate) async fn study(&self, symbol: &Symbol) -> Result<Arc<Study>> {
        let mut studies = self.studies(std::slice::from_ref(symbol)).await?;
        studies.pop().map(|(_, study)| study).ok_or(Error::NotFound("the symbol"))
    }

    /// The studies of symbols in the order asked; one query for all that are not remembered.
    pub(crate) async fn studies(&self, symbols: &[Symbol]) -> Result<Vec<(Symbol, Arc<Study>)>> {
        let memory = &self.0.memory().studies;
        let mut studies = Vec::with_capacity(symbols.len());
        for symbol in symbols {
            studies.push((symbol.clone(), memory.get(symbol).await));
        }
        let missing: Vec<Symbol> =
            studies.iter().filter(|(_, known)| known.is_none()).map(|(symbol, _)| symbol.clone()).collect();
        if !missing.is_empty() {
            let histories = store::bars::daily(self.0.db(), &missing).await?;
            let made = blocking(move || {
                let study =
                    |history: store::bars::History| (history.symbol, Arc::new(Study::of(history.bars)));
                histories.into_iter().map(study).collect::<Vec<_>>()
            })
            .await?;
            for (symbol, study) in &mut studies {
                if study.is_none() {
                    let found = made.iter().find(|(each, _)| each == symbol);
                    let new =
                        found.map_or_else(|| Arc::new(Study::of(Vec::new())), |(_, study)| study.clone());
                    // Strangers are not remembered: anybody can make up symbols without end.
                    if found.is_some() {
                        memory.insert(symbol.clone(), new.clone()).await;
                    }
                    *study = Some(new);
                }
            }
        }
        Ok(studies.into_iter().filter_map(|(symbol, study)| Some((symbol, study?))).collect())
    }
}

/// Work for the processor, off the threads that answer requests.
pub(crate) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::Internal(format!("analysis: {error}")))
}
