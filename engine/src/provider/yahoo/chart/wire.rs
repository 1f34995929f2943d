//! The chart as it comes over the wire. Nearly everything may be missing or null.

use crate::provider::ProviderError;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use std::collections::HashMap;

#[derive(Deserialize)]
pub(super) struct Envelope {
    pub(super) chart: Option<ChartBody>,
}

#[derive(Deserialize)]
pub(super) struct ChartBody {
    pub(super) result: Option<Vec<ChartResult>>,
    pub(super) error: Option<ChartError>,
}

#[derive(Deserialize)]
pub(super) struct ChartError {
    code: Option<String>,
    description: Option<String>,
}

impl ChartError {
    pub(super) fn classify(self) -> ProviderError {
        let (code, words) = (self.code.unwrap_or_default(), self.description.unwrap_or_default());
        let said: String = format!("{code}: {words}").chars().take(160).collect();
        match &*code {
            "Not Found" => ProviderError::NotFound,
            "Bad Request" | "Unprocessable Entity" | "argument-error" => ProviderError::Refused(said),
            "Unauthorized" | "Forbidden" => ProviderError::Denied(said),
            "Too Many Requests" => ProviderError::Throttled { retry_after: None },
            _ => ProviderError::Faulty(said),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct ChartResult {
    pub(super) meta: Meta,
    timestamp: Option<Vec<Option<i64>>>,
    #[serde(default)]
    indicators: Indicators,
    #[serde(default)]
    pub(super) events: Events,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Meta {
    pub(super) symbol: Option<String>,
    pub(super) currency: Option<String>,
    pub(super) exchange_timezone_name: Option<String>,
    pub(super) gmtoffset: Option<i64>,
    pub(super) data_granularity: Option<String>,
    pub(super) regular_market_price: Option<f64>,
    pub(super) regular_market_time: Option<i64>,
    pub(super) regular_market_volume: Option<f64>,
    pub(super) chart_previous_close: Option<f64>,
    pub(super) previous_close: Option<f64>,
    current_trading_period: Option<Periods>,
}

#[derive(Deserialize)]
struct Periods {
    regular: Option<Period>,
}

#[derive(Deserialize)]
struct Period {
    start: i64,
    end: i64,
}

impl Meta {
    /// When the session began that is not over yet; before it begins there are no bars of it either.
    pub(super) fn running_session(&self, now: DateTime<Utc>) -> Option<i64> {
        let session = self.current_trading_period.as_ref()?.regular.as_ref()?;
        // Prices that are late say when they were true; our clock says when they are not coming any more.
        let latest = self.regular_market_time.unwrap_or(i64::MIN).max(now.timestamp());
        (latest < session.end).then_some(session.start)
    }
}

#[derive(Deserialize, Default)]
struct Indicators {
    #[serde(default)]
    quote: Vec<Columns>,
    #[serde(default)]
    adjclose: Vec<Adjusted>,
}

type Column = Option<Vec<Option<f64>>>;

#[derive(Deserialize, Default)]
struct Columns {
    open: Column,
    high: Column,
    low: Column,
    close: Column,
    volume: Column,
}

#[derive(Deserialize)]
struct Adjusted {
    adjclose: Column,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Events {
    pub(super) splits: HashMap<String, SplitEvent>,
    dividends: HashMap<String, Payment>,
    capital_gains: HashMap<String, Payment>,
}

impl Events {
    /// Everything paid out: funds tell gains apart from dividends, their holders do not.
    pub(super) fn paid(&self) -> impl Iterator<Item = &Payment> {
        self.dividends.values().chain(self.capital_gains.values())
    }
}

#[derive(Deserialize)]
pub(super) struct SplitEvent {
    pub(super) date: Option<i64>,
    pub(super) numerator: Option<f64>,
    pub(super) denominator: Option<f64>,
}

#[derive(Deserialize)]
pub(super) struct Payment {
    pub(super) date: Option<i64>,
    pub(super) amount: Option<f64>,
}

/// One row of the columns.
pub(super) struct Row {
    pub(super) at: i64,
    pub(super) open: Option<f64>,
    pub(super) high: Option<f64>,
    pub(super) low: Option<f64>,
    pub(super) close: Option<f64>,
    pub(super) adj_close: Option<f64>,
    pub(super) volume: Option<f64>,
}

impl ChartResult {
    /// The columns turned into rows; none where nothing happened in the window.
    ///
    /// # Errors
    /// Why they do not fit together.
    pub(super) fn rows(&self) -> Result<Vec<Row>, &'static str> {
        let Some(times) = &self.timestamp else { return Ok(Vec::new()) };
        let nothing = Columns::default();
        let columns = self.indicators.quote.first().unwrap_or(&nothing);
        let adjusted = self.indicators.adjclose.first().and_then(|each| each.adjclose.as_ref());
        let all = [&columns.open, &columns.high, &columns.low, &columns.close, &columns.volume];
        let uneven = |column: &Vec<Option<f64>>| column.len() != times.len();
        if all.into_iter().flatten().any(uneven) || adjusted.is_some_and(uneven) {
            return Err("columns of different length");
        }
        let at = |column: &Column, row: usize| column.as_ref().and_then(|values| values[row]);
        let row = |(row, time): (usize, &Option<i64>)| {
            Some(Row {
                at: (*time)?,
                open: at(&columns.open, row),
                high: at(&columns.high, row),
                low: at(&columns.low, row),
                close: at(&columns.close, row),
                adj_close: adjusted.and_then(|values| values[row]),
                volume: at(&columns.volume, row),
            })
        };
        Ok(times.iter().enumerate().filter_map(row).collect())
    }
}
