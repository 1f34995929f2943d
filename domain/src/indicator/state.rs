//! The streaming states of all indicators under one name.

use super::study::{Indicator, MOST_LINES, Study, Values};
use super::{
    Adx, Aroon, Atr, Bands, Bollinger, Cci, Donchian, Ema, Ichimoku, Keltner, Macd, Mfi, Obv, Roc, Rsi, Sar,
    Sma, StochRsi, Stochastic, StochasticLines, Vwap, Williams,
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
    #[inline]
    pub fn next(&mut self, bar: &Bar) -> Values {
        let one = |value| [value, None, None, None];
        match self {
            State::Sma(state) => one(state.next(bar.close)),
            State::Ema(state) => one(state.next(bar.close)),
            State::Bollinger(state) => bands(state.next(bar.close)),
            State::Keltner(state) => bands(state.next(bar)),
            State::Donchian(state) => bands(state.next(bar)),
            State::Ichimoku(state) => {
                let lines = state.next(bar);
                [lines.conversion, lines.base, lines.lead_a, lines.lead_b]
            }
            State::Sar(state) => one(state.next(bar)),
            State::Vwap(state) => one(state.next(bar)),
            State::Rsi(state) => one(state.next(bar.close)),
            State::Macd(state) => state.next(bar.close).map_or([None; MOST_LINES], |lines| {
                [Some(lines.macd), Some(lines.signal), Some(lines.histogram), None]
            }),
            State::Stochastic(state) => stochastic(state.next(bar)),
            State::StochRsi(state) => stochastic(state.next(bar.close)),
            State::Adx(state) => state.next(bar).map_or([None; MOST_LINES], |lines| {
                [Some(lines.adx), Some(lines.plus), Some(lines.minus), None]
            }),
            State::Aroon(state) => state
                .next(bar)
                .map_or([None; MOST_LINES], |lines| [Some(lines.up), Some(lines.down), None, None]),
            State::Cci(state) => one(state.next(bar)),
            State::Mfi(state) => one(state.next(bar)),
            State::Williams(state) => one(state.next(bar)),
            State::Roc(state) => one(state.next(bar.close)),
            State::Atr(state) => one(state.next(bar)),
            State::Obv(state) => one(state.next(bar)),
        }
    }
}

fn bands(bands: Option<Bands>) -> Values {
    bands.map_or([None; MOST_LINES], |bands| [Some(bands.upper), Some(bands.middle), Some(bands.lower), None])
}

fn stochastic(lines: Option<StochasticLines>) -> Values {
    lines.map_or([None; MOST_LINES], |lines| [Some(lines.k), Some(lines.d), None, None])
}
