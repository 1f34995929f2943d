//! Forecasts from the job to the page, with the random walk as forecaster and with what is shipped.

use crate::{
    Engine, Error,
    testing::{engine, for_each_engine, member},
};
use domain::{Symbol, forecast::ModelKind};
use tokio_util::sync::CancellationToken;

fn symbol(text: &str) -> Symbol {
    Symbol::parse(text).unwrap()
}

async fn bundled(engine: &Engine) {
    engine.load_bundled().await.unwrap();
}

#[tokio::test]
async fn a_fresh_start_shows_forecasts_their_record_and_what_came_of_earlier_ones() {
    for_each_engine(|engine| async move {
        bundled(&engine).await;
        let sheet = engine.forecasts().sheet(&symbol("AAPL")).await.unwrap();
        let prediction = sheet.prediction.unwrap();
        assert_eq!((prediction.model, prediction.current_price), (ModelKind::Lstm, 158.52));
        assert_eq!(prediction.as_of.to_string(), "2022-03-10");
        assert_eq!(prediction.skill.iter().map(|each| each.horizon_days).collect::<Vec<_>>(), [7, 30, 90]);
        assert!(!prediction.has_skill() && (0.0..=100.0).contains(&prediction.bullish_score));
        for target in prediction.targets() {
            assert!(target.low80 < target.target_price && target.target_price < target.high80);
        }
        assert!(sheet.past.len() > 50 && sheet.past[0].due <= prediction.as_of);
        assert!(sheet.past.windows(2).all(|pair| pair[0].due >= pair[1].due));
        // Three models for the symbol, and for all symbols together.
        assert_eq!(sheet.records.iter().filter(|record| record.symbol.is_some()).count(), 3);
        assert_eq!(sheet.records.iter().filter(|record| record.symbol.is_none()).count(), 3);
    })
    .await;
}

#[tokio::test]
async fn too_little_history_has_a_forecast_without_a_record_or_none() {
    let engine = engine().await;
    bundled(&engine).await;
    let tesla = engine.forecasts().prediction(&symbol("TSLA")).await.unwrap().unwrap();
    assert!(tesla.skill.is_empty(), "one unbroken year is too little to judge");
    assert_eq!(engine.forecasts().prediction(&symbol("XLV")).await.unwrap(), None, "no prices at all");
    let nobody = engine.forecasts().prediction(&symbol("NOSUCH")).await;
    assert!(matches!(nobody, Err(Error::NotFound(_))));
}

#[tokio::test]
async fn what_is_watched_is_forecast_once_and_pushed() {
    for_each_engine(|engine| async move {
        bundled(&engine).await;
        let cx = member(&engine, "ada@example.org").await;
        let (apple, exxon) = (symbol("AAPL"), symbol("XOM"));
        let mut client = engine.bus().subscribe(cx.tenant, vec![apple.clone(), exxon.clone()], None);
        let asked = [apple.clone(), exxon];
        // The shipped forecasts are the LSTM's; the random walk of this engine has said nothing yet.
        assert_eq!(engine.forecasts().predict(&asked).await.unwrap(), 2);
        assert_eq!(engine.forecasts().predict(&asked).await.unwrap(), 0, "twice is once");
        let frame = client.try_next().unwrap();
        assert_eq!((frame.name(), frame.symbol()), ("prediction", Some(&apple)));
        let text = serde_json::to_string(&frame.event).unwrap();
        for key in ["currentPrice", "shortTerm", "targetPrice", "low80", "bullishScore", "skill"] {
            assert!(text.contains(&format!("\"{key}\":")), "{key} in {text}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_training_is_kept_speaks_and_is_not_repeated_without_news() {
    let engine = engine().await;
    bundled(&engine).await;
    let stop = CancellationToken::new();
    let trained = engine.forecasts().train(&stop).await.unwrap();
    assert_eq!(trained.through.unwrap().to_string(), "2022-03-10");
    assert!(trained.histories > 50 && trained.version.is_some());
    let again = engine.forecasts().train(&stop).await.unwrap();
    assert_eq!(again.version, None, "nothing has happened since");
    engine.forecasts().predict(&[symbol("AAPL")]).await.unwrap();
    let kept = crate::store::forecasts::of(engine.db(), &symbol("AAPL"), 200).await.unwrap();
    let walk = kept.iter().find(|forecast| forecast.model == ModelKind::RandomWalk).unwrap();
    assert_eq!(walk.model_version, trained.version);
    let record = crate::store::forecasts::skill(engine.db(), None).await.unwrap();
    let walked: Vec<_> = record.iter().filter(|(model, _)| *model == ModelKind::RandomWalk).collect();
    assert_eq!(walked.len(), 3);
    assert!(walked.iter().all(|(_, skill)| (0.75..0.85).contains(&skill.coverage80)), "{walked:?}");
}

#[tokio::test]
async fn a_training_that_is_told_to_stop_leaves_nothing() {
    let engine = engine().await;
    bundled(&engine).await;
    let stop = CancellationToken::new();
    stop.cancel();
    let trained = engine.forecasts().train(&stop).await.unwrap();
    assert_eq!(trained.version, None);
    let model = crate::store::forecasts::newest_model(engine.db(), ModelKind::RandomWalk).await.unwrap();
    assert!(model.is_none());
}
