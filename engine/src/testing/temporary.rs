//! Temporary databases: a SQLite file always, a PostgreSQL database where a server is named.

use crate::{
    Engine,
    store::{Db, scratch::Scratch},
};
use futures::FutureExt;
use std::{future::Future, panic::AssertUnwindSafe};

/// Names a PostgreSQL server whose user may create databases and roles: `postgres://user@host:port/postgres`.
pub const POSTGRES_URL: &str = "CANDLEWICK_TEST_POSTGRES_URL";

/// A fresh, migrated database.
pub struct TestDb {
    db: Db,
    url: String,
    postgres: Option<Scratch>,
    _folder: Option<tempfile::TempDir>,
}

impl TestDb {
    /// A SQLite file, gone when dropped.
    pub async fn sqlite() -> TestDb {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("test.db");
        let url = file.to_str().expect("a plain path").to_string();
        let db = Db::open(&url).await.expect("opens");
        db.migrate().await.expect("migrates");
        TestDb { db, url, postgres: None, _folder: Some(folder) }
    }

    /// A PostgreSQL database, to be ended with [`TestDb::finish`]; `None`, with a line saying so, when
    /// [`POSTGRES_URL`] is not set, which is allowed at a desk and a failure where `CI` is `true`.
    pub async fn postgres() -> Option<TestDb> {
        let Ok(url) = std::env::var(POSTGRES_URL) else {
            assert_ne!(
                std::env::var("CI").as_deref(),
                Ok("true"),
                "{POSTGRES_URL} must be set where tests count: half of them would be skipped"
            );
            println!("skipped on PostgreSQL: {POSTGRES_URL} is not set");
            return None;
        };
        let (scratch, db, url) = Scratch::create(&url).await.expect("creates a database");
        db.migrate().await.expect("migrates");
        Some(TestDb { db, url, postgres: Some(scratch), _folder: None })
    }

    /// The open database.
    pub fn db(&self) -> Db {
        self.db.clone()
    }

    /// Where another process opens it.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Closes the database and removes it.
    pub async fn finish(self) {
        self.db.close().await;
        if let Some(scratch) = self.postgres {
            scratch.destroy().await.expect("drops the database");
        }
    }
}

/// Runs a test on a fresh database of each kind, one after the other, and cleans up also when it fails.
pub async fn for_each_db<F: Future<Output = ()>>(test: impl Fn(Db) -> F) {
    run("SQLite", TestDb::sqlite().await, &test).await;
    if let Some(postgres) = TestDb::postgres().await {
        run("PostgreSQL", postgres, &test).await;
    }
}

/// [`for_each_db`] with an engine over each.
pub async fn for_each_engine<F: Future<Output = ()>>(test: impl Fn(Engine) -> F) {
    for_each_db(|db| test(super::engine_on(db))).await;
}

async fn run<F: Future<Output = ()>>(kind: &str, temporary: TestDb, test: &impl Fn(Db) -> F) {
    let outcome = AssertUnwindSafe(test(temporary.db())).catch_unwind().await;
    temporary.finish().await;
    if let Err(panic) = outcome {
        eprintln!("failed on {kind}");
        std::panic::resume_unwind(panic);
    }
}
