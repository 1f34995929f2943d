//! `/api/market/macro` and `/trends`: economic series and search interest.

use super::Page;
use crate::{
    AppState,
    extract::Path,
    problem::Problem,
    router::{Access, Routes},
    session::Known,
};
use axum::{Json, extract::State, http::Method};
use domain::macros::MacroSeries;
use serde_json::{Value, json};

pub(super) fn add_to(routes: Routes) -> Routes {
    routes
        .add(Access::Known, Method::GET, "/api/market/macro", list)
        .add(Access::Known, Method::GET, "/api/market/macro/{id}", series)
        .add(Access::Known, Method::GET, "/api/market/trends/{keyword}", trends)
}

async fn list(State(state): State<AppState>, Known(_): Known) -> Result<Json<Page<MacroSeries>>, Problem> {
    Ok(Json(Page::whole(state.engine.macros().list().await?)))
}

async fn series(
    State(state): State<AppState>,
    Known(_): Known,
    Path(id): Path<String>,
) -> Result<Json<MacroSeries>, Problem> {
    Ok(Json(state.engine.macros().series(&plain(id)?, None).await?))
}

async fn trends(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(keyword): Path<String>,
) -> Result<Json<Value>, Problem> {
    let interest = state.engine.macros().interest(&cx, &plain(keyword)?).await?;
    let points: Vec<Value> =
        interest.observations.iter().map(|each| json!({ "date": each.date, "score": each.value })).collect();
    Ok(Json(json!({ "keyword": interest.keyword, "geo": "world", "points": points })))
}

/// No name of ours holds a control character, and PostgreSQL refuses a text with a zero byte.
fn plain(text: String) -> Result<String, Problem> {
    match text.chars().any(char::is_control) {
        true => Err(Problem::not_found("what you asked for")),
        false => Ok(text),
    }
}
