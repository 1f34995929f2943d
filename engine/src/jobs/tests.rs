use super::{Job, JobFilter, Limit, OnboardUser, Order, Run, Settings, URGENT};
use crate::{
    Engine, Error, Parts, Result,
    alerts::{Channels, Slack},
    egress::{Allowed, Egress},
    store,
    testing::{TestDb, for_each_engine, member, parts},
};
use chrono::Duration;
use domain::{
    Event,
    event::OnboardingProgress,
    job::{JobInfo, JobState, Queue},
    ops_alert::{Level, Notice},
    watchlist::STARTER_SYMBOLS,
};
use futures::StreamExt;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::time::Duration as Millis;
use store::jobs::{NewJob, Outcome};
use tokio_util::sync::CancellationToken;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

mod vanished;

/// A job that ends as its payload says.
#[derive(Serialize, Deserialize)]
pub(super) struct Rehearsal {
    ends: String,
}

impl Rehearsal {
    /// One that ends well.
    pub(super) fn well() -> Rehearsal {
        Rehearsal { ends: "well".into() }
    }
}

impl Job for Rehearsal {
    const KIND: &'static str = "rehearsal";

    const MAX_ATTEMPTS: u32 = 3;
    type Output = ();

    async fn run(self, engine: &Engine, run: &Run<'_>) -> Result<()> {
        run.progress(50, "half way").await?;
        match self.ends.as_str() {
            "well" => Ok(()),
            "itself" => {
                let mut tx = engine.db().begin().await?;
                run.finish(&mut tx, &json!({ "answer": 42 })).await?;
                tx.commit().await
            }
            "told" => {
                run.told_to_stop().cancelled().await;
                Err(Error::Unavailable("the provider".into()))
            }
            "transient" => Err(Error::Unavailable("the provider".into())),
            "panic" => panic!("on purpose"),
            _ => Err(Error::Internal("for good".into())),
        }
    }
}

/// A job that goes on until it is told to stop.
#[derive(Serialize, Deserialize)]
pub(super) struct Listening {}

impl Job for Listening {
    const KIND: &'static str = "listening";
    const LIMIT: Limit = Limit { soft: Millis::from_millis(20), hard: Millis::from_secs(100) };
    type Output = ();

    async fn run(self, _: &Engine, run: &Run<'_>) -> Result<()> {
        run.told_to_stop().cancelled().await;
        Err(Error::Unavailable("the provider".into()))
    }
}

/// A job that goes on whatever it is told.
#[derive(Serialize, Deserialize)]
pub(super) struct Deaf {}

impl Job for Deaf {
    const KIND: &'static str = "deaf";
    const LIMIT: Limit = Limit { soft: Millis::from_millis(10), hard: Millis::from_millis(20) };
    type Output = ();

    async fn run(self, _: &Engine, _: &Run<'_>) -> Result<()> {
        std::future::pending().await
    }
}

async fn queue(engine: &Engine, ends: &str, unique_key: Option<&str>) {
    let order = Order::new(&Rehearsal { ends: ends.into() }).unwrap();
    let order = unique_key.into_iter().fold(order, Order::key);
    engine.jobs().enqueue(order).await.unwrap();
}

async fn dead(engine: &Engine) -> Vec<JobInfo> {
    let filter = JobFilter { state: Some(JobState::Dead), limit: 10, ..JobFilter::default() };
    engine.jobs().list_any(filter).await.unwrap()
}

async fn states(engine: &Engine) -> Vec<(String, i64)> {
    engine.jobs().states().await.unwrap()
}

fn state(word: &str, count: i64) -> Vec<(String, i64)> {
    vec![(word.to_string(), count)]
}

