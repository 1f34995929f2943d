//! `candlewick worker` over a real socket: its figures, that it lives, and nothing else.
#![allow(clippy::unwrap_used)] // in a test a panic is the report

mod support;

use engine::testing;
use hyper::Method;
use server::Worker;
use std::{net::SocketAddr, path::Path};
use support::{Call, config_in};
use tokio::net::{TcpListener, TcpStream};

async fn worker_in(folder: &Path) -> (Worker, SocketAddr) {
    let worker = Worker::start(config_in(folder, &[("METRICS_ADDR", "127.0.0.1:0")])).await.unwrap();
    let addr = worker.metrics_addr.unwrap();
    (worker, addr)
}

fn get(addr: SocketAddr, path: &str) -> Call {
    Call::to(addr, Method::GET, path)
}

#[tokio::test]
async fn a_worker_tells_how_long_its_jobs_took_until_it_stops() {
    let folder = tempfile::tempdir().unwrap();
    let (worker, addr) = worker_in(folder.path()).await;
    let registration = testing::registration("ada@example.org");
    worker.engine.accounts().register(registration, &testing::caller()).await.unwrap();
    let counted = r#"candlewick_job_seconds_count{queue="default",kind="onboard_user",outcome="done"} 1"#;
    let figures = loop {
        let answer = get(addr, "/metrics").send().await;
        assert_eq!(answer.status, 200);
        assert!(answer.header("content-type").starts_with("text/plain"));
        let text = answer.text();
        if text.contains(counted) {
            break text;
        }
        tokio::task::yield_now().await;
    };
    assert!(figures.contains(r#"candlewick_queue_paused{queue="default"} 0"#), "{figures}");
    worker.stop().await;
    assert!(TcpStream::connect(addr).await.is_err(), "nobody listens any more");
}

#[tokio::test]
async fn a_worker_answers_nothing_but_whether_it_lives_and_its_figures() {
    let folder = tempfile::tempdir().unwrap();
    let (worker, addr) = worker_in(folder.path()).await;
    let alive = get(addr, "/healthz").send().await;
    assert_eq!((alive.status.as_u16(), alive.json()["status"].as_str()), (200, Some("ok")));
    for name in ["/healthz", "/metrics"] {
        let answer = get(addr, name).send().await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{name}");
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{name}");
        Call::to(addr, Method::POST, name).send().await.is_problem(405);
        Call::to(addr, Method::POST, name)
            .header("origin", "https://evil.example")
            .send()
            .await
            .is_problem(403);
    }
    for path in ["/", "/login", "/readyz", "/overview", "/api/market/stocks", "/api/ops/jobs", "/assets/x"] {
        get(addr, path).send().await.is_problem(404);
        get(addr, path).header("accept", "text/html").send().await.is_problem(404);
    }
    worker.stop().await;
}

#[tokio::test]
async fn a_worker_listens_nowhere_by_itself_and_does_not_start_on_a_taken_port() {
    let folder = tempfile::tempdir().unwrap();
    let worker = Worker::start(config_in(folder.path(), &[])).await.unwrap();
    assert_eq!(worker.metrics_addr, None);
    worker.stop().await;

    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = taken.local_addr().unwrap().to_string();
    let other = tempfile::tempdir().unwrap();
    let refused = Worker::start(config_in(other.path(), &[("METRICS_ADDR", &addr)])).await;
    assert!(refused.err().unwrap().to_string().contains(&addr));
    assert!(!other.path().join("data").exists(), "the data is not touched");
}
