//! `/api/ops/providers`: how the sources outside are doing.

use crate::{
    AppState,
    router::{Access, Routes},
    session::Operating,
};
use axum::{Json, extract::State, http::Method};
use serde_json::{Value, json};

pub(super) fn add_to(routes: Routes) -> Routes {
    routes.add(Access::Operator, Method::GET, "/api/ops/providers", list)
}

async fn list(State(state): State<AppState>, Operating(_): Operating) -> Json<Value> {
    let report = state.engine.about().providers();
    Json(json!({
        "standing": report.standing,
        "at": report.at,
        "items": report.items,
        "nextCursor": null,
    }))
}
