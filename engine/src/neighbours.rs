//! What other processes on the same database do, told here as if it were done here: how far their jobs are, what
//! operators have to know, what they collected, which signals they found, how the news sound to them and what they
//! forecast, the prices they asked for, and how their providers are doing. Looked up in the store, so that it works on
//! both databases and without anything between the processes. What streams in is heard by each process itself.

use crate::{
    Engine, Result,
    jobs::{Job, Predict},
    memory::Said,
    store,
};
use chrono::{DateTime, Duration, Utc};
use domain::{Event, Symbol, TenantId, event::Resync, provider::Health};
use std::{collections::HashMap, time::Duration as Time};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Time between two looks at what others do.
const LOOK: Time = Time::from_secs(1);
/// Changes become visible out of order, and clocks differ: so far back every look begins.
const OVERLAP: Duration = Duration::seconds(5);
/// Changes of one look.
const MOST: i64 = 500;
/// Prices of one look.
const MOST_QUOTES: i64 = 5_000;
/// A run over a source that takes longer is not noticed when it ends.
const LONGEST_RUN: Duration = Duration::hours(2);

/// Time between two notes of the own providers.
const NOTE: Time = Time::from_secs(3);
/// A note is repeated after so long without a change.
const REPEAT: Duration = Duration::seconds(30);
/// Who has said nothing for so long is gone.
const GONE: Duration = Duration::minutes(2);

/// What was told already.
pub(crate) struct Heard {
    since: DateTime<Utc>,
    alerts: HashMap<Uuid, (u32, bool)>,
    quotes: HashMap<Symbol, DateTime<Utc>>,
}

impl Engine {
    /// Tells what other processes do until cancelled.
    pub async fn run_neighbours(&self, cancel: CancellationToken) {
        let mut heard = self.begin_to_hear();
        while cancel.run_until_cancelled(tokio::time::sleep(LOOK)).await.is_some() {
            if let Err(error) = self.hear(&mut heard).await {
                tracing::debug!(%error, "could not look what other processes do");
            }
        }
    }

    /// From now on.
    pub(crate) fn begin_to_hear(&self) -> Heard {
        Heard { since: self.clock().now(), alerts: HashMap::new(), quotes: HashMap::new() }
    }

    /// One look.
    pub(crate) async fn hear(&self, heard: &mut Heard) -> Result<()> {
        let (now, since) = (self.clock().now(), heard.since - OVERLAP);
        let mut predicted = false;
        for (tenant, progress) in store::job_desk::moved(self.db(), since, MOST).await? {
            predicted |= progress.kind == Predict::KIND;
            let said = Said { state: progress.state, percent: progress.percent, step: progress.step.clone() };
            if self.memory().is_news(progress.id, said) {
                self.bus().publish_operators(tenant.map(TenantId), Event::Job(progress));
            }
        }
        for told in store::ops_alerts::moved(self.db(), since, MOST).await? {
            let is = (told.count, told.open);
            if heard.alerts.insert(told.id, is) != Some(is) {
                self.bus().publish_operators(None, Event::OpsAlert(told));
            }
        }
        // Older ones are not looked up again.
        if heard.alerts.len() > MOST as usize * 4 {
            heard.alerts.clear();
        }
        self.hear_of_data(since).await?;
        // The job moves on when it has made some.
        if predicted {
            self.hear_of_forecasts(since).await?;
        }
        self.hear_of_quotes(heard, since).await?;
        heard.since = now;
        Ok(())
    }

    /// What was collected makes pages read again; signals and moods are told.
    async fn hear_of_data(&self, since: DateTime<Utc>) -> Result<()> {
        let mut collected = false;
        for run in store::etl_runs::came(self.db(), since - LONGEST_RUN, since, MOST).await? {
            collected |= self.memory().is_new_run(run);
        }
        if collected {
            self.memory().forget();
            let reason = "new data was collected".to_string();
            self.bus().publish_everyone(&Event::Resync(Resync { reason }));
        }
        for fired in store::signals::told(self.db(), since, MOST).await? {
            if self.memory().is_new_signal(&fired.symbol, &fired.signal) {
                self.bus().publish_market(Event::Signal(fired));
            }
        }
        for mood in store::moods::since(self.db(), since, MOST).await? {
            if self.memory().is_new_mood(&mood.symbol, mood.timestamp, mood.score) {
                self.bus().publish_market(Event::Sentiment(mood));
            }
        }
        Ok(())
    }

