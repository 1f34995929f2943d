//! The book of one symbol: its open lots, what was realised, and the steps its quantity took.
//!
//! A long lot has positive quantity and cost, a short one negative ones (its cost is what it brought, negated), so
//! that value less cost is the gain of both.

use super::{
    CostMethod, Lot, Sale,
    money::{Stop, add, mul, share, sub},
};
use crate::Symbol;
use chrono::NaiveDate;
use rust_decimal::{Decimal, prelude::ToPrimitive};

/// Units left below this are none: a third of a share times three.
const DUST: Decimal = Decimal::from_parts(1, 0, 0, false, 9);

/// Units and the money they moved, in the portfolio's currency before fee and tax.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Traded {
    pub(super) quantity: Decimal,
    pub(super) gross: Decimal,
}

impl Traded {
    pub(super) fn add(&mut self, quantity: Decimal, gross: Decimal) -> Result<(), Stop> {
        self.quantity = add(self.quantity, quantity)?;
        self.gross = add(self.gross, gross)?;
        Ok(())
    }
}

#[derive(Debug, Clone, PartialEq)]
struct Open {
    date: NaiveDate,
    quantity: Decimal,
    cost: Decimal,
}

/// Everything about one symbol; see the module.
#[derive(Debug, Clone)]
pub(super) struct Book {
    pub(super) symbol: Symbol,
    pub(super) first_date: NaiveDate,
    pub(super) quantity: Decimal,
    pub(super) realised: Decimal,
    pub(super) dividends: Decimal,
    pub(super) fees: Decimal,
    pub(super) taxes: Decimal,
    pub(super) sales: Vec<Sale>,
    /// Quantity after each day it changed.
    pub(super) steps: Vec<(NaiveDate, f64)>,
    /// The price of the day's own trades per unit, in the portfolio's currency.
    pub(super) own_prices: Vec<(NaiveDate, f64)>,
    /// Bought less sold of each trading day, in the portfolio's currency.
    pub(super) paid: Vec<(NaiveDate, Decimal)>,
    /// Investment at average cost after each trading day, whatever the cost method: what Ghostfolio averages.
    pub(super) investments: Vec<(NaiveDate, Decimal)>,
    /// Why its money cannot be told.
    pub(super) trouble: Option<Stop>,
    lots: Vec<Open>,
    /// Lots before this one are used up.
    front: usize,
    average: Open,
}

impl Book {
    pub(super) fn new(symbol: Symbol, date: NaiveDate) -> Book {
        Book {
            symbol,
            first_date: date,
            quantity: Decimal::ZERO,
            realised: Decimal::ZERO,
            dividends: Decimal::ZERO,
            fees: Decimal::ZERO,
            taxes: Decimal::ZERO,
            sales: Vec::new(),
            steps: Vec::new(),
            own_prices: Vec::new(),
            paid: Vec::new(),
            investments: Vec::new(),
            trouble: None,
            lots: Vec::new(),
            front: 0,
            average: Open { date, quantity: Decimal::ZERO, cost: Decimal::ZERO },
        }
    }

    /// What the open lots cost.
    pub(super) fn cost(&self) -> Result<Decimal, Stop> {
        self.lots[self.front..].iter().try_fold(Decimal::ZERO, |sum, lot| add(sum, lot.cost))
    }

    /// The open lots, oldest first.
    pub(super) fn lots(&self) -> Vec<Lot> {
        let known = self.trouble.is_none();
        let lots = self.lots[self.front..].iter();
        lots.map(|lot| Lot {
            date: lot.date,
            quantity: lot.quantity.normalize(),
            cost: known.then_some(lot.cost),
        })
        .collect()
    }

    /// Multiplies what is held.
    pub(super) fn split(&mut self, ratio: Decimal) -> Result<(), Stop> {
        for lot in &mut self.lots[self.front..] {
            lot.quantity = mul(lot.quantity, ratio)?.round_dp(12);
        }
        self.average.quantity = mul(self.average.quantity, ratio)?.round_dp(12);
        self.quantity =
            self.lots[self.front..].iter().try_fold(Decimal::ZERO, |sum, lot| add(sum, lot.quantity))?;
        let factor = ratio.to_f64().unwrap_or(1.0);
        self.own_prices.iter_mut().for_each(|(_, price)| *price /= factor);
        Ok(())
    }

