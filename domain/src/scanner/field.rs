//! The fields of a [`Snapshot`] that a filter may name, each with its unit and what it means.

use super::{
    Snapshot,
    scan::{broken_high, broken_low},
};
use crate::{Kind, Sector, indicator::usable, trend::Trend};

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// In the currency of the prices.
    Price,
    /// In the currency of the prices, by the million: a market value, money traded.
    Money,
    /// Percent points: 3 is 3 %.
    Percent,
    /// Shares or whatever is traded.
    Units,
    /// So many times something.
    Times,
    /// Bars.
    Bars,
    /// A figure on a scale of its own.
    Points,
    /// A word.
    Word,
}

impl Unit {
    /// As it is shown beside a field.
    pub fn as_str(self) -> &'static str {
        match self {
            Unit::Price => "price",
            Unit::Money => "money",
            Unit::Percent => "%",
            Unit::Units => "units",
            Unit::Times => "times",
            Unit::Bars => "bars",
            Unit::Points => "points",
            Unit::Word => "word",
        }
    }
}

/// What a field belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Group {
    About,
    Price,
    Change,
    Volume,
    Range,
    Average,
    Momentum,
    Volatility,
    Opinion,
}

impl Group {
    /// The heading people read.
    pub fn as_str(self) -> &'static str {
        match self {
            Group::About => "About",
            Group::Price => "Price",
            Group::Change => "Change",
            Group::Volume => "Volume",
            Group::Range => "Ranges and levels",
            Group::Average => "Averages",
            Group::Momentum => "Momentum",
            Group::Volatility => "Volatility",
            Group::Opinion => "Opinions",
        }
    }
}

/// Which words a text field knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vocabulary {
    /// The 11 sectors; other classifications' names are understood.
    Sectors,
    /// See [`Kind`].
    Kinds,
    /// Up, down or sideways.
    Trends,
    /// Any symbol.
    Symbols,
    /// Whatever the source says.
    Any,
}

/// How the value of a field is read; `None` is undefined.
#[derive(Clone, Copy)]
pub enum Words {
    /// A number, always finite.
    Number(fn(&Snapshot) -> Option<f64>),
    /// A text, out of which words.
    Text(fn(&Snapshot) -> Option<&str>, Vocabulary),
}

/// Something a filter may name.
#[derive(Clone, Copy)]
pub struct Field {
    /// As it is written; upper and lower case do not matter, and neither do underscores.
    pub name: &'static str,
    /// What one is.
    pub unit: Unit,
    /// What it belongs to.
    pub group: Group,
    /// What it means, in one sentence.
    pub meaning: &'static str,
    /// How it is read.
    pub words: Words,
}

impl std::fmt::Debug for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// A field by its name, however it is written.
///
/// ```
/// # use domain::scanner::field;
/// assert_eq!(field("Relative_Volume").map(|field| field.name), Some("relativeVolume"));
/// assert!(field("rsi").is_none());
/// ```
pub fn field(name: &str) -> Option<&'static Field> {
    let plain = folded(name);
    FIELDS.iter().find(|field| folded(field.name) == plain)
}

/// Lower case, without underscores.
pub(super) fn folded(name: &str) -> String {
    name.chars().filter(|letter| *letter != '_').flat_map(char::to_lowercase).collect()
}

const fn number(
    name: &'static str,
    unit: Unit,
    group: Group,
    meaning: &'static str,
    read: fn(&Snapshot) -> Option<f64>,
) -> Field {
    Field { name, unit, group, meaning, words: Words::Number(read) }
}

const fn text(
    name: &'static str,
    group: Group,
    meaning: &'static str,
    read: fn(&Snapshot) -> Option<&str>,
    of: Vocabulary,
) -> Field {
    Field { name, unit: Unit::Word, group, meaning, words: Words::Text(read, of) }
}

fn percent_of(part: Option<f64>, whole: Option<f64>) -> Option<f64> {
    let whole = whole.filter(|whole| *whole > 0.0)?;
    usable(100.0 * part? / whole)
}

fn away(of: &Snapshot, from: Option<f64>) -> Option<f64> {
    percent_of(Some(of.bar.close), from).map(|percent| percent - 100.0)
}

