//! The pooled LSTM as a forecaster.

use crate::{
    Settings,
    body::Body,
    ets,
    net::Net,
    rolling::{means, rolling},
    train::train,
};
use chrono::{Days, NaiveDate};
use domain::forecast::{
    Calibration, Forecast, Forecaster, History, ModelKind, Reach, Record, Shot, Speaker, Training, calibrate,
    past, shots, skill, version,
};

/// One net for all symbols: it sees the last 90 log returns in units of their volatility, never a price or a name, and
/// corrects the random walk with drift as far as that proved right before the day it was trained on.
#[derive(Debug, Clone, Default)]
pub struct Lstm {
    /// Instead of [`Settings::standard`].
    pub settings: Option<Settings>,
}

impl Forecaster for Lstm {
    fn model(&self) -> ModelKind {
        ModelKind::Lstm
    }

    fn train(&self, histories: &[History], stop: &dyn Fn() -> bool) -> Option<Training> {
        let through = *histories.iter().filter_map(|history| history.dates.last()).max()?;
        let settings = self.settings.clone().unwrap_or_else(|| Settings::standard(through));
        let from = *settings.folds.first()?;
        let mut spoken = rolling(histories, &settings, stop).ok()??;
        let calibration = calibrate_all(&mut spoken);
        // The net that speaks from now on knows everything up to the last day.
        let learnt = train(histories, through.checked_add_days(Days::new(1))?, &settings, stop).ok()??;
        let body = serde_json::to_string(&Body { learnt, calibration }).ok()?;
        let (model, version) = (self.model(), version(through, &body));
        let mut records = records(histories, &spoken, model);
        let mut walked = judged(histories, from, &|closes| Some(Reach::of(closes, None)?.means));
        calibrate_all(&mut walked);
        records.extend(self::records(histories, &walked, ModelKind::RandomWalk));
        if settings.with_ets {
            let mut smoothed = judged(histories, from, &|closes| if stop() { None } else { ets(closes) });
            if stop() {
                return None;
            }
            calibrate_all(&mut smoothed);
            records.extend(self::records(histories, &smoothed, ModelKind::Ets));
        }
        let pasts = histories.iter().zip(&spoken);
        let past = pasts.flat_map(|(history, own)| past(history, own, model, &version)).collect();
        Some(Training { version, through, seed: settings.seed, body, records, past })
    }

    fn read(&self, version: &str, body: &str) -> Option<Box<dyn Speaker>> {
        let Body { learnt, calibration } = Body::read(body)?;
        let net = Net::of(learnt.hidden, &learnt.weights).ok()?;
        Some(Box::new(Spoken { net, trust: learnt.trust, calibration, version: version.to_string() }))
    }
}

struct Spoken {
    net: Net,
    trust: [f32; 3],
    calibration: Calibration,
    version: String,
}

impl Speaker for Spoken {
    fn forecast(&self, history: &History) -> Option<Forecast> {
        let means = means(&self.net, self.trust, &history.closes)?;
        let reach = Reach::of(&history.closes, Some(means))?;
        reach.forecast(history, &self.calibration, ModelKind::Lstm, Some(&self.version))
    }
}

fn judged(
    histories: &[History],
    from: NaiveDate,
    means: &dyn Fn(&[f64]) -> Option<[f64; 3]>,
) -> Vec<Vec<Shot>> {
    histories.iter().map(|history| shots(history, from, &mut |closes: &[f64]| means(closes))).collect()
}

/// Calibrates the shots of all histories together.
fn calibrate_all(all: &mut [Vec<Shot>]) -> Calibration {
    let mut flat: Vec<Shot> = all.iter().flatten().copied().collect();
    let calibration = calibrate(&mut flat);
    let mut rest = flat.into_iter();
    all.iter_mut().flatten().for_each(|shot| *shot = rest.next().unwrap_or(*shot));
    calibration
}

/// The record of a model, of all symbols together first.
fn records(histories: &[History], all: &[Vec<Shot>], model: ModelKind) -> Vec<Record> {
    let flat: Vec<Shot> = all.iter().flatten().copied().collect();
    let of = |(history, own): (&History, &Vec<Shot>)| Record {
        symbol: Some(history.symbol.clone()),
        model,
        skill: skill(own),
    };
    let pooled = Record { symbol: None, model, skill: skill(&flat) };
    std::iter::once(pooled).chain(histories.iter().zip(all).map(of)).collect()
}
