//! How each figure is made: its name, its formula and what goes into it, for people.

use super::Figure;

/// How a figure is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Formula {
    /// What it is called.
    pub name: &'static str,
    /// In words and signs anyone can check.
    pub formula: &'static str,
    /// What goes in.
    pub inputs: &'static str,
}

impl Figure {
    /// Every one, as they are read.
    pub const ALL: [Figure; 33] = [
        Figure::Value,
        Figure::Cash,
        Figure::Invested,
        Figure::Cost,
        Figure::Realised,
        Figure::Unrealised,
        Figure::Dividends,
        Figure::Interest,
        Figure::Fees,
        Figure::Taxes,
        Figure::Gain,
        Figure::NetGain,
        Figure::CurrencyAndRounding,
        Figure::DayChange,
        Figure::Twr,
        Figure::TwrAnnualised,
        Figure::Irr,
        Figure::Roai,
        Figure::RoaiNet,
        Figure::BenchmarkReturn,
        Figure::Volatility,
        Figure::Sharpe,
        Figure::Sortino,
        Figure::Calmar,
        Figure::Beta,
        Figure::Alpha,
        Figure::MaxDrawdown,
        Figure::Var95,
        Figure::Cvar95,
        Figure::Var99,
        Figure::Cvar99,
        Figure::Hhi,
        Figure::Correlation,
    ];

