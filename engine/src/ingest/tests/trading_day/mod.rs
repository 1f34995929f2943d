//! One whole trading day, Thursday 10 March 2022, on a clock that is set: the schedule runs its jobs every
//! quarter of an hour against stand-ins for Yahoo, FRED and GDELT that misbehave by the clock, and everything that a day
//! leaves behind is looked at: what was stored, kept out, told to operators, pushed live and shown. What pages make of it is
//! looked at in `server/tests/shown.rs`.

mod exchange;
mod press;

use super::*;
use crate::{
    Parts,
    alerts::{Channels, Slack},
    egress::{Allowed, Egress},
    provider::{Provider, fred::FredJson, gdelt::Gdelt, http::Site, yahoo},
    testing::{self, TestDb, member, operator},
};
use chrono::{NaiveDate, NaiveTime};
use domain::{calendar::new_york_at, ops_alert::Level, provider::State};
use exchange::{Exchange, LISTED, truth};
use press::{MORNING, NOON, Press, Statistics, asked};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

fn new_york(at: DateTime<Utc>) -> NaiveTime {
    new_york_at(at).time()
}

/// A moment of the day by the clock of New York, which is five hours behind.
fn moment(hour: u32, minute: u32) -> DateTime<Utc> {
    let day = NaiveDate::from_ymd_opt(2022, 3, 10).unwrap();
    day.and_hms_opt(hour, minute, 0).unwrap().and_utc() + Duration::hours(5)
}

struct Day {
    engine: Engine,
    operator: Operator,
    clock: crate::Clock,
}

impl Day {
    /// Lives until then: every quarter of an hour a look at the schedule, and what is due is done.
    async fn until(&self, then: DateTime<Utc>) {
        while self.clock.now() < then {
            let next = (self.clock.now() + Duration::minutes(15)).min(then);
            self.clock.advance(next - self.clock.now());
            self.engine.look_at_schedule().await;
            self.engine.run_due_jobs().await.unwrap();
        }
    }

    /// The open alerts: key and level.
    async fn alerts(&self) -> Vec<(String, Level)> {
        let open = self.engine.alerts().list(&self.operator, true, None, 100).await.unwrap();
        open.into_iter().map(|each| (each.notice.key, each.notice.level)).collect()
    }

    async fn closes(&self, listed: &str) -> Vec<(NaiveDate, f64)> {
        let range = crate::bars::Range::default();
        let series = self.engine.bars().series(&symbol(listed), Interval::Day1, range).await.unwrap();
        series.bars.iter().map(|bar| (bar.date(), bar.close)).collect()
    }
}

