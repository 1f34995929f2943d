//! Nothing is lost: workers are killed at random while they do jobs that must each have their effect once.
//!
//! The workers are this very program, started again; they end when their input does, so none outlives the test.
//! `CANDLEWICK_KILLS` sets how often one is killed, 10 unless said; `xtask soak` says 100.
#![allow(clippy::unwrap_used)] // in a test a panic is the report

use domain::job::{JobInfo, JobState, Queue};
use engine::{
    Engine,
    jobs::{JobFilter, Settings},
    store::Db,
    testing::{TestDb, engine_by_the_wall, work},
};
use rand::Rng;
use std::{
    process::Stdio,
    time::{Duration, Instant},
};
use tokio::process::{Child, Command};
use tokio_util::sync::CancellationToken;

const JOBS: i64 = 1000;

/// Names the database of a worker.
const DATABASE: &str = "CANDLEWICK_KILLED_DATABASE";

/// Short, so that much can go wrong within a minute.
fn settings() -> Settings {
    Settings {
        workers: [(Queue::MarketData, 8)].into(),
        lease: Duration::from_secs(2),
        renew: Duration::from_millis(500),
        look: Duration::from_millis(50),
        ..Settings::default()
    }
}

#[test]
fn the_settings_of_the_program_start_a_killed_workers_jobs_again_within_half_a_minute() {
    let settings = Settings::default();
    assert!(settings.lease + settings.look < Duration::from_secs(30));
    assert!(settings.renew * 3 <= settings.lease, "two signs of life may go astray");
}

#[tokio::test]
async fn no_job_is_lost_and_none_has_its_effect_twice_on_sqlite() {
    survives(TestDb::sqlite().await).await;
}

#[tokio::test]
async fn no_job_is_lost_and_none_has_its_effect_twice_on_postgres() {
    if let Some(db) = TestDb::postgres().await {
        survives(db).await;
    }
}

/// Not a test: what the tests start and kill.
#[tokio::test]
#[ignore = "started by the tests of this file"]
async fn the_worker() {
    let Ok(url) = std::env::var(DATABASE) else { return };
    let engine = engine_by_the_wall(Db::open(&url).await.unwrap());
    let input_ends =
        tokio::task::spawn_blocking(|| std::io::copy(&mut std::io::stdin(), &mut std::io::sink()));
    let settings = settings();
    tokio::select! {
        () = engine.run_jobs(&settings, CancellationToken::new()) => {}
        ended = input_ends => drop(ended.unwrap().unwrap()),
    }
}

fn start(url: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "the_worker", "--ignored", "--nocapture"])
        .env(DATABASE, url)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap()
}

async fn survives(db: TestDb) {
    let kills: u64 = std::env::var("CANDLEWICK_KILLS").map_or(10, |text| text.parse().unwrap());
    let engine = engine_by_the_wall(db.db());
    // So long that there is work left at the last kill.
    let takes = Duration::from_millis((kills * 10).max(200));
    work::queue_traces(&engine, JOBS, takes).await;
    let mut workers = [start(db.url()), start(db.url())];
    for _ in 0..kills {
        let pause = rand::rng().random_range(100..900);
        tokio::time::sleep(Duration::from_millis(pause)).await;
        let which = rand::rng().random_range(0..workers.len());
        workers[which].kill().await.unwrap(); // SIGKILL: nothing is tidied up
        workers[which] = start(db.url());
    }
    // All at once at last; then one worker has to take up what they had in hand.
    for worker in &mut workers {
        worker.kill().await.unwrap();
    }
    let orphans = of_state(&engine, JobState::Running).await;
    let (killed, settings) = (Instant::now(), settings());
    let mut worker = start(db.url());
    let resumed =
        until(&engine, |jobs| orphans.iter().all(|orphan| was_taken_up(orphan, jobs))).await - killed;
    assert!(resumed < settings.lease + Duration::from_secs(10), "taken up only after {resumed:?}");
    until(&engine, |jobs| jobs.iter().all(|job| job.state == JobState::Done)).await;
    worker.kill().await.unwrap();

    let states = engine.jobs().states().await.unwrap();
    assert_eq!(states, [("done".to_string(), JOBS)]);
    assert_eq!(work::traces(&db.db()).await, (0..JOBS).collect::<Vec<_>>(), "each once");
    let jobs = all(&engine).await;
    let untold = jobs.iter().find(|job| job.errors.len() + 1 != job.attempts as usize);
    assert!(untold.is_none(), "each try that came to nothing is among the errors: {untold:?}");
    let tries: u32 = jobs.iter().map(|job| job.attempts).sum();
    let interrupted = i64::from(tries) - JOBS;
    println!(
        "{kills} kills interrupted {interrupted} jobs; the {} of the last were taken up after {resumed:?}",
        orphans.len()
    );
    assert!(
        interrupted >= i64::try_from(orphans.len()).unwrap() && !orphans.is_empty(),
        "nobody was at work"
    );
    db.finish().await;
}

fn was_taken_up(orphan: &JobInfo, jobs: &[JobInfo]) -> bool {
    jobs.iter()
        .find(|job| job.id == orphan.id)
        .is_some_and(|job| job.attempts > orphan.attempts || job.state == JobState::Done)
}

/// When that held of all jobs.
async fn until(engine: &Engine, holds: impl Fn(&[JobInfo]) -> bool) -> Instant {
    while !holds(&all(engine).await) {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Instant::now()
}

async fn all(engine: &Engine) -> Vec<JobInfo> {
    let (mut jobs, mut before) = (Vec::new(), None);
    loop {
        let filter = JobFilter { before, limit: 200, ..JobFilter::default() };
        let page = engine.jobs().list_any(filter).await.unwrap();
        let Some(last) = page.last() else { return jobs };
        before = Some(last.id);
        jobs.extend(page);
    }
}

async fn of_state(engine: &Engine, state: JobState) -> Vec<JobInfo> {
    let filter = JobFilter { state: Some(state), limit: 200, ..JobFilter::default() };
    engine.jobs().list_any(filter).await.unwrap()
}
