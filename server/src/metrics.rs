//! Figures for Prometheus.

use crate::state::AppState;
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{job::QueueInfo, provider};
use engine::jobs::JOB_SECONDS;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::{sync::OnceLock, time::Duration};

/// Histogram of answers by method, route template and status.
pub const HTTP_SECONDS: &str = "candlewick_http_request_seconds";

const BUCKETS_S: &[f64] =
    &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];

const JOB_BUCKETS_S: &[f64] = &[0.05, 0.25, 1.0, 5.0, 15.0, 60.0, 300.0, 900.0, 1800.0];

/// The process has one recorder, however many servers its tests start.
static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

fn recorder() -> Option<&'static PrometheusHandle> {
    RECORDER
        .get_or_init(|| {
            let builder = PrometheusBuilder::new()
                .set_buckets_for_metric(Matcher::Full(HTTP_SECONDS.to_string()), BUCKETS_S)
                .and_then(|builder| {
                    builder.set_buckets_for_metric(Matcher::Full(JOB_SECONDS.to_string()), JOB_BUCKETS_S)
                })
                .and_then(|builder| builder.install_recorder());
            builder.inspect_err(|error| tracing::error!(%error, "no metrics")).ok()
        })
        .as_ref()
}

/// Starts recording; recorded values are folded together until `stopping`.
pub async fn keep(stopping: tokio_util::sync::CancellationToken) {
    let Some(recorder) = recorder() else { return };
    metrics::describe_histogram!(HTTP_SECONDS, "Time to the head of an answer, in seconds");
    metrics::describe_histogram!(JOB_SECONDS, "Time of one try at a job, in seconds");
    metrics::describe_gauge!("candlewick_jobs", "Jobs that wait, run or are dead, by queue and state");
    metrics::describe_gauge!("candlewick_queue_paused", "1 while nothing of the queue is started");
    metrics::describe_gauge!("candlewick_provider_up", "1 while the provider answers or was not asked yet");
    metrics::describe_counter!("candlewick_provider_requests_total", "Requests to a provider");
    metrics::describe_counter!("candlewick_provider_failures_total", "Failed requests to a provider");
    metrics::describe_gauge!("candlewick_provider_latency_seconds", "Time to an answer of a provider");
    metrics::describe_gauge!("candlewick_provider_last_success_seconds", "Unix time of the last answer");
    metrics::describe_gauge!("candlewick_live_clients", "Open live streams");
    let mut tick = tokio::time::interval(Duration::from_secs(5));
    while stopping.run_until_cancelled(tick.tick()).await.is_some() {
        recorder.run_upkeep();
    }
}

/// `/metrics`.
pub async fn show(State(state): State<AppState>) -> Response {
    let Some(recorder) = recorder() else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
    metrics::gauge!("candlewick_live_clients").set(state.engine.bus().clients() as f64);
    match state.engine.jobs().queue_figures().await {
        Ok(queues) => queues.iter().for_each(depths),
        Err(error) => tracing::warn!(%error, "jobs can not be counted"),
    }
    state.engine.providers().health().iter().for_each(show_provider);
    let text = recorder.render();
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
}

fn depths(info: &QueueInfo) {
    let queue = info.queue.as_str();
    let states = [
        ("waiting", info.waiting),
        ("delayed", info.delayed),
        ("running", info.running),
        ("dead", info.dead),
    ];
    for (state, count) in states {
        metrics::gauge!("candlewick_jobs", "queue" => queue, "state" => state).set(f64::from(count));
    }
    let paused = if info.paused_at.is_some() { 1.0 } else { 0.0 };
    metrics::gauge!("candlewick_queue_paused", "queue" => queue).set(paused);
}

fn show_provider(health: &provider::Health) {
    let name = || health.name.clone();
    let up = matches!(health.state, provider::State::Up | provider::State::Unused);
    metrics::gauge!("candlewick_provider_up", "provider" => name()).set(if up { 1.0 } else { 0.0 });
    metrics::counter!("candlewick_provider_requests_total", "provider" => name()).absolute(health.requests);
    metrics::counter!("candlewick_provider_failures_total", "provider" => name()).absolute(health.failures);
    if let Some(latency_ms) = health.latency_ms {
        metrics::gauge!("candlewick_provider_latency_seconds", "provider" => name()).set(latency_ms / 1000.0);
    }
    if let Some(at) = health.last_success {
        let seconds = at.timestamp() as f64;
        metrics::gauge!("candlewick_provider_last_success_seconds", "provider" => name()).set(seconds);
    }
}
