//! The net learns what is there, nothing that is not, and nothing from the future.

use crate::{Lstm, Settings, ets, net::Chance, rolling::rolling, train::train};
use chrono::{Duration, NaiveDate};
use domain::{
    Symbol,
    forecast::{Forecaster, History, ModelKind},
};

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Daily closes whose returns are normal, with a pull towards the return before.
fn history(seed: u64, count: usize, pull: f64) -> History {
    let mut chance = Chance(seed);
    let (mut log, mut last) = (4.0_f64, 0.0);
    let closes = (0..count).map(|_| {
        let noise = 0.01 * ((0..12).map(|_| chance.share()).sum::<f64>() - 6.0);
        last = pull * last + noise;
        log += last;
        log.exp()
    });
    let closes = closes.collect();
    let dates = (0..count as i64).map(|day| date("2010-01-01") + Duration::days(day)).collect();
    History { symbol: Symbol::parse(&format!("S{seed}")).unwrap(), dates, closes }
}

fn small() -> Settings {
    Settings {
        seed: 1,
        hidden: 4,
        batches: 10,
        batch: 32,
        stride: 10,
        folds: vec![date("2012-01-01"), date("2013-01-01")],
        with_ets: false,
    }
}

#[test]
fn the_same_seed_learns_the_same_and_another_learns_another() {
    let histories = [history(1, 1400, 0.0), history(2, 1400, 0.0)];
    let lstm = |seed| Lstm { settings: Some(Settings { seed, ..small() }) };
    let first = lstm(1).train(&histories, &|| false).unwrap();
    assert_eq!(Some(&first), lstm(1).train(&histories, &|| false).as_ref());
    assert_ne!(first.version, lstm(2).train(&histories, &|| false).unwrap().version);
    let speaker = Lstm::default().read(&first.version, &first.body).unwrap();
    let forecast = speaker.forecast(&histories[0]).unwrap();
    assert_eq!((forecast.model, forecast.as_of), (ModelKind::Lstm, first.through));
    assert!(Lstm::default().read("x", &first.body.replace("0.", "")).is_none());
    assert!(lstm(1).train(&histories, &|| true).is_none());
}

#[test]
fn a_jump_in_the_future_is_not_learnt_from_before_it_happens() {
    let calm = [history(3, 1400, 0.3), history(4, 1400, 0.3)];
    let mut jumped = calm.clone();
    let day = date("2013-01-01");
    let at = calm[0].dates.partition_point(|date| *date < day);
    jumped[0].closes[at..].iter_mut().for_each(|close| *close *= 3.0);
    let learnt = |histories: &[History]| train(histories, day, &small(), &|| false).unwrap().unwrap();
    assert_eq!(learnt(&calm), learnt(&jumped));
    let said = |histories: &[History], is_before: bool| -> Vec<_> {
        let all = rolling(histories, &small(), &|| false).unwrap().unwrap();
        let shots = all.iter().flatten().filter(|shot| (shot.as_of < day) == is_before);
        shots.map(|shot| (shot.as_of, shot.horizon, shot.mean, shot.scale, shot.unit)).collect()
    };
    assert!(said(&calm, true).len() > 30);
    assert_eq!(said(&calm, true), said(&jumped, true));
    assert_ne!(said(&calm, false), said(&jumped, false), "once it has happened it counts");
}

#[test]
fn each_fold_speaks_for_its_own_days_once() {
    let histories = [history(5, 1400, 0.0)];
    let all = rolling(&histories, &small(), &|| false).unwrap().unwrap();
    let origins: Vec<usize> = all[0].iter().map(|shot| shot.origin).collect();
    let mut once = origins.clone();
    once.dedup();
    assert_eq!(origins.len(), 3 * once.len());
    assert!(once.windows(2).all(|pair| pair[1] - pair[0] == 21), "{once:?}");
    assert!(all[0].iter().all(|shot| shot.as_of >= date("2012-01-01")));
}

#[test]
fn smoothing_follows_a_straight_trend_and_needs_a_year() {
    // One part in a thousand a day with some noise: 90 days on, about 9 %.
    let mut chance = Chance(8);
    let closes: Vec<f64> =
        (0..300).map(|day| (f64::from(day) * 0.001 + 0.0005 * (chance.share() - 0.5)).exp()).collect();
    let [short, _, long] = ets(&closes).unwrap();
    assert!((short - 0.007).abs() < 0.002 && (long - 0.09).abs() < 0.02, "{short} {long}");
    assert_eq!(ets(&closes[..251]), None);
}
