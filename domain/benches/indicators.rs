//! Each indicator and the whole set over 500 symbols x 1,250 bars: five years of an index.

use chrono::{Duration, NaiveDate};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use domain::{Bar, indicator, signal};
use std::hint::black_box;

const SYMBOLS: usize = 500;
const BARS: usize = 1250;

/// A walk with a fixed seed (Knuth's MMIX generator), so that every run measures the same prices.
fn market() -> Vec<Vec<Bar>> {
    let start = NaiveDate::from_ymd_opt(2017, 1, 2).expect("a date");
    let mut state = 1_u64;
    let mut step = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f64 / (1_u64 << 24) as f64 - 0.5
    };
    let mut symbol = || {
        let mut close = 100.0;
        let mut bar = |at: usize| {
            let open = close;
            close *= 1.0 + 0.04 * step();
            Bar {
                time: Bar::label(start + Duration::days(at as i64)),
                open: Some(open),
                high: Some(open.max(close) * 1.005),
                low: Some(open.min(close) * 0.995),
                close,
                adj_close: None,
                volume: Some(1e6 * (1.0 + step())),
            }
        };
        (0..BARS).map(&mut bar).collect()
    };
    (0..SYMBOLS).map(|_| symbol()).collect()
}

fn measure(c: &mut Criterion) {
    let bars = market();
    let closes: Vec<Vec<f64>> = bars.iter().map(|bars| bars.iter().map(|bar| bar.close).collect()).collect();
    let mut group = c.benchmark_group("500 symbols x 1250 bars");
    group.throughput(Throughput::Elements((SYMBOLS * BARS) as u64)).sample_size(10);
    let mut over_closes = |name: &str, run: &dyn Fn(&[f64])| {
        group.bench_function(name, |b| b.iter(|| closes.iter().for_each(|closes| run(black_box(closes)))));
    };
    over_closes("sma 20", &|closes| drop(black_box(indicator::sma(closes, 20))));
    over_closes("sma 200", &|closes| drop(black_box(indicator::sma(closes, 200))));
    over_closes("ema 26", &|closes| drop(black_box(indicator::ema(closes, 26))));
    over_closes("rsi 14", &|closes| drop(black_box(indicator::rsi(closes, 14))));
    over_closes("macd 12 26 9", &|closes| drop(black_box(indicator::macd(closes, 12, 26, 9))));
    over_closes("bollinger 20 2", &|closes| drop(black_box(indicator::bollinger(closes, 20, 2.0))));
    let mut over_bars = |name: &str, run: &dyn Fn(&[Bar])| {
        group.bench_function(name, |b| b.iter(|| bars.iter().for_each(|bars| run(black_box(bars)))));
    };
    over_bars("atr 14", &|bars| drop(black_box(indicator::atr(bars, 14))));
    over_bars("obv", &|bars| drop(black_box(indicator::obv(bars))));
    over_bars("stochastic 14 3 3", &|bars| drop(black_box(indicator::stochastic(bars, 14, 3, 3))));
    over_bars("adx 14", &|bars| drop(black_box(indicator::adx(bars, 14))));
    over_bars("cci 20", &|bars| drop(black_box(indicator::cci(bars, 20))));
    over_bars("mfi 14", &|bars| drop(black_box(indicator::mfi(bars, 14))));
    over_bars("williams 14", &|bars| drop(black_box(indicator::williams(bars, 14))));
    over_bars("ichimoku 9 26 52", &|bars| drop(black_box(indicator::ichimoku(bars, 9, 26, 52))));
    over_bars("vwap", &|bars| drop(black_box(indicator::vwap(bars))));
    over_bars("whole set", &|bars| drop(black_box(indicator::rows(bars))));
    over_bars("whole set and signals", &|bars| drop(black_box(signal::signals(bars))));
    group.finish();
}

criterion_group!(benches, measure);
criterion_main!(benches);
