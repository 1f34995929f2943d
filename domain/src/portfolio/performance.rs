//! Performance: sums of money from the ledger, returns from the history.

use super::{
    Analysis, Figure, Performance, Point, Position, Span, Unavailable,
    money::{decimal, rounded},
    money_weighted::xirr,
    position::{cash, ratio, whole},
    returns::{Chain, annualised, chain},
};
use chrono::NaiveDate;
use rust_decimal::{Decimal, prelude::ToPrimitive};

/// Collects what cannot be told.
#[derive(Default)]
pub(super) struct Gaps(pub(super) Vec<Unavailable>);

impl Gaps {
    pub(super) fn note(&mut self, figure: Figure, reason: impl ToString) {
        self.0.push(Unavailable { figure, reason: reason.to_string() });
    }

    /// The value, or nothing and a note.
    pub(super) fn told<T>(&mut self, figure: Figure, value: Result<T, impl ToString>) -> Option<T> {
        value.map_err(|reason| self.note(figure, reason)).ok()
    }
}

impl Analysis {
    /// How the portfolio did. Money counts from the first transaction to the end of `span`, which decides what
    /// returns and series cover. A span that ends earlier is told as it was on that day.
    pub fn performance(&self, span: Span) -> Performance {
        if span.to < self.ledger.until {
            return self.on(span.to).performance(span);
        }
        let mut gaps = Gaps::default();
        let (ledger, base) = (&self.ledger, self.portfolio.currency);
        let trouble = ledger.trouble.as_ref().map(ToString::to_string);
        let mut sum = |figure: Figure, own: Decimal, part: fn(&Position) -> Option<Decimal>| {
            let sum =
                self.positions.iter().try_fold(rounded(own, base), |sum, each| sum.checked_add(part(each)?));
            gaps.told(figure, sum.filter(|_| trouble.is_none()).ok_or_else(|| self.reason(figure)))
        };
        let cost = sum(Figure::Cost, Decimal::ZERO, |each| each.cost);
        let realised = sum(Figure::Realised, Decimal::ZERO, |each| each.realised);
        let unrealised = sum(Figure::Unrealised, Decimal::ZERO, |each| each.unrealised);
        let dividends = sum(Figure::Dividends, Decimal::ZERO, |each| each.dividends);
        let interest = sum(Figure::Interest, ledger.interest, |_| Some(Decimal::ZERO));
        let fees = sum(Figure::Fees, ledger.fees, |each| each.fees);
        let taxes = sum(Figure::Taxes, ledger.taxes, |each| each.taxes);
        let value = whole(&self.positions, ledger, &self.market);
        let value = gaps.told(Figure::Value, value.ok_or_else(|| self.reason(Figure::Value)));
        let cash = match ledger.holds_cash {
            true => {
                gaps.told(Figure::Cash, cash(ledger, &self.market).ok_or_else(|| self.reason(Figure::Cash)))
            }
            false => None,
        };
        let invested = ledger
            .flows
            .iter()
            .try_fold(Decimal::ZERO, |sum, flow| sum.checked_add(flow.inflow)?.checked_sub(flow.outflow));
        let invested = invested.map(|invested| rounded(invested, base)).filter(|_| trouble.is_none());
        let invested = gaps.told(Figure::Invested, invested.ok_or_else(|| self.reason(Figure::Invested)));
        let gain = || realised?.checked_add(unrealised?)?.checked_add(dividends?)?.checked_add(interest?);
        let gain = gaps.told(Figure::Gain, gain().ok_or_else(|| self.reason(Figure::Gain)));
        let net_gain = || gain?.checked_sub(fees?)?.checked_sub(taxes?);
        let net_gain = gaps.told(Figure::NetGain, net_gain().ok_or_else(|| self.reason(Figure::NetGain)));
        let rest = || value?.checked_sub(invested?)?.checked_sub(net_gain?);
        let rest = gaps.told(Figure::CurrencyAndRounding, rest().ok_or_else(|| self.reason(Figure::Value)));

        let changes = self.positions.iter().filter_map(|each| each.day_change);
        let day_change = changes.reduce(|sum, each| sum.saturating_add(each));
        let before = day_change
            .zip(value)
            .and_then(|(change, value)| value.checked_sub(cash.unwrap_or_default())?.checked_sub(change));
        let (roai, roai_net) = match self.average_investment() {
            Ok(average) => {
                let share = |gain: Option<Decimal>| ratio(gain, Some(average));
                (share(realised.zip(unrealised).and_then(|(left, right)| left.checked_add(right))), {
                    let gain = realised.zip(unrealised).and_then(|(left, right)| left.checked_add(right));
                    share(gain.and_then(|gain| gain.checked_sub(fees?)?.checked_sub(taxes?)))
                })
            }
            Err(reason) => {
                gaps.note(Figure::Roai, reason);
                gaps.note(Figure::RoaiNet, reason);
                (None, None)
            }
        };

        let chain = chain(&self.history, span.base(), span.to.min(self.ledger.until));
        let returns = self.returns(chain.as_ref(), &mut gaps);
        let irr = gaps.told(Figure::Irr, self.irr(chain.as_ref()));
        let (benchmark_return, levels) = match self.benchmark(chain.as_ref()) {
            Ok(levels) => (levels.last().copied().flatten().map(|level| level - 1.0), levels),
            Err(reason) => {
                gaps.note(Figure::BenchmarkReturn, reason);
                (None, Vec::new())
            }
        };
        Performance {
            from: chain.as_ref().map(|chain| self.history.days[chain.start]),
            to: span.to.min(self.ledger.until),
            currency: base,
            value,
            cash,
            invested,
            cost,
            realised,
            unrealised,
            dividends,
            interest,
            fees,
            taxes,
            gain,
            net_gain,
            currency_and_rounding: rest,
            day_change,
            day_change_ratio: ratio(day_change, before),
            twr: returns.map(|(twr, _)| twr),
            twr_annualised: returns.and_then(|(_, yearly)| yearly),
            irr,
            roai,
            roai_net,
            benchmark: self.market.benchmark.as_ref().map(|benchmark| benchmark.symbol.clone()),
            benchmark_return,
            unavailable: gaps.0,
            series: chain.map_or_else(Vec::new, |chain| self.series(&chain, &levels, span.to, value)),
        }
    }

