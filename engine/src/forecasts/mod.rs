//! Forecasts: asked for by pages and programs, made by a job, learnt once a week.
//!
//! A forecast is kept once and never changed, so that it can be held against what came. For a symbol that nobody
//! watches one is worked out when it is asked for, and not kept.

mod predict;
mod train;

pub use train::Trained;

use crate::{Engine, Error, Result, analysis::blocking, store};
use domain::{
    Kind, Symbol,
    chart::{ChartSpec, forecast_chart},
    forecast::{Forecast, History, ModelKind, Prediction, Record, Sheet, Skill, Speaker, came},
};
use std::sync::Arc;

/// Forecasts of a symbol that are looked at.
const MOST: i64 = 120;
/// Outcomes shown at most.
const MOST_PAST: usize = 72;

/// The forecasts of an [`Engine`].
pub struct Forecasts<'a>(&'a Engine);

impl Engine {
    /// What is expected, and what such words were worth.
    pub fn forecasts(&self) -> Forecasts<'_> {
        Forecasts(self)
    }
}

impl Forecasts<'_> {
    /// What is expected of a symbol; `None` where there is not enough history.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a symbol nobody knows.
    pub async fn prediction(&self, symbol: &Symbol) -> Result<Option<Prediction>> {
        Ok(self.sheet(symbol).await?.prediction)
    }

    /// What is expected of a symbol, what was expected before, and the records of every model.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a symbol nobody knows.
    pub async fn sheet(&self, symbol: &Symbol) -> Result<Sheet> {
        if self.0.instruments().find(symbol).await?.is_none() {
            return Err(Error::NotFound("the symbol"));
        }
        let db = self.0.db();
        let history = self.history(symbol).await?;
        let kept = store::forecasts::of(db, symbol, MOST).await?;
        let of_symbol = store::forecasts::skill(db, Some(symbol)).await?;
        let of_all = store::forecasts::skill(db, None).await?;
        let Some(forecast) = self.newest(&history, &kept).await? else { return Ok(Sheet::default()) };
        let of_model: Vec<Forecast> = kept.into_iter().filter(|each| each.model == forecast.model).collect();
        let mut past = came(&history, &of_model);
        past.truncate(MOST_PAST);
        let skill = of_model_kind(&of_symbol, forecast.model);
        let record = |symbol: Option<&Symbol>, all: &[(ModelKind, Skill)]| -> Vec<Record> {
            let kinds = ModelKind::ALL.into_iter().rev();
            let record = |model| Record { symbol: symbol.cloned(), model, skill: of_model_kind(all, model) };
            kinds.map(record).filter(|record| !record.skill.is_empty()).collect()
        };
        let records = [record(Some(symbol), &of_symbol), record(None, &of_all)].concat();
        Ok(Sheet { prediction: Some(Prediction::of(forecast, skill)), past, records })
    }

    /// [`Forecasts::sheet`] and the cone it draws; no cone where there is no forecast.
    ///
    /// # Errors
    /// As [`Forecasts::sheet`].
    pub async fn chart(&self, symbol: &Symbol) -> Result<(Sheet, Option<ChartSpec>)> {
        let sheet = self.sheet(symbol).await?;
        let kind = self.0.instruments().find(symbol).await?.map_or(Kind::Equity, |each| each.kind);
        let chart = forecast_chart(&self.history(symbol).await?, kind, &sheet);
        Ok((sheet, chart))
    }

    async fn history(&self, symbol: &Symbol) -> Result<History> {
        let study = self.0.analysis().study(symbol).await?;
        Ok(History::of_bars(symbol, &study.bars))
    }

    /// The kept forecast from the last close on; else one worked out now.
    async fn newest(&self, history: &History, kept: &[Forecast]) -> Result<Option<Forecast>> {
        let (Some(day), Some(close)) = (history.dates.last(), history.closes.last()) else { return Ok(None) };
        // A repaired close or a split makes what was said a forecast of something else.
        let fits = |each: &&Forecast| each.as_of == *day && (each.current_price / close - 1.0).abs() < 1e-9;
        if let Some(forecast) = kept.iter().find(fits) {
            return Ok(Some(forecast.clone()));
        }
        let (speaker, history) = (self.speaker().await?, history.clone());
        blocking(move || speaker.forecast(&history)).await
    }

    /// Who speaks now: the newest training, or a random walk that nobody has calibrated yet.
    pub(crate) async fn speaker(&self) -> Result<Arc<dyn Speaker>> {
        let forecaster = self.0.forecaster().clone();
        if let Some(kept) = store::forecasts::newest_model(self.0.db(), forecaster.model()).await? {
            match forecaster.read(&kept.version, &kept.body) {
                Some(speaker) => return Ok(Arc::from(speaker)),
                None => tracing::warn!(version = kept.version, "a kept training can not be read"),
            }
        }
        Ok(Arc::new(domain::forecast::Uncalibrated))
    }
}

fn of_model_kind(all: &[(ModelKind, Skill)], model: ModelKind) -> Vec<Skill> {
    all.iter().filter(|(kind, _)| *kind == model).map(|(_, skill)| *skill).collect()
}

#[cfg(test)]
mod tests;
