//! `/api/portfolio/holdings`: the simple form of a portfolio, one line a symbol.

use super::{
    Page,
    portfolios::{json, read, shaped},
    versions::{IfMatch, tagged},
};
use crate::{
    AppState,
    extract::{Path, Raw, id},
    problem::Problem,
    router::{Access, Routes},
    session::Known,
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::portfolio::TransactionId;
use engine::portfolios::{Held, HoldingDraft};

const HOLDINGS: &str = "/api/portfolio/holdings";

pub(super) fn add_to(routes: Routes) -> Routes {
    const ONE: &str = "/api/portfolio/holdings/{id}";
    routes
        .add(Access::Tenant, Method::GET, HOLDINGS, list)
        .add(Access::Tenant, Method::POST, HOLDINGS, add)
        .add(Access::Tenant, Method::GET, ONE, get)
        .add(Access::Tenant, Method::PATCH, ONE, change)
        .add(Access::Tenant, Method::PUT, ONE, change)
        .add(Access::Tenant, Method::DELETE, ONE, remove)
}

async fn list(State(state): State<AppState>, Known(cx): Known) -> Result<Json<Page<Held>>, Problem> {
    Ok(Json(Page::whole(state.engine.portfolios().holdings(&cx).await?)))
}

async fn add(
    State(state): State<AppState>,
    Known(cx): Known,
    headers: HeaderMap,
    Raw(body): Raw,
) -> Result<Response, Problem> {
    let draft: HoldingDraft = read(&headers, &body)?;
    let held = state.engine.portfolios().hold(&cx, &draft).await?;
    let place = format!("{HOLDINGS}/{}", held.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], tagged(held.version, held)).into_response())
}

async fn get(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(one): Path<String>,
) -> Result<Response, Problem> {
    let held = state.engine.portfolios().holding(&cx, TransactionId(id(&one)?)).await?;
    Ok(tagged(held.version, held))
}

async fn change(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(one): Path<String>,
    headers: HeaderMap,
    Raw(body): Raw,
) -> Result<Response, Problem> {
    let value = json(&headers, &body)?;
    let one = TransactionId(id(&one)?);
    state.engine.portfolios().holding(&cx, one).await?;
    let draft: HoldingDraft = shaped(value)?;
    let version = IfMatch::of(&headers)?.version();
    let held = state.engine.portfolios().change_holding(&cx, one, &draft, version).await?;
    Ok(tagged(held.version, held))
}

async fn remove(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(one): Path<String>,
) -> Result<StatusCode, Problem> {
    state.engine.portfolios().release(&cx, TransactionId(id(&one)?)).await?;
    Ok(StatusCode::NO_CONTENT)
}