/// Every field, in the order they are shown.
#[rustfmt::skip] // a line each
pub const FIELDS: &[Field] = &[
    text("symbol", Group::About, "The symbol.", |s| Some(s.instrument.symbol.as_str()), Vocabulary::Symbols),
    text("kind", Group::About, "equity, etf, index, fx, crypto.", |s| Some(s.instrument.kind.as_str()), Vocabulary::Kinds),
    text("sector", Group::About, "One of the 11 GICS sectors; \"Technology\" means Information Technology.", |s| s.instrument.sector.map(Sector::as_str), Vocabulary::Sectors),
    text("industry", Group::About, "In the source's own words.", |s| s.instrument.industry.as_deref(), Vocabulary::Any),
    text("exchange", Group::About, "Where it trades.", |s| s.instrument.exchange.as_deref(), Vocabulary::Any),
    text("currency", Group::About, "Of its prices, as USD.", |s| Some(&s.instrument.currency), Vocabulary::Any),
    number("marketCap", Unit::Money, Group::About, "Market value of the company, where known.", |s| s.instrument.market_cap),
    number("close", Unit::Price, Group::Price, "Last price.", |s| usable(s.bar.close)),
    number("open", Unit::Price, Group::Price, "First price of the bar.", |s| s.bar.open.and_then(usable)),
    number("high", Unit::Price, Group::Price, "Highest price of the bar.", |s| s.bar.high.and_then(usable)),
    number("low", Unit::Price, Group::Price, "Lowest price of the bar.", |s| s.bar.low.and_then(usable)),
    number("previousClose", Unit::Price, Group::Price, "Close of the bar before.", |s| s.previous_close.and_then(usable)),
    number("vwap", Unit::Price, Group::Price, "Volume-weighted mean price of the session.", |s| s.row.vwap),
    number("change", Unit::Price, Group::Change, "Close less the close before.", |s| usable(s.bar.close - s.previous_close?)),
    number("changePercent", Unit::Percent, Group::Change, "The same in percent: 3 is +3 %.", Snapshot::change_percent),
    number("gap", Unit::Percent, Group::Change, "Open against the close before, in percent.", |s| percent_of(s.bar.open, s.previous_close).map(|p| p - 100.0)),
    number("change5", Unit::Percent, Group::Change, "Change over 5 bars, in percent.", |s| s.changes[0]),
    number("change20", Unit::Percent, Group::Change, "Change over 20 bars, in percent.", |s| s.changes[1]),
    number("change60", Unit::Percent, Group::Change, "Change over 60 bars, in percent.", |s| s.changes[2]),
    number("changeYear", Unit::Percent, Group::Change, "Change over 252 days or 52 weeks, in percent.", |s| s.changes[3]),
    number("volume", Unit::Units, Group::Volume, "Units traded in the bar.", |s| s.bar.volume.and_then(usable)),
    number("averageVolume", Unit::Units, Group::Volume, "Mean volume of the 20 bars before.", |s| s.average_volume),
    number("relativeVolume", Unit::Times, Group::Volume, "Volume against its mean of the 20 bars before.", Snapshot::relative_volume),
    number("dollarVolume", Unit::Money, Group::Volume, "Close times volume.", Snapshot::dollar_volume),
    number("obv", Unit::Units, Group::Volume, "On-balance volume.", |s| s.row.obv),
    number("mfi14", Unit::Points, Group::Volume, "Money flow index, 0 to 100.", |s| s.row.mfi14),
    number("high20", Unit::Price, Group::Range, "Highest price of the 20 bars before.", |s| s.before[0].high),
    number("low20", Unit::Price, Group::Range, "Lowest price of the 20 bars before.", |s| s.before[0].low),
    number("high50", Unit::Price, Group::Range, "Highest price of the 50 bars before.", |s| s.before[1].high),
    number("low50", Unit::Price, Group::Range, "Lowest price of the 50 bars before.", |s| s.before[1].low),
    number("highYear", Unit::Price, Group::Range, "Highest price of the 252 days or 52 weeks before.", |s| s.before[2].high),
    number("lowYear", Unit::Price, Group::Range, "Lowest price of the 252 days or 52 weeks before.", |s| s.before[2].low),
    number("fromHigh", Unit::Percent, Group::Range, "Close against the highest price of the year, this bar included, in percent: -5 is 5 % below.", |s| away(s, s.before[2].high.map(|high| high.max(s.high())))),
    number("fromLow", Unit::Percent, Group::Range, "Close against the lowest price of the year, this bar included, in percent.", |s| away(s, s.before[2].low.map(|low| low.min(s.low())))),
    number("brokenHigh", Unit::Bars, Group::Range, "Longest of the ranges of 20, 50 and 252 bars (52 weeks) whose highest price the close is above; 0 for none.", broken_high),
    number("brokenLow", Unit::Bars, Group::Range, "Longest of these ranges whose lowest price the close is below; 0 for none.", broken_low),
    number("support", Unit::Price, Group::Range, "Nearest level below, where the price turned at least twice.", |s| s.lay.support.first().map(|level| level.price)),
    number("resistance", Unit::Price, Group::Range, "Nearest level above, where the price turned at least twice.", |s| s.lay.resistance.first().map(|level| level.price)),
    number("sma20", Unit::Price, Group::Average, "Mean of the last 20 closes.", |s| s.row.sma20),
    number("sma50", Unit::Price, Group::Average, "Mean of the last 50 closes.", |s| s.row.sma50),
    number("sma200", Unit::Price, Group::Average, "Mean of the last 200 closes.", |s| s.row.sma200),
    number("ema12", Unit::Price, Group::Average, "Exponential mean of 12 closes.", |s| s.row.ema12),
    number("ema26", Unit::Price, Group::Average, "Exponential mean of 26 closes.", |s| s.row.ema26),
    text("trend", Group::Average, "up, down or sideways, by SMA 20, 50 and 200.", |s| s.lay.trend.map(trend_word), Vocabulary::Trends),
    number("rsi14", Unit::Points, Group::Momentum, "Relative strength index, 0 to 100: below 30 oversold, above 70 overbought.", |s| s.row.rsi14),
    number("macd", Unit::Price, Group::Momentum, "MACD line 12/26.", |s| s.row.macd),
    number("macdSignal", Unit::Price, Group::Momentum, "Its signal line 9.", |s| s.row.macd_signal),
    number("macdHistogram", Unit::Price, Group::Momentum, "MACD less its signal line.", |s| s.row.macd_histogram),
    number("stochK", Unit::Points, Group::Momentum, "Stochastic 14/3/3, %K, 0 to 100.", |s| s.row.stoch_k),
    number("stochD", Unit::Points, Group::Momentum, "Stochastic 14/3/3, %D, 0 to 100.", |s| s.row.stoch_d),
    number("adx14", Unit::Points, Group::Momentum, "Strength of the trend, 0 to 100, whichever way.", |s| s.row.adx14),
    number("cci20", Unit::Points, Group::Momentum, "Commodity channel index.", |s| s.row.cci20),
    number("willr14", Unit::Points, Group::Momentum, "Williams %R, -100 to 0.", |s| s.row.willr14),
    number("roc10", Unit::Percent, Group::Momentum, "Rate of change over 10 bars, in percent.", |s| s.row.roc10),
    number("atr14", Unit::Price, Group::Volatility, "Average true range.", |s| s.row.atr14),
    number("atrPercent", Unit::Percent, Group::Volatility, "Average true range in percent of the close.", |s| percent_of(s.row.atr14, usable(s.bar.close))),
    number("bbUpper", Unit::Price, Group::Volatility, "Upper Bollinger band 20, 2.", |s| s.row.bb_upper),
    number("bbMiddle", Unit::Price, Group::Volatility, "Middle Bollinger band.", |s| s.row.bb_middle),
    number("bbLower", Unit::Price, Group::Volatility, "Lower Bollinger band 20, 2.", |s| s.row.bb_lower),
    number("composite", Unit::Points, Group::Opinion, "All signals in one figure, -100 (sell) to 100 (buy).", |s| s.composite),
    number("sentiment", Unit::Points, Group::Opinion, "Mean score of the latest headlines, -1 to 1.", |s| s.mood),
];

