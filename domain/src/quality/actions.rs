//! Splits and dividends: are the prices on the basis they claim, and does the adjusted close contain what was
//! paid and nothing else?

use super::{Judged, Rule, sheet::Sheet, sheet::median, sheet::prices};
use crate::{Bar, bar::Dividend};

/// A source may start the new basis so many days early or late. Whatever falls like a split outside of them fell by
/// itself.
const DAYS_AROUND: i64 = 14;
/// Smaller ratios (share classes, spin-offs) can not be told from a day's move.
const SMALLEST_SPLIT: f64 = 1.25;

/// Every source tells prices on the basis of the latest split. Where the price falls by just the ratio of a split
/// around its date, the rows before were left on the old basis: prices are divided by the ratio, volumes
/// multiplied. A batch without rows around that date says nothing about the split.
pub(super) fn splits(sheet: &mut Sheet) {
    let standing = sheet.standing();
    for split in sheet.batch.splits {
        let ratio = split.numerator / split.denominator;
        if !ratio.is_finite() || ratio <= 0.0 || ratio.max(1.0 / ratio) < SMALLEST_SPLIT {
            continue;
        }
        let days_after = |at: usize| (sheet.rows[at].raw.date() - split.date).num_days();
        let first = standing.partition_point(|at| days_after(*at) < -DAYS_AROUND);
        let end = standing.partition_point(|at| days_after(*at) <= DAYS_AROUND);
        // The rows before and after the fall are both among them.
        let around = first + 1..end;
        let away = |place: &usize| {
            let (before, after) = (sheet.rows[standing[place - 1]].value, sheet.rows[standing[*place]].value);
            ((after.close / before.close).ln() + ratio.ln()).abs()
        };
        let Some(found) = around.min_by(|a, b| away(a).total_cmp(&away(b))) else { continue };
        if away(&found) > 0.4 * ratio.ln().abs() {
            continue;
        }
        let factor_of =
            |at: usize| sheet.rows[at].value.adj_close.map(|adjusted| adjusted / sheet.rows[at].value.close);
        let (old, new) = (factor_of(standing[found - 1]), factor_of(standing[found]));
        // The adjusted close may be right already; then it is far from the close on one side only.
        let adjusted_too =
            old.zip(new).is_none_or(|(old, new)| (old / new).ln().abs() < 0.5 * ratio.ln().abs());
        let why = format!(
            "not yet on the basis of the split {}:{} of {}",
            split.numerator, split.denominator, split.date
        );
        for at in &standing[..found] {
            let row = &mut sheet.rows[*at];
            prices(&mut row.value).for_each(|price| *price /= ratio);
            if adjusted_too && let Some(adjusted) = &mut row.value.adj_close {
                *adjusted /= ratio;
            }
            if let Some(volume) = &mut row.value.volume {
                *volume *= ratio;
            }
            row.repair(Rule::MissedSplit, why.clone());
        }
    }
}

/// A dividend of more than this part of the price is believed only if the adjusted close says so too.
const LARGEST: f64 = 0.35;

