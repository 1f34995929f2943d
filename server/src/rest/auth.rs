//! `/api/auth`: accounts for programs.

use super::Page;
use crate::{
    AppState,
    extract::{Body, Path, id},
    problem::Problem,
    router::{Access, Routes},
    session::{From, Known},
};
use axum::{
    Json,
    extract::State,
    http::{Method, StatusCode},
    response::IntoResponse,
};
use domain::account::{ApiKey, ProfileChange, Registration, Tokens, User};
use serde::{Deserialize, Serialize};

pub(super) fn add_to(routes: Routes) -> Routes {
    routes
        .add(Access::Public, Method::POST, "/api/auth/register", register)
        .door()
        .add(Access::Public, Method::POST, "/api/auth/login", login)
        .door()
        .add(Access::Public, Method::POST, "/api/auth/refresh", refresh)
        .add(Access::Public, Method::POST, "/api/auth/logout", logout)
        .add(Access::Tenant, Method::GET, "/api/auth/profile", profile)
        .add(Access::Tenant, Method::PATCH, "/api/auth/profile", change_profile)
        .add(Access::Tenant, Method::GET, "/api/auth/api-keys", keys)
        .add(Access::Tenant, Method::POST, "/api/auth/api-keys", create_key)
        .add(Access::Tenant, Method::DELETE, "/api/auth/api-keys/{id}", revoke_key)
}

/// What is missing is empty, so that the engine can name the field.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Credentials {
    email: String,
    password: String,
    full_name: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Refresh {
    refresh_token: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct KeyName {
    name: String,
}

/// A key at the only time it is shown.
#[derive(Serialize)]
struct NewKey {
    #[serde(flatten)]
    about: ApiKey,
    key: String,
}

async fn register(
    State(state): State<AppState>,
    From(caller): From,
    Body(sent): Body<Credentials>,
) -> Result<impl IntoResponse, Problem> {
    let registration = Registration { email: sent.email, password: sent.password, full_name: sent.full_name };
    let tokens = state.engine.accounts().register_api(registration, &caller).await?;
    Ok((StatusCode::CREATED, Json(tokens)))
}

async fn login(
    State(state): State<AppState>,
    From(caller): From,
    Body(sent): Body<Credentials>,
) -> Result<Json<Tokens>, Problem> {
    Ok(Json(state.engine.accounts().login_api(&sent.email, &sent.password, &caller).await?))
}

async fn refresh(
    State(state): State<AppState>,
    From(caller): From,
    Body(sent): Body<Refresh>,
) -> Result<Json<Tokens>, Problem> {
    Ok(Json(state.engine.accounts().refresh(&sent.refresh_token, &caller).await?))
}

async fn logout(State(state): State<AppState>, Body(sent): Body<Refresh>) -> Result<StatusCode, Problem> {
    state.engine.accounts().logout_api(&sent.refresh_token).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn profile(State(state): State<AppState>, Known(cx): Known) -> Result<Json<User>, Problem> {
    Ok(Json(state.engine.accounts().user(&cx).await?))
}

async fn change_profile(
    State(state): State<AppState>,
    Known(cx): Known,
    Body(change): Body<ProfileChange>,
) -> Result<Json<User>, Problem> {
    Ok(Json(state.engine.accounts().update_profile(&cx, change).await?))
}

async fn keys(State(state): State<AppState>, Known(cx): Known) -> Result<Json<Page<ApiKey>>, Problem> {
    Ok(Json(Page::whole(state.engine.accounts().api_keys(&cx).await?)))
}

async fn create_key(
    State(state): State<AppState>,
    Known(cx): Known,
    Body(sent): Body<KeyName>,
) -> Result<impl IntoResponse, Problem> {
    let (about, key) = state.engine.accounts().create_api_key(&cx, &sent.name).await?;
    Ok((StatusCode::CREATED, Json(NewKey { about, key })))
}

async fn revoke_key(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(key): Path<String>,
) -> Result<StatusCode, Problem> {
    state.engine.accounts().revoke_api_key(&cx, id(&key)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
