//! Quotes, version 7: many symbols in one request, but only with cookie and crumb. The second choice.

use super::{
    limits,
    money::{in_major, major},
    session::{Held, Session},
};
use crate::{
    Clock,
    provider::{
        Answer, Capability, Limits, Provider, ProviderError,
        http::{Reply, Site},
    },
};
use async_trait::async_trait;
use chrono::{DateTime, Duration};
use domain::{Quote, Symbol, source::Source};
use serde::Deserialize;

const AHEAD: Duration = Duration::minutes(5);
const AT_ONCE: usize = 50;

/// The quote endpoint.
pub struct QuotePage {
    site: Site,
    session: Session,
    clock: Clock,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Envelope {
    quote_response: Option<Response>,
}

#[derive(Deserialize)]
struct Response {
    result: Option<Vec<Row>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    symbol: Option<String>,
    currency: Option<String>,
    regular_market_price: Option<f64>,
    regular_market_previous_close: Option<f64>,
    regular_market_time: Option<i64>,
    regular_market_volume: Option<f64>,
    exchange_data_delayed_by: Option<i64>,
}

impl QuotePage {
    /// Quotes at `site`.
    pub fn new(site: Site, clock: Clock) -> QuotePage {
        QuotePage { session: Session::new(site.clone()), site, clock }
    }

    async fn ask(&self, symbols: &[Symbol], held: &Held) -> Answer<Reply> {
        let list = symbols.iter().map(Symbol::as_str).collect::<Vec<_>>().join(",");
        let query = [("symbols", list.as_str()), ("crumb", held.crumb.as_str())];
        let url = self.site.url(&["v7", "finance", "quote"], &query)?;
        self.site.get_with(url, &mut held.jar.clone()).await
    }
}

/// Refused because of the crumb; refused without a word about it, nothing helps.
fn wants_another_crumb(reply: &Reply) -> bool {
    let said = String::from_utf8_lossy(reply.body()).to_ascii_lowercase();
    [401, 403].contains(&reply.status()) && (said.contains("crumb") || said.contains("cookie"))
}

#[async_trait]
impl Provider for QuotePage {
    fn source(&self) -> Source {
        Source::Yahoo
    }

    fn name(&self) -> &'static str {
        "yahoo quote"
    }

    fn capabilities(&self) -> &[Capability] {
        &[Capability::Quotes]
    }

    fn limits(&self) -> Limits {
        limits(&self.site)
    }

    fn quotes_at_once(&self) -> usize {
        AT_ONCE
    }

    async fn quotes(&self, symbols: &[Symbol]) -> Answer<Vec<Quote>> {
        let held = self.session.get().await?;
        let mut reply = self.ask(symbols, &held).await?;
        if wants_another_crumb(&reply) {
            let held = self.session.renew(Some(&held)).await?;
            reply = self.ask(symbols, &held).await?;
        }
        if let Err(ProviderError::NotFound) = reply.check() {
            // Symbols it does not know are left out; this is the page itself.
            return Err(ProviderError::Denied("no quotes here".into()));
        }
        let envelope: Envelope = reply.json()?;
        let rows = envelope.quote_response.and_then(|response| response.result);
        let rows = rows.ok_or_else(|| reply.malformed("no quotes"))?;
        let latest = reply.date().unwrap_or_else(|| self.clock.now()) + AHEAD;
        let quote = |row: Row| {
            let symbol = Symbol::parse(&row.symbol?).filter(|symbol| symbols.contains(symbol))?;
            let unit = row.currency.as_deref().map_or(1.0, |currency| major(currency).1);
            let price = in_major(row.regular_market_price.filter(|price| *price > 0.0)?, unit);
            let before = row.regular_market_previous_close.filter(|before| *before > 0.0);
            let as_of = DateTime::from_timestamp(row.regular_market_time?, 0).filter(|at| *at <= latest)?;
            let before = before.map(|before| in_major(before, unit));
            let volume = row.regular_market_volume;
            let mut quote = Quote::new(symbol, price, before, volume, as_of, Source::Yahoo);
            quote.delayed = row.exchange_data_delayed_by.is_some_and(|minutes| minutes > 0);
            Some(quote)
        };
        let told = rows.len();
        let quotes: Vec<Quote> = rows.into_iter().filter_map(quote).collect();
        match quotes.is_empty() && told > 0 {
            true => Err(ProviderError::Malformed("quotes without a usable price".into())),
            false => Ok(quotes),
        }
    }
}
