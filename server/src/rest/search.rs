//! Finding instruments, for programs and for select2 clients.

use crate::{
    AppState,
    extract::Query,
    problem::Problem,
    router::{Access, Routes},
    session::Known,
};
use axum::{Json, extract::State, http::Method};
use domain::search::Hit;
use serde::Deserialize;
use serde_json::{Value, json};

const MOST_HITS: usize = 20;

pub(super) fn add_to(routes: Routes) -> Routes {
    routes
        .add(Access::Known, Method::GET, "/api/market/search", search)
        .add(Access::Known, Method::GET, "/api/stock-search/", select)
        .add(Access::Known, Method::GET, "/api/stock-search", select)
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
}

async fn search(
    State(state): State<AppState>,
    Known(_): Known,
    Query(asked): Query<Asked>,
) -> Result<Json<Value>, Problem> {
    Ok(Json(json!({ "results": state.engine.search().find(&asked.q, MOST_HITS).await? })))
}

async fn select(
    State(state): State<AppState>,
    Known(_): Known,
    Query(asked): Query<Asked>,
) -> Result<Json<Value>, Problem> {
    let hits = state.engine.search().find(&asked.q, MOST_HITS).await?;
    let option = |hit: &Hit| {
        let text = match hit.known {
            true => format!("{} - {}", hit.symbol, hit.name),
            false => format!("Add NEW symbol {}", hit.symbol),
        };
        json!({ "id": hit.symbol, "text": text })
    };
    Ok(Json(json!({ "results": hits.iter().map(option).collect::<Vec<_>>() })))
}