    /// All trades of a day, taken together: their order within the day does not matter.
    pub(super) fn trade(
        &mut self,
        method: CostMethod,
        date: NaiveDate,
        bought: Traded,
        sold: Traded,
    ) -> Result<(), Stop> {
        // What closes the position of the day before comes first, then what opens, then the rest.
        let held = self.quantity;
        let long = held.is_sign_positive();
        let (first, then) = if long { (sold, bought) } else { (bought, sold) };
        let even = sub(first.quantity, held.abs())?.abs() < DUST;
        let closing = if even { first.quantity } else { first.quantity.min(held.abs()) };
        let closing = match closing.is_zero() {
            true => Traded::default(),
            false => Traded { quantity: closing, gross: share(first.gross, closing, first.quantity)? },
        };
        let rest = Traded {
            quantity: sub(first.quantity, closing.quantity)?,
            gross: sub(first.gross, closing.gross)?,
        };
        for (part, buys) in [(closing, !long), (then, long), (rest, !long)] {
            let quantity = if buys { part.quantity } else { -part.quantity };
            self.close_and_open(method, date, quantity, part.gross)?;
            self.average_trade(quantity, part.gross)?;
        }
        let paid = sub(bought.gross, sold.gross)?;
        self.paid.push((date, paid));
        self.investments.push((date, self.average.cost));
        let units = add(bought.quantity, sold.quantity)?;
        let money = add(bought.gross, sold.gross)?;
        if let Some(price) =
            money.checked_div(units).and_then(|price| price.to_f64()).filter(|price| *price > 0.0)
        {
            self.own_prices.push((date, price));
        }
        Ok(())
    }

    /// Notes the quantity at the end of a day.
    pub(super) fn step(&mut self, date: NaiveDate) {
        let quantity = self.quantity.to_f64().unwrap_or(0.0);
        if self.steps.last().map_or(0.0, |(_, before)| *before) != quantity {
            self.steps.push((date, quantity));
        }
    }

    fn close_and_open(
        &mut self,
        method: CostMethod,
        date: NaiveDate,
        quantity: Decimal,
        gross: Decimal,
    ) -> Result<(), Stop> {
        let (mut left, mut money) = (quantity, gross);
        while let Some(lot) = self.lots.get_mut(self.front) {
            if left.is_zero() || lot.quantity.is_sign_negative() == left.is_sign_negative() {
                break;
            }
            let long = lot.quantity.is_sign_positive();
            // What a division left over closes with the rest.
            let even = sub(left.abs(), lot.quantity.abs())?.abs() < DUST;
            let taken = if even { lot.quantity.abs() } else { left.abs().min(lot.quantity.abs()) };
            let cost = share(lot.cost, taken, lot.quantity.abs())?;
            let brought = if even { money } else { share(money, taken, left.abs())? };
            let gain = if long { sub(brought, cost)? } else { sub(-cost, brought)? };
            self.realised = add(self.realised, gain)?;
            self.sales.push(Sale {
                symbol: self.symbol.clone(),
                opened: lot.date,
                closed: date,
                quantity: if long { taken } else { -taken },
                cost: if long { cost } else { brought },
                proceeds: if long { brought } else { -cost },
            });
            let signed = if long { taken } else { -taken };
            lot.quantity = sub(lot.quantity, signed)?;
            lot.cost = sub(lot.cost, cost)?;
            left = if even { Decimal::ZERO } else { add(left, signed)? };
            money = sub(money, brought)?;
            if lot.quantity.abs() < DUST && lot.cost.abs() < DUST {
                self.front += 1;
            }
        }
        if !left.is_zero() {
            let cost = if left.is_sign_positive() { money } else { -money };
            match self.lots.get_mut(self.front).filter(|_| method == CostMethod::Average) {
                Some(all) => {
                    all.quantity = add(all.quantity, left)?;
                    all.cost = add(all.cost, cost)?;
                }
                None => self.lots.push(Open { date, quantity: left, cost }),
            }
        }
        let after = add(self.quantity, quantity)?;
        self.quantity = if self.front == self.lots.len() { Decimal::ZERO } else { after };
        Ok(())
    }

    fn average_trade(&mut self, quantity: Decimal, gross: Decimal) -> Result<(), Stop> {
        let held = self.average.quantity;
        let against = !held.is_zero() && held.is_sign_negative() != quantity.is_sign_negative();
        let signed = if quantity.is_sign_negative() { -gross } else { gross };
        if quantity.is_zero() {
            return Ok(());
        }
        let after = add(held, quantity)?;
        self.average.cost = match against {
            false => add(self.average.cost, signed)?,
            true if after.is_zero() => Decimal::ZERO,
            true if after.is_sign_negative() == held.is_sign_negative() => {
                share(self.average.cost, after, held)?
            }
            true => share(signed, after, quantity)?,
        };
        self.average.quantity = after;
        Ok(())
    }
}
