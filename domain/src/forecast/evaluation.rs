//! Rolling origins: forecasts of the past, made as if nothing later had happened yet.

use super::{Calibration, History, Horizon, WARM_UP, calibration::FEWEST, drift, volatility};
use chrono::NaiveDate;

/// Closes before the first origin: a year, so that drift and volatility mean something.
const FIRST_ORIGIN: usize = 252;
/// Bars between two origins: about a month. Shorter histories take smaller steps, down to a week.
const STEP: usize = 21;
const SMALLEST_STEP: usize = 5;

/// Expected log returns to each horizon, after the first so many closes; `None` where a model has nothing to say.
pub type Means<'a> = dyn FnMut(&[f64]) -> Option<[f64; 3]> + 'a;

/// One forecast of the past at one horizon, beside what came. All returns are log returns.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shot {
    /// Index of the last close that was known.
    pub origin: usize,
    /// Its day.
    pub as_of: NaiveDate,
    /// How far it looked.
    pub horizon: Horizon,
    /// Day of the close it was about; `None` while that lies ahead.
    pub due: Option<NaiveDate>,
    /// Expected return.
    pub mean: f64,
    /// What a random walk with drift expected.
    pub walk: f64,
    /// Volatility over the horizon as it was at the origin.
    pub scale: f64,
    /// Mean absolute change over as many bars before the origin: what an error is measured by.
    pub unit: f64,
    /// The return that came; `None` while it lies ahead.
    pub actual: Option<f64>,
    /// Ends of the 80 % interval; [`calibrate`] measures them.
    pub low: f64,
    /// Upper end of it.
    pub high: f64,
    /// Probability of a rise, from the same misses.
    pub rise: f64,
    /// Bars between two origins.
    pub step: usize,
}

/// The origins of a history of so many closes, oldest first, and the bars between two. They start a year in and lie a
/// month apart; closer where that leaves fewer than 20 of them a known outcome at every horizon, but at least a week.
pub fn origins(closes: usize) -> (impl Iterator<Item = usize> + Clone, usize) {
    let room = closes.saturating_sub(FIRST_ORIGIN + Horizon::Long.bars());
    let step = (room / super::FEWEST_WINDOWS).clamp(SMALLEST_STEP, STEP);
    ((FIRST_ORIGIN - 1..closes).step_by(step), step)
}

/// What a model would have said at every origin from `from` on, oldest first. It is shown the closes up to the origin
/// and nothing else.
pub fn shots(history: &History, from: NaiveDate, means: &mut Means) -> Vec<Shot> {
    let (origins, step) = origins(history.len());
    let mut all = Vec::new();
    for origin in origins.filter(|origin| history.dates[*origin] >= from) {
        let known = &history.closes[..=origin];
        let (Some(volatility), Some(drift)) = (volatility(known), drift(known)) else { continue };
        let Some(means) = means(known) else { continue };
        for horizon in Horizon::ALL {
            let bars = horizon.bars();
            let scale = volatility * (bars as f64).sqrt();
            let Some(unit) = mean_change(known, bars) else { continue };
            let came = history.closes.get(origin + bars);
            all.push(Shot {
                origin,
                as_of: history.dates[origin],
                horizon,
                due: history.dates.get(origin + bars).copied(),
                mean: means[horizon.index()],
                walk: drift * bars as f64,
                scale,
                unit,
                actual: came.map(|came| (came / known[origin]).ln()),
                low: f64::NEG_INFINITY,
                high: f64::INFINITY,
                rise: 0.5,
                step,
            });
        }
    }
    all
}

/// Mean absolute log change over so many bars; `None` for prices that never moved.
fn mean_change(closes: &[f64], bars: usize) -> Option<f64> {
    let changes = closes.len().checked_sub(bars).filter(|count| *count > WARM_UP)?;
    let sum: f64 =
        closes.iter().zip(&closes[bars..]).map(|(before, after)| (after / before).ln().abs()).sum();
    let unit = sum / changes as f64;
    (unit.is_finite() && unit > 1e-9).then_some(unit)
}

/// Gives every forecast its 80 % interval, from the misses of all forecasts of this list (of every symbol in it) whose
/// outcome was known on the day of its origin. Answers the calibration of everything known by now, for what is said next.
pub fn calibrate(shots: &mut [Shot]) -> Calibration {
    let mut known: Vec<(NaiveDate, usize, f64)> = shots
        .iter()
        .filter_map(|shot| Some((shot.due?, shot.horizon.index(), (shot.actual? - shot.mean) / shot.scale)))
        .collect();
    known.sort_by(|a, b| a.0.cmp(&b.0).then(a.2.total_cmp(&b.2)));
    let mut order: Vec<usize> = (0..shots.len()).collect();
    order.sort_by_key(|at| shots[*at].as_of);
    let mut sorted: [Vec<f64>; 3] = Default::default();
    let learn = |sorted: &mut [Vec<f64>; 3], until: Option<NaiveDate>, from: usize| {
        let end = until.map_or(known.len(), |day| known.partition_point(|(due, ..)| *due <= day));
        for (_, horizon, score) in &known[from..end] {
            let place = sorted[*horizon].partition_point(|each| each < score);
            sorted[*horizon].insert(place, *score);
        }
        end
    };
    let mut seen = 0;
    let (mut day, mut current) = (None, Calibration::normal());
    for at in order {
        let shot = &mut shots[at];
        if day != Some(shot.as_of) {
            day = Some(shot.as_of);
            let before = seen;
            seen = learn(&mut sorted, day, seen);
            if seen > before && sorted.iter().any(|scores| scores.len() >= FEWEST) {
                current = Calibration::of([&sorted[0], &sorted[1], &sorted[2]]);
            }
        }
        let (low, high) = current.middle80(shot.horizon);
        shot.rise = current.share_above(shot.horizon, -shot.mean / shot.scale);
        (shot.low, shot.high) = (shot.mean + low * shot.scale, shot.mean + high * shot.scale);
    }
    learn(&mut sorted, None, seen);
    Calibration::of([&sorted[0], &sorted[1], &sorted[2]])
}
