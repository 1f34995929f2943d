//! The rules of judging forecasts, on walks made by a seed and on numbers worked out by hand.

use super::*;
use crate::{Bar, Symbol};
use chrono::{Duration, NaiveDate};

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A random walk of so many closes: sums of twelve uniform numbers are close to normal.
fn walk(seed: u64, count: usize) -> History {
    let mut state = seed;
    let mut uniform = || {
        // SplitMix64 (Steele, Lea, Flood, 2014).
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) as f64 / u64::MAX as f64
    };
    let mut log = 4.0_f64;
    let closes = (0..count).map(|_| {
        log += 0.01 * ((0..12).map(|_| uniform()).sum::<f64>() - 6.0);
        log.exp()
    });
    let closes: Vec<f64> = closes.collect();
    let dates = (0..count as i64).map(|day| date("2010-01-01") + Duration::days(day)).collect();
    History { symbol: Symbol::parse("WALK").unwrap(), dates, closes }
}

fn drifting(closes: &[f64]) -> Option<[f64; 3]> {
    Some(Reach::of(closes, None)?.means)
}

fn judged(histories: &[History], means: &mut Means) -> Vec<Shot> {
    let mut all: Vec<Shot> =
        histories.iter().flat_map(|history| shots(history, NaiveDate::MIN, means)).collect();
    calibrate(&mut all);
    all
}

#[test]
fn a_jump_in_the_future_changes_nothing_that_was_said_or_known_before_it() {
    let calm = [walk(1, 1500), walk(2, 1500), walk(3, 1500)];
    let mut jumped = calm.clone();
    let jump = 900;
    jumped[0].closes[jump..].iter_mut().for_each(|close| *close *= 3.0);
    let (before, after) = (judged(&calm, &mut drifting), judged(&jumped, &mut drifting));
    let said_before = |shot: &&Shot| shot.as_of < calm[0].dates[jump];
    let said = |all: &[Shot]| -> Vec<_> {
        let words = |shot: &Shot| (shot.as_of, shot.mean, shot.low, shot.high, shot.scale, shot.unit);
        all.iter().filter(said_before).map(words).collect()
    };
    assert!(said(&before).len() > 200);
    assert_eq!(said(&before), said(&after));
    let changed = before.iter().zip(&after).filter(|(a, b)| a != b).count();
    assert!(changed > 50, "what comes after the jump has to feel it: {changed}");
}

#[test]
fn intervals_hold_about_four_in_five_of_what_comes_after_a_random_walk() {
    let histories: Vec<History> = (0..30).map(|seed| walk(seed, 2000)).collect();
    for skill in skill(&judged(&histories, &mut drifting)) {
        assert!((0.75..0.85).contains(&skill.coverage80), "{skill:?}");
        assert!(!skill.has_skill, "nothing is to be known of a random walk: {skill:?}");
        assert!((0.9..1.15).contains(&skill.naive_mase), "{skill:?}");
    }
}

#[test]
fn who_knows_the_half_of_what_comes_has_skill() {
    let history = walk(7, 3000);
    let all = history.closes.clone();
    let mut prophet = |known: &[f64]| {
        let half = |bars: usize| {
            let came = all.get(known.len() - 1 + bars)?;
            Some(0.5 * (came / known[known.len() - 1]).ln())
        };
        Some([half(7)?, half(30)?, half(90)?])
    };
    let record = skill(&judged(&[history], &mut prophet));
    assert_eq!(record.len(), 3);
    for skill in record {
        // Half of every miss is left.
        assert!((skill.mase / skill.naive_mase - 0.5).abs() < 1e-9, "{skill:?}");
        assert!(skill.has_skill && skill.directional == Some(1.0), "{skill:?}");
    }
}

