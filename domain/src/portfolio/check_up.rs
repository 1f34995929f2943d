//! Check-ups: simple rules that say where a portfolio leans to one side, in the manner of Ghostfolio's X-ray.

use super::{Analysis, Figure, Slice, Unavailable, performance::Gaps, position};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::{Deserialize, Serialize};

/// Where the check-ups begin to complain. All are fractions of the portfolio's value, except `fees`, which is a
/// fraction of what was invested.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Limits {
    /// Most that other currencies than the portfolio's may make up.
    pub foreign_currency: f64,
    /// Most that one currency may make up.
    pub single_currency: f64,
    /// Most that one position may make up.
    pub single_position: f64,
    /// Most that one sector may make up.
    pub single_sector: f64,
    /// Most that fees may have eaten.
    pub fees: f64,
    /// Most that may lie idle as cash.
    pub cash: f64,
    /// Least that should be at hand as cash.
    pub cash_least: f64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            foreign_currency: 0.5,
            single_currency: 0.8,
            single_position: 0.25,
            single_sector: 0.4,
            fees: 0.01,
            cash: 0.2,
            cash_least: 0.0,
        }
    }
}

/// A rule by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub enum Rule {
    ForeignCurrency,
    SingleCurrency,
    SinglePosition,
    SingleSector,
    Fees,
    Cash,
}

/// What one rule found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// Which rule.
    pub rule: Rule,
    /// For people.
    pub title: String,
    /// What it found, in a sentence.
    pub finding: String,
    /// What was measured, as a fraction.
    pub measured: f64,
    /// The limit it was held against.
    pub limit: f64,
    /// False when it complains.
    pub passed: bool,
}

/// The health of a portfolio.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CheckUp {
    /// One per rule that applies.
    pub checks: Vec<Check>,
    /// The limits used.
    pub limits: Limits,
    /// What could not be checked, and why.
    pub unavailable: Vec<Unavailable>,
}

impl Analysis {
    /// Holds the portfolio against its limits. A rule that has nothing to judge (no sector is known, no cash is
    /// kept) is left out.
    pub fn check_up(&self) -> CheckUp {
        self.check_up_with(self.portfolio.limits)
    }

    /// The same with other limits.
    pub fn check_up_with(&self, limits: Limits) -> CheckUp {
        let mut gaps = Gaps::default();
        let allocation = self.allocation();
        let value = allocation.value.and_then(|value| value.to_f64()).filter(|value| *value > 0.0);
        let mut checks = Vec::new();
        if value.is_none() {
            let reason = match allocation.value {
                Some(_) => "nothing is held".to_string(),
                None => self.reason(Figure::Value),
            };
            gaps.note(Figure::Value, reason);
        } else {
            let known = |slices: &[Slice]| -> Vec<Slice> {
                let kept = slices.iter().filter(|each| each.key != "cash" && each.key != "unknown");
                kept.filter(|each| each.weight.is_some()).cloned().collect()
            };
            let base = self.portfolio.currency.as_str();
            let home =
                allocation.by_currency.iter().find(|each| each.key == base).and_then(|each| each.weight);
            let foreign = (1.0 - home.unwrap_or(0.0)).max(0.0);
            checks.push(at_most(Rule::ForeignCurrency, foreign, limits.foreign_currency, |part, limit| {
                format!("{part} of the value is in other currencies than {base}; the limit is {limit}")
            }));
            for (rule, slices, limit, what) in [
                (Rule::SingleCurrency, &allocation.by_currency, limits.single_currency, "currency"),
                (Rule::SinglePosition, &allocation.by_symbol, limits.single_position, "position"),
                (Rule::SingleSector, &allocation.by_sector, limits.single_sector, "sector"),
            ] {
                let slices = known(slices);
                let largest = slices.iter().max_by(|left, right| left.value.abs().cmp(&right.value.abs()));
                if let Some(largest) = largest {
                    let measured = largest.weight.unwrap_or(0.0).abs();
                    checks.push(at_most(rule, measured, limit, |part, limit| {
                        format!(
                            "the largest {what}, {}, is {part} of the value; the limit is {limit}",
                            largest.label
                        )
                    }));
                }
            }
            self.check_cash(limits, value, &mut checks);
        }
        self.check_fees(limits, &mut checks, &mut gaps);
        CheckUp { checks, limits, unavailable: gaps.0 }
    }

    fn check_cash(&self, limits: Limits, value: Option<f64>, checks: &mut Vec<Check>) {
        let cash = self.ledger.holds_cash.then(|| position::cash(&self.ledger, &self.market)).flatten();
        let Some((cash, value)) = cash.and_then(|cash| cash.to_f64()).zip(value) else { return };
        let measured = cash / value;
        let low = measured < limits.cash_least;
        let limit = if low { limits.cash_least } else { limits.cash };
        let side = if low { "the least" } else { "the limit" };
        checks.push(Check {
            passed: !low && measured <= limits.cash,
            finding: format!("{} of the value is cash; {side} is {}", percent(measured), percent(limit)),
            ..at_most(Rule::Cash, measured, limit, |_, _| String::new())
        });
    }

    /// Fees of all time against everything ever paid for units and charges: what fees have eaten.
    fn check_fees(&self, limits: Limits, checks: &mut Vec<Check>, gaps: &mut Gaps) {
        let books = self.ledger.books.values();
        let bought = books.clone().flat_map(|book| &book.paid).map(|(_, paid)| (*paid).max(Decimal::ZERO));
        let bought = bought.fold(Decimal::ZERO, Decimal::saturating_add).to_f64().unwrap_or(0.0);
        let fees = books.map(|book| book.fees).fold(self.ledger.fees, Decimal::saturating_add);
        match (&self.ledger.trouble, fees.to_f64()) {
            (Some(stop), _) => gaps.note(Figure::Fees, stop),
            (None, Some(fees)) if bought > 0.0 => {
                checks.push(at_most(Rule::Fees, fees / bought, limits.fees, |part, limit| {
                    format!("fees were {part} of what was invested; the limit is {limit}")
                }));
            }
            _ => gaps.note(Figure::Fees, "nothing was bought"),
        }
    }
}

/// A fraction as people read it.
fn percent(fraction: f64) -> String {
    format!("{:.1} %", fraction * 100.0)
}

fn at_most(rule: Rule, measured: f64, limit: f64, finding: impl Fn(&str, &str) -> String) -> Check {
    let title = match rule {
        Rule::ForeignCurrency => "Foreign currencies",
        Rule::SingleCurrency => "One currency",
        Rule::SinglePosition => "One position",
        Rule::SingleSector => "One sector",
        Rule::Fees => "Fees",
        Rule::Cash => "Cash",
    };
    let finding = finding(&percent(measured), &percent(limit));
    Check {
        rule,
        title: title.to_string(),
        finding: sentence(&finding),
        measured,
        limit,
        passed: measured <= limit,
    }
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
