//! Making forecasts of what has a new close.

use super::{Forecasts, of_model_kind};
use crate::{Result, analysis::blocking, store};
use domain::{
    Event, Symbol,
    event::PredictionTick,
    forecast::{Forecast, History, Prediction},
};
use store::forecasts::Origin;

impl Forecasts<'_> {
    /// Forecasts the symbols that have a close nobody has spoken about yet; keeps and pushes what is new. How many
    /// those are. A second run makes none.
    pub(crate) async fn predict(&self, symbols: &[Symbol]) -> Result<usize> {
        let (engine, db) = (self.0, self.0.db());
        let model = engine.forecaster().model();
        let known = store::forecasts::newest(db, model, symbols).await?;
        let studies = engine.analysis().studies(symbols).await?;
        let is_new = |history: &History| {
            let said = known.iter().find(|(symbol, _)| *symbol == history.symbol).map(|(_, day)| *day);
            history.dates.last().copied() > said
        };
        let histories = studies.iter().map(|(symbol, study)| History::of_bars(symbol, &study.bars));
        let due: Vec<History> = histories.filter(is_new).collect();
        if due.is_empty() {
            return Ok(0);
        }
        let speaker = self.speaker().await?;
        let made: Vec<Forecast> =
            blocking(move || due.iter().filter_map(|history| speaker.forecast(history)).collect()).await?;
        let mut tx = db.begin().await?;
        store::forecasts::insert(&mut tx, Origin::Made, &made, engine.clock().now()).await?;
        for forecast in &made {
            // Before others can see it: what is told here is not heard from the store again.
            engine.memory().is_new_forecast(forecast);
        }
        tx.commit().await?;
        for forecast in &made {
            self.tell(forecast.clone()).await?;
        }
        Ok(made.len())
    }

    /// Pushes a forecast with the record of its model.
    pub(crate) async fn tell(&self, forecast: Forecast) -> Result<()> {
        let skill = store::forecasts::skill(self.0.db(), Some(&forecast.symbol)).await?;
        let (symbol, skill) = (forecast.symbol.clone(), of_model_kind(&skill, forecast.model));
        let prediction = Prediction::of(forecast, skill);
        self.0.bus().publish_market(Event::Prediction(PredictionTick { symbol, prediction }));
        Ok(())
    }
}
