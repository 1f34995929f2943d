//! Tiingo: daily prices of US stocks and funds with a key, for when Yahoo does not answer.
//!
//! Its prices are as they were traded; the factors that come with them make them comparable. To know every
//! split since, an answer always runs up to today, whatever window is wanted.

use super::{
    Answer, BarsAnswer, BarsAsk, Capability, Limits, Provider, ProviderError, http::Site, registry::Ask,
};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    Bar, Interval,
    bar::{Dividend, Split},
    source::Source,
};
use serde::Deserialize;

/// Where it is.
pub const BASE: &str = "https://api.tiingo.com";
/// Before the first price it has.
const FIRST: &str = "1960-01-01";

/// The end-of-day prices.
pub struct Tiingo {
    site: Site,
}

impl Tiingo {
    /// Tiingo at `site`, which has the key.
    pub fn new(site: Site) -> Tiingo {
        Tiingo { site }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    date: DateTime<Utc>,
    open: Option<f64>,
    high: Option<f64>,
    low: Option<f64>,
    close: Option<f64>,
    volume: Option<f64>,
    adj_close: Option<f64>,
    div_cash: Option<f64>,
    split_factor: Option<f64>,
}

/// An error in an answer with status 200.
#[derive(Deserialize)]
struct Failed {
    detail: String,
}

#[async_trait]
impl Provider for Tiingo {
    fn source(&self) -> Source {
        Source::Tiingo
    }

    fn capabilities(&self) -> &[Capability] {
        &[Capability::Bars]
    }

    fn limits(&self) -> Limits {
        // Those of the free plan.
        let timeout = self.site.time_limit() * 2;
        Limits { per_minute: 1, burst: 10, per_hour: Some(50), per_day: Some(1000), timeout }
    }

    fn accepts(&self, ask: &Ask) -> Answer<()> {
        match ask {
            Ask::Bars(ask) => has(ask),
            _ => Err(ProviderError::Unsupported),
        }
    }

    async fn bars(&self, ask: &BarsAsk) -> Answer<BarsAnswer> {
        has(ask)?;
        let from = ask.from.map_or(FIRST.to_string(), |from| from.date_naive().to_string());
        let ticker = ask.symbol.as_str().to_ascii_lowercase();
        let query = [("startDate", from.as_str()), ("format", "json")];
        let url = self.site.url(&["tiingo", "daily", &ticker, "prices"], &query)?;
        let key = format!("Token {}", self.site.key());
        let reply = self.site.get(url, &[("authorization", &key)]).await?;
        reply.check()?;
        if let Ok(failed) = reply.parse::<Failed>() {
            return Err(match failed.detail.to_ascii_lowercase() {
                said if said.contains("allocation") => ProviderError::Throttled { retry_after: None },
                said if said.contains("not found") => ProviderError::NotFound,
                _ => ProviderError::Refused(reply.words()),
            });
        }
        let mut rows: Vec<Row> = reply.parse()?;
        rows.sort_by_key(|row| row.date);
        Ok(answer(ask, &rows))
    }
}

/// Daily bars, and no indices, currencies and coins.
fn has(ask: &BarsAsk) -> Answer<()> {
    let symbol = ask.symbol.as_str();
    match ask.interval {
        Interval::Day1 if symbol.contains(['^', '=']) || symbol.ends_with("-USD") => {
            Err(ProviderError::NotFound)
        }
        Interval::Day1 => Ok(()),
        _ => Err(ProviderError::Unsupported),
    }
}

/// Prices on today's basis: divided, and volumes multiplied, by every split after their day.
fn answer(ask: &BarsAsk, rows: &[Row]) -> BarsAnswer {
    let mut answer = BarsAnswer {
        currency: Some("USD".into()),
        zone: Some("America/New_York".into()),
        ..BarsAnswer::default()
    };
    let label = |at: DateTime<Utc>| Bar::label(at.date_naive());
    let wanted = |date: NaiveDate| {
        let time = Bar::label(date);
        ask.from.is_none_or(|from| time >= label(from)) && ask.to.is_none_or(|to| time < to)
    };
    let mut later_splits = 1.0;
    for row in rows.iter().rev() {
        let date = row.date.date_naive();
        let basis = later_splits;
        let factor = row.split_factor.filter(|factor| *factor > 0.0).unwrap_or(1.0);
        later_splits *= factor;
        if !wanted(date) {
            continue;
        }
        let symbol = ask.symbol.clone();
        if factor != 1.0 {
            let split = Split { symbol: symbol.clone(), date, numerator: factor, denominator: 1.0 };
            answer.splits.push(split);
        }
        if let Some(cash) = row.div_cash.filter(|cash| *cash > 0.0) {
            answer.dividends.push(Dividend { symbol, date, amount: cash / basis });
        }
        if let Some(close) = row.close {
            let on_basis = |price: Option<f64>| price.map(|price| price / basis);
            answer.bars.push(Bar {
                time: Bar::label(date),
                open: on_basis(row.open),
                high: on_basis(row.high),
                low: on_basis(row.low),
                close: close / basis,
                adj_close: row.adj_close,
                volume: row.volume.map(|volume| volume * basis),
            });
        }
    }
    answer.bars.reverse();
    answer.splits.reverse();
    answer.dividends.reverse();
    answer
}
