//! The scans with a name, each with its exact definition.

use super::{Found, Match, Snapshot, found::ranked};
use crate::{Kind, calendar::sessions, trend::Trend};
use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc, Weekday};
use serde::{Deserialize, Serialize};
use std::borrow::Borrow;

/// Most rows that are kept of a scan.
pub const KEPT_ITEMS: usize = 100;
/// Volume this many times its mean is unusual.
const UNUSUAL: f64 = 2.0;
const OVERSOLD: f64 = 30.0;
const OVERBOUGHT: f64 = 70.0;
/// A level is near within so many ATR 14.
const NEAR_ATR: f64 = 0.5;
/// After a pause so many sessions are caught up at most.
const CATCH_UP_DAYS: i64 = 7;

/// What a bar is to a scan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Timeframe {
    /// A day.
    #[default]
    Daily,
    /// A week from Monday on, the week so far included; a year is 52 of them.
    Weekly,
}

impl Timeframe {
    /// Both.
    pub const ALL: [Timeframe; 2] = [Timeframe::Daily, Timeframe::Weekly];

    /// The word on the wire and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Timeframe::Daily => "daily",
            Timeframe::Weekly => "weekly",
        }
    }

    /// Bars in a year: 252 days or 52 weeks.
    pub fn year_bars(self) -> usize {
        match self {
            Timeframe::Daily => 252,
            Timeframe::Weekly => 52,
        }
    }

    /// Reads back [`Timeframe::as_str`].
    pub fn parse(word: &str) -> Option<Timeframe> {
        Timeframe::ALL.into_iter().find(|each| each.as_str() == word)
    }
}

/// A scan with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // `Scan::meaning` says it
pub enum Scan {
    Gainers,
    Losers,
    Active,
    UnusualVolume,
    Breakouts,
    Breakdowns,
    NewHighs,
    NewLows,
    Oversold,
    Overbought,
    Uptrends,
    Downtrends,
    Sideways,
    NearSupport,
    NearResistance,
}

impl Scan {
    /// All of them, in the order they are shown.
    pub const ALL: [Scan; 15] = [
        Scan::Gainers,
        Scan::Losers,
        Scan::Active,
        Scan::UnusualVolume,
        Scan::Breakouts,
        Scan::Breakdowns,
        Scan::NewHighs,
        Scan::NewLows,
        Scan::Oversold,
        Scan::Overbought,
        Scan::Uptrends,
        Scan::Downtrends,
        Scan::Sideways,
        Scan::NearSupport,
        Scan::NearResistance,
    ];