    async fn hear_of_forecasts(&self, since: DateTime<Utc>) -> Result<()> {
        for forecast in store::forecasts::made(self.db(), since, MOST).await? {
            if self.memory().is_new_forecast(&forecast) {
                self.forecasts().tell(forecast).await?;
            }
        }
        Ok(())
    }

    /// Prices that another process asked for are taken as if they had been asked for here.
    async fn hear_of_quotes(&self, heard: &mut Heard, since: DateTime<Utc>) -> Result<()> {
        if !self.market().is_live() {
            return Ok(());
        }
        let process = self.memory().process;
        for quote in store::quotes::others(self.db(), process, since, MOST_QUOTES).await? {
            if heard.quotes.insert(quote.symbol.clone(), quote.as_of) != Some(quote.as_of) {
                self.quotes().publish(quote).await?;
            }
        }
        Ok(())
    }

    /// Keeps in the store how the providers of this process are doing, until cancelled.
    pub async fn run_health(&self, cancel: CancellationToken) {
        let mut last = (Vec::new(), DateTime::<Utc>::MIN_UTC);
        while cancel.run_until_cancelled(tokio::time::sleep(NOTE)).await.is_some() {
            let (health, now) = (self.providers().health(), self.clock().now());
            if health == last.0 && now - last.1 < REPEAT {
                continue;
            }
            match self.note_health(&health).await {
                Ok(()) => last = (health, now),
                Err(error) => tracing::debug!(%error, "could not note how the providers are doing"),
            }
        }
    }

    /// One note.
    pub(crate) async fn note_health(&self, health: &[Health]) -> Result<()> {
        let now = self.clock().now();
        let mut tx = self.db().begin().await?;
        store::provider_health::note(&mut tx, self.memory().process, health, now).await?;
        store::provider_health::forget(&mut tx, now - GONE).await?;
        tx.commit().await
    }