#[tokio::test]
async fn a_new_tenant_gets_its_first_list_and_hears_of_it_up_to_100() {
    for_each_engine(|engine| async move {
        let cx = member(&engine, "ada@example.org").await;
        let stranger = member(&engine, "bob@example.org").await;
        let mut mine = engine.bus().subscribe(cx.tenant, vec![], None);
        let mut theirs = engine.bus().subscribe(stranger.tenant, vec![], None);
        assert_eq!(engine.run_due_jobs().await.unwrap(), 2);
        let lists = engine.watchlists().list(&cx).await.unwrap();
        assert_eq!(lists.len(), 1);
        assert_eq!(lists[0].name, "Core Blue Chips");
        assert_eq!(lists[0].symbols.iter().map(|each| each.as_str()).collect::<Vec<_>>(), STARTER_SYMBOLS);
        let percents = |events: Vec<Event>| {
            let percent = |event| match event {
                Event::Onboarding(OnboardingProgress { percent, .. }) => Some(percent),
                _ => None,
            };
            events.into_iter().filter_map(percent).collect::<Vec<_>>()
        };
        let events = std::iter::from_fn(|| mine.try_next()).map(|frame| frame.event.clone()).collect();
        assert_eq!(percents(events), [10, 60, 100]);
        let events = std::iter::from_fn(|| theirs.try_next()).map(|frame| frame.event.clone()).collect();
        assert_eq!(percents(events), [10, 60, 100]);
    })
    .await;
}

#[tokio::test]
async fn onboarding_twice_makes_one_list_and_leaves_an_edited_one_alone() {
    for_each_engine(|engine| async move {
        let cx = member(&engine, "ada@example.org").await;
        engine.run_due_jobs().await.unwrap();
        let list = engine.watchlists().list(&cx).await.unwrap().remove(0);
        let only = vec![domain::Symbol::parse("SPY").unwrap()];
        engine.watchlists().replace(&cx, list.id, only.clone()).await.unwrap();
        let again = Order::new(&OnboardUser { tenant_id: cx.tenant, user_id: cx.user }).unwrap();
        engine.jobs().enqueue(again.tenant(cx.tenant)).await.unwrap();
        assert_eq!(engine.run_due_jobs().await.unwrap(), 1);
        let lists = engine.watchlists().list(&cx).await.unwrap();
        assert_eq!((lists.len(), &lists[0].symbols), (1, &only));
        assert_eq!(states(&engine).await, state("done", 2));
    })
    .await;
}

#[tokio::test]
async fn what_may_pass_is_tried_again_later_and_dies_with_every_error_kept() {
    for_each_engine(|engine| async move {
        queue(&engine, "transient", Some("only one")).await;
        queue(&engine, "transient", Some("only one")).await;
        assert_eq!(engine.run_due_jobs().await.unwrap(), 1);
        assert_eq!(states(&engine).await, state("queued", 1));
        assert_eq!(engine.run_due_jobs().await.unwrap(), 0, "not before its pause is over");
        engine.clock().advance(Duration::seconds(3));
        assert_eq!(engine.run_due_jobs().await.unwrap(), 1);
        engine.clock().advance(Duration::seconds(3));
        assert_eq!(engine.run_due_jobs().await.unwrap(), 0, "the second pause is longer");
        engine.clock().advance(Duration::seconds(3));
        assert_eq!(engine.run_due_jobs().await.unwrap(), 1);
        let dead = dead(&engine).await;
        let [JobInfo { kind, errors, .. }] = dead.as_slice() else { panic!("{dead:?}") };
        assert_eq!(kind, "rehearsal");
        assert_eq!(errors.iter().map(|failure| failure.attempt).collect::<Vec<_>>(), [1, 2, 3]);
        assert!(errors.iter().all(|failure| failure.reason == "the provider is not available right now"));
        assert_eq!(errors[2].at, engine.clock().now());
        // The dead one does not lock its key.
        queue(&engine, "well", Some("only one")).await;
        assert_eq!(engine.run_due_jobs().await.unwrap(), 1);
        assert_eq!(states(&engine).await, [("dead".to_string(), 1), ("done".to_string(), 1)]);
    })
    .await;
}

