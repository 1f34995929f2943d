//! The random walk with drift as a forecaster: always there, learns nothing but how wide its intervals have to be.

use super::{
    Calibration, Forecast, Forecaster, History, ModelKind, Reach, Record, Shot, Speaker, Training, calibrate,
    past, shots, skill, version,
};
use chrono::NaiveDate;

/// The random walk with drift.
#[derive(Debug, Clone, Copy, Default)]
pub struct RandomWalk;

impl Forecaster for RandomWalk {
    fn model(&self) -> ModelKind {
        ModelKind::RandomWalk
    }

    fn train(&self, histories: &[History], stop: &dyn Fn() -> bool) -> Option<Training> {
        let mut all: Vec<Shot> = Vec::new();
        let mut counts = Vec::with_capacity(histories.len());
        for history in histories {
            let own =
                shots(history, NaiveDate::MIN, &mut |known| Reach::of(known, None).map(|reach| reach.means));
            counts.push(own.len());
            all.extend(own);
            if stop() {
                return None;
            }
        }
        let calibration = calibrate(&mut all);
        let through = histories.iter().filter_map(|history| history.dates.last()).max()?;
        let body = serde_json::to_string(&calibration).ok()?;
        let (model, version) = (self.model(), version(*through, &body));
        let mut training = Training {
            version: version.clone(),
            through: *through,
            seed: 0,
            body,
            records: vec![Record { symbol: None, model, skill: skill(&all) }],
            past: Vec::new(),
        };
        let mut rest = all.as_slice();
        for (history, count) in histories.iter().zip(counts) {
            let (own, others) = rest.split_at(count);
            rest = others;
            let symbol = Some(history.symbol.clone());
            training.records.push(Record { symbol, model, skill: skill(own) });
            training.past.extend(past(history, own, model, &version));
        }
        Some(training)
    }

    fn read(&self, version: &str, body: &str) -> Option<Box<dyn Speaker>> {
        let calibration: Calibration = serde_json::from_str(body).ok()?;
        calibration.is_sound().then(|| Box::new(Walker { version: version.to_string(), calibration }) as _)
    }
}

struct Walker {
    version: String,
    calibration: Calibration,
}

impl Speaker for Walker {
    fn forecast(&self, history: &History) -> Option<Forecast> {
        let reach = Reach::of(&history.closes, None)?;
        reach.forecast(history, &self.calibration, ModelKind::RandomWalk, Some(&self.version))
    }
}

/// The random walk with drift and intervals of the normal distribution: who speaks before anything was learnt.
#[derive(Debug, Clone, Copy, Default)]
pub struct Uncalibrated;

impl Speaker for Uncalibrated {
    fn forecast(&self, history: &History) -> Option<Forecast> {
        let reach = Reach::of(&history.closes, None)?;
        reach.forecast(history, &Calibration::normal(), ModelKind::RandomWalk, None)
    }
}
