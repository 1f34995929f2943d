//! A study: an indicator with the inputs a reader chose, and its lines over a history.
//!
//! Every indicator of this module stands here once, with its inputs and their ends; what it is drawn like is said in
//! [`crate::chart`]. Lines come from the streaming states themselves, so that a bar that follows costs one step.

use super::state::State;
use crate::Bar;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A number a reader may choose for a [`Study`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Input {
    /// What it is, in words: `Period`.
    pub words: &'static str,
    /// Least.
    pub low: f64,
    /// Most.
    pub high: f64,
    /// From one value to the next; the ends are on it.
    pub step: f64,
    /// Where nobody chose.
    pub usual: f64,
}

const fn count(words: &'static str, low: f64, high: f64, usual: f64) -> Input {
    Input { words, low, high, step: 1.0, usual }
}

const fn period(usual: f64) -> Input {
    count("Period", 2.0, 250.0, usual)
}

const fn width(usual: f64) -> Input {
    Input { words: "Width", low: 0.5, high: 5.0, step: 0.1, usual }
}

/// Most inputs an indicator has.
pub(super) const MOST_INPUTS: usize = 4;

/// Declares [`Indicator`] and what is known of each, one line an indicator.
macro_rules! indicators {
    ($($name:ident $word:literal $short:literal $long:literal $inputs:expr;)*) => {
        /// Every indicator there is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs)]
        pub enum Indicator { $($name,)* }

        impl Indicator {
            /// All of them: first what is drawn over the price, then what has a pane of its own.
            pub const ALL: &[Indicator] = &[$(Indicator::$name,)*];

            /// The word on the wire and in addresses.
            pub fn as_str(self) -> &'static str {
                match self { $(Indicator::$name => $word,)* }
            }

            /// As short as it is known: `SMA`.
            pub fn short(self) -> &'static str {
                match self { $(Indicator::$name => $short,)* }
            }

            /// In full: `Simple moving average`.
            pub fn long(self) -> &'static str {
                match self { $(Indicator::$name => $long,)* }
            }

            /// What may be chosen about it.
            pub fn inputs(self) -> &'static [Input] {
                match self { $(Indicator::$name => const { &$inputs },)* }
            }
        }
    };
}

indicators! {
    Sma "sma" "SMA" "Simple moving average" [period(20.0)];
    Ema "ema" "EMA" "Exponential moving average" [period(20.0)];
    Bollinger "bollinger" "Bollinger" "Bollinger bands" [period(20.0), width(2.0)];
    Keltner "keltner" "Keltner" "Keltner channel" [period(20.0), count("ATR period", 2.0, 100.0, 10.0), width(2.0)];
    Donchian "donchian" "Donchian" "Donchian channel" [period(20.0)];
    Ichimoku "ichimoku" "Ichimoku" "Ichimoku cloud" [
        count("Conversion", 2.0, 60.0, 9.0), count("Base", 2.0, 120.0, 26.0), count("Lead", 2.0, 240.0, 52.0)
    ];
    Sar "sar" "SAR" "Parabolic stop and reverse" [
        Input { words: "Step", low: 0.01, high: 0.1, step: 0.01, usual: 0.02 },
        Input { words: "Most", low: 0.05, high: 0.5, step: 0.05, usual: 0.2 }
    ];
    Vwap "vwap" "VWAP" "Volume-weighted average price" [];
    Rsi "rsi" "RSI" "Relative strength index" [period(14.0)];
    Macd "macd" "MACD" "Moving average convergence divergence" [
        count("Fast", 2.0, 100.0, 12.0), count("Slow", 3.0, 200.0, 26.0), count("Signal", 2.0, 50.0, 9.0)
    ];
    Stochastic "stochastic" "Stochastic" "Stochastic oscillator" [
        count("Period", 2.0, 100.0, 14.0), count("K", 1.0, 20.0, 3.0), count("D", 1.0, 20.0, 3.0)
    ];
    StochRsi "stochrsi" "StochRSI" "Stochastic RSI" [
        count("RSI period", 2.0, 100.0, 14.0), count("Period", 2.0, 100.0, 14.0), count("K", 1.0, 20.0, 3.0),
        count("D", 1.0, 20.0, 3.0)
    ];
    Adx "adx" "ADX" "Average directional index" [count("Period", 2.0, 100.0, 14.0)];
    Aroon "aroon" "Aroon" "Aroon" [count("Period", 2.0, 200.0, 14.0)];
    Cci "cci" "CCI" "Commodity channel index" [count("Period", 2.0, 100.0, 20.0)];
    Mfi "mfi" "MFI" "Money flow index" [count("Period", 2.0, 100.0, 14.0)];
    Williams "williams" "Williams %R" "Williams %R" [count("Period", 2.0, 100.0, 14.0)];
    Roc "roc" "ROC" "Rate of change" [count("Period", 1.0, 250.0, 10.0)];
    Atr "atr" "ATR" "Average true range" [count("Period", 2.0, 100.0, 14.0)];
    Obv "obv" "OBV" "On-balance volume" [];
}

