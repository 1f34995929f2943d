use super::*;
use crate::{
    Parts,
    egress::{Allowed, Egress},
    jobs::Job,
    mail::Mailer,
    provider::{Answer, BarsAnswer, BarsAsk, Fetched, ProviderError, Urgency},
    store::Db,
    testing::{self, FakeProvider, SmtpServer, for_each_db, for_each_engine, operator},
};
use domain::{Interval, Symbol, ops_alert::Delivery, source::Source};
use serde_json::{Value, json};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use wiremock::{Mock, MockServer, Request, ResponseTemplate, matchers};

fn notice(level: Level, key: &str) -> Notice {
    Notice::new(level, key, format!("About {key}"), "It is late & <!channel> knows.")
}

fn engine(db: Db, alerts: Channels) -> Engine {
    Engine::new(Parts { alerts, ..testing::parts(db, Vec::new()) })
}

/// An engine with these channels and its operator, and nothing left to be done.
async fn watched(db: Db, alerts: Channels) -> (Engine, Operator) {
    let engine = engine(db, alerts);
    let by = operator(&engine).await;
    engine.run_due_jobs().await.unwrap();
    (engine, by)
}

/// A source that fails like this until it is told that it is well.
fn failing(error: ProviderError) -> (Arc<FakeProvider>, Arc<AtomicBool>) {
    let well = Arc::new(AtomicBool::new(false));
    let now_well = well.clone();
    let yahoo = FakeProvider::new(Source::Yahoo).bars(move |_| match now_well.load(Ordering::Relaxed) {
        true => Ok(BarsAnswer::default()),
        false => Err(error.clone()),
    });
    (yahoo.shared(), well)
}

/// Asks the sources for prices.
async fn ask(engine: &Engine, symbol: &str) -> Answer<Fetched<BarsAnswer>> {
    let symbol = Symbol::parse(symbol).unwrap();
    let ask = BarsAsk { symbol, interval: Interval::Day1, from: None, to: None };
    engine.providers().bars(ask, Urgency::Manual).await
}

fn out() -> Egress {
    Egress::new(Allowed::parse("127.0.0.1").unwrap())
}

fn slack(server: &MockServer) -> Channels {
    let webhook = format!("{}/services/T0/B0/secret", server.uri());
    Channels { slack: Some(Slack::new(out(), webhook)), ..Channels::default() }
}

fn github(server: &MockServer) -> Channels {
    let github = Github::new(out(), &server.uri(), "owner/repo", "token");
    Channels { github: Some(github), ..Channels::default() }
}

async fn answering(status: u16, text: &str) -> MockServer {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(status).set_body_string(text);
    Mock::given(matchers::any()).respond_with(answer).mount(&server).await;
    server
}

async fn asked(server: &MockServer) -> Vec<Request> {
    server.received_requests().await.unwrap()
}

fn body(request: &Request) -> Value {
    request.body_json().unwrap()
}

/// All alerts with what became of them.
async fn all(engine: &Engine, by: &Operator) -> Vec<OpsAlert> {
    engine.alerts().list(by, false, None, 100).await.unwrap()
}

#[tokio::test]
async fn the_same_key_counts_up_and_is_told_once_an_hour() {
    for_each_db(|db| async move {
        let server = answering(200, "ok").await;
        let (engine, by) = watched(db, slack(&server)).await;
        for _ in 0..5 {
            engine.alerts().raise(notice(Level::Warning, "late")).await;
            engine.clock().advance(Duration::minutes(5));
        }
        engine.alerts().raise(notice(Level::Warning, "other")).await;
        engine.run_due_jobs().await.unwrap();
        assert_eq!(asked(&server).await.len(), 2);
        engine.clock().advance(Duration::hours(1));
        engine.alerts().raise(notice(Level::Warning, "late")).await;
        engine.run_due_jobs().await.unwrap();
        let requests = asked(&server).await;
        assert_eq!(requests.len(), 3);
        let said = body(&requests[2])["text"].as_str().unwrap().to_string();
        assert!(said.contains("6 times since 2026-01-05 14:30 UTC."), "{said}");
        let alerts = all(&engine, &by).await;
        let counts: Vec<_> = alerts.iter().map(|each| (each.notice.key.as_str(), each.count)).collect();
        assert_eq!(counts, [("late", 6), ("other", 1)]);
        assert_eq!(alerts[0].first_at, testing::now());
    })
    .await;
}