    /// The word on the wire, in addresses and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Scan::Gainers => "gainers",
            Scan::Losers => "losers",
            Scan::Active => "active",
            Scan::UnusualVolume => "unusual-volume",
            Scan::Breakouts => "breakouts",
            Scan::Breakdowns => "breakdowns",
            Scan::NewHighs => "new-highs",
            Scan::NewLows => "new-lows",
            Scan::Oversold => "oversold",
            Scan::Overbought => "overbought",
            Scan::Uptrends => "uptrends",
            Scan::Downtrends => "downtrends",
            Scan::Sideways => "sideways",
            Scan::NearSupport => "near-support",
            Scan::NearResistance => "near-resistance",
        }
    }

    /// Reads back [`Scan::as_str`].
    pub fn parse(word: &str) -> Option<Scan> {
        Scan::ALL.into_iter().find(|each| each.as_str() == word)
    }

    /// The name people read.
    pub fn title(self) -> &'static str {
        match self {
            Scan::Gainers => "Gainers",
            Scan::Losers => "Losers",
            Scan::Active => "Most active",
            Scan::UnusualVolume => "Unusual volume",
            Scan::Breakouts => "Breakouts",
            Scan::Breakdowns => "Breakdowns",
            Scan::NewHighs => "New highs",
            Scan::NewLows => "New lows",
            Scan::Oversold => "Oversold",
            Scan::Overbought => "Overbought",
            Scan::Uptrends => "Uptrends",
            Scan::Downtrends => "Downtrends",
            Scan::Sideways => "Sideways",
            Scan::NearSupport => "Near support",
            Scan::NearResistance => "Near resistance",
        }
    }

    /// Its definition in one sentence, and what comes first.
    pub fn meaning(self) -> &'static str {
        match self {
            Scan::Gainers => "Close above the close before; the largest change first.",
            Scan::Losers => "Close below the close before; the largest change first.",
            Scan::Active => "The most units traded, indices left out; the largest volume first.",
            Scan::UnusualVolume => {
                "At least twice the mean volume of the 20 bars before, indices left out; the loudest first."
            }
            Scan::Breakouts => {
                "Close above the highest price of the 20, 50 or 252 bars before (52 weeks); the longest range first."
            }
            Scan::Breakdowns => {
                "Close below the lowest price of the 20, 50 or 252 bars before (52 weeks); the longest range first."
            }
            Scan::NewHighs => "High above the highest price of the year before; the largest change first.",
            Scan::NewLows => "Low below the lowest price of the year before; the largest change first.",
            Scan::Oversold => "RSI 14 below 30; the lowest first.",
            Scan::Overbought => "RSI 14 above 70; the highest first.",
            Scan::Uptrends => {
                "SMA 20 > SMA 50 > SMA 200, and SMA 50 higher than 20 bars ago; the furthest above SMA 200 first."
            }
            Scan::Downtrends => {
                "SMA 20 < SMA 50 < SMA 200, and SMA 50 lower than 20 bars ago; the furthest below SMA 200 first."
            }
            Scan::Sideways => "Neither an uptrend nor a downtrend; the closest to SMA 200 first.",
            Scan::NearSupport => "Within half an ATR 14 above the nearest support; the closest first.",
            Scan::NearResistance => "Within half an ATR 14 below the nearest resistance; the closest first.",
        }
    }

    /// The fields worth seeing in its table, besides price, change and volume.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Scan::Gainers | Scan::Losers => &["relativeVolume", "change20", "rsi14"],
            Scan::Active => &["dollarVolume", "relativeVolume", "rsi14"],
            Scan::UnusualVolume => &["relativeVolume", "averageVolume", "rsi14"],
            Scan::Breakouts => &["brokenHigh", "relativeVolume", "rsi14"],
            Scan::Breakdowns => &["brokenLow", "relativeVolume", "rsi14"],
            Scan::NewHighs => &["highYear", "changeYear", "rsi14"],
            Scan::NewLows => &["lowYear", "changeYear", "rsi14"],
            Scan::Oversold | Scan::Overbought => &["rsi14", "change5", "change20"],
            Scan::Uptrends | Scan::Downtrends | Scan::Sideways => &["sma50", "sma200", "adx14"],
            Scan::NearSupport => &["support", "atr14", "rsi14"],
            Scan::NearResistance => &["resistance", "atr14", "rsi14"],
        }
    }

    /// How far to the front a symbol belongs; `None` where the scan does not show it.
    pub fn rank(self, of: &Snapshot) -> Option<f64> {
        let change = of.change_percent();
        let traded = of.instrument.kind != Kind::Index;
        let far = |sma: Option<f64>| sma.filter(|sma| *sma > 0.0).map(|sma| of.bar.close / sma - 1.0);
        let going = |wanted: Trend| (of.lay.trend == Some(wanted)).then_some(of.row.sma200);
        match self {
            Scan::Gainers => change.filter(|change| *change > 0.0),
            Scan::Losers => change.filter(|change| *change < 0.0).map(|change| -change),
            Scan::Active => of.bar.volume.filter(|volume| traded && *volume > 0.0),
            Scan::UnusualVolume => of.relative_volume().filter(|times| traded && *times >= UNUSUAL),
            Scan::Breakouts => broken_high(of).filter(|bars| *bars > 0.0).map(|bars| first_by(bars, change)),
            Scan::Breakdowns => {
                broken_low(of).filter(|bars| *bars > 0.0).map(|bars| first_by(bars, change.map(|by| -by)))
            }
            Scan::NewHighs => (of.high() > of.before[2].high?).then(|| change.unwrap_or(0.0)),
            Scan::NewLows => (of.low() < of.before[2].low?).then(|| -change.unwrap_or(0.0)),
            Scan::Oversold => of.row.rsi14.filter(|rsi| *rsi < OVERSOLD).map(|rsi| -rsi),
            Scan::Overbought => of.row.rsi14.filter(|rsi| *rsi > OVERBOUGHT),
            Scan::Uptrends => going(Trend::Up).and_then(far),
            Scan::Downtrends => going(Trend::Down).and_then(far).map(|by| -by),
            Scan::Sideways => going(Trend::Sideways).and_then(far).map(|by| -by.abs()),
            Scan::NearSupport => near(of, of.lay.support.first()?.price),
            Scan::NearResistance => near(of, of.lay.resistance.first()?.price),
        }
    }
}