#[test]
fn the_record_is_what_one_works_out_by_hand() {
    // Twenty forecasts a month apart: half come up 2 %, half down 1 %; the model says +1 %, the walk +0.5 %.
    let shot = |at: u32| Shot {
        origin: at as usize,
        as_of: date("2015-01-15") + chrono::Months::new(at),
        horizon: Horizon::Short,
        due: Some(date("2015-01-24") + chrono::Months::new(at)),
        mean: 0.01,
        walk: 0.005,
        scale: 0.02,
        unit: 0.01,
        actual: Some(if at.is_multiple_of(2) { 0.02 } else { -0.01 }),
        low: -0.005,
        high: 0.03,
        rise: 0.5,
        step: 21,
    };
    let shots: Vec<Shot> = (0..20).map(shot).collect();
    let record = skill(&shots)[0];
    let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
    near(record.mase, 1.5); // misses of 1 % and 2 %, over 1 %
    near(record.naive_mase, 1.5); // 2 % and 1 %
    near(record.drift_mase, 1.5); // 1.5 % and 1.5 %
    near(record.coverage80, 0.5);
    assert_eq!((record.directional, record.windows, record.has_skill), (Some(0.5), 20, false));
    assert!(skill(&shots[1..]).is_empty(), "nineteen are too few");
}

#[test]
fn a_short_history_is_judged_in_smaller_steps_and_a_shorter_one_not_at_all() {
    let windows = |count: usize| skill(&judged(&[walk(5, count)], &mut drifting));
    assert!(windows(300).is_empty());
    assert_eq!(windows(436).len(), 2, "19 windows of 90 days are too few");
    // A year, then 20 origins a week apart, then 90 bars to see what came of the last.
    let least = windows(252 + 95 + 90);
    assert_eq!(least.iter().map(|skill| skill.windows).collect::<Vec<_>>(), [36, 32, 20]);
    assert_eq!(origins(5000).1, 21);
}

#[test]
fn an_interval_learns_only_from_outcomes_known_by_then() {
    // Wild at first: whoever calibrates on everything has wide intervals from the first day on.
    let mut history = walk(9, 4000);
    let start = history.closes[3000];
    history.closes[3000..].iter_mut().for_each(|close| *close = start * (*close / start).powi(3));
    let all = judged(&[history.clone()], &mut drifting);
    let short: Vec<&Shot> = all.iter().filter(|shot| shot.horizon == Horizon::Short).collect();
    let first = (short[0].high - short[0].mean) / short[0].scale;
    assert!((first - 1.2816).abs() < 1e-3, "nothing known yet: the normal distribution, not {first}");
}

#[test]
fn a_history_begins_after_its_last_hole() {
    let bar = |day: &str, close: f64| Bar {
        time: Bar::label(date(day)),
        open: None,
        high: None,
        low: None,
        close,
        adj_close: None,
        volume: None,
    };
    let symbol = Symbol::parse("HOLE").unwrap();
    let bars = [
        bar("2018-12-31", 20.0),
        bar("2021-01-04", 240.0),
        bar("2021-01-05", 0.0),
        bar("2021-01-06", 250.0),
        // Seven days, as in September 2001, are no hole.
        bar("2021-01-13", 255.0),
    ];
    let history = History::of_bars(&symbol, &bars);
    assert_eq!(history.closes, [250.0, 255.0]);
    assert_eq!(History::of_bars(&symbol, &bars[..2]).closes, [240.0]);
    assert_eq!(history.until(date("2021-01-12")).closes, [250.0]);
    assert!(History::of_bars(&symbol, &[]).is_empty());
}

// Quantiles of the standard normal distribution as in NIST/SEMATECH e-Handbook, table 1.3.6.7.1.
#[test]
fn without_a_past_misses_are_taken_as_normal() {
    let normal = Calibration::normal();
    let (low, high) = normal.middle80(Horizon::Medium);
    assert!((high - 1.281_551_6).abs() < 1e-6 && (low + high).abs() < 1e-9);
    let above = |score| normal.share_above(Horizon::Short, score);
    assert!((above(0.0) - 0.5).abs() < 1e-9 && (above(0.6745) - 0.25).abs() < 1e-3);
    assert!((above(9.0) - 0.025).abs() < 1e-12 && (above(-9.0) - 0.975).abs() < 1e-12);
    assert!(normal.is_sound());
}

