//! `/api/ops/alerts`: what operators have to know.

use super::page::{self, Page};
use crate::{
    AppState,
    extract::{Path, Query, id},
    problem::Problem,
    router::{Access, Routes},
    session::Operating,
};
use axum::{
    Json,
    extract::State,
    http::{Method, StatusCode},
};
use domain::ops_alert::OpsAlert;
use serde::Deserialize;

pub(super) fn add_to(routes: Routes) -> Routes {
    routes.add(Access::Operator, Method::GET, "/api/ops/alerts", list).add(
        Access::Operator,
        Method::POST,
        "/api/ops/alerts/{id}/acknowledge",
        acknowledge,
    )
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wanted {
    /// `open` or `all`; open ones unless said otherwise.
    state: Option<String>,
    limit: Option<u32>,
    cursor: Option<String>,
}

async fn list(
    State(state): State<AppState>,
    Operating(operator): Operating,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Page<OpsAlert>>, Problem> {
    let open = match wanted.state.as_deref() {
        None | Some("open") => true,
        Some("all") => false,
        Some(other) => return Err(Problem::invalid("state", format!("`{other}` is neither open nor all"))),
    };
    let limit = page::size(wanted.limit)?;
    let after = match &wanted.cursor {
        Some(text) => Some(text.parse().map_err(|_| Problem::invalid("cursor", "is not one of ours"))?),
        None => None,
    };
    let items = state.engine.alerts().list(&operator, open, after, limit).await?;
    let full = items.len() == limit as usize;
    let next_cursor = items.last().filter(|_| full).map(|last| last.id.to_string());
    Ok(Json(Page { items, next_cursor }))
}

async fn acknowledge(
    State(state): State<AppState>,
    Operating(operator): Operating,
    Path(alert): Path<String>,
) -> Result<StatusCode, Problem> {
    state.engine.alerts().acknowledge(&operator, id(&alert)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
