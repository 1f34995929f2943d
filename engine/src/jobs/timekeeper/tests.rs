use super::super::{
    JobFilter, Order,
    schedule::{Line, Orders, Time, When, Zone},
    tests::Rehearsal,
};
use crate::{
    Engine,
    testing::{caller, engine_on, for_each_db, for_each_engine, member},
};
use chrono::{DateTime, Duration, Utc};
use domain::job::JobInfo;

fn rehearse() -> crate::Result<Order> {
    Order::new(&Rehearsal::well())
}

/// Every day at six in New York.
const DAILY: Line = Line {
    name: "daily",
    what: "Rehearse",
    cron: "0 6 * * *",
    zone: Zone::NewYork,
    when: When::Always,
    time: Time::Wall,
    kind: "rehearsal",
    order: Orders::Once(|_| rehearse()),
};

async fn rehearsals(engine: &Engine) -> Vec<JobInfo> {
    let filter = JobFilter { limit: 200, ..JobFilter::default() };
    let mut jobs = engine.jobs().list_any(filter).await.unwrap();
    jobs.retain(|job| job.kind == "rehearsal");
    jobs
}

/// Moves a fixed clock to a moment to come.
fn go_to(engine: &Engine, text: &str) {
    let to: DateTime<Utc> = text.parse().unwrap();
    engine.clock().advance(to - engine.clock().now());
}

#[tokio::test]
async fn a_slot_runs_once_whether_its_job_is_waiting_or_done() {
    for_each_engine(|engine| async move {
        engine.keep_schedule(&[DAILY]).await;
        assert_eq!(rehearsals(&engine).await.len(), 0, "a new line has missed nothing");
        go_to(&engine, "2026-01-06T10:59:00Z");
        engine.keep_schedule(&[DAILY]).await;
        assert_eq!(rehearsals(&engine).await.len(), 0, "not before its time");
        go_to(&engine, "2026-01-06T11:00:00Z");
        engine.keep_schedule(&[DAILY]).await;
        engine.keep_schedule(&[DAILY]).await;
        assert_eq!(rehearsals(&engine).await.len(), 1);
        engine.run_due_jobs().await.unwrap();
        engine.keep_schedule(&[DAILY]).await;
        assert_eq!(rehearsals(&engine).await.len(), 1, "also when the job is done");
        let shown = engine.jobs().schedule_lines(&[DAILY]).await.unwrap().remove(0);
        assert_eq!(shown.last_slot, Some("2026-01-06T11:00:00Z".parse().unwrap()));
        assert_eq!(shown.next_at, Some("2026-01-07T11:00:00Z".parse().unwrap()));
        assert_eq!(shown.last_state, Some(domain::job::JobState::Done));
    })
    .await;
}

#[tokio::test]
async fn a_week_of_missed_slots_is_caught_up_once_with_the_latest() {
    for_each_engine(|engine| async move {
        engine.keep_schedule(&[DAILY]).await;
        go_to(&engine, "2026-01-12T15:00:00Z");
        engine.keep_schedule(&[DAILY]).await;
        assert_eq!(rehearsals(&engine).await.len(), 1);
        let shown = engine.jobs().schedule_lines(&[DAILY]).await.unwrap().remove(0);
        assert_eq!(shown.last_slot, Some("2026-01-12T11:00:00Z".parse().unwrap()));
    })
    .await;
}

#[tokio::test]
async fn a_line_over_a_clock_change_runs_once_a_day() {
    for_each_engine(|engine| async move {
        for (from, until) in [
            ("2026-03-07T00:00:00Z", "2026-03-10T00:00:00Z"),
            ("2026-10-31T00:00:00Z", "2026-11-03T00:00:00Z"),
        ] {
            go_to(&engine, from);
            // Two in the morning is the hour that is left out, one in the morning the hour that comes twice.
            let lines =
                [Line { cron: "30 2 * * *", ..DAILY }, Line { name: "twice", cron: "30 1 * * *", ..DAILY }];
            engine.keep_schedule(&lines).await;
            engine.run_due_jobs().await.unwrap();
            let before = rehearsals(&engine).await.len();
            while engine.clock().now() < until.parse::<DateTime<Utc>>().unwrap() {
                engine.clock().advance(Duration::minutes(15));
                engine.keep_schedule(&lines).await;
                engine.run_due_jobs().await.unwrap();
            }
            assert_eq!(rehearsals(&engine).await.len() - before, 6, "two lines on three days from {from}");
        }
    })
    .await;
}

