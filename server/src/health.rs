//! Whether the program lives and whether it can work.

use crate::state::AppState;
use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use serde_json::json;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(2);

/// `/healthz`: the process answers. A failing database does not make it worth restarting.
pub async fn alive() -> impl IntoResponse {
    Json(json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") }))
}

/// `/readyz`: requests make sense here now.
pub async fn ready(State(state): State<AppState>) -> impl IntoResponse {
    if state.stopping.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "status": "stopping" })));
    }
    match tokio::time::timeout(PATIENCE, state.engine.ping()).await {
        Ok(Ok(())) => (StatusCode::OK, Json(json!({ "status": "ready", "database": "ok" }))),
        _ => {
            tracing::warn!("not ready: the database does not answer");
            let body = json!({ "status": "unavailable", "database": "does not answer" });
            (StatusCode::SERVICE_UNAVAILABLE, Json(body))
        }
    }
}
