//! The streaming states of all indicators under one name.

use super::study::{Indicator, MOST_LINES, Study, Values};
use super::{
    Adx, AdxLines, Aroon, AroonLines, Atr, Bands, Bollinger, Cci, Donchian, Ema, Ichimoku, IchimokuLines,
    Keltner, Macd, MacdLines, Mfi, Obv, Roc, Rsi, Sar, Sma, StochRsi, Stochastic, StochasticLines, Vwap,
    Williams,
};
use crate::Bar;
use ta::Next;

/// The state of one indicator.
#[derive(Debug, Clone)]
pub(super) enum State {
    Sma(Sma),
    Ema(Ema),
    Bollinger(Bollinger),
    Keltner(Keltner),
    Donchian(Donchian),
    Ichimoku(Ichimoku),
    Sar(Sar),
    Vwap(Vwap),
    Rsi(Rsi),
    Macd(Macd),
    Stochastic(Stochastic),
    StochRsi(StochRsi),
    Adx(Adx),
    Aroon(Aroon),
    Cci(Cci),
    Mfi(Mfi),
    Williams(Williams),
    Roc(Roc),
    Atr(Atr),
    Obv(Obv),
}

impl State {
    /// Nothing seen yet.
    pub fn of(study: Study) -> State {
        let (count, number) = (|at| study.count(at), |at| study.number(at));
        match study.indicator() {
            Indicator::Sma => State::Sma(Sma::new(count(0))),
            Indicator::Ema => State::Ema(Ema::new(count(0))),
            Indicator::Bollinger => State::Bollinger(Bollinger::new(count(0), number(1))),
            Indicator::Keltner => State::Keltner(Keltner::new(count(0), count(1), number(2))),
            Indicator::Donchian => State::Donchian(Donchian::new(count(0))),
            Indicator::Ichimoku => State::Ichimoku(Ichimoku::new(count(0), count(1), count(2))),
            Indicator::Sar => State::Sar(Sar::new(number(0), number(1))),
            Indicator::Vwap => State::Vwap(Vwap::new()),
            Indicator::Rsi => State::Rsi(Rsi::new(count(0))),
            Indicator::Macd => State::Macd(Macd::new(count(0), count(1), count(2))),
            Indicator::Stochastic => State::Stochastic(Stochastic::new(count(0), count(1), count(2))),
            Indicator::StochRsi => State::StochRsi(StochRsi::new(count(0), count(1), count(2), count(3))),
            Indicator::Adx => State::Adx(Adx::new(count(0))),
            Indicator::Aroon => State::Aroon(Aroon::new(count(0))),
            Indicator::Cci => State::Cci(Cci::new(count(0))),
            Indicator::Mfi => State::Mfi(Mfi::new(count(0))),
            Indicator::Williams => State::Williams(Williams::new(count(0))),
            Indicator::Roc => State::Roc(Roc::new(count(0))),
            Indicator::Atr => State::Atr(Atr::new(count(0))),
            Indicator::Obv => State::Obv(Obv::new()),
        }
    }

    /// How many lines an indicator has.
    pub fn lines(indicator: Indicator) -> usize {
        match indicator {
            Indicator::Ichimoku => 4,
            Indicator::Bollinger
            | Indicator::Keltner
            | Indicator::Donchian
            | Indicator::Macd
            | Indicator::Adx => 3,
            Indicator::Stochastic | Indicator::StochRsi | Indicator::Aroon => 2,
            _ => 1,
        }
    }

    /// The values at the next bar.
    pub fn next(&mut self, bar: &Bar) -> Values {
        let mut next = [None; MOST_LINES];
        self.run([bar], |values| next = values);
        next
    }

    /// Hands over the values at each of the next bars. Which indicator it is, is asked once, so that each has a loop of its
    /// own.
    #[inline]
    pub fn run<'a>(&mut self, bars: impl IntoIterator<Item = &'a Bar>, mut take: impl FnMut(Values)) {
        macro_rules! each {
            ($bar:ident => $values:expr) => {
                bars.into_iter().for_each(|$bar| take($values))
            };
        }
        match self {
            State::Sma(state) => each!(bar => one(state.next(bar.close))),
            State::Ema(state) => each!(bar => one(state.next(bar.close))),
            State::Bollinger(state) => each!(bar => bands(state.next(bar.close))),
            State::Keltner(state) => each!(bar => bands(state.next(bar))),
            State::Donchian(state) => each!(bar => bands(state.next(bar))),
            State::Ichimoku(state) => each!(bar => ichimoku(state.next(bar))),
            State::Sar(state) => each!(bar => one(state.next(bar))),
            State::Vwap(state) => each!(bar => one(state.next(bar))),
            State::Rsi(state) => each!(bar => one(state.next(bar.close))),
            State::Macd(state) => each!(bar => macd(state.next(bar.close))),
            State::Stochastic(state) => each!(bar => stochastic(state.next(bar))),
            State::StochRsi(state) => each!(bar => stochastic(state.next(bar.close))),
            State::Adx(state) => each!(bar => adx(state.next(bar))),
            State::Aroon(state) => each!(bar => aroon(state.next(bar))),
            State::Cci(state) => each!(bar => one(state.next(bar))),
            State::Mfi(state) => each!(bar => one(state.next(bar))),
            State::Williams(state) => each!(bar => one(state.next(bar))),
            State::Roc(state) => each!(bar => one(state.next(bar.close))),
            State::Atr(state) => each!(bar => one(state.next(bar))),
            State::Obv(state) => each!(bar => one(state.next(bar))),
        }
    }
}

fn one(value: Option<f64>) -> Values {
    [value, None, None, None]
}

fn ichimoku(lines: IchimokuLines) -> Values {
    [lines.conversion, lines.base, lines.lead_a, lines.lead_b]
}

fn macd(lines: Option<MacdLines>) -> Values {
    lines.map_or([None; MOST_LINES], |lines| {
        [Some(lines.macd), Some(lines.signal), Some(lines.histogram), None]
    })
}

fn adx(lines: Option<AdxLines>) -> Values {
    lines.map_or([None; MOST_LINES], |lines| [Some(lines.adx), Some(lines.plus), Some(lines.minus), None])
}

fn aroon(lines: Option<AroonLines>) -> Values {
    lines.map_or([None; MOST_LINES], |lines| [Some(lines.up), Some(lines.down), None, None])
}

fn bands(bands: Option<Bands>) -> Values {
    bands.map_or([None; MOST_LINES], |bands| [Some(bands.upper), Some(bands.middle), Some(bands.lower), None])
}

fn stochastic(lines: Option<StochasticLines>) -> Values {
    lines.map_or([None; MOST_LINES], |lines| [Some(lines.k), Some(lines.d), None, None])
}