    /// How the providers are doing in all processes together, in the order in which this one asks them.
    pub(crate) async fn health_everywhere(&self) -> Result<Vec<Health>> {
        let mut all = self.providers().health();
        let since = self.clock().now() - GONE;
        for other in store::provider_health::others(self.db(), self.memory().process, since).await? {
            match all.iter_mut().find(|each| each.name == other.name) {
                Some(own) => *own = own.with(&other),
                None => all.push(other),
            }
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        jobs::{Order, SyncIntraday},
        news::Basis,
        provider::{BarsAnswer, BarsAsk, ProviderError, Urgency},
        store::forecasts::Origin,
        testing::{
            FakeProvider, engine_on, engine_on_with, for_each_db, live_engine_on, member, now, operator,
        },
    };
    use domain::{
        Bar, Interval, Quote,
        forecast::{Direction, Forecast, ModelKind, Target},
        job::JobState,
        ops_alert::{Level, Notice},
        sentiment::Mood,
        signal::{Action, Signal, SignalKind},
        source::Source,
    };
    use std::sync::Arc;

    fn newco() -> Symbol {
        Symbol::parse("NEWCO").unwrap()
    }

    /// Knows one company: two bars of it, and its price now.
    fn provider() -> Arc<FakeProvider> {
        let bar = |date: &str| Bar {
            time: Bar::label(date.parse().unwrap()),
            open: Some(10.0),
            high: Some(10.5),
            low: Some(9.5),
            close: 10.0,
            adj_close: Some(10.0),
            volume: Some(1000.0),
        };
        let bars = move |ask: &BarsAsk| match ask.symbol == newco() {
            true => {
                Ok(BarsAnswer { bars: vec![bar("2025-12-31"), bar("2026-01-02")], ..BarsAnswer::default() })
            }
            false => Err(ProviderError::NotFound),
        };
        let quote =
            |symbol: &Symbol| Quote::new(symbol.clone(), 11.0, Some(10.0), None, now(), Source::Yahoo);
        let quotes = move |asked: &[Symbol]| {
            Ok(asked.iter().filter(|symbol| **symbol == newco()).map(quote).collect())
        };
        FakeProvider::new(Source::Yahoo).bars(bars).quotes(quotes).shared()
    }

    #[tokio::test]
    async fn what_another_process_collected_and_asked_for_is_shown_here_and_pages_read_again_once() {
        for_each_db(|db| async move {
            let here = live_engine_on(db.clone(), now(), vec![provider()]);
            let there = live_engine_on(db, now(), vec![provider()]);
            let ada = member(&here, "ada@example.org").await;
            here.run_due_jobs().await.unwrap();
            let mut listener = here.bus().subscribe(ada.tenant, vec![newco()], None);
            let mut other = there.bus().subscribe(ada.tenant, Vec::new(), None);
            let (mut heard, mut heard_there) = (here.begin_to_hear(), there.begin_to_hear());
            here.adopt(&ada, &newco()).await.unwrap();
            assert!(here.quotes().one(&newco()).await.unwrap().is_none());
            there.run_due_jobs().await.unwrap();
            for _ in 0..2 {
                here.hear(&mut heard).await.unwrap();
                there.hear(&mut heard_there).await.unwrap();
            }
            assert_eq!(here.quotes().one(&newco()).await.unwrap().unwrap().price, 10.0);

            let lists = here.watchlists().list(&ada).await.unwrap();
            here.watchlists().replace(&ada, lists[0].id, vec![newco()]).await.unwrap();
            let asked = there.ingest().quotes(Urgency::Scheduled, &CancellationToken::new()).await.unwrap();
            assert_eq!(asked, (1, 0));
            for _ in 0..2 {
                here.hear(&mut heard).await.unwrap();
            }
            assert_eq!(here.quotes().one(&newco()).await.unwrap().unwrap().price, 11.0);

            let (mut resyncs, mut quotes) = (0, Vec::new());
            while let Some(frame) = listener.try_next() {
                match &frame.event {
                    Event::Resync(_) => resyncs += 1,
                    Event::Quote(tick) => quotes.push(tick.price),
                    _ => {}
                }
            }
            assert_eq!((resyncs, quotes), (1, vec![11.0]));
            while let Some(frame) = other.try_next() {
                assert!(!matches!(frame.event, Event::Resync(_)), "whoever collects reads no page again");
            }
        })
        .await;
    }

    #[tokio::test]
    async fn a_signal_of_another_process_is_told_here_once_and_an_own_one_not_again() {
        for_each_db(|db| async move {
            let (here, there) = (engine_on(db.clone()), engine_on(db));
            let ada = member(&here, "ada@example.org").await;
            let mut listener = here.bus().subscribe(ada.tenant, vec![newco()], None);
            let mut heard = here.begin_to_hear();
            let signal = |action| Signal {
                time: Bar::label("2026-01-02".parse().unwrap()),
                kind: SignalKind::Rsi,
                action,
                strength: None,
                bars_used: 15,
                reason: "for a test".into(),
            };
            here.signals().tell(&newco(), signal(Action::Sell), now(), false).await.unwrap();
            there.signals().tell(&newco(), signal(Action::Buy), now(), false).await.unwrap();
            for _ in 0..2 {
                here.hear(&mut heard).await.unwrap();
            }
            let mut told = Vec::new();
            while let Some(frame) = listener.try_next() {
                if let Event::Signal(fired) = &frame.event {
                    told.push(fired.signal.action);
                }
            }
            assert_eq!(told, [Action::Sell, Action::Buy]);
        })
        .await;
    }

    #[tokio::test]
    async fn a_mood_of_another_process_is_told_here_once_and_an_own_one_not_again() {
        for_each_db(|db| async move {
            let (here, there) = (engine_on(db.clone()), engine_on(db));
            let ada = member(&here, "ada@example.org").await;
            let mut listener = here.bus().subscribe(ada.tenant, vec![newco()], None);
            let mut heard = here.begin_to_hear();
            let basis = Basis { symbol: newco(), headlines: Vec::new() };
            here.news().tell(&basis, Mood::of(&[-0.5]).unwrap()).await.unwrap();
            here.hear(&mut heard).await.unwrap();
            there.news().tell(&basis, Mood::of(&[0.5]).unwrap()).await.unwrap();
            for _ in 0..2 {
                here.hear(&mut heard).await.unwrap();
            }
            let mut told = Vec::new();
            while let Some(frame) = listener.try_next() {
                if let Event::Sentiment(mood) = &frame.event {
                    told.push((mood.score, mood.count));
                }
            }
            assert_eq!(told, [(-0.5, 1), (0.5, 1)]);
        })
        .await;
    }

    /// As a job makes it, from this close.
    async fn forecast(engine: &Engine, current_price: f64) {
        let target = Target {
            target_price: 11.0,
            change: (11.0 / current_price - 1.0) * 100.0,
            trend: Direction::Uptrend,
            low80: 9.0,
            high80: 13.0,
        };
        let made = Forecast {
            symbol: newco(),
            model: ModelKind::RandomWalk,
            model_version: None,
            as_of: "2026-01-02".parse().unwrap(),
            current_price,
            targets: [target; 3],
            bullish_score: 60.0,
        };
        let mut tx = engine.db().begin().await.unwrap();
        store::forecasts::insert(&mut tx, Origin::Made, &[made], now()).await.unwrap();
        tx.commit().await.unwrap();
        engine.jobs().enqueue(Order::new(&Predict {}).unwrap()).await.unwrap();
        engine.run_due_jobs().await.unwrap();
    }

    #[tokio::test]
    async fn a_forecast_of_another_process_is_told_here_once() {
        for_each_db(|db| async move {
            let (here, there) = (engine_on(db.clone()), engine_on(db));
            let mut listener = here.bus().subscribe(TenantId(Uuid::nil()), vec![newco()], None);
            let mut heard = here.begin_to_hear();
            forecast(&there, 10.0).await;
            for _ in 0..2 {
                here.hear(&mut heard).await.unwrap();
            }
            let mut told = Vec::new();
            while let Some(frame) = listener.try_next() {
                if let Event::Prediction(tick) = &frame.event {
                    told.push((tick.prediction.current_price, tick.prediction.long_term.high80));
                }
            }
            assert_eq!(told, [(10.0, 13.0)]);
        })
        .await;
    }

    #[tokio::test]
    async fn the_jobs_of_another_process_are_told_here_once() {
        for_each_db(|db| async move {
            let (here, there) = (engine_on(db.clone()), engine_on(db));
            let mut listener = here.bus().subscribe_operator(&operator(&here).await, Vec::new(), None);
            here.run_due_jobs().await.unwrap();
            let mut heard = here.begin_to_hear();
            here.hear(&mut heard).await.unwrap();
            while listener.try_next().is_some() {}
            there.jobs().enqueue(Order::new(&SyncIntraday { symbols: None }).unwrap()).await.unwrap();
            there.run_due_jobs().await.unwrap();
            here.hear(&mut heard).await.unwrap();
            here.hear(&mut heard).await.unwrap();
            let mut told = Vec::new();
            while let Some(frame) = listener.try_next() {
                if let Event::Job(progress) = &frame.event {
                    told.push((progress.kind.clone(), progress.state));
                }
            }
            assert_eq!(told, [("sync_intraday".to_string(), JobState::Done)]);
        })
        .await;
    }

    #[tokio::test]
    async fn an_alert_is_told_to_operators_when_it_is_raised_counted_up_and_over() {
        for_each_db(|db| async move {
            let (here, there) = (engine_on(db.clone()), engine_on(db));
            let mut listener = here.bus().subscribe_operator(&operator(&here).await, Vec::new(), None);
            let mut heard = here.begin_to_hear();
            let mut told = Vec::new();
            let notice = || Notice::new(Level::Warning, "x".to_string(), "Something", "is wrong");
            for step in 0..3 {
                match step {
                    2 => drop(there.alerts().over("x").await.unwrap()),
                    _ => there.alerts().raise(notice()).await,
                }
                here.hear(&mut heard).await.unwrap();
                here.hear(&mut heard).await.unwrap();
                while let Some(frame) = listener.try_next() {
                    if let Event::OpsAlert(alert) = &frame.event {
                        told.push((alert.count, alert.open));
                    }
                }
            }
            assert_eq!(told, [(1, true), (2, true), (2, false)]);
        })
        .await;
    }

    #[tokio::test]
    async fn what_a_provider_did_in_another_process_is_part_of_its_health() {
        for_each_db(|db| async move {
            let provider = || {
                let says = |_: &BarsAsk| Err(ProviderError::Malformed("no chart".into()));
                FakeProvider::new(Source::Yahoo).bars(says).shared()
            };
            let here = engine_on_with(db.clone(), vec![provider()]);
            let there = engine_on_with(db, vec![provider()]);
            let symbol = Symbol::parse("AAPL").unwrap();
            let ask = BarsAsk { symbol, interval: Interval::Day1, from: None, to: None };
            assert!(there.providers().bars(ask, Urgency::Manual).await.is_err());
            assert_eq!(here.health_everywhere().await.unwrap()[0].failures, 0);
            there.note_health(&there.providers().health()).await.unwrap();
            let seen = here.health_everywhere().await.unwrap();
            assert_eq!(seen.len(), 1);
            assert!(seen[0].failures >= 1 && seen[0].last_failure.is_some(), "{seen:?}");
            assert_eq!(seen[0].state, domain::provider::State::Troubled);
        })
        .await;
    }
}
