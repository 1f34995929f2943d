//! Share basis: which quantity of today an old quantity stands for.
//!
//! Entries are in the units of their day, closes are on today's basis. A quantity is multiplied by every split after
//! its date. Two things are read from the prices themselves, because people do enter both:
//!
//! - A trade whose price is nearer to the adjusted close of its day than to the close as it was then is already on
//!   today's basis and is left alone.
//! - A split entered by hand that the market knows (within a week, same ratio) counts once. One that the market does
//!   not know changes the quantity on its day where the closes jump by its ratio (or there are none), and is treated
//!   like a known one where they do not: then somebody has adjusted them already.

use super::{Entry, Listing, TransactionKind, money::decimal};
use chrono::NaiveDate;
use rust_decimal::{Decimal, prelude::ToPrimitive};

/// Days a split entered by hand may be away from the one the market knows.
const SAME_SPLIT_DAYS: i64 = 7;

/// Days a close may be old to judge a trade's price by it.
const FRESH_DAYS: i64 = 10;

/// A split: `new` units for `old` ones from `date` on.
#[derive(Debug, Clone, PartialEq)]
struct Ratio {
    date: NaiveDate,
    new: Decimal,
    old: Decimal,
}

/// The splits of one symbol.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Basis {
    /// Those the closes are adjusted for.
    adjusted: Vec<Ratio>,
    /// Those they are not: quantities change on the day.
    raw: Vec<(NaiveDate, Decimal)>,
}

impl Basis {
    /// From what the market knows and what was entered for the symbol, up to `today`.
    pub(super) fn of(listing: Option<&Listing>, entries: &[&Entry], today: NaiveDate) -> Basis {
        let known =
            listing.into_iter().flat_map(|listing| &listing.splits).filter(|split| split.date <= today);
        let mut adjusted: Vec<Ratio> = known
            .filter_map(|split| {
                let (new, old) = (decimal(split.numerator)?, decimal(split.denominator)?);
                (new > Decimal::ZERO && old > Decimal::ZERO).then_some(Ratio { date: split.date, new, old })
            })
            .collect();
        let mut raw: Vec<(NaiveDate, Decimal)> = Vec::new();
        for entry in entries.iter().filter(|entry| entry.kind == TransactionKind::Split) {
            let Some(ratio) = entry.quantity.filter(|ratio| *ratio > Decimal::ZERO) else { continue };
            let same = |date: NaiveDate, other: Option<Decimal>| {
                let near = (date - entry.date).num_days().abs() <= SAME_SPLIT_DAYS;
                let apart = other.and_then(|other| other.checked_sub(ratio)?.checked_div(ratio));
                near && apart.is_some_and(|apart| apart.abs() < Decimal::new(1, 2))
            };
            let counted = adjusted.iter().any(|known| same(known.date, known.new.checked_div(known.old)))
                || raw.iter().any(|(date, other)| same(*date, Some(*other)));
            if counted {
                continue;
            }
            match listing.is_some_and(|listing| no_jump(listing, entry.date, ratio)) {
                true => adjusted.push(Ratio { date: entry.date, new: ratio, old: Decimal::ONE }),
                false => raw.push((entry.date, ratio)),
            }
        }
        Basis { adjusted, raw }
    }

    /// The ratio by which quantities change on a day because the closes do, too.
    pub(super) fn split_on(&self, date: NaiveDate) -> Option<Decimal> {
        self.raw.iter().find(|(day, _)| *day == date).map(|(_, ratio)| *ratio)
    }

    /// What a quantity entered on a day is today, before any split that [`Basis::split_on`] tells; `None` when too
    /// large to write down.
    pub(super) fn today(&self, quantity: Decimal, date: NaiveDate) -> Option<Decimal> {
        self.adjusted.iter().filter(|split| split.date > date).try_fold(quantity, |quantity, split| {
            let product = quantity.checked_mul(split.new)?;
            Some(product.checked_div(split.old)?.round_dp(12))
        })
    }

    /// Whether a trade at this price (in the currency of the closes) is on today's basis already; `None` where the
    /// day's close does not tell.
    pub(super) fn is_todays(&self, listing: Option<&Listing>, price: f64, date: NaiveDate) -> Option<bool> {
        let factor = self.today(Decimal::ONE, date)?.to_f64()?;
        if factor < 1.25 && factor > 0.8 {
            return None;
        }
        let (_, close) =
            listing?.closes.at(date).filter(|(day, _)| (date - *day).num_days() <= FRESH_DAYS)?;
        (price > 0.0).then(|| (price / close).ln().abs() < (price / (close * factor)).ln().abs())
    }
}

/// Whether closes go on around a day as if they were adjusted for a split; false where they jump by its ratio or
/// there are none on both sides.
fn no_jump(listing: &Listing, date: NaiveDate, ratio: Decimal) -> bool {
    let closes = &listing.closes;
    let before = date.pred_opt().and_then(|day| closes.at(day));
    let after = closes.dates().partition_point(|day| *day < date);
    match (before, closes.values().get(after), ratio.to_f64()) {
        (Some((_, before)), Some(after), Some(ratio)) => {
            let moved = (before / after).ln();
            moved.abs() < (moved - ratio.ln()).abs()
        }
        _ => false,
    }
}