impl Indicator {
    /// Reads back [`Indicator::as_str`].
    pub fn parse(word: &str) -> Option<Indicator> {
        Indicator::ALL.iter().copied().find(|each| each.as_str() == word)
    }

    /// Drawn over the price; the others have a pane of their own.
    pub fn is_over_price(self) -> bool {
        self <= Indicator::Vwap
    }
}

/// An indicator with its inputs, each within its ends and on its steps.
///
/// ```
/// use domain::indicator::Study;
/// let study: Study = "bollinger:20:2.5".parse().unwrap();
/// assert_eq!(study.name(), "Bollinger 20 2.5");
/// assert_eq!(study.to_string(), "bollinger:20:2.5");
/// // What is left out is as usual, what lies beyond an end is put at it.
/// assert_eq!("macd:5".parse::<Study>().unwrap().to_string(), "macd:5:26:9");
/// assert_eq!("sma:9999".parse::<Study>().unwrap().to_string(), "sma:250");
/// assert!("moon:1".parse::<Study>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Study {
    indicator: Indicator,
    /// In hundredths, so that studies can be compared.
    inputs: [i32; MOST_INPUTS],
}

impl Study {
    /// The indicator as it usually is.
    pub fn usual(indicator: Indicator) -> Study {
        let mut study = Study { indicator, inputs: [0; MOST_INPUTS] };
        for (at, input) in indicator.inputs().iter().enumerate() {
            study.inputs[at] = hundredths(input.usual);
        }
        study
    }

    /// Which indicator.
    pub fn indicator(&self) -> Indicator {
        self.indicator
    }

    /// The inputs, in the order of [`Indicator::inputs`].
    pub fn inputs(&self) -> impl ExactSizeIterator<Item = f64> {
        self.inputs[..self.indicator.inputs().len()].iter().map(|input| f64::from(*input) / 100.0)
    }

    /// Another value for the input at a place, put at the nearest step within its ends; what is no number changes
    /// nothing.
    #[must_use]
    pub fn with(mut self, at: usize, value: f64) -> Study {
        if let Some(input) = self.indicator.inputs().get(at).filter(|_| value.is_finite()) {
            let steps = ((value.clamp(input.low, input.high) - input.low) / input.step).round();
            self.inputs[at] = hundredths(input.low + steps * input.step);
        }
        self
    }

    /// With its inputs, as people write it: `MACD 12 26 9`.
    pub fn name(&self) -> String {
        self.inputs().fold(self.indicator.short().to_string(), |name, input| format!("{name} {input}"))
    }

    /// The input at a place as a count; 0 where there is none.
    pub(super) fn count(&self, at: usize) -> usize {
        (self.inputs[at] / 100) as usize
    }

    /// How many lines it has.
    pub(crate) fn lines(&self) -> usize {
        State::lines(self.indicator)
    }

