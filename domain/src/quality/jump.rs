//! Moves that nothing explains.
//!
//! A close is suspicious when its log return is beyond 6 robust sigmas, sigma = 1.4826 x the median absolute
//! deviation of the returns before it (the larger of the last 20 and the last 250, so that a market in turmoil
//! is allowed its moves), and no split, dividend or raised volume explains it. Large moves of real markets come
//! with volume: on the bundled history with volumes none of the moves beyond 6 sigmas lacks it.
//!
//! A suspicious close is rejected if the next one takes it back (a bad tick), if there is no next one yet (it
//! is asked again once there is), or if it is exactly what an unannounced split would look like. A new level that
//! the next close confirms is accepted.

use super::{Rule, sheet::Sheet, sheet::median};
use crate::Bar;

const SIGMAS: f64 = 6.0;
const LONG: usize = 250;
const SHORT: usize = 20;
/// Sigma and the usual volume are worked out again after so many bars.
const REFRESH: usize = 20;
/// A volume above so many times the median is raised.
const RAISED: f64 = 1.2;
/// No move smaller than this is called a jump: prices have ticks.
const SMALLEST: f64 = 0.02;
/// Without any volume to ask, only moves as large as this are.
const SMALLEST_UNSEEN: f64 = 0.2;
/// What companies split their shares by.
const SPLITS: [f64; 12] = [1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0, 15.0, 20.0, 25.0];

/// What is usual before a bar.
#[derive(Default)]
struct Usual {
    returns: Vec<f64>,
    volumes: Vec<f64>,
    sigma: Option<f64>,
    volume: Option<f64>,
    age: usize,
}

impl Usual {
    fn see(&mut self, before: &Bar, bar: &Bar) {
        self.returns.push((bar.close / before.close).ln());
        self.volumes.extend(bar.volume);
        self.age += 1;
        if self.age.is_multiple_of(REFRESH) {
            self.refresh();
        }
    }

    fn refresh(&mut self) {
        if self.returns.len() < SHORT {
            return;
        }
        let spread = |count: usize| {
            let mut some: Vec<f64> = self.returns.iter().rev().take(count).copied().collect();
            let middle = median(&mut some)?;
            some.iter_mut().for_each(|each| *each = (*each - middle).abs());
            median(&mut some)
        };
        self.sigma = spread(LONG).zip(spread(SHORT)).map(|(long, short)| 1.4826 * long.max(short));
        let mut volumes: Vec<f64> = self.volumes.iter().rev().take(LONG).copied().collect();
        self.volume = median(&mut volumes);
    }
}

pub(super) fn check(sheet: &mut Sheet) {
    let mut usual = Usual::default();
    for pair in sheet.batch.known.windows(2) {
        usual.see(&pair[0], &pair[1]);
    }
    usual.refresh();
    let standing = sheet.standing();
    let (mut before, mut stranded) = (sheet.batch.known.last().copied(), None::<Bar>);
    for (place, &at) in standing.iter().enumerate() {
        let bar = sheet.rows[at].value;
        let next = standing.get(place + 1).map(|at| sheet.rows[*at].value);
        if let Some(then) = before {
            // What goes on from the other side of an unannounced split is on that side too.
            let away = |from: &Bar| (bar.close / from.close).ln().abs();
            if stranded.is_some_and(|far| away(&far) < away(&then)) {
                sheet.rows[at].reject(Rule::Jump, "on the level after a split nobody announced");
                stranded = Some(bar);
                continue;
            }
            match suspicion(sheet, &usual, &then, &bar, next.as_ref()) {
                None => {}
                Some(Suspicion::Tick(why)) => {
                    sheet.rows[at].reject(Rule::Jump, why);
                    continue;
                }
                Some(Suspicion::Split(why)) => {
                    sheet.rows[at].reject(Rule::Jump, why);
                    stranded = Some(bar);
                    continue;
                }
            }
        }
        if let Some(then) = before {
            usual.see(&then, &bar);
        }
        before = Some(bar);
    }
}

enum Suspicion {
    /// One bar by itself.
    Tick(String),
    /// This bar and those that go on from it.
    Split(String),
}

fn suspicion(sheet: &Sheet, usual: &Usual, before: &Bar, bar: &Bar, next: Option<&Bar>) -> Option<Suspicion> {
    let ratio = bar.close / before.close;
    // Cheap, and true of nearly every bar.
    if (1.0 - SMALLEST..1.0 + SMALLEST).contains(&ratio) || (bar.time - before.time).num_days() > 10 {
        return None;
    }
    let (sigma, moved) = (usual.sigma?, ratio.ln());
    let sigmas = moved.abs() / sigma.max(1e-9);
    if sigmas <= SIGMAS || explained(sheet, before, bar) {
        return None;
    }
    let text = format!("{:+.1} %, {:.0} robust sigmas", (ratio - 1.0) * 100.0, sigmas.min(999.0));
    let tick = |why: &str| Some(Suspicion::Tick(format!("{text}{why}")));
    // The part of the move that the next close takes back.
    let back = next.map(|next| (next.close / bar.close).ln() / -moved);
    let split = split_like(ratio);
    let Some((volume, most)) = bar.volume.zip(usual.volume) else {
        return match back {
            _ if moved.abs() < SMALLEST_UNSEEN => None,
            None => tick("; waits for the next session"),
            Some(back) if (0.9..1.1).contains(&back) => tick(", and taken back at once"),
            Some(_) => None,
        };
    };
    // More shares at a lower price is what a split does to the volume anyway.
    if volume > RAISED * most * sheet.batch.session_share(bar) * split.unwrap_or(1.0) {
        return None;
    }
    match (back, split) {
        (None, _) => tick(" without the volume of such a move; waits for the next session"),
        (Some(back), _) if back > 0.6 => tick(" without volume, and taken back at once"),
        (Some(_), Some(_)) => Some(Suspicion::Split(format!("{text}: looks like a split nobody announced"))),
        (Some(_), None) => None,
    }
}

/// The ratio of the split that a move by `ratio` would be, forward or reverse.
fn split_like(ratio: f64) -> Option<f64> {
    SPLITS.into_iter().find(|split| {
        let away = (ratio.ln().abs() - split.ln()).abs();
        away < 0.03
    })
}

/// A split or a dividend between two bars that is worth most of the move.
fn explained(sheet: &Sheet, before: &Bar, bar: &Bar) -> bool {
    let between = |date| date > before.date() && date <= bar.date();
    let split = sheet.batch.splits.iter().any(|split| between(split.date));
    let paid: f64 = sheet
        .batch
        .dividends
        .unwrap_or_default()
        .iter()
        .filter(|each| between(each.date))
        .map(|each| each.amount)
        .sum();
    split || (paid > 0.0 && paid >= 0.5 * (before.close - bar.close).abs())
}
