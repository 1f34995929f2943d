//! `/api/ops/providers`: how the sources outside are doing.

use crate::{
    AppState,
    problem::Problem,
    router::{Access, Routes},
    session::Operating,
};
use axum::{Json, extract::State, http::Method};
use serde_json::{Value, json};

pub(super) fn add_to(routes: Routes) -> Routes {
    routes.add(Access::Operator, Method::GET, "/api/ops/providers", list)
}

async fn list(State(state): State<AppState>, Operating(_): Operating) -> Result<Json<Value>, Problem> {
    let report = state.engine.about().providers().await?;
    Ok(Json(json!({
        "standing": report.standing,
        "at": report.at,
        "items": report.items,
        "nextCursor": null,
    })))
}