#[tokio::test]
async fn what_was_seen_is_quiet_for_the_hour_and_opens_anew_when_it_comes_back_later() {
    for_each_engine(|engine| async move {
        let by = operator(&engine).await;
        engine.alerts().raise(notice(Level::Critical, "disk")).await;
        let id = all(&engine, &by).await[0].id;
        engine.alerts().acknowledge(&by, id).await.unwrap();
        let again = engine.alerts().acknowledge(&by, id).await;
        assert!(matches!(again, Err(Error::NotFound(_))), "{again:?}");
        engine.alerts().raise(notice(Level::Critical, "disk")).await;
        assert!(engine.alerts().list(&by, true, None, 10).await.unwrap().is_empty());
        assert_eq!(all(&engine, &by).await[0].count, 2);
        engine.clock().advance(Duration::hours(2));
        engine.alerts().raise(notice(Level::Critical, "disk")).await;
        let open = engine.alerts().list(&by, true, None, 10).await.unwrap();
        assert_eq!((open.len(), open[0].count), (1, 1));
        assert_eq!(all(&engine, &by).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn the_list_goes_page_by_page_from_the_newest() {
    for_each_engine(|engine| async move {
        let by = operator(&engine).await;
        for number in 0..5 {
            engine.alerts().raise(notice(Level::Info, &format!("n{number}"))).await;
            // Two at the same moment are told apart by their ids.
            if number % 2 == 0 {
                engine.clock().advance(Duration::minutes(1));
            }
        }
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = engine.alerts().list(&by, false, after, 2).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            seen.extend(page.into_iter().map(|each| each.notice.key));
        }
        assert_eq!(seen, ["n4", "n3", "n2", "n1", "n0"]);
    })
    .await;
}

#[tokio::test]
async fn slack_gets_a_message_in_which_nobody_is_mentioned() {
    let server = answering(200, "ok").await;
    let db = testing::TestDb::sqlite().await;
    let link = Some("https://stocks.example.org/operations".to_string());
    let engine = engine(db.db(), Channels { link, ..slack(&server) });
    engine.alerts().raise(notice(Level::Critical, "late")).await;
    engine.run_due_jobs().await.unwrap();
    let [request] = &asked(&server).await[..] else { panic!("one message") };
    assert_eq!((request.method.as_str(), request.url.path()), ("POST", "/services/T0/B0/secret"));
    let said = "*Critical: About late*\nIt is late &amp; &lt;!channel&gt; knows.\n\
                <https://stocks.example.org/operations|Open the dashboard>";
    assert_eq!(body(request), json!({ "text": said }));
}

#[tokio::test]
async fn a_channel_that_asks_to_wait_is_asked_again_after_just_that_long() {
    for_each_db(|db| async move {
        let server = MockServer::start().await;
        let busy =
            ResponseTemplate::new(429).insert_header("retry-after", "90").set_body_string("rate_limited");
        Mock::given(matchers::any()).respond_with(busy).up_to_n_times(1).mount(&server).await;
        let fine = ResponseTemplate::new(200).set_body_string("ok");
        Mock::given(matchers::any()).respond_with(fine).mount(&server).await;
        let (engine, by) = watched(db, slack(&server)).await;
        engine.alerts().raise(notice(Level::Warning, "late")).await;
        engine.run_due_jobs().await.unwrap();
        let [delivery] = &all(&engine, &by).await[0].deliveries[..] else { panic!("one delivery") };
        assert_eq!((delivery.channel, delivery.sent_at), (Channel::Slack, None));
        assert!(delivery.error.as_ref().is_some_and(|why| why.contains("90 s")), "{delivery:?}");
        engine.clock().advance(Duration::seconds(89));
        assert_eq!(engine.run_due_jobs().await.unwrap(), 0);
        engine.clock().advance(Duration::seconds(1));
        assert_eq!(engine.run_due_jobs().await.unwrap(), 1);
        let sent_at = Some(engine.clock().now());
        let sent = Delivery { channel: Channel::Slack, sent_at, error: None };
        assert_eq!(all(&engine, &by).await[0].deliveries, [sent]);
        assert_eq!(asked(&server).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_webhook_that_is_gone_is_not_asked_again_and_raises_no_alert_about_itself() {
    for_each_db(|db| async move {
        let server = answering(404, "no_service").await;
        let (engine, by) = watched(db, slack(&server)).await;
        engine.alerts().raise(notice(Level::Warning, "late")).await;
        engine.run_due_jobs().await.unwrap();
        engine.clock().advance(Duration::hours(1));
        assert_eq!(engine.run_due_jobs().await.unwrap(), 0);
        assert_eq!(asked(&server).await.len(), 1);
        let alerts = all(&engine, &by).await;
        let error = alerts[0].deliveries[0].error.as_deref();
        assert_eq!((alerts.len(), error), (1, Some("Slack refused with status 404: no_service")));
    })
    .await;
}

#[tokio::test]
async fn a_webhook_inside_the_network_is_refused_and_the_reason_is_shown() {
    let server = answering(200, "ok").await;
    let db = testing::TestDb::sqlite().await;
    let guarded = Slack::new(Egress::new(Allowed::default()), server.uri());
    let engine = engine(db.db(), Channels { slack: Some(guarded), ..Channels::default() });
    let by = operator(&engine).await;
    engine.alerts().raise(notice(Level::Warning, "late")).await;
    engine.run_due_jobs().await.unwrap();
    let alerts = all(&engine, &by).await;
    let why = alerts[0].deliveries[0].error.as_deref().unwrap_or_default();
    assert!(why.contains("inside the network"), "{why}");
    assert!(asked(&server).await.is_empty());
}

#[tokio::test]
async fn github_gets_an_issue_and_the_same_trouble_again_is_a_comment_on_it() {
    for_each_db(|db| async move {
        let server = MockServer::start().await;
        let opened = ResponseTemplate::new(201).set_body_json(json!({ "id": 1, "number": 42, "title": "x" }));
        let at = |path: &str| Mock::given(matchers::method("POST")).and(matchers::path(path.to_string()));
        at("/repos/owner/repo/issues").respond_with(opened).mount(&server).await;
        let comment = ResponseTemplate::new(201).set_body_json(json!({ "id": 2 }));
        at("/repos/owner/repo/issues/42/comments").respond_with(comment).mount(&server).await;
        let (engine, by) = watched(db, github(&server)).await;
        let text = "ask @everyone ```\n# no heading";
        let bad = Notice::new(Level::DataQuality, "aapl", "100x prices", text);
        engine.alerts().raise(bad.clone()).await;
        engine.run_due_jobs().await.unwrap();
        engine.clock().advance(Duration::hours(2));
        engine.alerts().raise(bad).await;
        engine.run_due_jobs().await.unwrap();
        let requests = asked(&server).await;
        let issue = json!({
            "title": "Data quality: 100x prices",
            // A fence of four: the three of the text do not end it.
            "body": format!("````text\n{text}\n````"),
            "labels": ["candlewick", "data_quality"],
        });
        assert_eq!(body(&requests[0]), issue);
        let header = |name: &str| requests[0].headers.get(name).unwrap().to_str().unwrap();
        assert_eq!(header("authorization"), "Bearer token");
        assert!(header("user-agent").starts_with("Candlewick/"));
        let more = body(&requests[1])["body"].as_str().unwrap().to_string();
        assert!(more.ends_with("2 times since 2026-01-05 14:30 UTC."), "{more}");
        assert!(all(&engine, &by).await[0].deliveries[0].sent_at.is_some());
    })
    .await;
}

#[tokio::test]
async fn github_says_404_to_whoever_may_not_and_403_to_whoever_comes_too_often() {
    let db = testing::TestDb::sqlite().await;
    let unknown = answering(404, r#"{"message":"Not Found"}"#).await;
    let first = engine(db.db(), github(&unknown));
    let by = operator(&first).await;
    first.alerts().raise(notice(Level::Critical, "a")).await;
    first.run_due_jobs().await.unwrap();
    let why = all(&first, &by).await.remove(0).deliveries.remove(0).error;
    assert_eq!(
        why.as_deref(),
        Some("GitHub: there is no owner/repo, or the token may not open issues there")
    );

    let limited = MockServer::start().await;
    let busy = ResponseTemplate::new(403).insert_header("retry-after", "60");
    Mock::given(matchers::any()).respond_with(busy).mount(&limited).await;
    let second = engine(db.db(), github(&limited));
    second.alerts().raise(notice(Level::Critical, "b")).await;
    second.run_due_jobs().await.unwrap();
    second.clock().advance(Duration::seconds(61));
    assert_eq!(second.run_due_jobs().await.unwrap(), 1);
    assert_eq!(asked(&limited).await.len(), 2);
}

#[tokio::test]
async fn the_operators_get_a_mail_and_a_full_mail_box_is_tried_again() {
    let server = SmtpServer::start().await;
    let db = testing::TestDb::sqlite().await;
    let mailer = Mailer::smtp(&format!("smtp://{}", server.address()), "watch@example.org").unwrap();
    let email = Some(Email::new(mailer, "ops@example.org".into()));
    let (engine, by) = watched(db.db(), Channels { email, ..Channels::default() }).await;
    server.refuse_next("452 4.2.2 Mailbox full");
    engine.alerts().raise(notice(Level::Warning, "late")).await;
    // An info is no reason for a mail.
    engine.alerts().raise(notice(Level::Info, "fine")).await;
    engine.run_due_jobs().await.unwrap();
    assert!(server.mails().is_empty());
    engine.clock().advance(Duration::minutes(1));
    engine.run_due_jobs().await.unwrap();
    let [mail] = &server.mails()[..] else { panic!("{:?}", server.mails()) };
    for part in [
        "To: ops@example.org",
        "Subject: [Candlewick] Warning: About late",
        "It is late & <!channel> knows.",
        "It is late &amp; &lt;!channel&gt; knows.",
    ] {
        assert!(mail.contains(part), "{part} in {mail}");
    }
    let alerts = all(&engine, &by).await;
    assert_eq!(alerts.iter().map(|each| each.deliveries.len()).collect::<Vec<_>>(), [0, 1]);
}

#[tokio::test]
async fn a_flood_goes_out_at_the_pace_of_the_channel_and_what_would_be_stale_does_not() {
    let server = answering(200, "ok").await;
    let db = testing::TestDb::sqlite().await;
    let (engine, by) = watched(db.db(), slack(&server)).await;
    for number in 0..740 {
        engine.alerts().raise(notice(Level::Info, &format!("n{number}"))).await;
    }
    engine.run_due_jobs().await.unwrap();
    assert_eq!(asked(&server).await.len(), 10);
    engine.clock().advance(Duration::minutes(3));
    engine.run_due_jobs().await.unwrap();
    assert_eq!(asked(&server).await.len(), 13);
    // Ten at once and one in each of the 720 minutes of twelve hours; the ten after that only stand there.
    let alerts = engine.alerts().list(&by, false, None, 1000).await.unwrap();
    let stale = alerts.iter().filter(|each| each.deliveries[0].error.is_some()).count();
    assert_eq!(stale, 10);
}

#[tokio::test]
async fn what_was_seen_before_it_went_out_is_not_sent() {
    let server = answering(200, "ok").await;
    let db = testing::TestDb::sqlite().await;
    let (engine, by) = watched(db.db(), slack(&server)).await;
    engine.alerts().raise(notice(Level::Warning, "late")).await;
    let id = all(&engine, &by).await[0].id;
    engine.alerts().acknowledge(&by, id).await.unwrap();
    engine.run_due_jobs().await.unwrap();
    assert!(asked(&server).await.is_empty());
    let error = all(&engine, &by).await[0].deliveries[0].error.clone();
    assert_eq!(error.as_deref(), Some("seen before it went out"));
}

#[tokio::test]
async fn a_provider_that_is_left_alone_is_told_once_and_closed_when_it_answers_again() {
    for_each_db(|db| async move {
        let (yahoo, well) = failing(ProviderError::Denied("blocked".into()));
        let engine = testing::engine_on_with(db, vec![yahoo]);
        let by = operator(&engine).await;
        ask(&engine, "AAPL").await.unwrap_err();
        // After each job somebody looks.
        engine.run_due_jobs().await.unwrap();
        engine.alerts().watch_providers().await;
        let open = engine.alerts().list(&by, true, None, 10).await.unwrap();
        let [alert] = &open[..] else { panic!("{open:?}") };
        assert_eq!((alert.notice.level, alert.count), (Level::Warning, 1));
        assert!(alert.notice.text.contains("does not let us in: blocked"), "{}", alert.notice.text);
        well.store(true, Ordering::Relaxed);
        engine.clock().advance(Duration::minutes(30));
        ask(&engine, "MSFT").await.unwrap();
        engine.alerts().watch_providers().await;
        let open = engine.alerts().list(&by, true, None, 10).await.unwrap();
        let [alert] = &open[..] else { panic!("{open:?}") };
        assert_eq!(
            (alert.notice.level, alert.notice.subject.ends_with("answers again")),
            (Level::Info, true)
        );
    })
    .await;
}

#[tokio::test]
async fn a_dead_job_is_told() {
    for_each_engine(|engine| async move {
        let by = operator(&engine).await;
        engine.run_due_jobs().await.unwrap();
        engine.alerts().job_died("build_report", Uuid::nil(), 5, "no paper").await;
        engine.alerts().job_died(SendAlert::KIND, Uuid::nil(), 8, "no way").await;
        let [alert] = &all(&engine, &by).await[..] else { panic!("one alert") };
        assert_eq!(alert.notice.key, "job_dead:build_report");
        assert!(alert.notice.text.contains("no paper"));
    })
    .await;
}

#[tokio::test]
async fn a_backup_that_failed_for_good_is_critical_and_counts_up() {
    for_each_engine(|engine| async move {
        let by = operator(&engine).await;
        for _ in 0..2 {
            engine.alerts().job_died("back_up", Uuid::nil(), 3, "no disk").await;
        }
        let [alert] = &all(&engine, &by).await[..] else { panic!("one alert") };
        assert_eq!((alert.notice.level, alert.count), (Level::Critical, 2));
        assert_eq!(alert.notice.key, "job_dead:back_up");
    })
    .await;
}

#[tokio::test]
async fn prices_that_stand_still_for_an_hour_of_trading_are_critical_until_they_move() {
    for_each_db(|db| async move {
        let (yahoo, well) = failing(ProviderError::Unreachable("no network".into()));
        // At `now` the exchange opens; this is two and a half hours before.
        let early = testing::now() - Duration::minutes(150);
        let engine = testing::live_engine_on(db, early, vec![yahoo]);
        let by = operator(&engine).await;
        let look = async |minutes_open: i64| {
            let then = testing::now() + Duration::minutes(minutes_open);
            engine.clock().advance(then - engine.clock().now());
            engine.alerts().watch_prices().await;
            let open = engine.alerts().list(&by, true, None, 10).await.unwrap();
            let told = open.iter().filter(|each| each.notice.key == "prices_stale");
            told.map(|each| (each.notice.level, each.count)).collect::<Vec<_>>()
        };
        ask(&engine, "AAPL").await.unwrap_err();
        assert_eq!(look(-30).await, [], "before the bell");
        assert_eq!(look(59).await, []);
        assert_eq!(look(61).await, [(Level::Critical, 1)]);
        assert_eq!(look(62).await, [(Level::Critical, 1)], "not again at each look");
        assert_eq!(look(77).await, [(Level::Critical, 2)]);
        well.store(true, Ordering::Relaxed);
        ask(&engine, "MSFT").await.unwrap();
        assert_eq!(look(78).await, []);
    })
    .await;
}
