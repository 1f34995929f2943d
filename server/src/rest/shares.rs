//! `/api/portfolio/portfolios/{id}/shares`: links to a portfolio for strangers.

use super::{Page, portfolios::portfolio_id};
use crate::{
    AppState,
    extract::{Body, Path, id},
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
use chrono::{DateTime, Utc};
use domain::share::{Share, ShareId};
use engine::shares::Wish;
use serde::{Deserialize, Serialize};

const SHARES: &str = "/api/portfolio/portfolios/{id}/shares";

pub(super) fn add_to(routes: Routes) -> Routes {
    routes
        .add(Access::Tenant, Method::GET, SHARES, list)
        .add(Access::Tenant, Method::POST, SHARES, create)
        .add(Access::Tenant, Method::DELETE, "/api/portfolio/portfolios/{id}/shares/{share}", revoke)
}

/// What a new link shall be.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Wanted {
    expires_at: Option<DateTime<Utc>>,
    password: Option<String>,
    hide_amounts: bool,
}

/// A link that was just made: the only answer its token is ever in.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Made {
    #[serde(flatten)]
    share: Share,
    token: String,
    url: String,
}

async fn list(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(portfolio): Path<String>,
) -> Result<Json<Page<Share>>, Problem> {
    Ok(Json(Page::whole(state.engine.shares().list(&cx, portfolio_id(&portfolio)?).await?)))
}

async fn create(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(portfolio): Path<String>,
    Body(wanted): Body<Wanted>,
) -> Result<impl IntoResponse, Problem> {
    let Wanted { expires_at, password, hide_amounts } = wanted;
    let wish = Wish { expires_at, password, hide_amounts };
    let (share, token) = state.engine.shares().create(&cx, portfolio_id(&portfolio)?, &wish).await?;
    let url = state.engine.shares().address(&token);
    Ok((StatusCode::CREATED, [(header::CACHE_CONTROL, "no-store")], Json(Made { share, token, url })))
}

async fn revoke(
    State(state): State<AppState>,
    Known(cx): Known,
    Path((portfolio, share)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    let share = ShareId(id(&share)?);
    state.engine.shares().revoke(&cx, portfolio_id(&portfolio)?, share).await?;
    Ok(StatusCode::NO_CONTENT)
}
