//! How a reader lays out the chart of a symbol: range, style, indicators with their inputs. Kept per user, with a
//! layout of its own for a symbol where wanted.

use crate::{
    Series,
    chart::{PriceChartOptions, PriceStyle, Window},
    indicator::{Indicator, Study},
};
use chrono::Datelike;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Most studies in one chart.
pub const MAX_STUDIES: usize = 12;
/// Most of them that have a pane of their own.
pub const MAX_PANES: usize = 5;

/// How far back the chart looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Span {
    Month,
    HalfYear,
    YearToDate,
    Year,
    FiveYears,
    Max,
}

impl Span {
    /// From the shortest.
    pub const ALL: [Span; 6] =
        [Span::Month, Span::HalfYear, Span::YearToDate, Span::Year, Span::FiveYears, Span::Max];

    /// The word on its button and in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Span::Month => "1M",
            Span::HalfYear => "6M",
            Span::YearToDate => "YTD",
            Span::Year => "1Y",
            Span::FiveYears => "5Y",
            Span::Max => "Max",
        }
    }

    /// Reads back [`Span::as_str`].
    pub fn parse(word: &str) -> Option<Span> {
        Span::ALL.into_iter().find(|span| span.as_str() == word)
    }

    /// The bars of a daily series it shows; a year has 252 sessions.
    pub fn window(self, series: &Series) -> Window {
        match self {
            Span::Month => Window::Last(21),
            Span::HalfYear => Window::Last(126),
            Span::Year => Window::Last(252),
            Span::FiveYears => Window::Last(1260),
            Span::Max => Window::All,
            Span::YearToDate => {
                let Some(year) = series.bars.last().map(|bar| bar.time.year()) else { return Window::All };
                let before = series.bars.partition_point(|bar| bar.time.year() < year);
                Window::From(u32::try_from(before).unwrap_or(u32::MAX))
            }
        }
    }
}

/// The layout of a chart. As text it is a list of words, so that it fits into an address:
///
/// ```
/// use domain::layout::ChartLayout;
/// let usual = "1Y,candles,volume,signals,sma:50,sma:200,rsi:14,macd:12:26:9";
/// assert_eq!(ChartLayout::default().to_string(), usual);
/// assert_eq!(usual.parse(), Ok(ChartLayout::default()));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ChartLayout {
    /// How far back.
    pub span: Span,
    /// How the price is drawn.
    pub style: PriceStyle,
    /// Logarithmic prices.
    pub log: bool,
    /// Columns of volume.
    pub volume: bool,
    /// Marks where signals fired.
    pub signals: bool,
    /// In the order they were added; see [`ChartLayout::add`] for what is refused.
    pub studies: Vec<Study>,
}

impl Default for ChartLayout {
    fn default() -> ChartLayout {
        let PriceChartOptions { style, log, volume, signals, studies, .. } = PriceChartOptions::default();
        ChartLayout { span: Span::Year, style, log, volume, signals, studies }
    }
}

impl ChartLayout {
    /// What the chart of a series shows then.
    pub fn options(&self, series: &Series) -> PriceChartOptions {
        PriceChartOptions {
            style: self.style,
            studies: self.studies.clone(),
            volume: self.volume,
            signals: self.signals,
            log: self.log,
            window: self.span.window(series),
            ..PriceChartOptions::default()
        }
    }

    /// One study more; false where it is there already or there are enough.
    pub fn add(&mut self, study: Study) -> bool {
        let panes =
            |studies: &[Study]| studies.iter().filter(|each| !each.indicator().is_over_price()).count();
        let is_full = self.studies.len() >= MAX_STUDIES
            || (!study.indicator().is_over_price() && panes(&self.studies) >= MAX_PANES);
        let fits = !is_full && !self.studies.contains(&study);
        if fits {
            self.studies.push(study);
        }
        fits
    }

    /// What the fields of the form over a chart say; `None` where the address says nothing of a chart.
    ///
    /// Of a study, `s0` to `s11` hold the word of the indicator and its inputs one after another; `add` names one
    /// more, `remove` the number of one less. Whatever is not understood is as usual: addresses are typed by people.
    /// `all` gives the values of a key, in their order.
    pub fn from_query(all: impl Fn(&str) -> Vec<String>) -> Option<ChartLayout> {
        let one = |key: &str| all(key).into_iter().next();
        if let Some(text) = one("layout") {
            return text.parse().ok();
        }
        let span = Span::parse(&one("chart-range")?).unwrap_or(Span::Year);
        let style = if one("chart-style").as_deref() == Some("line") {
            PriceStyle::Line
        } else {
            PriceStyle::Candles
        };
        let is_on = |key: &str| one(key).is_some();
        let mut layout = ChartLayout {
            span,
            style,
            log: is_on("chart-log"),
            volume: is_on("chart-volume"),
            signals: is_on("chart-signals"),
            studies: Vec::new(),
        };
        for at in 0..MAX_STUDIES {
            if one("remove").and_then(|number| number.parse().ok()) == Some(at) {
                continue;
            }
            let words = all(&format!("s{at}"));
            let typed = words.join(":").parse::<Study>().ok();
            let usual = || words.first().and_then(|word| word.parse().ok());
            if let Some(study) = typed.or_else(usual) {
                layout.add(study);
            }
        }
        if let Some(indicator) = one("add").as_deref().and_then(Indicator::parse) {
            layout.add(Study::usual(indicator));
        }
        Some(layout)
    }
}

