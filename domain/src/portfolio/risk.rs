//! Risk of a portfolio, from the daily returns of its time-weighted index.

use super::{
    Analysis, Drawdown, Figure, Risk, Span,
    performance::Gaps,
    returns::{Chain, chain},
};
use crate::statistic as stat;
use rust_decimal::prelude::ToPrimitive;

/// Fewest daily returns for a deviation to mean something.
const LEAST_DAYS: usize = 10;

/// Fewest daily returns to tell the worst twentieth.
const LEAST_DAYS_95: usize = 20;

/// Fewest daily returns to tell the worst hundredth.
const LEAST_DAYS_99: usize = 100;

impl Analysis {
    /// Risk over the days asked for.
    pub fn risk(&self, span: Span) -> Risk {
        if span.to < self.ledger.until {
            return self.on(span.to).risk(span);
        }
        let mut gaps = Gaps::default();
        let to = span.to.min(self.ledger.until);
        let chain = chain(&self.history, span.base(), to);
        let whole = match &chain {
            None => Err("there is no transaction yet".to_string()),
            Some(_) if self.ledger.trouble.is_some() => Err(self.reason(Figure::Volatility)),
            Some(Chain { broken: Some(why), .. }) => Err(why.clone()),
            Some(chain) => Ok(chain),
        };
        let daily = whole.as_ref().map(|chain| chain.daily(&self.history)).unwrap_or_default();
        let returns: Vec<f64> = daily.iter().map(|(_, told)| *told).collect();
        let free = stat::per_session(self.market.risk_free);
        let mut figure = |figure: Figure, least: usize, told: Option<f64>, undefined: &str| {
            let told = match &whole {
                Err(why) => Err(why.clone()),
                Ok(_) if returns.len() < least => {
                    Err(format!("{least} daily returns are needed and there are {}", returns.len()))
                }
                Ok(_) => told.ok_or_else(|| undefined.to_string()),
            };
            gaps.told(figure, told)
        };
        let still = "the value never moved";
        let volatility = figure(Figure::Volatility, LEAST_DAYS, stat::volatility(&returns), still);
        let sharpe = figure(Figure::Sharpe, LEAST_DAYS, stat::sharpe(&returns, free), still);
        let sortino =
            figure(Figure::Sortino, LEAST_DAYS, stat::sortino(&returns, free), "there was no day of loss");
        let calmar =
            figure(Figure::Calmar, LEAST_DAYS, stat::calmar(&returns), "the value never fell below a peak");
        let none = "there is no return";
        let var95 = figure(Figure::Var95, LEAST_DAYS_95, stat::value_at_risk(&returns, 0.05), none);
        let cvar95 = figure(Figure::Cvar95, LEAST_DAYS_95, stat::shortfall(&returns, 0.05), none);
        let var99 = figure(Figure::Var99, LEAST_DAYS_99, stat::value_at_risk(&returns, 0.01), none);
        let cvar99 = figure(Figure::Cvar99, LEAST_DAYS_99, stat::shortfall(&returns, 0.01), none);
        let (pairs, missing) = match self.pairs(whole.as_ref().ok().copied(), &daily) {
            Ok(pairs) => (pairs, "the benchmark never moved".to_string()),
            Err(reason) => (Vec::new(), reason),
        };
        let (mine, theirs): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
        let enough = mine.len() >= LEAST_DAYS;
        let missing = match enough || mine.is_empty() {
            true => missing,
            false => {
                format!("{LEAST_DAYS} days common with the benchmark are needed and there are {}", mine.len())
            }
        };
        let beta = figure(Figure::Beta, LEAST_DAYS, stat::beta(&mine, &theirs).filter(|_| enough), &missing);
        let alpha =
            figure(Figure::Alpha, LEAST_DAYS, stat::alpha(&mine, &theirs, free).filter(|_| enough), &missing);
        let drawdown = whole.as_ref().map_err(Clone::clone).map(|chain| self.drawdown(chain));
        let max_drawdown = gaps.told(Figure::MaxDrawdown, drawdown);
        let hhi = gaps.told(Figure::Hhi, self.concentration());
        Risk {
            from: chain.as_ref().map(|chain| self.history.days[chain.start]),
            to,
            days: returns.len() as u32,
            volatility,
            sharpe,
            sortino,
            calmar,
            beta,
            alpha,
            max_drawdown,
            var95,
            cvar95,
            var99,
            cvar99,
            hhi,
            benchmark: self.market.benchmark.as_ref().map(|benchmark| benchmark.symbol.clone()),
            unavailable: gaps.0,
        }
    }

    /// The portfolio's and the benchmark's return of each session; the first one only where it is a whole one.
    fn pairs(&self, chain: Option<&Chain>, daily: &[(usize, f64)]) -> Result<Vec<(f64, f64)>, String> {
        let levels = self.benchmark(chain)?;
        let start = chain.map_or(0, |chain| chain.start);
        let mut before = levels.first().copied().flatten();
        let mut pairs = Vec::with_capacity(daily.len());
        for (at, told) in daily.iter().filter(|(at, _)| *at > start) {
            let level = levels[at - start];
            if let Some((before, level)) = before.zip(level) {
                pairs.push((*told, level / before - 1.0));
            }
            before = level.or(before);
        }
        Ok(pairs)
    }

    /// The deepest fall of the index, the value before the first return counted.
    fn drawdown(&self, chain: &Chain) -> Drawdown {
        let skipped = usize::from(chain.from_value);
        let returns = &chain.returns[skipped..];
        let (depth, peak, trough) = stat::fall(returns);
        if depth == 0.0 {
            return Drawdown { depth: 0.0, peak: None, trough: None, recovered: None };
        }
        // After so many returns it is the day of the last of them; before the first one, the first day.
        let day = |count: usize| self.history.days[chain.start + (count + skipped).saturating_sub(1)];
        let value = |count: usize| returns[..count].iter().map(|each| 1.0 + each).product::<f64>();
        let top = value(peak);
        let mut now = value(trough);
        let recovered = (trough + 1..=returns.len()).find(|count| {
            now *= 1.0 + returns[count - 1];
            now >= top * (1.0 - 1e-12)
        });
        Drawdown { depth, peak: Some(day(peak)), trough: Some(day(trough)), recovered: recovered.map(day) }
    }

    /// Herfindahl and Hirschman's index of the positions by size.
    fn concentration(&self) -> Result<f64, String> {
        let sizes: Option<Vec<f64>> =
            self.positions.iter().map(|each| Some(each.value?.to_f64()?.abs())).collect();
        let sizes = sizes.ok_or_else(|| self.reason(Figure::Value))?;
        let whole: f64 = sizes.iter().sum();
        match whole > 0.0 {
            true => Ok(sizes.iter().map(|size| (size / whole).powi(2)).sum()),
            false => Err("nothing is held".to_string()),
        }
    }
}