    /// The input at a place.
    pub(super) fn number(&self, at: usize) -> f64 {
        f64::from(self.inputs[at]) / 100.0
    }
}

fn hundredths(value: f64) -> i32 {
    (value * 100.0).round() as i32
}

impl fmt::Display for Study {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.indicator.as_str())?;
        self.inputs().try_for_each(|input| write!(f, ":{input}"))
    }
}

impl From<Study> for String {
    fn from(study: Study) -> String {
        study.to_string()
    }
}

/// Not the words of a study.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no indicator with its inputs, as in bollinger:20:2")]
pub struct NoStudy(pub String);

impl std::str::FromStr for Study {
    type Err = NoStudy;

    fn from_str(text: &str) -> Result<Study, NoStudy> {
        let wrong = || NoStudy(text.chars().take(40).collect());
        let mut words = text.split(':');
        let indicator = words.next().and_then(Indicator::parse).ok_or_else(wrong)?;
        let mut study = Study::usual(indicator);
        for (at, word) in words.enumerate() {
            let value = word.parse::<f64>().ok().filter(|value| value.is_finite()).ok_or_else(wrong)?;
            if at >= indicator.inputs().len() {
                return Err(wrong());
            }
            study = study.with(at, value);
        }
        Ok(study)
    }
}

impl TryFrom<String> for Study {
    type Error = NoStudy;

    fn try_from(text: String) -> Result<Study, NoStudy> {
        text.parse()
    }
}

/// Most lines a study has.
pub(super) const MOST_LINES: usize = 4;

/// The values of a study at one bar, as many as it has lines; the rest is `None`.
pub type Values = [Option<f64>; MOST_LINES];

/// A study at some bars of a history, and its state after the last bar.
#[derive(Debug, Clone)]
pub(crate) struct Picked {
    values: Vec<(usize, Values)>,
    state: State,
}

impl Picked {
    /// The value of a line at a bar that was wanted; else `None`.
    pub fn value(&self, line: usize, index: usize) -> Option<f64> {
        let at = self.values.binary_search_by_key(&index, |(index, _)| *index).ok()?;
        self.values[at].1[line]
    }

    /// As [`Worked::after`].
    pub fn after(&self, bar: &Bar) -> Values {
        self.state.clone().next(bar)
    }
}

/// A study over a history: its lines, each as long as the history, and its state after it.
#[derive(Debug, Clone)]
pub struct Worked {
    lines: Vec<Vec<Option<f64>>>,
    state: State,
}

impl Worked {
    /// Works the study out; oldest bar first.
    pub fn of(study: Study, bars: &[Bar]) -> Worked {
        let mut state = State::of(study);
        let mut lines: Vec<Vec<Option<f64>>> =
            (0..State::lines(study.indicator)).map(|_| Vec::with_capacity(bars.len())).collect();
        state.run(bars, |values| lines.iter_mut().zip(values).for_each(|(line, value)| line.push(value)));
        Worked { lines, state }
    }

    /// The values at some bars alone, whose indexes ascend, and the state after all of them: for who looks at few, without
    /// room for the rest.
    pub(crate) fn at(study: Study, bars: &[Bar], wanted: impl IntoIterator<Item = usize>) -> Picked {
        let mut state = State::of(study);
        let mut wanted = wanted.into_iter().peekable();
        let mut picked = Vec::new();
        let mut index = 0;
        state.run(bars, |values| {
            if wanted.next_if_eq(&index).is_some() {
                picked.push((index, values));
            }
            index += 1;
        });
        Picked { values: picked, state }
    }

    /// The lines: of bands the upper, the middle and the lower one; of others as they are named in
    /// [`crate::chart`].
    pub fn lines(&self) -> &[Vec<Option<f64>>] {
        &self.lines
    }

    /// What a bar behind the history would have. Costs the same however long the history is.
    pub fn after(&self, bar: &Bar) -> Values {
        self.state.clone().next(bar)
    }
}