    /// Why a sum of money cannot be told.
    pub(super) fn reason(&self, figure: Figure) -> String {
        let last = self.history.gaps.last().map(|(_, stop)| stop);
        let stop = match figure {
            Figure::Value | Figure::Cash => last.or(self.ledger.trouble.as_ref()),
            _ => self.ledger.trouble.as_ref().or(last),
        };
        stop.map_or_else(|| "the numbers are too large to be added up".to_string(), ToString::to_string)
    }

    /// The chain's total and yearly return, with notes on what is missing.
    fn returns(&self, chain: Option<&Chain>, gaps: &mut Gaps) -> Option<(f64, Option<f64>)> {
        let told = match chain {
            None => Err("there is no transaction yet".to_string()),
            Some(_) if self.ledger.trouble.is_some() => Err(self.reason(Figure::Twr)),
            Some(chain) => match (&chain.broken, chain.index.last()) {
                (Some(why), _) => Err(why.clone()),
                (None, Some(index)) => Ok((index - 1.0, chain)),
                (None, None) => Err("there is no day to tell it from".to_string()),
            },
        };
        match told {
            Ok((twr, chain)) => {
                let last = chain.start + chain.returns.len() - 1;
                let days = (self.history.days[last] - self.began(chain)).num_days();
                Some((twr, gaps.told(Figure::TwrAnnualised, annualised(twr, days))))
            }
            Err(why) => {
                gaps.note(Figure::Twr, &why);
                gaps.note(Figure::TwrAnnualised, why);
                None
            }
        }
    }

    /// The day money begins to work within a chain: its start, or the first day with anything at stake.
    fn began(&self, chain: &Chain) -> NaiveDate {
        let days = &self.history.days;
        let at_stake = (chain.start..days.len())
            .find(|at| self.history.value[*at] != 0.0 || self.history.inflow[*at] > 0.0);
        days[at_stake.unwrap_or(chain.start)]
    }

