//! Allocation: what the value consists of.

use super::{Allocation, Analysis, Figure, Position, Slice, performance::Gaps, position};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use std::collections::BTreeMap;

/// The key of what has no such attribute.
const UNKNOWN: (&str, &str) = ("unknown", "Unknown");

impl Analysis {
    /// What the portfolio consists of today. Each list adds up to the value; positions without a price are left out
    /// and the value is then named as unavailable.
    pub fn allocation(&self) -> Allocation {
        let mut gaps = Gaps::default();
        let whole = position::whole(&self.positions, &self.ledger, &self.market);
        let value = gaps.told(Figure::Value, whole.ok_or_else(|| self.reason(Figure::Value)));
        let label = |text: &str| (text.to_string(), text.to_string());
        let unknown = || (UNKNOWN.0.to_string(), UNKNOWN.1.to_string());
        let base = self.portfolio.currency;
        Allocation {
            currency: base,
            value,
            by_symbol: self.slices(value, false, |each| (each.symbol.to_string(), each.name.clone())),
            by_sector: self.slices(value, false, |each| {
                each.sector.map_or_else(unknown, |sector| label(sector.as_str()))
            }),
            by_kind: self
                .slices(value, false, |each| each.kind.map_or_else(unknown, |kind| label(kind.as_str()))),
            by_currency: self.slices(value, true, |each| {
                each.price_currency.map_or_else(unknown, |currency| {
                    label(currency.hundredth_of().unwrap_or(currency).as_str())
                })
            }),
            unavailable: gaps.0,
        }
    }

    fn slices(
        &self,
        whole: Option<Decimal>,
        cash_by_currency: bool,
        key: impl Fn(&Position) -> (String, String),
    ) -> Vec<Slice> {
        let mut parts: BTreeMap<String, (String, Decimal)> = BTreeMap::new();
        let mut add = |(key, label): (String, String), value: Decimal| {
            let part = parts.entry(key).or_insert((label, Decimal::ZERO));
            part.1 = part.1.saturating_add(value);
        };
        for each in self.positions.iter().filter(|each| !each.quantity.is_zero()) {
            if let Some(value) = each.value {
                add(key(each), value);
            }
        }
        for (currency, balances) in self.ledger.cash.iter().filter(|_| self.ledger.holds_cash) {
            let balance = balances.last().map_or(Decimal::ZERO, |(_, balance)| *balance);
            let value = position::converted(balance, *currency, &self.ledger, &self.market);
            if let Some(value) = value.filter(|value| !value.is_zero()) {
                match cash_by_currency {
                    true => add((currency.to_string(), currency.to_string()), value),
                    false => add(("cash".to_string(), "Cash".to_string()), value),
                }
            }
        }
        let whole = whole.and_then(|whole| whole.to_f64()).filter(|whole| *whole > 0.0);
        let mut slices: Vec<Slice> = parts
            .into_iter()
            .map(|(key, (label, value))| Slice {
                key,
                label,
                weight: whole.zip(value.to_f64()).map(|(whole, value)| value / whole),
                value,
            })
            .collect();
        slices.sort_by(|left, right| right.value.cmp(&left.value).then_with(|| left.key.cmp(&right.key)));
        slices
    }
}