/// The adjusted close of a day is the next one's times (1 - dividend / close), so the dividends can be read from
/// it: each is compared with what was announced. The one that fits what the company usually pays wins, and the
/// other is repaired. Nothing smaller than prices rounded to cents can hide is looked at.
pub(super) fn dividends(sheet: &mut Sheet) -> Vec<Judged<Dividend>> {
    let Some(told) = sheet.batch.dividends else { return Vec::new() };
    let mut told: Vec<Judged<Dividend>> = told.iter().cloned().map(Judged::new).collect();
    told.sort_by_key(|each| each.raw.date);
    for each in told.iter_mut().filter(|each| !(each.raw.amount > 0.0 && each.raw.amount.is_finite())) {
        each.reject(Rule::WrongDividend, "no amount that can be paid");
    }
    let usual = median(
        &mut told.iter().filter(|each| !each.is_rejected()).map(|each| each.raw.amount).collect::<Vec<_>>(),
    )
    .filter(|_| told.len() >= 3);
    let standing = sheet.standing();
    // From the newest day back: a correction holds for every row before it.
    let (mut correction, mut last, mut implied) = (1.0, told.len(), Vec::new());
    let mut bar = standing.last().map(|at| sheet.rows[*at].value);
    for at in standing.iter().rev().skip(1) {
        let before = sheet.rows[*at].value;
        let Some(bar) = bar.replace(before) else { break };
        let due = told[..last].partition_point(|each| each.raw.date <= before.date());
        let step = Step::between(&before, &bar);
        let announced =
            told[due..last].iter_mut().rev().find(|each| each.raw.date <= bar.date() && !each.is_rejected());
        last = due;
        if let Some(step) = step {
            match announced {
                Some(dividend) => correction *= announced_one(&step, dividend, usual),
                None => match unannounced(&step, usual) {
                    Unannounced::Nothing => {}
                    Unannounced::Dividend(amount) => implied.push((bar, amount)),
                    Unannounced::Phantom => correction /= 1.0 - step.taken,
                },
            }
        }
        let row = &mut sheet.rows[*at];
        if let Some(adjusted) = row.value.adj_close.as_mut().filter(|_| (correction - 1.0f64).abs() > 1e-9) {
            *adjusted *= correction;
            row.repair(Rule::Adjustment, "the adjusted close did not follow from the dividends");
        }
    }
    for (bar, amount) in implied.into_iter().rev() {
        let dividend = Dividend { symbol: sheet.batch.symbol.clone(), date: bar.date(), amount };
        let mut found = Judged::new(dividend);
        found.repair(Rule::MissingDividend, "announced by nobody, contained in the adjusted close");
        told.push(found);
    }
    told.sort_by_key(|each| each.value.date);
    told
}

/// What the adjusted close says about the night between two bars.
struct Step {
    /// Part of the price that was taken off: 0.01 for a dividend of 1 % of the close before.
    taken: f64,
    /// What rounding to cents can hide.
    hidden: f64,
    close: f64,
}

impl Step {
    fn between(before: &Bar, bar: &Bar) -> Option<Step> {
        let taken = 1.0 - (before.adj_close? / before.close) / (bar.adj_close? / bar.close);
        let smallest = before.adj_close?.min(bar.adj_close?).min(before.close).min(bar.close);
        Some(Step { taken, hidden: 0.0005 + 0.02 / smallest, close: before.close })
    }

    fn says(&self, part: f64) -> bool {
        (self.taken - part).abs() <= self.hidden + 0.05 * part
    }
}

/// Holds an announced dividend against the step; what the adjusted closes before have to be multiplied by.
fn announced_one(step: &Step, dividend: &mut Judged<Dividend>, usual: Option<f64>) -> f64 {
    let (amount, implied) = (dividend.raw.amount, step.taken * step.close);
    let part = amount / step.close;
    if step.says(part) {
        return 1.0;
    }
    for factor in [100.0, 0.01] {
        let right = amount / factor;
        let known = usual.is_some_and(|usual| (0.5..2.0).contains(&(right / usual)));
        if step.taken > step.hidden && step.says(right / step.close)
            || (known && right / step.close < LARGEST)
        {
            dividend.value.amount = right;
            dividend.repair(Rule::WrongDividend, format!("100 times away from the {right:.4} usually paid"));
            return if step.says(right / step.close) {
                1.0
            } else {
                (1.0 - right / step.close) / (1.0 - step.taken)
            };
        }
    }
    if step.taken > step.hidden
        && usual.is_some_and(|usual| (implied / usual).ln().abs() < (amount / usual).ln().abs())
    {
        dividend.value.amount = implied;
        dividend.repair(Rule::WrongDividend, format!("the adjusted close contains {implied:.4}"));
        return 1.0;
    }
    if part > LARGEST {
        dividend.reject(
            Rule::WrongDividend,
            format!("{:.0} % of the price, and not in the adjusted close", part * 100.0),
        );
        return 1.0;
    }
    (1.0 - part) / (1.0 - step.taken)
}

enum Unannounced {
    Nothing,
    /// So much was paid.
    Dividend(f64),
    /// The adjusted close was lowered for nothing.
    Phantom,
}

fn unannounced(step: &Step, usual: Option<f64>) -> Unannounced {
    let amount = step.taken * step.close;
    match step.taken {
        taken if taken.abs() <= step.hidden => Unannounced::Nothing,
        taken if !(0.0..=LARGEST).contains(&taken) => Unannounced::Phantom,
        _ if usual.is_some_and(|usual| amount > 10.0 * usual) => Unannounced::Phantom,
        _ => Unannounced::Dividend((amount * 1e4).round() / 1e4),
    }
}
