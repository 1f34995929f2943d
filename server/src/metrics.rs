//! Figures for Prometheus.

use crate::state::AppState;
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    etl::{Freshness, QualityScore},
    job::{JobState, QueueInfo, ScheduleLine},
    provider,
};
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
    metrics::describe_gauge!(
        "candlewick_schedule_last_success_seconds",
        "Unix time of the latest slot of a line of the schedule whose job ended well; time() minus it is its age"
    );
    metrics::describe_gauge!(
        "candlewick_data_fresh_ratio",
        "Share of what a source knows that is as new as it can be"
    );
    metrics::describe_gauge!(
        "candlewick_data_newest_seconds",
        "Unix time of a source's newest day, in market time"
    );
    metrics::describe_gauge!(
        "candlewick_data_collected_seconds",
        "Unix time at which a source was collected last"
    );
    metrics::describe_gauge!(
        "candlewick_quality_score",
        "Share of the latest day's records without objection, 0 to 1"
    );
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
    match state.engine.jobs().schedule_figures().await {
        Ok(lines) => lines.iter().for_each(show_line),
        Err(error) => tracing::warn!(%error, "the schedule can not be looked at"),
    }
    match state.engine.ingest().figures().await {
        Ok((freshness, scores)) => {
            freshness.iter().for_each(show_freshness);
            // Oldest first: the latest stays.
            scores.iter().for_each(show_score);
        }
        Err(error) => tracing::warn!(%error, "age and quality of the data can not be looked at"),
    }
    // Those of all processes: the one that is asked here may be asking nobody itself.
    let health = match state.engine.about().providers().await {
        Ok(report) => report.items,
        Err(error) => {
            tracing::warn!(%error, "other processes' providers can not be looked at");
            state.engine.providers().health()
        }
    };
    health.iter().for_each(show_provider);
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

fn show_line(line: &ScheduleLine) {
    if let Some(seconds) = succeeded(line) {
        let name = line.name.clone();
        metrics::gauge!("candlewick_schedule_last_success_seconds", "line" => name).set(seconds);
    }
}

/// Unix time of a line's last run, if that ended well; what was shown before stays while one runs or has failed.
fn succeeded(line: &ScheduleLine) -> Option<f64> {
    let at = line.last_at.filter(|_| line.last_state == Some(JobState::Done))?;
    Some(at.timestamp() as f64)
}

fn show_freshness(of: &Freshness) {
    let source = of.source.as_str();
    if of.subjects > 0 {
        let share = f64::from(of.fresh) / f64::from(of.subjects);
        metrics::gauge!("candlewick_data_fresh_ratio", "source" => source).set(share);
    }
    if let Some(day) = of.newest {
        let seconds = day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp() as f64;
        metrics::gauge!("candlewick_data_newest_seconds", "source" => source).set(seconds);
    }
    if let Some(at) = of.collected_at {
        let seconds = at.timestamp() as f64;
        metrics::gauge!("candlewick_data_collected_seconds", "source" => source).set(seconds);
    }
}

fn show_score(score: &QualityScore) {
    let (source, dimension) = (score.source.as_str(), score.dimension.as_str());
    metrics::gauge!("candlewick_quality_score", "source" => source, "dimension" => dimension)
        .set(score.score);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_run_that_ended_well_is_a_success() {
        let at: chrono::DateTime<chrono::Utc> = "2026-01-05T14:30:00Z".parse().unwrap();
        let line = |last_state| ScheduleLine {
            name: "backup".into(),
            what: String::new(),
            cron: String::new(),
            zone: String::new(),
            when: String::new(),
            kind: String::new(),
            market_time: false,
            last_slot: Some(at),
            last_at: Some(at),
            last_job: None,
            last_state,
            next_slot: None,
            next_at: None,
        };
        assert_eq!(succeeded(&line(Some(JobState::Done))), Some(1_767_623_400.0));
        for state in [None, Some(JobState::Running), Some(JobState::Dead)] {
            assert_eq!(succeeded(&line(state)), None, "{state:?}");
        }
    }
}
