//! A symbol that is new here: a provider is asked whether it exists, it becomes an instrument of the market, and a job
//! brings its history.

use crate::{
    Cx, Engine, Error, Result, jobs,
    jobs::{Order, SyncBars, Ticket},
    provider::{BarsAsk, Capability, ProviderError, Urgency},
    store,
};
use chrono::Duration;
use domain::{Instrument, Interval, Kind, Permission, Symbol, search::Hit};
use serde_json::json;

/// Holds a session of every market, also over its longest holidays.
const WINDOW: Duration = Duration::days(14);

/// What became of a wish for a symbol.
#[derive(Debug, Clone, PartialEq)]
pub struct Adopted {
    /// As it stands here now.
    pub instrument: Instrument,
    /// The job that brings its history; `None` where the symbol was here already.
    pub job: Option<Ticket>,
}

impl Engine {
    /// Why no symbol can be added here, in a sentence; `None` where one can.
    pub fn no_new_symbols(&self) -> Option<&'static str> {
        match (self.market().is_live(), self.providers().offers(Capability::Bars)) {
            (true, true) => None,
            (false, true) => Some(
                "No provider of prices answers yet: this installation shows its bundled data, which has fixed symbols.",
            ),
            (_, false) => Some(
                "This installation shows its bundled data, which has fixed symbols. An operator can set \
                 CANDLEWICK_MARKET_PROVIDER=auto to bring others.",
            ),
        }
    }

    /// Makes a symbol known that a provider has prices of, and queues their first collection.
    ///
    /// # Errors
    /// [`Error::Conflict`] where nobody can be asked, [`Error::NotFound`] for a symbol nobody knows, and
    /// [`Error::Unavailable`] when no provider answers.
    pub async fn adopt(&self, cx: &Cx, symbol: &Symbol) -> Result<Adopted> {
        cx.require(Permission::Edit, "add symbols")?;
        if let Some(instrument) = self.instruments().find(symbol).await? {
            return Ok(Adopted { instrument, job: None });
        }
        if let Some(why) = self.no_new_symbols() {
            return Err(Error::Conflict(why.to_string()));
        }
        let instrument = self.ask_for(symbol).await?;
        let job = SyncBars { symbols: Some(vec![symbol.clone()]) };
        let order = Order::new(&job)?
            .tenant(cx.tenant)
            .key(format!("sync_bars:{}:{symbol}", cx.tenant.0))
            .priority(jobs::URGENT);
        let mut tx = self.db().begin_for(cx).await?;
        store::instruments::upsert(&mut tx, std::slice::from_ref(&instrument)).await?;
        let now = self.clock().now();
        store::audit::insert(&mut tx, cx, now, "instrument.add", symbol.as_str(), json!({})).await?;
        let ticket = self.jobs().enqueue_in(&mut tx, order).await?;
        tx.commit().await?;
        self.memory().universe.invalidate_all();
        self.jobs().wake();
        Ok(Adopted { instrument, job: Some(ticket) })
    }

    /// What providers say of a symbol: that it has prices, in which currency, and what it is.
    async fn ask_for(&self, symbol: &Symbol) -> Result<Instrument> {
        let unknown = || Error::NotFound("a price of this symbol, at any provider,");
        let from = Some(self.clock().now() - WINDOW);
        let ask = BarsAsk { symbol: symbol.clone(), interval: Interval::Day1, from, to: None };
        let told = match self.providers().bars(ask, Urgency::Manual).await {
            Ok(fetched) => match fetched.stands_in {
                Some(error) => return Err(error.into()),
                None => fetched.value,
            },
            Err(ProviderError::NotFound) => return Err(unknown()),
            Err(error) => return Err(error.into()),
        };
        if told.bars.is_empty() && told.quote.is_none() {
            return Err(unknown());
        }
        let hits = match self.providers().offers(Capability::Search) {
            true => self.providers().search(symbol.as_str(), Urgency::Manual).await.map(|found| found.value),
            false => Ok(Vec::new()),
        };
        // Its prices are enough; a name makes it nicer.
        let hit: Option<Hit> = hits.unwrap_or_default().into_iter().find(|hit| hit.symbol == *symbol);
        Ok(Instrument {
            symbol: symbol.clone(),
            name: hit.as_ref().map_or_else(|| symbol.to_string(), |hit| hit.name.clone()),
            kind: hit.as_ref().map_or(Kind::Equity, |hit| hit.kind),
            sector: hit.as_ref().and_then(|hit| hit.sector),
            industry: hit.as_ref().and_then(|hit| hit.industry.clone()),
            exchange: hit.and_then(|hit| hit.exchange),
            currency: told.currency.unwrap_or_else(|| "USD".to_string()),
            market_cap: None,
            active: true,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        provider::BarsAnswer,
        testing::{FakeProvider, engine_on_with, for_each_db, live_engine_on, member, now},
    };
    use domain::{Bar, Sector, search::StandIn, source::Source};
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };

    fn symbol() -> Symbol {
        Symbol::parse("NEWCO").unwrap()
    }

    /// Knows one company, with a name and prices in pounds.
    fn provider() -> Arc<FakeProvider> {
        FakeProvider::new(Source::Yahoo)
            .bars(|ask: &BarsAsk| {
                if ask.symbol != symbol() {
                    return Err(ProviderError::NotFound);
                }
                let bar = |date: &str| Bar {
                    time: Bar::label(date.parse().unwrap()),
                    open: Some(10.0),
                    high: Some(10.5),
                    low: Some(9.5),
                    close: 10.0,
                    adj_close: Some(10.0),
                    volume: Some(1000.0),
                };
                let bars = vec![bar("2025-12-31"), bar("2026-01-02")];
                Ok(BarsAnswer { bars, currency: Some("GBP".into()), ..BarsAnswer::default() })
            })
            .search(|_| {
                let exchange = Some("LSE".into());
                let (sector, industry) = (Some(Sector::Materials), Some("Gold".into()));
                let hit = Hit::stranger(symbol(), "New Company plc".into(), Kind::Equity);
                Ok(vec![Hit { exchange, sector, industry, ..hit }])
            })
            .shared()
    }

    #[tokio::test]
    async fn a_new_symbol_is_found_outside_becomes_an_instrument_and_gets_its_history_by_a_job() {
        for_each_db(|db| async move {
            let engine = live_engine_on(db, now(), vec![provider()]);
            let cx = member(&engine, "ada@example.org").await;
            engine.run_due_jobs().await.unwrap();
            let hits = engine.search().find("new comp", 10).await.unwrap();
            assert_eq!((hits.len(), hits[0].known, hits[0].name.as_str()), (1, false, "New Company plc"));
            let adopted = engine.adopt(&cx, &symbol()).await.unwrap();
            let found = &adopted.instrument;
            assert_eq!((found.name.as_str(), found.currency.as_str()), ("New Company plc", "GBP"));
            assert_eq!((found.sector, found.industry.as_deref()), (Some(Sector::Materials), Some("Gold")));
            assert!(adopted.job.is_some_and(|ticket| ticket.new));
            assert_eq!(engine.run_due_jobs().await.unwrap(), 1);
            assert_eq!(engine.quotes().one(&symbol()).await.unwrap().unwrap().price, 10.0);
            assert!(engine.search().find("newco", 10).await.unwrap()[0].known);
            // Once more changes nothing.
            assert_eq!(engine.adopt(&cx, &symbol()).await.unwrap().job, None);
        })
        .await;
    }

    #[tokio::test]
    async fn a_search_says_how_old_the_last_answer_is_where_the_provider_does_not_answer_now() {
        for_each_db(|db| async move {
            let times = AtomicUsize::new(0);
            let says = move |_: &str| match times.fetch_add(1, Ordering::SeqCst) {
                0 => Ok(vec![Hit::stranger(symbol(), "New Company plc".into(), Kind::Equity)]),
                _ => Err(ProviderError::Denied("blocked".into())),
            };
            let asked = FakeProvider::new(Source::Yahoo).search(says);
            let prices = asked.bars(|_: &BarsAsk| Ok(BarsAnswer::default()));
            let engine = live_engine_on(db, now(), vec![prices.shared()]);
            let first = engine.search().found("new comp", 10).await.unwrap();
            assert_eq!((first.hits.len(), first.stand_in), (1, None));
            engine.clock().advance(Duration::minutes(12));
            let second = engine.search().found("new comp", 10).await.unwrap();
            assert_eq!(second.hits, first.hits);
            let asked_at = now() + Duration::minutes(12);
            assert_eq!(second.stand_in, Some(StandIn { told_at: now(), asked_at }));
        })
        .await;
    }

    #[tokio::test]
    async fn what_no_provider_knows_is_not_found_and_on_bundled_data_it_is_said_why_nothing_can_be_added() {
        for_each_db(|db| async move {
            let engine = live_engine_on(db.clone(), now(), vec![provider()]);
            let cx = member(&engine, "ada@example.org").await;
            let other = Symbol::parse("NOBODY").unwrap();
            assert!(matches!(engine.adopt(&cx, &other).await, Err(Error::NotFound(_))));
            assert!(engine.instruments().find(&other).await.unwrap().is_none());
            let bundled = engine_on_with(db, vec![provider()]);
            assert!(matches!(bundled.adopt(&cx, &symbol()).await, Err(Error::Conflict(_))));
            let hits = bundled.search().find("newco", 10).await.unwrap();
            assert_eq!((hits.len(), hits[0].name.as_str()), (1, "NEWCO"), "nobody outside was asked");
        })
        .await;
    }
}