/// The longest range decides, the change among equals: no price changes by 1,000,000 %.
fn first_by(bars: f64, change: Option<f64>) -> f64 {
    bars * 1e6 + change.unwrap_or(0.0).clamp(-1e5, 1e5)
}

fn near(of: &Snapshot, level: f64) -> Option<f64> {
    let atr = of.row.atr14.filter(|atr| *atr > 0.0)?;
    let away = (of.bar.close - level).abs() / atr;
    (away <= NEAR_ATR).then_some(-away)
}

/// The longest of the ranges of 20, 50 and 252 (52) bars whose highest price the close is above, in bars; 0 for none,
/// `None` before there are 20 bars.
pub(super) fn broken_high(of: &Snapshot) -> Option<f64> {
    broken(of, |place| Some(of.bar.close > of.before[place].high?))
}

/// The same below the lowest price.
pub(super) fn broken_low(of: &Snapshot) -> Option<f64> {
    broken(of, |place| Some(of.bar.close < of.before[place].low?))
}

fn broken(of: &Snapshot, is: impl Fn(usize) -> Option<bool>) -> Option<f64> {
    is(0)?;
    let longest = (0..3).rev().find(|place| is(*place) == Some(true));
    let bars = [20, 50, of.timeframe.year_bars()];
    Some(longest.map_or(0.0, |place| bars[place] as f64))
}

/// What a scan shows of these snapshots, the first `limit`. Of equals, by symbol.
pub fn scan<S: Borrow<Snapshot>>(scan: Scan, of: &[S], limit: usize) -> Found {
    let columns: Vec<String> = scan.columns().iter().map(|name| name.to_string()).collect();
    ranked(of, columns, limit, |snapshot| scan.rank(snapshot))
}

/// What a scan said of a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScanResult {
    /// Which scan.
    pub scan: Scan,
    /// Over days or weeks.
    pub timeframe: Timeframe,
    /// The session it looked at.
    pub day: NaiveDate,
    /// When it was worked out, by wall time.
    pub made_at: DateTime<Utc>,
    /// How many symbols had a price of that day.
    pub symbols: u32,
    /// How many of them it shows; `items` are the first of these.
    pub total: u32,
    /// Names of the fields worth seeing.
    pub columns: Vec<String>,
    /// In order.
    pub items: Vec<Match>,
}

/// The sessions whose results belong into the record, oldest first: those after the last kept one up to `newest`, at most
/// a week of them. A weekly scan is kept on the last session of a week, so of the week of `newest` only if that is it.
///
/// ```
/// # use domain::scanner::{Timeframe, sessions_to_keep};
/// let day = |d| chrono::NaiveDate::from_ymd_opt(2022, 3, d).unwrap();
/// // 10 March 2022 was a Thursday.
/// assert_eq!(sessions_to_keep(Timeframe::Daily, Some(day(8)), day(10)), [day(9), day(10)]);
/// assert_eq!(sessions_to_keep(Timeframe::Daily, None, day(10)), [day(10)]);
/// assert_eq!(sessions_to_keep(Timeframe::Weekly, Some(day(1)), day(10)), [day(4)]);
/// ```
pub fn sessions_to_keep(
    timeframe: Timeframe,
    last_kept: Option<NaiveDate>,
    newest: NaiveDate,
) -> Vec<NaiveDate> {
    let earliest = newest - Duration::days(CATCH_UP_DAYS);
    let fits = |day: &NaiveDate| match timeframe {
        Timeframe::Daily => true,
        Timeframe::Weekly => ends_week(*day),
    };
    match last_kept {
        None if timeframe == Timeframe::Daily => vec![newest],
        None => sessions(earliest..=newest).map(|each| each.date).filter(fits).collect(),
        Some(kept) => sessions((kept + Duration::days(1)).max(earliest)..=newest)
            .map(|each| each.date)
            .filter(fits)
            .collect(),
    }
}

/// No later session in the same week.
fn ends_week(day: NaiveDate) -> bool {
    let next = crate::calendar::next_session(day).date;
    next.week(Weekday::Mon).first_day() != day.week(Weekday::Mon).first_day() || day.weekday() == Weekday::Fri
}
