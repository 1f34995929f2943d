use super::*;
use crate::{
    Clock,
    mail::Mailer,
    testing::{SmtpServer, TestDb, colleague, for_each_engine, market_now, member, parts},
};
use domain::{Event, account::ProfileChange, job::JobState};
use futures::StreamExt as _;

async fn wants_mail(engine: &Engine, cx: &Cx, zone: &str) {
    let change = ProfileChange { time_zone: Some(zone.into()), ..ProfileChange::default() };
    engine.accounts().update_profile(cx, change).await.unwrap();
    engine.reports().prefer(cx, Preferences { mail: true, paper: Paper::Letter }).await.unwrap();
}

#[tokio::test]
async fn a_report_is_made_in_a_job_and_read_with_its_hash() {
    for_each_engine(|engine| async move {
        engine.load_bundled().await.unwrap();
        let cx = member(&engine, "a@b.co").await;
        engine.run_due_jobs().await.unwrap();
        let mut live = engine.bus().subscribe(cx.tenant, Vec::new(), None);
        let ordered = engine.reports().make(&cx, None, Some(Paper::A4)).await.unwrap();
        let waiting = engine.reports().get(&cx, ordered.report_id).await.unwrap();
        assert_eq!((waiting.state, waiting.made), (State::Building, None));
        assert!(matches!(engine.reports().pdf(&cx, ordered.report_id).await, Err(Error::Conflict(_))));
        // Asked for twice, it is made once.
        assert_eq!(engine.reports().make(&cx, None, Some(Paper::A4)).await.unwrap(), ordered);
        engine.run_due_jobs().await.unwrap();
        let (report, pdf) = engine.reports().pdf(&cx, ordered.report_id).await.unwrap();
        let made = report.made.unwrap();
        assert_eq!((report.state, report.subject.as_str()), (State::Ready, "Core Blue Chips"));
        assert!(pdf.starts_with(b"%PDF-") && made.size_bytes == pdf.len() as i64);
        assert_eq!(made.sha256, build::hash(&pdf));
        assert!(!made.facts.is_empty() && made.lead.contains("4,259.52"), "{}", made.lead);
        let heard = loop {
            let frame = live.next().await.unwrap();
            if frame.name() == "report" {
                break frame;
            }
        };
        assert!(String::from_utf8_lossy(&heard.bytes).contains(&ordered.report_id.0.to_string()));
        // A job that runs a second time leaves the report as it is.
        let job = BuildReport::on_demand(&cx, ordered.report_id);
        engine.jobs().enqueue(Order::new(&job).unwrap().tenant(cx.tenant)).await.unwrap();
        engine.run_due_jobs().await.unwrap();
        assert_eq!(engine.reports().get(&cx, ordered.report_id).await.unwrap().made.unwrap(), made);
        assert_eq!(engine.reports().list(&cx).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_stranger_finds_neither_row_nor_file() {
    for_each_engine(|engine| async move {
        let (ada, eve) = (member(&engine, "a@b.co").await, member(&engine, "b@b.co").await);
        let viewer = colleague(&engine, &ada, "v@b.co", Role::Viewer).await;
        let report = engine.reports().make(&ada, None, None).await.unwrap().report_id;
        engine.run_due_jobs().await.unwrap();
        let reports = engine.reports();
        assert!(reports.list(&eve).await.unwrap().is_empty());
        assert!(matches!(reports.get(&eve, report).await, Err(Error::NotFound(_))));
        assert!(matches!(reports.pdf(&eve, report).await, Err(Error::NotFound(_))));
        assert!(matches!(reports.delete(&eve, report).await, Err(Error::NotFound(_))));
        assert_eq!(engine.objects().get(&Key::report(&eve, report)).await.unwrap(), None);
        assert!(reports.pdf(&viewer, report).await.is_ok());
        assert!(matches!(reports.make(&viewer, None, None).await, Err(Error::Forbidden(_))));
        assert!(matches!(reports.delete(&viewer, report).await, Err(Error::Forbidden(_))));
        let foreign = PortfolioId(Uuid::now_v7());
        assert!(matches!(reports.make(&ada, Some(foreign), None).await, Err(Error::NotFound(_))));
        reports.delete(&ada, report).await.unwrap();
        assert_eq!(engine.objects().get(&Key::report(&ada, report)).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_file_that_was_changed_is_not_given_out() {
    for_each_engine(|engine| async move {
        let cx = member(&engine, "a@b.co").await;
        let report = engine.reports().make(&cx, None, None).await.unwrap().report_id;
        engine.run_due_jobs().await.unwrap();
        let other = Bytes::from_static(b"%PDF-1.3 somebody else's");
        engine.objects().put(&Key::report(&cx, report), other).await.unwrap();
        assert!(matches!(engine.reports().pdf(&cx, report).await, Err(Error::Internal(_))));
    })
    .await;
}

/// An engine that mails through `server`, by a clock that is set.
async fn mailing(server: &SmtpServer, db: &TestDb, clock: &Clock) -> Engine {
    let mailer = Mailer::smtp(&format!("smtp://{}?tls=none", server.address()), "watch@example.org").unwrap();
    let parts = parts(db.db(), Vec::new());
    let market = crate::MarketClock::starting_at(clock.clone(), market_now());
    Engine::new(crate::Parts { mailer: Some(mailer), clock: clock.clone(), market, ..parts })
}

/// Somebody who registered before mail was set up: no letter is on its way to them.
async fn reader(db: &TestDb, clock: &Clock, email: &str) -> Cx {
    let market = crate::MarketClock::starting_at(clock.clone(), market_now());
    let silent = crate::Parts { clock: clock.clone(), market, ..parts(db.db(), Vec::new()) };
    member(&Engine::new(silent), email).await
}

fn to(clock: &Clock, time: DateTime<Utc>) {
    clock.advance(time - clock.now());
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[tokio::test]
async fn the_morning_comes_at_eight_in_each_readers_zone_once() {
    let (server, db) = (SmtpServer::start().await, TestDb::sqlite().await);
    let clock = Clock::fixed(at("2026-01-05T00:30:00Z"));
    let engine = mailing(&server, &db, &clock).await;
    let tokyo = reader(&db, &clock, "tokyo@example.org").await;
    let berlin = reader(&db, &clock, "berlin@example.org").await;
    let silent = reader(&db, &clock, "silent@example.org").await;
    wants_mail(&engine, &tokyo, "Asia/Tokyo").await;
    wants_mail(&engine, &berlin, "Europe/Berlin").await;
    engine.look_at_schedule().await;
    engine.run_due_jobs().await.unwrap();
    assert!(server.mails().is_empty(), "a new line has missed nothing");

    to(&clock, at("2026-01-05T06:59:00Z")); // 07:59 in Berlin, 15:59 in Tokyo
    engine.look_at_schedule().await;
    engine.run_due_jobs().await.unwrap();
    assert!(server.mails().is_empty(), "eight o'clock has come nowhere since");

    to(&clock, at("2026-01-05T07:00:30Z")); // 08:00 in Berlin
    engine.look_at_schedule().await;
    engine.look_at_schedule().await;
    engine.run_due_jobs().await.unwrap();
    assert_eq!(server.mails().len(), 1);
    assert!(server.mails()[0].contains("To: berlin@example.org"));

    to(&clock, at("2026-01-05T23:00:30Z")); // 08:00 in Tokyo, the next day
    engine.look_at_schedule().await;
    engine.run_due_jobs().await.unwrap();
    assert_eq!(server.mails().len(), 2);
    assert!(server.mails()[1].contains("To: tokyo@example.org"));
    assert!(engine.reports().list(&silent).await.unwrap().is_empty());
    let kept = engine.reports().list(&berlin).await.unwrap();
    assert!(
        kept.len() == 1 && kept[0].scheduled && kept[0].mailed_at.is_some() && kept[0].paper == Paper::Letter
    );

    to(&clock, at("2026-01-09T12:00:00Z")); // nobody was there for days
    engine.look_at_schedule().await;
    engine.run_due_jobs().await.unwrap();
    assert_eq!(server.mails().len(), 4, "what was missed is caught up once a reader");
}

/// Goes to half past eight in Berlin, where a reader's report waits to be made.
async fn due(server: &SmtpServer, db: &TestDb, clock: &Clock) -> (Engine, Cx) {
    let engine = mailing(server, db, clock).await;
    let cx = reader(db, clock, "a@b.co").await;
    wants_mail(&engine, &cx, "Europe/Berlin").await;
    engine.look_at_schedule().await;
    to(clock, at("2026-01-06T07:30:00Z"));
    engine.look_at_schedule().await;
    (engine, cx)
}

#[tokio::test]
async fn the_mail_has_three_parts_and_a_way_out_that_works() {
    let (server, db) = (SmtpServer::start().await, TestDb::sqlite().await);
    let clock = Clock::fixed(at("2026-01-05T12:00:00Z"));
    let (engine, cx) = due(&server, &db, &clock).await;
    // The server is busy at first: the same mail comes with the next try.
    server.refuse_next("451 4.3.0 Later");
    engine.run_due_jobs().await.unwrap();
    assert!(server.mails().is_empty());
    to(&clock, at("2026-01-06T08:30:00Z"));
    engine.run_due_jobs().await.unwrap();
    let mails = server.mails();
    assert_eq!(mails.len(), 1);
    for part in ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf"] {
        assert!(mails[0].contains(part), "{part} is missing");
    }
    assert!(mails[0].contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
    let unfolded = mails[0].replace("\r\n ", "");
    let link = unfolded.lines().find_map(|line| line.strip_prefix("List-Unsubscribe: <")).unwrap();
    let token = link.trim_end().trim_end_matches('>').rsplit('/').next().unwrap();
    let leaving = engine.reports().leaving(token).expect("is ours");
    engine.reports().leave(&leaving).await.unwrap();
    engine.reports().leave(&leaving).await.unwrap();
    let now = engine.reports().preferences(&cx).await.unwrap();
    assert_eq!(now, Preferences { mail: false, paper: Paper::Letter });
    to(&clock, at("2026-01-07T08:30:00Z"));
    engine.look_at_schedule().await;
    engine.run_due_jobs().await.unwrap();
    assert_eq!(server.mails().len(), 1, "who left gets no more");
    // Forged or made for something else, a token is good for nothing.
    let tokens =
        engine.accounts().login_api("a@b.co", crate::testing::PASSWORD, &crate::testing::caller()).await;
    for bad in ["", "a.b.c", &token[..token.len() - 2], &tokens.unwrap().access_token] {
        assert_eq!(engine.reports().leaving(bad), None, "{bad}");
    }
    assert!(engine.accounts().bearer(token, "r").await.is_err(), "it opens no account");
}

#[tokio::test]
async fn a_server_that_never_takes_it_ends_in_the_dead() {
    let (server, db) = (SmtpServer::start().await, TestDb::sqlite().await);
    let clock = Clock::fixed(at("2026-01-05T12:00:00Z"));
    let (engine, _) = due(&server, &db, &clock).await;
    for hour in 0..30 {
        server.refuse_next("451 4.3.0 Later");
        to(&clock, at("2026-01-06T07:30:00Z") + chrono::Duration::hours(hour));
        engine.run_due_jobs().await.unwrap();
    }
    let dead = engine.jobs().states().await.unwrap();
    assert!(dead.contains(&(JobState::Dead.as_str().to_string(), 1)), "{dead:?}");
    let tries = server.lines().iter().filter(|line| *line == "DATA").count();
    assert_eq!(tries, 6);
}

#[tokio::test]
async fn old_reports_go_with_their_files() {
    for_each_engine(|engine| async move {
        let cx = member(&engine, "a@b.co").await;
        let report = engine.reports().make(&cx, None, None).await.unwrap().report_id;
        engine.run_due_jobs().await.unwrap();
        let now = engine.clock().now();
        assert_eq!(engine.reports().retire(now, false).await.unwrap(), 0);
        let later = now + chrono::Duration::days(1);
        assert_eq!(engine.reports().retire(later, true).await.unwrap(), 1);
        assert_eq!(engine.reports().retire(later, false).await.unwrap(), 1);
        assert!(engine.reports().list(&cx).await.unwrap().is_empty());
        assert_eq!(engine.objects().get(&Key::report(&cx, report)).await.unwrap(), None);
    })
    .await;
}

#[test]
fn a_report_event_names_its_report() {
    let done = domain::event::ReportDone {
        report_id: ReportId(Uuid::nil()),
        state: State::Ready,
        subject: "Savings".into(),
    };
    let event = serde_json::to_value(Event::Report(done)).unwrap();
    assert_eq!(event["reportId"], Uuid::nil().to_string());
    assert_eq!(event["state"], "ready");
}
