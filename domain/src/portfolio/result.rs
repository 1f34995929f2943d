//! What comes out: positions, performance, risk, allocation, correlation, and what could not be computed.
//!
//! Ratios are fractions (0.05 is 5 %), money is in the portfolio's currency and rounded to its smallest unit;
//! totals are sums of the rounded parts, so columns add up to the cent.

use super::Currency;
use crate::{Kind, Sector, Symbol};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A figure by name; [`Figure::formula`] says how it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub enum Figure {
    Value,
    Cash,
    Invested,
    Cost,
    Realised,
    Unrealised,
    Dividends,
    Interest,
    Fees,
    Taxes,
    Gain,
    NetGain,
    CurrencyAndRounding,
    DayChange,
    Twr,
    TwrAnnualised,
    Irr,
    Roai,
    RoaiNet,
    BenchmarkReturn,
    Volatility,
    Sharpe,
    Sortino,
    Calmar,
    Beta,
    Alpha,
    MaxDrawdown,
    Var95,
    Cvar95,
    Var99,
    Cvar99,
    Hhi,
    Correlation,
}

/// A figure that could not be computed, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unavailable {
    /// Which one.
    pub figure: Figure,
    /// Why, as a sentence without its full stop.
    pub reason: String,
}

/// Where the price of a position comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PriceFrom {
    /// A close (or today's price so far) of the instrument.
    Market,
    /// The latest trade of the portfolio itself, for want of a close.
    Trade,
}

/// Units bought together and still held; of a short position, sold together and still owed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Lot {
    /// The day they were bought; with average cost, the first day of the position.
    pub date: NaiveDate,
    /// On today's share basis; negative for a short position.
    pub quantity: Decimal,
    /// What they cost, without fee and tax; negative for a short position. `None` where an exchange rate is missing.
    pub cost: Option<Decimal>,
}

/// Everything about one symbol of a portfolio, also when nothing is held any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Position {
    /// Whose units.
    pub symbol: Symbol,
    /// The name people know it by; the symbol where it is not known.
    pub name: String,
    /// What sort of thing it is, where known.
    pub kind: Option<Kind>,
    /// Where known.
    pub sector: Option<Sector>,
    /// On today's share basis; negative for a short position, 0 when closed.
    pub quantity: Decimal,
    /// Cost per unit; `None` when closed.
    pub average_price: Option<Decimal>,
    /// What the units held cost, without fee and tax.
    pub cost: Option<Decimal>,
    /// Per unit, in `price_currency`; `None` when never priced.
    pub price: Option<Decimal>,
    /// What `price` is in.
    pub price_currency: Option<Currency>,
    /// The day of `price`.
    pub price_date: Option<NaiveDate>,
    /// Who says so.
    pub price_from: Option<PriceFrom>,
    /// What the units held are worth.
    pub value: Option<Decimal>,
    /// What the price moved since the close before, times quantity.
    pub day_change: Option<Decimal>,
    /// As a fraction of the price before.
    pub day_change_ratio: Option<f64>,
    /// `value - cost`.
    pub unrealised: Option<Decimal>,
    /// As a fraction of the cost.
    pub unrealised_ratio: Option<f64>,
    /// Proceeds less cost of what was sold, before fee and tax.
    pub realised: Option<Decimal>,
    /// Before tax.
    pub dividends: Option<Decimal>,
    /// Of its trades and dividends, and those entered for it.
    pub fees: Option<Decimal>,
    /// Of its trades and dividends, and those entered for it.
    pub taxes: Option<Decimal>,
    /// Share of the portfolio's value.
    pub weight: Option<f64>,
    /// The day of its first transaction.
    pub first_date: NaiveDate,
    /// What is held, oldest first; one line with average cost.
    pub lots: Vec<Lot>,
}

/// A sale and what it took away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sale {
    /// Whose units.
    pub symbol: Symbol,
    /// The day they were bought.
    pub opened: NaiveDate,
    /// The day they were sold.
    pub closed: NaiveDate,
    /// On today's share basis; negative when a short position was bought back.
    pub quantity: Decimal,
    /// What they had cost.
    pub cost: Decimal,
    /// What they brought.
    pub proceeds: Decimal,
}

/// One day of the value curve.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Point {
    /// The day.
    pub date: NaiveDate,
    /// At its close.
    pub value: Decimal,
    /// Inflows less outflows of the day.
    pub net_flow: Decimal,
    /// 1 at the start; `None` from the day on where the return is unavailable.
    pub twr_index: Option<f64>,
    /// 1 at the start; `None` before the benchmark has a level.
    pub benchmark_index: Option<f64>,
}