#[tokio::test]
async fn what_can_not_pass_dies_at_once_also_a_panic_and_an_unknown_kind() {
    for_each_engine(|engine| async move {
        for ends in ["badly", "panic"] {
            queue(&engine, ends, None).await;
        }
        let mut tx = engine.db().begin().await.unwrap();
        let unknown = NewJob {
            tenant: None,
            queue: Queue::Default,
            kind: "from_the_future",
            payload: json!({}),
            unique_key: None,
            max_attempts: 3,
            priority: 0,
            run_at: engine.clock().now(),
            created_at: engine.clock().now(),
        };
        store::jobs::insert(&mut tx, &unknown).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(engine.run_due_jobs().await.unwrap(), 3);
        assert_eq!(states(&engine).await, state("dead", 3));
        let dead = dead(&engine).await;
        assert!(dead.iter().all(|job| job.errors.len() == 1), "{dead:?}");
    })
    .await;
}

#[tokio::test]
async fn the_job_of_a_vanished_worker_is_picked_up_after_its_lease() {
    for_each_engine(|engine| async move {
        queue(&engine, "well", None).await;
        let now = engine.clock().now();
        let lease = Duration::from_std(Settings::default().lease).unwrap();
        let lost =
            store::jobs::lease(engine.db(), Queue::Default, 0, now, now + lease).await.unwrap().unwrap();
        assert_eq!(engine.run_due_jobs().await.unwrap(), 0);
        engine.clock().advance(Duration::seconds(26));
        assert_eq!(engine.run_due_jobs().await.unwrap(), 1);
        assert_eq!(states(&engine).await, state("done", 1));
        // The first worker comes back: its word counts no more.
        let now = engine.clock().now();
        assert!(!store::jobs::renew(engine.db(), &lost, now).await.unwrap());
        let mut tx = engine.db().begin().await.unwrap();
        assert!(!store::jobs::end(&mut tx, &lost, &Outcome::Dead, &[], now).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn many_workers_do_every_job_once() {
    for_each_engine(|engine| async move {
        for _ in 0..20 {
            queue(&engine, "well", None).await;
        }
        let workers = (0..4).map(|_| engine.run_due_jobs());
        let done: u32 = futures::future::try_join_all(workers).await.unwrap().into_iter().sum();
        assert_eq!(done + engine.run_due_jobs().await.unwrap(), 20);
        assert_eq!(states(&engine).await, state("done", 20));
    })
    .await;
}

#[tokio::test]
async fn a_running_runner_starts_at_once_and_stops_when_cancelled() {
    for_each_engine(|engine| async move {
        let (cancel, runner, settings) = (CancellationToken::new(), engine.clone(), Settings::default());
        let running = runner.run_jobs(&settings, cancel.clone());
        let registered = async {
            let cx = member(&engine, "ada@example.org").await;
            let mut events = engine.bus().subscribe(cx.tenant, vec![], None);
            loop {
                let lists = engine.watchlists().list(&cx).await.unwrap();
                if lists.iter().any(|list| list.symbols.len() == 6) {
                    break;
                }
                tokio::select! {
                    _ = events.next() => {}
                    () = tokio::time::sleep(std::time::Duration::from_millis(20)) => {}
                }
            }
            cancel.cancel();
        };
        tokio::join!(running, registered);
    })
    .await;
}

#[tokio::test]
async fn of_two_jobs_the_more_urgent_goes_first_and_none_before_its_time() {
    for_each_engine(|engine| async move {
        let order = |ends: &str| Order::new(&Rehearsal { ends: ends.into() }).unwrap();
        let tomorrow = engine.clock().now() + Duration::days(1);
        engine.jobs().enqueue(order("well").at(tomorrow).priority(9)).await.unwrap();
        let second = engine.jobs().enqueue(order("well")).await.unwrap();
        let first = engine.jobs().enqueue(order("well").priority(1)).await.unwrap();
        let now = engine.clock().now();
        for expected in [first, second] {
            let taken =
                store::jobs::lease(engine.db(), Queue::Default, i64::MIN, now, now + Duration::hours(1));
            assert_eq!(taken.await.unwrap().unwrap().id, expected.id);
        }
        assert_eq!(engine.run_due_jobs().await.unwrap(), 0);
        engine.clock().advance(Duration::days(1));
        assert_eq!(engine.run_due_jobs().await.unwrap(), 3, "the two leases have run out by then");
    })
    .await;
}

#[tokio::test]
async fn a_key_is_held_while_its_job_lives_and_names_that_job() {
    for_each_engine(|engine| async move {
        let order = || Order::new(&Rehearsal { ends: "well".into() }).unwrap().key("rehearsal:one");
        let first = engine.jobs().enqueue(order()).await.unwrap();
        let second = engine.jobs().enqueue(order()).await.unwrap();
        assert!(first.new && !second.new);
        assert_eq!(first.id, second.id);
        engine.run_due_jobs().await.unwrap();
        let third = engine.jobs().enqueue(order()).await.unwrap();
        assert!(third.new, "a job that is done holds no key");
    })
    .await;
}

#[tokio::test]
async fn an_order_is_nothing_until_its_transaction_commits() {
    for_each_engine(|engine| async move {
        let order = || Order::new(&Rehearsal { ends: "well".into() }).unwrap();
        let mut tx = engine.db().begin().await.unwrap();
        engine.jobs().enqueue_in(&mut tx, order()).await.unwrap();
        drop(tx);
        assert_eq!(engine.run_due_jobs().await.unwrap(), 0);
        let mut tx = engine.db().begin().await.unwrap();
        engine.jobs().enqueue_in(&mut tx, order()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(engine.run_due_jobs().await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn only_the_tenant_takes_its_job_back_and_only_while_it_lives() {
    for_each_engine(|engine| async move {
        let cx = member(&engine, "ada@example.org").await;
        let stranger = member(&engine, "bob@example.org").await;
        engine.run_due_jobs().await.unwrap();
        let order = Order::new(&Rehearsal { ends: "well".into() }).unwrap().tenant(cx.tenant);
        let job = engine.jobs().enqueue(order).await.unwrap().id;
        let refused = engine.jobs().cancel(&stranger, job).await.unwrap_err();
        assert!(matches!(refused, Error::NotFound(_)), "{refused}");
        engine.jobs().cancel(&cx, job).await.unwrap();
        assert_eq!(engine.run_due_jobs().await.unwrap(), 0);
        assert_eq!(states(&engine).await, [("cancelled".to_string(), 1), ("done".to_string(), 2)]);
        let again = engine.jobs().cancel(&cx, job).await.unwrap_err();
        assert!(matches!(again, Error::Conflict(_)), "{again}");
    })
    .await;
}

#[tokio::test]
async fn operators_hear_of_every_job_once_and_nobody_else_of_a_strangers() {
    for_each_engine(|engine| async move {
        let operator = crate::testing::operator(&engine).await;
        let (ada, eve) = (member(&engine, "ada@example.org").await, member(&engine, "eve@example.org").await);
        engine.run_due_jobs().await.unwrap();
        let mut watching = engine.bus().subscribe_operator(&operator, vec![], None);
        let mut mine = engine.bus().subscribe(ada.tenant, vec![], None);
        let mut theirs = engine.bus().subscribe(eve.tenant, vec![], None);
        let order = || Order::new(&Rehearsal::well()).unwrap();
        for order in [order().tenant(ada.tenant), order(), order().tenant(operator.tenant)] {
            engine.jobs().enqueue(order).await.unwrap();
        }
        engine.run_due_jobs().await.unwrap();
        let states = |subscription: &mut crate::bus::Subscription| {
            let state = |event: &Event| match event {
                Event::Job(progress) => Some((progress.state, progress.percent)),
                _ => None,
            };
            std::iter::from_fn(|| subscription.try_next())
                .filter_map(|frame| state(&frame.event))
                .collect::<Vec<_>>()
        };
        let one = [(JobState::Running, 0), (JobState::Running, 50), (JobState::Done, 100)];
        assert_eq!(states(&mut watching), one.repeat(3));
        assert_eq!(states(&mut mine), one);
        assert_eq!(states(&mut theirs), []);
    })
    .await;
}

#[tokio::test]
async fn what_a_person_waits_for_does_not_queue_behind_other_work() {
    for_each_engine(|engine| async move {
        let settings = Settings { grace: std::time::Duration::from_millis(1), ..Settings::default() };
        let cancel = CancellationToken::new();
        let hold = || Order::new(&Rehearsal { ends: "told".into() }).unwrap();
        engine.jobs().enqueue(hold()).await.unwrap();
        let waiting = engine.jobs().enqueue(Order::new(&Rehearsal::well()).unwrap()).await.unwrap().id;
        let urgent = Order::new(&Rehearsal::well()).unwrap().priority(URGENT);
        let running = engine.run_jobs(&settings, cancel.clone());
        let looked_at = async {
            until(&engine, |jobs| jobs.iter().any(|job| job.state == JobState::Running)).await;
            let urgent = engine.jobs().enqueue(urgent).await.unwrap().id;
            let jobs = until(&engine, |jobs| find(jobs, urgent).state == JobState::Done).await;
            assert_eq!(find(&jobs, waiting).state, JobState::Queued, "the one worker of its queue is busy");
            cancel.cancel();
        };
        tokio::join!(running, looked_at);
        let jobs = all(&engine).await;
        let interrupted = jobs.iter().find(|job| job.payload["ends"] == "told").unwrap();
        assert_eq!(
            (interrupted.state, interrupted.attempts),
            (JobState::Queued, 0),
            "given back, and not counted"
        );
    })
    .await;
}

#[tokio::test]
async fn an_alert_goes_out_although_long_work_holds_the_only_worker() {
    let chat = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(200).set_body_string("ok")).mount(&chat).await;
    let db = TestDb::sqlite().await;
    let slack = Slack::new(Egress::new(Allowed::parse("127.0.0.1").unwrap()), chat.uri());
    let alerts = Channels { slack: Some(slack), ..Channels::default() };
    let engine = Engine::new(Parts { alerts, ..parts(db.db(), Vec::new()) });
    let settings = Settings { grace: std::time::Duration::from_millis(1), ..Settings::default() };
    let cancel = CancellationToken::new();
    let long = Order::new(&Rehearsal { ends: "told".into() }).unwrap();
    let long = engine.jobs().enqueue(long).await.unwrap().id;
    let running = engine.run_jobs(&settings, cancel.clone());
    let told = async {
        until(&engine, |jobs| find(jobs, long).state == JobState::Running).await;
        engine.alerts().raise(Notice::new(Level::Critical, "disk", "The disk is full", "Really.")).await;
        let jobs = until(&engine, |jobs| {
            jobs.iter().any(|job| job.kind == "send_alert" && job.state == JobState::Done)
        })
        .await;
        assert_eq!(find(&jobs, long).state, JobState::Running);
        cancel.cancel();
    };
    tokio::join!(running, told);
    assert_eq!(chat.received_requests().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_running_job_that_is_cancelled_is_told_and_ends() {
    for_each_engine(|engine| async move {
        let (settings, cancel) = (Settings::default(), CancellationToken::new());
        let id =
            engine.jobs().enqueue(Order::new(&Rehearsal { ends: "told".into() }).unwrap()).await.unwrap().id;
        let running = engine.run_jobs(&settings, cancel.clone());
        let cancelled = async {
            until(&engine, |jobs| find(jobs, id).state == JobState::Running).await;
            engine.jobs().cancel_any(id).await.unwrap();
            until(&engine, |jobs| find(jobs, id).state == JobState::Cancelled).await;
            cancel.cancel();
        };
        tokio::join!(running, cancelled);
    })
    .await;
}

#[tokio::test]
async fn a_paused_queue_starts_nothing_until_it_goes_on() {
    for_each_engine(|engine| async move {
        let operator = crate::testing::operator(&engine).await;
        engine.run_due_jobs().await.unwrap();
        engine.jobs().pause(&operator, Queue::Default, true).await.unwrap();
        queue(&engine, "well", None).await;
        assert_eq!(engine.run_due_jobs().await.unwrap(), 0);
        let shown = engine.jobs().queues(&operator).await.unwrap();
        let shown = shown.iter().find(|each| each.queue == Queue::Default).unwrap();
        assert_eq!((shown.paused_at, shown.waiting), (Some(engine.clock().now()), 1));
        engine.jobs().pause(&operator, Queue::Default, false).await.unwrap();
        assert_eq!(engine.run_due_jobs().await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_dead_letter_is_tried_again_or_discarded_by_hand() {
    for_each_engine(|engine| async move {
        let operator = crate::testing::operator(&engine).await;
        engine.run_due_jobs().await.unwrap();
        queue(&engine, "badly", Some("one")).await;
        engine.run_due_jobs().await.unwrap();
        let id = dead(&engine).await[0].id;
        assert!(matches!(engine.jobs().retry(&operator, id).await.unwrap().state, JobState::Queued));
        let early = engine.jobs().retry(&operator, id).await.unwrap_err();
        assert!(matches!(early, Error::Conflict(_)), "{early}");
        engine.run_due_jobs().await.unwrap();
        let again = dead(&engine).await.remove(0);
        assert_eq!((again.id, again.errors.len()), (id, 2), "the errors before are kept");
        // While another one does the same work, this one stays dead.
        queue(&engine, "well", Some("one")).await;
        assert!(matches!(engine.jobs().retry(&operator, id).await, Err(Error::Conflict(_))));
        engine.jobs().discard(&operator, id).await.unwrap();
        assert!(dead(&engine).await.is_empty());
        assert!(matches!(engine.jobs().discard(&operator, id).await, Err(Error::NotFound(_))));
    })
    .await;
}

#[tokio::test]
async fn a_job_may_end_in_the_transaction_of_its_effects_and_only_while_it_is_its_own() {
    for_each_engine(|engine| async move {
        let id = engine
            .jobs()
            .enqueue(Order::new(&Rehearsal { ends: "itself".into() }).unwrap())
            .await
            .unwrap()
            .id;
        assert_eq!(engine.run_due_jobs().await.unwrap(), 1);
        let job = find(&all(&engine).await, id);
        assert_eq!((job.state, job.result), (JobState::Done, Some(json!({ "answer": 42 }))));
        // A worker whose lease went to somebody else can not finish: its effects are not committed.
        engine.jobs().enqueue(Order::new(&Rehearsal { ends: "itself".into() }).unwrap()).await.unwrap();
        let now = engine.clock().now();
        let lost = store::jobs::lease(engine.db(), Queue::Default, 0, now, now).await.unwrap().unwrap();
        let later = now + Duration::seconds(1);
        store::jobs::lease(engine.db(), Queue::Default, 0, later, later).await.unwrap().unwrap();
        let run = Run::new(&engine, &lost, Duration::seconds(25));
        let mut tx = engine.db().begin().await.unwrap();
        let refused = run.finish(&mut tx, &json!({})).await.unwrap_err();
        assert!(refused.is_transient(), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn a_job_is_told_at_its_soft_limit_and_ended_at_its_hard_one() {
    let engine = crate::testing::engine().await;
    let told = engine.jobs().enqueue(Order::new(&Listening {}).unwrap()).await.unwrap().id;
    let ended = engine.jobs().enqueue(Order::new(&Deaf {}).unwrap()).await.unwrap().id;
    engine.run_due_jobs().await.unwrap();
    let jobs = all(&engine).await;
    for (id, reason) in
        [(told, "the provider is not available right now"), (ended, "took longer than 0.02 s")]
    {
        let job = find(&jobs, id);
        assert_eq!(
            (job.state, job.errors[0].reason.as_str()),
            (JobState::Queued, reason),
            "tried again later"
        );
    }
}

/// Every job, once that holds of them.
async fn until(engine: &Engine, holds: impl Fn(&[JobInfo]) -> bool) -> Vec<JobInfo> {
    let mut jobs = all(engine).await;
    while !holds(&jobs) {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        jobs = all(engine).await;
    }
    jobs
}

async fn all(engine: &Engine) -> Vec<JobInfo> {
    engine.jobs().list_any(JobFilter { limit: 200, ..JobFilter::default() }).await.unwrap()
}

fn find(jobs: &[JobInfo], id: uuid::Uuid) -> JobInfo {
    jobs.iter().find(|job| job.id == id).unwrap().clone()
}