#[test]
fn a_prediction_says_the_words_of_the_contract() {
    let closes: Vec<f64> = (0..300).map(|at| if at % 2 == 0 { 100.0 } else { 102.0 }).collect();
    let reach = Reach::of(&closes, Some([0.0, 0.05, -0.05])).unwrap();
    let (targets, bullish_score) = reach.targets(&Calibration::normal());
    let forecast = Forecast {
        symbol: Symbol::parse("AAPL").unwrap(),
        model: ModelKind::RandomWalk,
        model_version: None,
        as_of: date("2022-03-10"),
        current_price: reach.price,
        targets,
        bullish_score,
    };
    let prediction = Prediction::of(forecast, Vec::new());
    let words = serde_json::to_value(&prediction).unwrap();
    for key in
        ["currentPrice", "asOf", "model", "shortTerm", "mediumTerm", "longTerm", "bullishScore", "skill"]
    {
        assert!(words.get(key).is_some(), "{key}");
    }
    for key in ["targetPrice", "change", "trend", "low80", "high80"] {
        assert!(words["shortTerm"].get(key).is_some(), "{key}");
    }
    let trends = prediction.targets().map(|target| target.trend.as_str());
    assert_eq!(trends, ["Sideways", "Uptrend", "Downtrend"]);
    // 102 e^0.05, and e^0.05 - 1 in percent.
    assert!((prediction.medium_term.target_price - 107.229_65).abs() < 1e-4);
    assert!((prediction.medium_term.change - 5.127_11).abs() < 1e-4);
    assert!(prediction.medium_term.low80 < prediction.medium_term.target_price);
    // Volatility 1.98 % a day, 10.85 % over 30 days: +5 % is 0.461 deviations, Phi(0.461) = 0.678.
    assert!((prediction.bullish_score - 67.8).abs() < 0.3, "{}", prediction.bullish_score);
    assert_eq!(serde_json::from_value::<Prediction>(words).unwrap(), prediction);
}

#[test]
fn the_random_walk_trains_reads_itself_back_and_speaks() {
    let histories: Vec<History> = (0..5).map(|seed| walk(seed, 1200)).collect();
    let training = RandomWalk.train(&histories, &|| false).unwrap();
    assert_eq!(Some(training.clone()), RandomWalk.train(&histories, &|| false), "twice the same");
    assert_eq!(training.records.len(), 6);
    assert!(training.records[0].symbol.is_none() && training.records[0].skill.len() == 3);
    assert_eq!(training.past.len(), 5 * 24);
    let speaker = RandomWalk.read(&training.version, &training.body).unwrap();
    let forecast = speaker.forecast(&histories[0]).unwrap();
    assert_eq!((forecast.as_of, forecast.current_price), (training.through, histories[0].closes[1199]));
    assert_eq!(forecast.model_version.as_ref(), Some(&training.version));
    assert!(speaker.forecast(&walk(1, 90)).is_none(), "90 closes have 89 changes");
    assert!(RandomWalk.train(&histories, &|| true).is_none() && RandomWalk.train(&[], &|| false).is_none());
    for broken in ["", "{}", "[[],[],[]]", "[[1,0],[],[]]"] {
        assert!(RandomWalk.read("x", broken).is_none(), "{broken}");
    }
}

#[test]
fn what_came_stands_beside_what_was_said_on_the_basis_of_today() {
    let mut history = walk(3, 400);
    let training = RandomWalk.train(std::slice::from_ref(&history), &|| false).unwrap();
    let said = training.past.first().unwrap().clone();
    let at = history.dates.iter().position(|date| *date == said.as_of).unwrap();
    let past = came(&history, std::slice::from_ref(&said));
    assert_eq!(past.len(), 3);
    let week = past.last().unwrap();
    assert_eq!(
        (week.horizon, week.due, week.came),
        (Horizon::Short, history.dates[at + 7], history.closes[at + 7])
    );
    // A split of two for one halves every price of the history, and so what was said.
    history.closes.iter_mut().for_each(|close| *close /= 2.0);
    let halved = came(&history, std::slice::from_ref(&said));
    assert!((halved[2].target.target_price - week.target.target_price / 2.0).abs() < 1e-9);
    assert_eq!(halved[2].is_within(), week.is_within());
    assert!(came(&history.until(said.as_of), &[said]).is_empty(), "nothing has come yet");
}