    fn irr(&self, chain: Option<&Chain>) -> Result<f64, String> {
        let chain = chain.ok_or("there is no transaction yet")?;
        if self.ledger.trouble.is_some() {
            return Err(self.reason(Figure::Irr));
        }
        let history = &self.history;
        let last = self.last(chain);
        let first = chain.start + usize::from(chain.from_value);
        let mut flows = Vec::new();
        if chain.from_value {
            flows.push((history.days[chain.start], -history.value[chain.start]));
        }
        let moved = (first..=last).filter(|at| history.inflow[*at] != 0.0 || history.outflow[*at] != 0.0);
        flows.extend(moved.map(|at| (history.days[at], history.outflow[at] - history.inflow[at])));
        flows.push((history.days[last], history.value[last]));
        if flows.iter().any(|(_, amount)| amount.is_nan()) {
            return Err(chain.broken.clone().unwrap_or_else(|| self.reason(Figure::Value)));
        }
        // A short sale first is money borrowed: its "rate" would have the wrong sign.
        let opens = (first..=last).find(|at| history.inflow[*at] != 0.0 || history.outflow[*at] != 0.0);
        let owed = chain.from_value && history.value[chain.start] < 0.0;
        let started = chain.from_value && history.value[chain.start] > 0.0;
        if owed || !started && opens.is_some_and(|at| history.inflow[at] == 0.0) {
            return Err("nothing was paid in before money came out".to_string());
        }
        xirr(&flows).map_err(|none| none.to_string())
    }

    /// The last day of a chain, also where it broke before.
    fn last(&self, chain: &Chain) -> usize {
        match chain.broken {
            None => chain.start + chain.returns.len().saturating_sub(1),
            Some(_) => self.history.days.len() - 1,
        }
    }

    /// The benchmark's index on each day of a chain (as far as the history goes), 1 at the close of the first one.
    pub(super) fn benchmark(&self, chain: Option<&Chain>) -> Result<Vec<Option<f64>>, String> {
        let chain = chain.ok_or("there is no transaction yet")?;
        let benchmark = self.market.benchmark.as_ref().ok_or("there is nothing to compare with")?;
        let mut levels = self.history.days[chain.start..].iter().map(|day| {
            let (_, level) = benchmark.levels.at(*day)?;
            Some(level * self.market.rate(benchmark.currency, self.portfolio.currency, *day)?)
        });
        let first = self.history.days[chain.start];
        let start = levels.next().flatten().ok_or_else(|| {
            format!(
                "no level of {} in {} is known on or before {first}",
                benchmark.symbol, self.portfolio.currency
            )
        })?;
        Ok(std::iter::once(Some(1.0)).chain(levels.map(|level| level.map(|level| level / start))).collect())
    }

    fn series(
        &self,
        chain: &Chain,
        levels: &[Option<f64>],
        to: NaiveDate,
        value: Option<Decimal>,
    ) -> Vec<Point> {
        let (history, base) = (&self.history, self.portfolio.currency);
        let end = history.at(to).map_or(0, |at| at + 1);
        let money = |amount: f64| decimal(amount).map(|amount| rounded(amount, base));
        (chain.start..end)
            .filter_map(|at| {
                let offset = at - chain.start;
                // The last day is the total shown beside the series, to the cent.
                let whole = value.filter(|_| at + 1 == history.days.len());
                let flow = if offset == 0 && chain.from_value {
                    0.0
                } else {
                    history.inflow[at] - history.outflow[at]
                };
                Some(Point {
                    date: history.days[at],
                    value: whole.or_else(|| money(history.value[at]))?,
                    net_flow: money(flow)?,
                    twr_index: chain.index.get(offset).copied().filter(|_| self.ledger.trouble.is_none()),
                    benchmark_index: levels.get(offset).copied().flatten(),
                })
            })
            .collect()
    }

    /// Ghostfolio's average investment: per symbol, what was invested at average cost, weighted by the days it was
    /// invested; summed over symbols.
    fn average_investment(&self) -> Result<Decimal, &'static str> {
        let mut sum = 0.0;
        for book in self.ledger.books.values() {
            let (mut weighted, mut days) = (0.0, 0.0);
            let ends = book.investments.iter().skip(1).map(|(date, _)| *date).chain([self.ledger.until]);
            for ((from, investment), to) in book.investments.iter().zip(ends) {
                let investment = investment.to_f64().unwrap_or(0.0);
                if investment > 0.0 {
                    let length = (to - *from).num_days() as f64;
                    weighted += investment * length;
                    days += length;
                }
            }
            sum += match days > 0.0 {
                true => weighted / days,
                false => book
                    .investments
                    .last()
                    .and_then(|(_, cost)| cost.to_f64())
                    .map_or(0.0, |cost| cost.max(0.0)),
            };
        }
        match sum > 0.0 {
            true => decimal(sum).ok_or("the numbers are too large to be added up"),
            false => Err("nothing was invested over time"),
        }
    }
}