    /// Names it in addresses of "How each number is made"; those with a function of their own share its name.
    pub fn anchor(self) -> &'static str {
        match self {
            Figure::Value => "value",
            Figure::Cash => "cash",
            Figure::Invested => "invested",
            Figure::Cost => "cost",
            Figure::Realised => "realised",
            Figure::Unrealised => "unrealised",
            Figure::Dividends => "dividends",
            Figure::Interest => "interest",
            Figure::Fees => "fees",
            Figure::Taxes => "taxes",
            Figure::Gain => "gain",
            Figure::NetGain => "net-gain",
            Figure::CurrencyAndRounding => "currency-and-rounding",
            Figure::DayChange => "day-change",
            Figure::Twr => "twr",
            Figure::TwrAnnualised => "annualised",
            Figure::Irr => "irr",
            Figure::Roai => "roai",
            Figure::RoaiNet => "roai-net",
            Figure::BenchmarkReturn => "benchmark",
            Figure::Volatility => "volatility",
            Figure::Sharpe => "sharpe",
            Figure::Sortino => "sortino",
            Figure::Calmar => "calmar",
            Figure::Beta => "beta",
            Figure::Alpha => "alpha",
            Figure::MaxDrawdown => "drawdown",
            Figure::Var95 | Figure::Var99 => "value-at-risk",
            Figure::Cvar95 | Figure::Cvar99 => "shortfall",
            Figure::Hhi => "concentration",
            Figure::Correlation => "correlation",
        }
    }

    /// How it is made.
    pub fn formula(self) -> Formula {
        let (name, formula, inputs) = match self {
            Figure::Value => (
                "Value",
                "sum of quantity × price × exchange rate, plus cash once there is a deposit or withdrawal",
                "transactions, latest closes, latest exchange rates",
            ),
            Figure::Cash => (
                "Cash",
                "deposits − withdrawals − purchases + sales + dividends + interest − fees − taxes, per currency",
                "transactions, latest exchange rates",
            ),
            Figure::Invested => (
                "Invested",
                "inflows − outflows; without any deposit or withdrawal each trade and dividend is a flow",
                "transactions, exchange rates of their days",
            ),
            Figure::Cost => (
                "Cost",
                "what the units held were bought for, before fees and taxes, first in first out or at average cost",
                "purchases and sales, exchange rates of their days",
            ),
            Figure::Realised => (
                "Realised gain",
                "proceeds − cost of what was sold, before fees and taxes",
                "purchases and sales, exchange rates of their days",
            ),
            Figure::Unrealised => {
                ("Unrealised gain", "value − cost of what is held", "value and cost of each position")
            }
            Figure::Dividends => {
                ("Dividends", "sum of dividends before tax", "dividends, exchange rates of their days")
            }
            Figure::Interest => {
                ("Interest", "sum of interest before tax", "interest, exchange rates of its days")
            }
            Figure::Fees => ("Fees", "sum of all fees", "fees of every transaction"),
            Figure::Taxes => ("Taxes", "sum of all taxes", "taxes of every transaction"),
            Figure::Gain => (
                "Gain",
                "realised + unrealised + dividends + interest",
                "the four figures, each rounded to the cent",
            ),
            Figure::NetGain => ("Net gain", "gain − fees − taxes", "the three figures"),
            Figure::CurrencyAndRounding => (
                "Currency and rounding",
                "value − invested − net gain: what cash in other currencies gained by their rates, and cents left by rounding",
                "the three figures",
            ),
            Figure::DayChange => (
                "Day change",
                "value − value at the close before − what was bought since + what was sold since",
                "latest closes and those before, trades of the day",
            ),
            Figure::Twr => (
                "Time-weighted return",
                "daily (value at the end + outflows) ÷ (value at the start + inflows) − 1, chained",
                "value and flows of each day",
            ),
            Figure::TwrAnnualised => (
                "Time-weighted return per year",
                "(1 + time-weighted return)^(365 ÷ days) − 1",
                "time-weighted return, days since money was first at work",
            ),
            Figure::Irr => (
                "Internal rate of return",
                "the yearly rate r at which the sum of flow ÷ (1 + r)^(days ÷ 365) is 0, the value at the end being the last flow",
                "flows of each day, value at start and end",
            ),
            Figure::Roai => (
                "Return on average investment",
                "(realised + unrealised gain) ÷ investment at average cost, averaged over the days invested, as Ghostfolio counts it",
                "trades, latest closes",
            ),
            Figure::RoaiNet => (
                "Net return on average investment",
                "(realised + unrealised gain − fees − taxes) ÷ average investment, as Ghostfolio counts it",
                "trades, fees, taxes, latest closes",
            ),
            Figure::BenchmarkReturn => (
                "Benchmark",
                "level at the end ÷ level at the start − 1, both at the close and in the portfolio's currency",
                "adjusted closes of the benchmark, exchange rates",
            ),
            Figure::Volatility => {
                ("Volatility", "sample deviation of daily returns × √252", "daily time-weighted returns")
            }
            Figure::Sharpe => (
                "Sharpe ratio",
                "mean of (daily return − risk-free) ÷ its sample deviation × √252",
                "daily time-weighted returns, risk-free rate",
            ),
            Figure::Sortino => (
                "Sortino ratio",
                "mean of (daily return − risk-free) × 252 ÷ (√mean(min(daily return − risk-free, 0)²) × √252)",
                "daily time-weighted returns, risk-free rate",
            ),
            Figure::Calmar => (
                "Calmar ratio",
                "(product of (1 + daily return)^(252 ÷ days) − 1) ÷ depth of the deepest fall",
                "daily time-weighted returns",
            ),
            Figure::Beta => (
                "Beta",
                "covariance with the benchmark ÷ variance of the benchmark",
                "daily returns of portfolio and benchmark on the same days",
            ),
            Figure::Alpha => (
                "Alpha",
                "(1 + mean of (return − risk-free − beta × (benchmark − risk-free)))^252 − 1",
                "daily returns of portfolio and benchmark on the same days, risk-free rate",
            ),
            Figure::MaxDrawdown => (
                "Maximum drawdown",
                "smallest (index ÷ highest index so far − 1), the start counted",
                "time-weighted index",
            ),
            Figure::Var95 => {
                ("Value at risk 95 %", "5 % quantile of daily returns", "daily time-weighted returns")
            }
            Figure::Cvar95 => (
                "Expected shortfall 95 %",
                "mean of the worst 5 % of daily returns",
                "daily time-weighted returns",
            ),
            Figure::Var99 => {
                ("Value at risk 99 %", "1 % quantile of daily returns", "daily time-weighted returns")
            }
            Figure::Cvar99 => (
                "Expected shortfall 99 %",
                "mean of the worst 1 % of daily returns",
                "daily time-weighted returns",
            ),
            Figure::Hhi => (
                "Concentration (HHI)",
                "sum of the squared shares of the positions in their sum; 1 is everything in one",
                "value of each position",
            ),
            Figure::Correlation => (
                "Correlation",
                "Pearson's coefficient of daily returns on common days",
                "closes of each pair of positions",
            ),
        };
        Formula { name, formula, inputs }
    }
}