fn true_closes(listed: &str) -> Vec<(NaiveDate, f64)> {
    truth(listed).iter().map(|bar| (bar.date(), bar.close)).collect()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[tokio::test]
async fn a_trading_day_with_providers_that_misbehave() {
    let test = TestDb::sqlite().await;
    a_day(test.db()).await;
    test.finish().await;
}

async fn a_day(db: store::Db) {
    let (yahoo, chat) = (MockServer::start().await, MockServer::start().await);
    let (fred, gdelt) = (MockServer::start().await, MockServer::start().await);
    Mock::given(any()).respond_with(ResponseTemplate::new(200).set_body_string("ok")).mount(&chat).await;
    let clock = crate::Clock::fixed(moment(5, 45));
    Mock::given(any()).respond_with(Exchange::new(clock.clone())).mount(&yahoo).await;
    Mock::given(any()).respond_with(Statistics::default()).mount(&fred).await;
    Mock::given(any()).respond_with(Press::new(clock.clone())).mount(&gdelt).await;
    let site = Site::new(&yahoo.uri()).timeout(std::time::Duration::from_millis(300));
    let keyed = Site::new(&fred.uri()).secret(Some("a key".into()));
    let providers: Vec<Arc<dyn Provider>> = vec![
        Arc::new(yahoo::Chart::new(site, clock.clone())),
        Arc::new(FredJson::new(keyed)),
        Arc::new(Gdelt::new(Site::new(&gdelt.uri()))),
    ];
    let slack = Slack::new(Egress::new(Allowed::parse("127.0.0.1").unwrap()), chat.uri());
    let parts = testing::live_parts_on(db, clock.clone(), providers);
    let engine =
        Engine::new(Parts { alerts: Channels { slack: Some(slack), ..Channels::default() }, ..parts });
    let mut tx = engine.db().begin().await.unwrap();
    store::instruments::upsert(&mut tx, &bundled::instruments()).await.unwrap();
    tx.commit().await.unwrap();
    let (operator, ada) = (operator(&engine).await, member(&engine, "ada@example.org").await);
    let mut live = engine.bus().subscribe(ada.tenant, vec![symbol("AAPL")], None);
    engine.look_at_schedule().await;
    engine.run_due_jobs().await.unwrap();
    let today = Day { engine: engine.clone(), operator, clock: clock.clone() };

    // Before the bell: histories up to yesterday; whom nobody listed is no alert.
    today.until(moment(9, 15)).await;
    for listed in LISTED {
        let known = true_closes(listed);
        assert_eq!(today.closes(listed).await, known[..known.len() - 1], "{listed}");
    }
    assert_eq!(today.alerts().await, []);

    // 10:00: too many requests. 11:00: half an answer for MSFT. 11:30: nulls for NVDA. Nothing is lost, nothing is
    // wrong, and it goes on by itself.
    today.until(moment(11, 45)).await;
    for listed in LISTED {
        let known = true_closes(listed);
        assert_eq!(today.closes(listed).await, known[..known.len() - 1], "{listed}");
    }

    // 12:00: silence. The circuit opens, the operators are told, what was known stays.
    today.until(moment(12, 45)).await;
    let silent = today.alerts().await;
    let is_open = |alerts: &[(String, Level)], key: &str| alerts.iter().any(|(open, _)| open == key);
    assert!(is_open(&silent, "provider_down:yahoo chart"), "{silent:?}");
    assert!(is_open(&silent, "etl_failed:prices"), "{silent:?}");

    // 13:00: it answers again; both alerts are closed without anybody.
    today.until(moment(13, 45)).await;
    let again = today.alerts().await;
    assert!(!is_open(&again, "provider_down:yahoo chart"), "{again:?}");
    assert!(!is_open(&again, "etl_failed:prices"), "{again:?}");
    assert!(is_open(&again, "provider_up:yahoo chart"), "{again:?}");

    // 14:00: AAPL of the day before yesterday in cents: repaired, the raw value kept.
    today.until(moment(14, 15)).await;
    let report = engine.ingest().quality(&today.operator).await.unwrap();
    let repairs: Vec<_> = report.repairs.iter().filter(|each| each.rule == Rule::Hundredfold).collect();
    let [repair] = &repairs[..] else { panic!("{:?}", report.repairs) };
    assert_eq!((repair.symbol.as_str(), repair.date), ("AAPL", day("2022-03-08")));
    let close = |value: &serde_json::Value| value["close"].as_f64().unwrap();
    assert!((close(&repair.raw) / close(&repair.value) - 100.0).abs() < 1e-9);

    // 14:30: AMZN in pounds: the batch is refused, and the operators hear of bad data.
    today.until(moment(14, 45)).await;
    let pounds = today.alerts().await;
    assert!(pounds.contains(&("quality:prices".to_string(), Level::DataQuality)), "{pounds:?}");

    // 15:00: a bad tick in TSLA's history. 16:00: the closing bell. Then the evening.
    today.until(moment(17, 0)).await;

    // Stored: every day as it was, up to today; what was good before a bad tick stays.
    for listed in LISTED {
        let (kept, known) = (today.closes(listed).await, true_closes(listed));
        assert_eq!(kept.len(), known.len(), "{listed}");
        for (kept, known) in kept.iter().zip(&known) {
            assert_eq!(kept.0, known.0, "{listed}");
            assert!((kept.1 / known.1 - 1.0).abs() < 1e-9, "{listed}: {kept:?}, was {known:?}");
        }
    }

    // Quarantined: that one, with its reason.
    let held = engine.ingest().quality(&today.operator).await.unwrap().quarantine;
    let [bad] = &held[..] else { panic!("{held:?}") };
    assert_eq!((bad.symbol.as_str(), bad.date, bad.rule), ("TSLA", day("2022-03-07"), Rule::Jump));

    // FRED's fault is gone when it is asked again: nothing is missing. GDELT's web page is no news, and costs the
    // headlines about one company in one run.
    let runs = engine.ingest().runs(&today.operator, None, 1_000).await.unwrap();
    let of = |source: EtlSource| runs.iter().filter(move |run| run.source == source).collect::<Vec<_>>();
    let economy = of(EtlSource::Macro);
    assert!(!economy.is_empty() && economy.iter().all(|run| run.status == RunStatus::Done), "{economy:?}");
    let questions = fred.received_requests().await.unwrap();
    let repeated = questions.iter().filter(|question| asked(question, "series_id") == "UNRATE").count();
    assert_eq!(repeated, economy.len() + 1);
    let unemployment = engine.macros().series("UNRATE", None).await.unwrap().observations;
    let unemployment: Vec<_> = unemployment.iter().map(|each| (each.date, each.value)).collect();
    let published = [(day("2021-12-01"), 3.9), (day("2022-01-01"), 4.0), (day("2022-02-01"), 3.8)];
    assert_eq!(unemployment, published);
    let mut news = of(EtlSource::News);
    news.retain(|run| run.status != RunStatus::Done);
    let [partial] = &news[..] else { panic!("{news:?}") };
    assert_eq!(partial.status, RunStatus::Partial);
    assert!(partial.error.as_deref().unwrap().contains("AAPL"), "{partial:?}");
    for name in ["fred", "gdelt"] {
        let health = engine.providers().health();
        let health = health.iter().find(|health| health.name == name).unwrap();
        assert_eq!((health.failures, health.state), (1, State::Up), "{health:?}");
    }
    let stories = engine.news().of(&symbol("AAPL"), 10).await.unwrap();
    assert_eq!(stories.iter().map(|story| story.title.as_str()).collect::<Vec<_>>(), [NOON, MORNING]);

    // Told: by Slack, each trouble once.
    let messages = chat.received_requests().await.unwrap();
    let said: Vec<String> = messages
        .iter()
        .map(|request| {
            request.body_json::<serde_json::Value>().unwrap()["text"].as_str().unwrap().to_string()
        })
        .collect();
    let count = |words: &str| said.iter().filter(|text| text.contains(words)).count();
    assert_eq!(count("yahoo chart is left alone"), 1, "{said:?}");
    assert_eq!(count("yahoo chart answers again"), 1, "{said:?}");
    assert_eq!(count("Prices could not be collected"), 1, "{said:?}");
    assert!(count("the data is worse than expected") >= 1, "{said:?}");

    // Pushed: quotes within the day's range, today's bar once, and the mood as often as it changed.
    let (mut quotes, mut bars, mut moods) = (Vec::new(), Vec::new(), Vec::new());
    while let Some(frame) = live.try_next() {
        match &frame.event {
            Event::Quote(tick) => quotes.push(tick.price),
            Event::Bar(tick) if tick.bar.date() == day("2022-03-10") => bars.push(tick.bar.close),
            Event::Sentiment(tick) => moods.push(tick.count),
            _ => {}
        }
    }
    let apple = *truth("AAPL").last().unwrap();
    assert!(!quotes.is_empty());
    let span = apple.low.unwrap()..=apple.high.unwrap();
    assert!(quotes.iter().all(|price| span.contains(price)), "{quotes:?}");
    assert_eq!(bars, [apple.close]);
    assert_eq!(moods, [1, 2]);

    // Shown: the close of the day and its change, as the press printed them: 158.52 after 162.95.
    let overview = engine.overview().snapshot(&ada, None).await.unwrap();
    let card = overview.cards.iter().find(|card| card.instrument.symbol == symbol("AAPL")).unwrap();
    let quote = card.quote.as_ref().unwrap();
    assert_eq!((quote.price, quote.previous_close), (158.52, Some(162.95)));
    assert!(!quote.simulated);
}
