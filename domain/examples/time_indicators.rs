//! How long every indicator takes over the arrays of a file: `scripts/bench-indicators.py` writes it and reads the answer.
//!
//!     time_indicators <file> <symbols> <bars> <rounds>
//!
//! The file holds, symbol after symbol, the highs, lows, closes and volumes as little-endian `f64`. Each line of the answer
//! is an indicator and the fastest round in seconds. A slice of bars (or closes) goes in, a vector of values comes out.

use chrono::{Duration, NaiveDate};
use domain::{Bar, indicator};
use std::{hint::black_box, time::Instant};

/// Over the bars and the closes of one symbol.
type Work<'a> = Box<dyn Fn(&[Bar], &[f64]) + 'a>;
type Run<'a> = (&'a str, Work<'a>);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().collect();
    let [_, file, symbols, bars, rounds] = &args[..] else {
        return Err("time_indicators <file> <symbols> <bars> <rounds>".into());
    };
    let (symbols, bars, rounds): (usize, usize, u32) = (symbols.parse()?, bars.parse()?, rounds.parse()?);
    let market = read(&std::fs::read(file)?, symbols, bars);
    let closes: Vec<Vec<f64>> =
        market.iter().map(|bars| bars.iter().map(|bar| bar.close).collect()).collect();
    for (name, run) in runs() {
        let round = || {
            let started = Instant::now();
            market.iter().zip(&closes).for_each(|(bars, closes)| run(black_box(bars), black_box(closes)));
            started.elapsed().as_secs_f64()
        };
        let fastest = (0..rounds).map(|_| round()).fold(f64::INFINITY, f64::min);
        println!("{name}\t{fastest}");
    }
    Ok(())
}

fn read(bytes: &[u8], symbols: usize, bars: usize) -> Vec<Vec<Bar>> {
    let numbers: Vec<f64> =
        bytes.chunks_exact(8).map(|eight| f64::from_le_bytes(eight.try_into().unwrap_or_default())).collect();
    let start = NaiveDate::from_ymd_opt(2017, 1, 2).unwrap_or_default();
    let symbol = |of: &[f64]| {
        let bar = |at: usize| Bar {
            time: Bar::label(start + Duration::days(at as i64)),
            open: None,
            high: Some(of[at]),
            low: Some(of[bars + at]),
            close: of[2 * bars + at],
            adj_close: None,
            volume: Some(of[3 * bars + at]),
        };
        (0..bars).map(bar).collect()
    };
    numbers.chunks_exact(4 * bars).take(symbols).map(symbol).collect()
}

/// Each as the script calls it in the other libraries.
fn runs() -> Vec<Run<'static>> {
    fn over<T>(run: impl Fn(&[Bar], &[f64]) -> T + 'static) -> Work<'static> {
        Box::new(move |bars, closes| drop(black_box(run(bars, closes))))
    }
    vec![
        ("SMA 20", over(|_, closes| indicator::sma(closes, 20))),
        ("SMA 50", over(|_, closes| indicator::sma(closes, 50))),
        ("SMA 200", over(|_, closes| indicator::sma(closes, 200))),
        ("EMA 12", over(|_, closes| indicator::ema(closes, 12))),
        ("EMA 26", over(|_, closes| indicator::ema(closes, 26))),
        ("RSI 14", over(|_, closes| indicator::rsi(closes, 14))),
        ("MACD 12 26 9", over(|_, closes| indicator::macd(closes, 12, 26, 9))),
        ("Bollinger 20 2", over(|_, closes| indicator::bollinger(closes, 20, 2.0))),
        ("ATR 14", over(|bars, _| indicator::atr(bars, 14))),
        ("OBV", over(|bars, _| indicator::obv(bars))),
        ("Stochastic 14 3 3", over(|bars, _| indicator::stochastic(bars, 14, 3, 3))),
        ("ADX 14", over(|bars, _| indicator::adx(bars, 14))),
        ("CCI 20", over(|bars, _| indicator::cci(bars, 20))),
        ("MFI 14", over(|bars, _| indicator::mfi(bars, 14))),
        ("Williams %R 14", over(|bars, _| indicator::williams(bars, 14))),
        ("ROC 10", over(|_, closes| indicator::roc(closes, 10))),
        ("SAR 0.02 0.2", over(|bars, _| indicator::sar(bars, 0.02, 0.2))),
        ("Aroon 14", over(|bars, _| indicator::aroon(bars, 14))),
        ("StochRSI 14 14 1 3", over(|_, closes| indicator::stoch_rsi(closes, 14, 14, 1, 3))),
    ]
}