/// How a portfolio did.
///
/// Always, to the cent: `gain = realised + unrealised + dividends + interest`, `net_gain = gain - fees - taxes`,
/// `value = invested + net_gain + currency_and_rounding`. Money counts from the first transaction up to `to`;
/// returns and the series cover the days asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Performance {
    /// First day of the series: the one whose close is the starting value, or the day of the first transaction.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: NaiveDate,
    /// What money is in.
    pub currency: Currency,
    /// Positions, and cash once there is a deposit or withdrawal.
    pub value: Option<Decimal>,
    /// Absent without any deposit or withdrawal: each trade is then a flow from or to outside.
    pub cash: Option<Decimal>,
    /// Inflows less outflows.
    pub invested: Option<Decimal>,
    /// What the units held cost.
    pub cost: Option<Decimal>,
    /// Of what was sold, before fees and taxes.
    pub realised: Option<Decimal>,
    /// Of what is held, before fees and taxes.
    pub unrealised: Option<Decimal>,
    /// Before tax.
    pub dividends: Option<Decimal>,
    /// Before tax.
    pub interest: Option<Decimal>,
    /// All fees.
    pub fees: Option<Decimal>,
    /// All taxes.
    pub taxes: Option<Decimal>,
    /// `realised + unrealised + dividends + interest`.
    pub gain: Option<Decimal>,
    /// `gain - fees - taxes`.
    pub net_gain: Option<Decimal>,
    /// What cash in other currencies gained by their rates, and the cents that rounding each position leaves.
    pub currency_and_rounding: Option<Decimal>,
    /// Of the positions, since the close before.
    pub day_change: Option<Decimal>,
    /// As a fraction of the positions' value before.
    pub day_change_ratio: Option<f64>,
    /// Time-weighted return over the days asked for.
    pub twr: Option<f64>,
    /// The same per year: `(1 + twr)^(365 / days) - 1`, days from the first money in (or the start) to `to`.
    pub twr_annualised: Option<f64>,
    /// Money-weighted return per year over the days asked for.
    pub irr: Option<f64>,
    /// Ghostfolio's return on average investment, before fees and taxes, since the first transaction.
    pub roai: Option<f64>,
    /// The same after fees and taxes.
    pub roai_net: Option<f64>,
    /// What is compared with.
    pub benchmark: Option<Symbol>,
    /// Its return over the same days.
    pub benchmark_return: Option<f64>,
    /// What could not be computed, and why.
    pub unavailable: Vec<Unavailable>,
    /// Oldest first.
    pub series: Vec<Point>,
}

/// The deepest fall.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Drawdown {
    /// Never positive: -0.2 is 20 % below the peak; 0 when it never fell.
    pub depth: f64,
    /// The highest day before it; `None` when it never fell.
    pub peak: Option<NaiveDate>,
    /// The lowest day.
    pub trough: Option<NaiveDate>,
    /// The first day back at the peak; `None` when not yet.
    pub recovered: Option<NaiveDate>,
}

/// Risk of a portfolio over the days asked for, from the daily returns of the time-weighted index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Risk {
    /// First day of the index.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: NaiveDate,
    /// Daily returns used.
    pub days: u32,
    /// Sample deviation of daily returns, times the root of 252.
    pub volatility: Option<f64>,
    /// Mean excess return by its deviation, annualised.
    pub sharpe: Option<f64>,
    /// Mean excess return by its downside deviation, annualised.
    pub sortino: Option<f64>,
    /// Return per year by the depth of the deepest fall.
    pub calmar: Option<f64>,
    /// Slope against the benchmark.
    pub beta: Option<f64>,
    /// What beta leaves unexplained, per year.
    pub alpha: Option<f64>,
    /// The deepest fall.
    pub max_drawdown: Option<Drawdown>,
    /// The daily return that 5 % of the days fell below; negative is a loss.
    pub var95: Option<f64>,
    /// The mean of those days.
    pub cvar95: Option<f64>,
    /// As `var95` for 1 % of the days.
    pub var99: Option<f64>,
    /// The mean of those days.
    pub cvar99: Option<f64>,
    /// Sum of the squared weights of the positions: 1 is everything in one, 0.1 as even as ten.
    pub hhi: Option<f64>,
    /// What is compared with.
    pub benchmark: Option<Symbol>,
    /// What could not be computed, and why.
    pub unavailable: Vec<Unavailable>,
}

/// A part of the whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Slice {
    /// `AAPL`, `Energy`, `etf`, `USD`; `cash` for money, `unknown` where the attribute is not known.
    pub key: String,
    /// For people.
    pub label: String,
    /// What it is worth; negative for short positions.
    pub value: Decimal,
    /// Share of the portfolio's value; `None` when that is not positive.
    pub weight: Option<f64>,
}

/// What a portfolio consists of, each list largest first and adding up to its value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Allocation {
    /// What money is in.
    pub currency: Currency,
    /// The whole.
    pub value: Option<Decimal>,
    /// By symbol.
    pub by_symbol: Vec<Slice>,
    /// By sector.
    pub by_sector: Vec<Slice>,
    /// By kind of instrument.
    pub by_kind: Vec<Slice>,
    /// By currency.
    pub by_currency: Vec<Slice>,
    /// What could not be computed, and why.
    pub unavailable: Vec<Unavailable>,
}

/// Two of the symbols and how alike they moved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// The one.
    pub left: Symbol,
    /// The other.
    pub right: Symbol,
    /// -1 to 1.
    pub value: f64,
}

/// How alike the positions moved: Pearson's coefficient of their daily returns on common days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Correlation {
    /// Rows and columns of the matrix: what is held, largest first.
    pub symbols: Vec<Symbol>,
    /// A row per symbol; 1 on the diagonal, `None` with fewer than 20 common days or where one never moved.
    pub matrix: Vec<Vec<Option<f64>>>,
    /// The pair that moved most alike.
    pub highest: Option<Pair>,
    /// The pair that moved least alike.
    pub lowest: Option<Pair>,
    /// What could not be computed, and why.
    pub unavailable: Vec<Unavailable>,
}