fn trend_word(trend: Trend) -> &'static str {
    match trend {
        Trend::Up => "up",
        Trend::Down => "down",
        Trend::Sideways => "sideways",
    }
}

impl Vocabulary {
    /// The words it is made of, where they can be listed.
    pub fn words(self) -> Vec<&'static str> {
        match self {
            Vocabulary::Sectors => Sector::ALL.map(Sector::as_str).to_vec(),
            Vocabulary::Kinds => Kind::ALL.iter().map(|kind| kind.as_str()).collect(),
            Vocabulary::Trends => vec!["up", "down", "sideways"],
            Vocabulary::Symbols | Vocabulary::Any => Vec::new(),
        }
    }

    /// A word as it stands in snapshots; `None` where it is none of the vocabulary.
    pub fn understood(self, text: &str) -> Option<String> {
        let text = text.trim();
        match self {
            Vocabulary::Sectors => {
                let named = Sector::ALL.into_iter().find(|each| each.as_str().eq_ignore_ascii_case(text));
                let meant = named.or_else(|| Sector::of_words(&[text]));
                meant.map(|sector| sector.as_str().to_string())
            }
            Vocabulary::Kinds | Vocabulary::Trends => {
                self.words().into_iter().find(|word| word.eq_ignore_ascii_case(text)).map(str::to_string)
            }
            Vocabulary::Symbols => crate::Symbol::parse(text).map(|symbol| symbol.to_string()),
            Vocabulary::Any => (!text.is_empty()).then(|| text.to_string()),
        }
    }
}