#[tokio::test]
async fn many_processes_on_one_database_queue_a_slot_once() {
    for_each_db(|db| async move {
        let engines: Vec<Engine> = (0..4).map(|_| engine_on(db.clone())).collect();
        for day in 6..=10 {
            for engine in &engines {
                go_to(engine, &format!("2026-01-{day:02}T11:00:00Z"));
            }
            futures::future::join_all(engines.iter().map(|engine| engine.keep_schedule(&[DAILY]))).await;
            engines[0].run_due_jobs().await.unwrap();
        }
        assert_eq!(
            rehearsals(&engines[0]).await.len(),
            4,
            "the first of five slots is where the line begins"
        );
    })
    .await;
}

#[tokio::test]
async fn a_process_whose_clock_is_behind_does_not_run_a_slot_again() {
    for_each_db(|db| async move {
        let (right, behind) = (engine_on(db.clone()), engine_on(db));
        right.keep_schedule(&[DAILY]).await;
        go_to(&right, "2026-01-08T11:00:00Z");
        right.keep_schedule(&[DAILY]).await;
        right.run_due_jobs().await.unwrap();
        go_to(&behind, "2026-01-07T11:00:00Z");
        behind.keep_schedule(&[DAILY]).await;
        assert_eq!(rehearsals(&right).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_line_in_each_users_zone_reaches_each_member_at_their_own_hour() {
    let each = |member: super::super::schedule::Member, _: DateTime<Utc>| {
        assert_ne!(member.user.0, member.tenant.0);
        rehearse()
    };
    let morning = Line { cron: "0 8 * * *", zone: Zone::Own, order: Orders::EachMember(each), ..DAILY };
    let lines = [morning];
    for_each_engine(|engine| {
        let lines = &lines;
        async move {
            let ada = member(&engine, "ada@example.org").await;
            let bob = member(&engine, "bob@example.org").await;
            let berlin = domain::account::ProfileChange {
                time_zone: Some("Europe/Berlin".into()),
                ..Default::default()
            };
            engine.accounts().update_profile(&bob, berlin).await.unwrap();
            engine.run_due_jobs().await.unwrap();
            engine.keep_schedule(lines).await;
            go_to(&engine, "2026-01-06T07:00:00Z"); // 08:00 in Berlin
            engine.keep_schedule(lines).await;
            let tenants =
                |jobs: Vec<JobInfo>| jobs.into_iter().map(|job| job.tenant_id.unwrap()).collect::<Vec<_>>();
            assert_eq!(tenants(rehearsals(&engine).await), [bob.tenant]);
            go_to(&engine, "2026-01-06T13:00:00Z"); // 08:00 in New York
            engine.keep_schedule(lines).await;
            assert_eq!(tenants(rehearsals(&engine).await), [ada.tenant, bob.tenant]);
            // Who registers after eight waits for tomorrow.
            go_to(&engine, "2026-01-06T15:00:00Z");
            engine
                .accounts()
                .register(crate::testing::registration("eve@example.org"), &caller())
                .await
                .unwrap();
            engine.keep_schedule(lines).await;
            assert_eq!(rehearsals(&engine).await.len(), 2);
        }
    })
    .await;
}

#[tokio::test]
async fn the_markets_lines_follow_the_market_clock_and_start_over_with_it() {
    let scan = Line { cron: "0 16 * * *", when: When::TradingDays, time: Time::Market, ..DAILY };
    let lines = [scan];
    for_each_db(|db| {
        let lines = &lines;
        async move {
            // Wall time is Monday, 5 January 2026; market time Thursday, 10 March 2022, at the close.
            let engine = engine_on(db.clone());
            engine.keep_schedule(lines).await;
            engine.clock().advance(Duration::days(1));
            engine.keep_schedule(lines).await;
            assert_eq!(rehearsals(&engine).await.len(), 1, "Friday's close");
            engine.run_due_jobs().await.unwrap();
            let shown = engine.jobs().schedule_lines(lines).await.unwrap().remove(0);
            assert_eq!(shown.last_slot, Some("2022-03-11T21:00:00Z".parse().unwrap()));
            // Monday's close, in summer time: three days less an hour after Friday's, on the wall too.
            assert_eq!(shown.next_slot, Some("2022-03-14T20:00:00Z".parse().unwrap()));
            assert_eq!(shown.next_at, Some(engine.clock().now() + Duration::hours(71)));
            engine.clock().advance(Duration::days(2));
            engine.keep_schedule(lines).await;
            assert_eq!(rehearsals(&engine).await.len(), 1, "nothing on the weekend");
            // After a new start market time is the bundled date again: that day's work is done already.
            let again = engine_on(db);
            again.keep_schedule(lines).await;
            again.clock().advance(Duration::days(1));
            again.keep_schedule(lines).await;
            assert_eq!(rehearsals(&again).await.len(), 1);
        }
    })
    .await;
}