impl fmt::Display for ChartLayout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let style = if self.style == PriceStyle::Candles { "candles" } else { "line" };
        write!(f, "{},{style}", self.span.as_str())?;
        for (word, is_on) in [("log", self.log), ("volume", self.volume), ("signals", self.signals)] {
            if is_on {
                write!(f, ",{word}")?;
            }
        }
        self.studies.iter().try_for_each(|study| write!(f, ",{study}"))
    }
}

impl From<ChartLayout> for String {
    fn from(layout: ChartLayout) -> String {
        layout.to_string()
    }
}

/// Not the words of a layout.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is no layout of a chart: {0}")]
pub struct NoLayout(pub String);

impl FromStr for ChartLayout {
    type Err = NoLayout;

    fn from_str(text: &str) -> Result<ChartLayout, NoLayout> {
        let mut layout = ChartLayout {
            log: false,
            volume: false,
            signals: false,
            studies: Vec::new(),
            ..ChartLayout::default()
        };
        for word in text.split(',').filter(|word| !word.is_empty()) {
            match word {
                "candles" => layout.style = PriceStyle::Candles,
                "line" => layout.style = PriceStyle::Line,
                "log" => layout.log = true,
                "volume" => layout.volume = true,
                "signals" => layout.signals = true,
                word => match Span::parse(word) {
                    Some(span) => layout.span = span,
                    None => {
                        let study = word.parse::<Study>().map_err(|wrong| NoLayout(wrong.to_string()))?;
                        // One that comes twice is drawn once.
                        if !layout.add(study) && !layout.studies.contains(&study) {
                            return Err(NoLayout(format!("there is no room for {study}")));
                        }
                    }
                },
            }
        }
        Ok(layout)
    }
}

impl TryFrom<String> for ChartLayout {
    type Error = NoLayout;

    fn try_from(text: String) -> Result<ChartLayout, NoLayout> {
        text.parse()
    }
}

/// Whose a layout is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Kept {
    /// Nobody changed anything yet.
    Usual,
    /// The user's, for every symbol.
    All,
    /// The user's, for this symbol alone.
    Symbol,
}

/// The layout a user sees a symbol in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeptLayout {
    /// Whose it is.
    pub kept: Kept,
    /// How it looks.
    pub layout: ChartLayout,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Bar, Interval, Symbol};

    #[test]
    fn year_to_date_begins_with_the_first_bar_of_the_last_year() {
        let bar = |year, month, day| Bar {
            time: Bar::label(chrono::NaiveDate::from_ymd_opt(year, month, day).expect("a date")),
            open: None,
            high: None,
            low: None,
            close: 1.0,
            adj_close: None,
            volume: None,
        };
        let symbol = Symbol::parse("AAPL").expect("a symbol");
        let bars = vec![bar(2021, 12, 30), bar(2021, 12, 31), bar(2022, 1, 3), bar(2022, 1, 4)];
        let mut series = Series { symbol, interval: Interval::Day1, bars };
        assert_eq!(Span::YearToDate.window(&series), Window::From(2));
        series.bars.clear();
        assert_eq!(Span::YearToDate.window(&series), Window::All);
    }

    fn of(query: &str) -> Option<ChartLayout> {
        let pairs: Vec<_> = query.split('&').filter_map(|pair| pair.split_once('=')).collect();
        let all = |key: &str| {
            let of = pairs.iter().filter(|(name, _)| *name == key);
            of.map(|(_, value)| value.to_string()).collect()
        };
        ChartLayout::from_query(all)
    }

    #[test]
    fn a_plain_form_says_studies_with_their_inputs_adds_one_and_removes_one() {
        let form = "chart-range=5Y&chart-style=line&chart-log=on&s0=sma&s0=33&s1=macd&s1=5&s1=20&s1=4";
        let words = |query: &str| of(query).map(|layout| layout.to_string());
        assert_eq!(words(form).as_deref(), Some("5Y,line,log,sma:33,macd:5:20:4"));
        assert_eq!(
            words(&format!("{form}&add=rsi")).as_deref(),
            Some("5Y,line,log,sma:33,macd:5:20:4,rsi:14")
        );
        assert_eq!(words(&format!("{form}&remove=0")).as_deref(), Some("5Y,line,log,macd:5:20:4"));
        assert_eq!(words("chart-range=never&s0=sma&s0=many&s1=moon").as_deref(), Some("1Y,candles,sma:20"));
        assert_eq!(words("layout=Max,line,obv").as_deref(), Some("Max,line,obv"));
        assert_eq!(words("q=apple"), None);
    }

    #[test]
    fn nothing_comes_twice_and_there_is_room_for_so_many_panes() {
        let mut layout = ChartLayout::default();
        assert!(!layout.add(Study::usual(Indicator::Rsi)), "it is there already");
        let added: Vec<bool> = [Indicator::Adx, Indicator::Cci, Indicator::Mfi, Indicator::Roc]
            .map(|each| layout.add(Study::usual(each)))
            .to_vec();
        assert_eq!(added, [true, true, true, false]);
        let twice = "1Y,candles,sma:20,sma:20".parse::<ChartLayout>().map(|layout| layout.to_string());
        assert_eq!(twice.as_deref(), Ok("1Y,candles,sma:20"));
        assert!("adx,cci,mfi,roc,rsi,obv".parse::<ChartLayout>().is_err());
        assert!("sma:20,moon".parse::<ChartLayout>().is_err());
    }
}
