//! `/api/portfolio/watchlists`.

use super::Page;
use crate::{
    AppState,
    extract::{Body, Path, id, symbol},
    problem::Problem,
    router::{Access, Routes},
    session::Known,
};
use axum::{
    Json,
    extract::State,
    http::{Method, StatusCode, header},
    response::IntoResponse,
};
use domain::{Symbol, watchlist::Watchlist};
use serde::Deserialize;

pub(super) fn add_to(routes: Routes) -> Routes {
    routes
        .add(Access::Tenant, Method::GET, "/api/portfolio/watchlists", list)
        .add(Access::Tenant, Method::POST, "/api/portfolio/watchlists", create)
        .add(Access::Tenant, Method::GET, "/api/portfolio/watchlists/{id}", get)
        .add(Access::Tenant, Method::PATCH, "/api/portfolio/watchlists/{id}", change)
        .add(Access::Tenant, Method::DELETE, "/api/portfolio/watchlists/{id}", delete)
        .add(Access::Tenant, Method::POST, "/api/portfolio/watchlists/{id}/symbols", add)
        .add(Access::Tenant, Method::DELETE, "/api/portfolio/watchlists/{id}/symbols/{symbol}", remove)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct NewList {
    name: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Change {
    name: Option<String>,
    symbols: Option<Vec<String>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Addition {
    symbol: String,
}

async fn list(State(state): State<AppState>, Known(cx): Known) -> Result<Json<Page<Watchlist>>, Problem> {
    Ok(Json(Page::whole(state.engine.watchlists().list(&cx).await?)))
}

async fn create(
    State(state): State<AppState>,
    Known(cx): Known,
    Body(sent): Body<NewList>,
) -> Result<impl IntoResponse, Problem> {
    let list = state.engine.watchlists().create(&cx, &sent.name).await?;
    let place = format!("/api/portfolio/watchlists/{}", list.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], Json(list)))
}

async fn get(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(list): Path<String>,
) -> Result<Json<Watchlist>, Problem> {
    Ok(Json(state.engine.watchlists().get(&cx, id(&list)?).await?))
}

async fn change(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(list): Path<String>,
    Body(sent): Body<Change>,
) -> Result<Json<Watchlist>, Problem> {
    let list = id(&list)?;
    // Everything is understood before anything is changed.
    let symbols = sent.symbols.map(|symbols| symbols.iter().map(|s| sent_symbol("symbols", s)).collect());
    let symbols: Option<Vec<Symbol>> = symbols.transpose()?;
    Ok(Json(state.engine.watchlists().update(&cx, list, sent.name.as_deref(), symbols).await?))
}

async fn delete(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(list): Path<String>,
) -> Result<StatusCode, Problem> {
    state.engine.watchlists().delete(&cx, id(&list)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn add(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(list): Path<String>,
    Body(sent): Body<Addition>,
) -> Result<Json<Watchlist>, Problem> {
    let added = sent_symbol("symbol", &sent.symbol);
    let list = id(&list)?;
    // A stranger's list is 404 whatever is sent to it.
    state.engine.watchlists().get(&cx, list).await?;
    Ok(Json(state.engine.watchlists().add(&cx, list, added?).await?))
}

async fn remove(
    State(state): State<AppState>,
    Known(cx): Known,
    Path((list, removed)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    state.engine.watchlists().remove(&cx, id(&list)?, &symbol(&removed)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A symbol in a body: what can be no symbol is the sender's mistake.
fn sent_symbol(field: &str, text: &str) -> Result<Symbol, Problem> {
    text.parse().map_err(|bad: domain::instrument::BadSymbol| Problem::invalid(field, bad.to_string()))
}
