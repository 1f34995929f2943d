//! What tests are made of: temporary databases of both kinds, a clock that stands still, and builders.
//!
//! Only with the feature `testing`, which no binary turns on. Everything here panics instead of returning
//! errors: in a test that is the report.
//!
//! ```
//! # tokio::runtime::Runtime::new().unwrap().block_on(async {
//! let engine = engine::testing::engine().await;
//! let cx = engine::testing::member(&engine, "ada@example.org").await;
//! assert_eq!(engine.accounts().user(&cx).await.unwrap().email, "ada@example.org");
//! # });
//! ```
#![allow(clippy::missing_panics_doc)]

mod companies;
mod memory;
mod people;
mod providers;
mod reports;
mod smtp;
mod temporary;
pub mod work;

pub use companies::{collect_prices, company, numbered, sessions, walk, walking};
pub use memory::{peak_mb, resident_mb};
pub use people::{OPERATOR, PASSWORD, caller, colleague, member, operator, registration};
pub use providers::FakeProvider;
pub use reports::report_facts;
pub use smtp::SmtpServer;
pub use temporary::{POSTGRES_URL, TestDb, for_each_db, for_each_engine};

use crate::{
    Clock, Engine, MarketClock, Parts,
    accounts::OperatorRule,
    alerts::Channels,
    analysis::TRADE_COST,
    objects::Objects,
    provider::{Provider, Registry},
    retention::Periods,
    store::Db,
};
use chrono::{DateTime, Utc};
use domain::Instrument;
use std::{ops::Deref, sync::Arc};

/// Where people would reach a test engine.
pub const PUBLIC_URL: &str = "https://stocks.example.org";

/// Wall time in every test until it is moved: Monday, 5 January 2026, 14:30 UTC.
pub fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_767_623_400, 0).expect("is a time")
}

/// Where market time stands at [`now`]: the close of the last bundled day, 10 March 2022, 16:00 in New York.
pub fn market_now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_646_946_000, 0).expect("is a time")
}

/// An engine over `db` whose clocks stand at [`now`] and [`market_now`], and who knows no provider.
pub fn engine_on(db: Db) -> Engine {
    engine_on_with(db, Vec::new())
}

/// Like [`engine_on`], with these providers, the preferred ones first.
pub fn engine_on_with(db: Db, providers: Vec<Arc<dyn Provider>>) -> Engine {
    Engine::new(parts(db, providers))
}

/// Like [`engine_on`], by the machine's clock, for what several processes do on one database.
pub fn engine_by_the_wall(db: Db) -> Engine {
    let clock = Clock::system();
    let market = MarketClock::starting_at(clock.clone(), market_now());
    Engine::new(Parts { clock, market, ..parts(db, Vec::new()) })
}

/// What [`engine_on_with`] makes its engine from, for tests that change a part.
pub fn parts(db: Db, providers: Vec<Arc<dyn Provider>>) -> Parts {
    let clock = Clock::fixed(now());
    let market = MarketClock::starting_at(clock.clone(), market_now());
    built(db, clock, market, providers)
}

/// Like [`engine_on_with`], on a market that is live at `at`: data is collected.
pub fn live_engine_on(db: Db, at: DateTime<Utc>, providers: Vec<Arc<dyn Provider>>) -> Engine {
    Engine::new(live_parts_on(db, Clock::fixed(at), providers))
}

/// What [`live_engine_on`] makes its engine from, for tests that change a part or set the clock.
pub fn live_parts_on(db: Db, clock: Clock, providers: Vec<Arc<dyn Provider>>) -> Parts {
    let market = MarketClock::live(clock.clone());
    built(db, clock, market, providers)
}

fn built(db: Db, clock: Clock, market: MarketClock, providers: Vec<Arc<dyn Provider>>) -> Parts {
    let providers = Registry::new(providers, clock.clone());
    let secret = b"a secret for tests, 32 bytes long".to_vec();
    let operators = OperatorRule { email: Some(OPERATOR.to_string()), verified: false };
    let (alerts, retention) = (Channels::default(), Periods::default());
    let forecaster = Arc::new(domain::forecast::RandomWalk);
    Parts {
        db,
        clock,
        market,
        providers,
        secret,
        operators,
        retention,
        alerts,
        mailer: None,
        forecaster,
        analyser: None,
        objects: Objects::memory(),
        backups: true,
        public_url: PUBLIC_URL.into(),
        trade_cost: TRADE_COST,
    }
}

/// Makes these instruments known, as a reference run would.
pub async fn listed(engine: &Engine, instruments: &[Instrument]) {
    let mut tx = engine.db().begin().await.expect("begins");
    crate::store::instruments::upsert(&mut tx, instruments).await.expect("stores");
    tx.commit().await.expect("commits");
    engine.memory().forget();
}

/// An engine that takes its temporary SQLite file with it when it goes; use it like an [`Engine`].
pub struct TestEngine {
    engine: Engine,
    _db: TestDb,
}

impl Deref for TestEngine {
    type Target = Engine;

    fn deref(&self) -> &Engine {
        &self.engine
    }
}

/// An engine over an empty, migrated SQLite, for tests that need only one kind of database.
pub async fn engine() -> TestEngine {
    engine_with(Vec::new()).await
}

/// Like [`engine`], with these providers, the preferred ones first.
pub async fn engine_with(providers: Vec<Arc<dyn Provider>>) -> TestEngine {
    let db = TestDb::sqlite().await;
    TestEngine { engine: engine_on_with(db.db(), providers), _db: db }
}
