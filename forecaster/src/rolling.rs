//! Judging a way of learning: at each fold it learns from what was known, and speaks until the next.

use crate::{
    Settings,
    net::Net,
    sample::input,
    train::{Learnt, train},
};
use candle_core::Result;
use chrono::NaiveDate;
use domain::forecast::{History, Horizon, Reach, Shot, shots};

/// What a trained net expects after the last of these closes.
pub fn means(net: &Net, trust: [f32; 3], closes: &[f64]) -> Option<[f64; 3]> {
    let reach = Reach::of(closes, None)?;
    let answer = net.answers(&[&input(closes)?]).ok()?[0];
    Some(Horizon::ALL.map(|horizon| {
        let at = horizon.index();
        reach.means[at] + f64::from(trust[at] * answer[at]) * reach.scale(horizon)
    }))
}

/// What it would have said at every origin since the first fold, by history. An origin is spoken about by the net that
/// was trained last before it; where none could be, by the random walk with drift.
pub fn rolling(
    histories: &[History],
    settings: &Settings,
    stop: &dyn Fn() -> bool,
) -> Result<Option<Vec<Vec<Shot>>>> {
    let mut all: Vec<Vec<Shot>> = vec![Vec::new(); histories.len()];
    for (at, day) in settings.folds.iter().enumerate() {
        let learnt = train(histories, *day, settings, stop)?;
        if stop() {
            return Ok(None);
        }
        let until = settings.folds.get(at + 1).copied().unwrap_or(NaiveDate::MAX);
        spoken(histories, learnt.as_ref(), *day, until, &mut all)?;
    }
    Ok(Some(all))
}

/// Adds what a net says from a day on until another.
fn spoken(
    histories: &[History],
    learnt: Option<&Learnt>,
    from: NaiveDate,
    until: NaiveDate,
    all: &mut [Vec<Shot>],
) -> Result<()> {
    let net = learnt
        .map(|learnt| Ok::<_, candle_core::Error>((Net::of(learnt.hidden, &learnt.weights)?, learnt.trust)));
    let net = net.transpose()?;
    for (history, own) in histories.iter().zip(all) {
        // Nothing to ask of a net where the fold has no day of the history.
        if history.dates.last().is_none_or(|last| *last < from) {
            continue;
        }
        let end = history.dates.partition_point(|date| *date < until);
        let mut speak = |closes: &[f64]| match &net {
            _ if closes.len() > end => None,
            Some((net, trust)) if trust.iter().any(|share| *share > 0.0) => means(net, *trust, closes),
            _ => Some(Reach::of(closes, None)?.means),
        };
        own.extend(shots(history, from, &mut speak));
    }
    Ok(())
}
