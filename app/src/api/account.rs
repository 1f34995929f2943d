//! Accounts: register, log in and out, sessions, keys, profile.

use crate::error::AppError;
use domain::{
    account::{ApiKey, SessionInfo, User},
    member::Workspace,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Who is logged in, if anybody.
#[server(prefix = "/api", endpoint = "account/me", input = server_fn::codec::GetUrl)]
pub async fn me() -> Result<Option<User>, AppError> {
    Ok(crate::backend::session().await?.map(|(_, user)| user))
}

/// Makes an account with its personal tenant and logs in; answers where to go on, as [`log_in`].
#[server(prefix = "/api", endpoint = "account/register")]
pub async fn register(
    email: String,
    password: String,
    full_name: String,
    next: Option<String>,
) -> Result<String, AppError> {
    use crate::backend;
    let who = backend::caller();
    let input = domain::account::Registration { email, password, full_name };
    let login = backend::engine().accounts().register(input, &who).await.map_err(backend::show)?;
    backend::engine().jobs().onboarded(&login.cx, backend::PATIENCE).await.map_err(backend::show)?;
    backend::set_session_cookie(&login.session_token);
    Ok(backend::go_on(&crate::routes::after_login(next.as_deref())))
}

/// Logs in; answers where to go on: the dashboard, or `next` where that is a page of ours.
#[server(prefix = "/api", endpoint = "account/login")]
pub async fn log_in(email: String, password: String, next: Option<String>) -> Result<String, AppError> {
    use crate::backend;
    let who = backend::caller();
    let login = backend::engine().accounts().login(&email, &password, &who).await.map_err(backend::show)?;
    if let Some(before) = backend::request().session_token {
        backend::engine().accounts().logout(&before).await.map_err(backend::show)?;
    }
    backend::set_session_cookie(&login.session_token);
    Ok(backend::go_on(&crate::routes::after_login(next.as_deref())))
}

/// Ends this session; answers where to go on.
#[server(prefix = "/api", endpoint = "account/logout")]
pub async fn log_out() -> Result<String, AppError> {
    use crate::backend;
    if let Some(token) = backend::request().session_token {
        backend::engine().accounts().logout(&token).await.map_err(backend::show)?;
    }
    backend::set_session_cookie("");
    Ok(backend::go_on(crate::routes::LANDING))
}

/// Whether mail is set up here: only then can letters be asked for.
#[server(prefix = "/api", endpoint = "account/letters", input = server_fn::codec::GetUrl)]
pub async fn sends_letters() -> Result<bool, AppError> {
    Ok(crate::backend::engine().mailer().is_some())
}

/// Sends a link for a new password, if somebody has the address; the answer does not say whether.
#[server(prefix = "/api", endpoint = "account/forgot")]
pub async fn forgot_password(email: String) -> Result<(), AppError> {
    use crate::backend;
    let who = backend::caller();
    backend::engine().accounts().forgot_password(&email, &who).await.map_err(backend::show)
}

/// Sets a new password with the token of a letter.
#[server(prefix = "/api", endpoint = "account/reset")]
pub async fn reset_password(token: String, new: String) -> Result<(), AppError> {
    use crate::backend;
    let who = backend::caller();
    backend::engine().accounts().reset_password(&token, &new, &who).await.map_err(backend::show)
}

/// Proves an e-mail address with the token of a letter.
#[server(prefix = "/api", endpoint = "account/verify")]
pub async fn verify_email(token: String) -> Result<(), AppError> {
    use crate::backend;
    let who = backend::caller();
    backend::engine().accounts().verify_email(&token, &who).await.map_err(backend::show)
}

/// Sends the letter that proves the e-mail address once more.
#[server(prefix = "/api", endpoint = "account/send-verification")]
pub async fn send_verification() -> Result<(), AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    engine.accounts().send_verification(&cx).await.map_err(crate::backend::show)
}

/// The workspaces one belongs to, the oldest membership first.
#[server(prefix = "/api", endpoint = "account/workspaces", input = server_fn::codec::GetUrl)]
pub async fn workspaces() -> Result<Vec<Workspace>, AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    engine.accounts().workspaces(&cx).await.map_err(crate::backend::show)
}

/// Goes to another workspace; answers where to go on.
#[server(prefix = "/api", endpoint = "account/switch")]
pub async fn switch(tenant: Uuid) -> Result<String, AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    crate::backend::move_to(&engine, &cx, domain::TenantId(tenant)).await
}

/// Accepts an invitation and goes to its workspace; answers where to go on.
#[server(prefix = "/api", endpoint = "account/join")]
pub async fn join(token: String) -> Result<String, AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    let tenant = engine.members().accept(&cx, &token).await.map_err(crate::backend::show)?;
    crate::backend::move_to(&engine, &cx, tenant).await
}

/// What the settings page shows besides the profile.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Access {
    /// Newest first.
    pub sessions: Vec<SessionInfo>,
    /// Newest first.
    pub keys: Vec<ApiKey>,
    /// Whether mail is set up here.
    pub sends_letters: bool,
}

/// Sessions and API keys.
#[server(prefix = "/api", endpoint = "account/access", input = server_fn::codec::GetUrl)]
pub async fn read_access() -> Result<Access, AppError> {
    use crate::backend;
    let (engine, cx) = backend::enter().await?;
    let token = backend::request().session_token.unwrap_or_default();
    let sessions = engine.accounts().sessions(&cx, &token).await.map_err(backend::show)?;
    let keys = engine.accounts().api_keys(&cx).await.map_err(backend::show)?;
    Ok(Access { sessions, keys, sends_letters: engine.mailer().is_some() })
}

/// Ends another session of the same user.
#[server(prefix = "/api", endpoint = "account/revoke-session")]
pub async fn revoke_session(id: Uuid) -> Result<(), AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    engine.accounts().revoke_session(&cx, id).await.map_err(crate::backend::show)
}

/// Changes name, time zone and currency.
#[server(prefix = "/api", endpoint = "account/profile")]
pub async fn update_profile(
    full_name: String,
    time_zone: String,
    base_currency: String,
) -> Result<User, AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    let change = domain::account::ProfileChange {
        full_name: Some(full_name),
        time_zone: Some(time_zone),
        base_currency: Some(base_currency),
        ..Default::default()
    };
    engine.accounts().update_profile(&cx, change).await.map_err(crate::backend::show)
}

/// Changes the looks; kept with the account and in a cookie for the next page.
#[server(prefix = "/api", endpoint = "account/looks")]
pub async fn update_looks(theme: String, colours: String) -> Result<(), AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    let change = domain::account::ProfileChange {
        theme: Some(theme.clone()),
        colours: Some(colours.clone()),
        ..Default::default()
    };
    engine.accounts().update_profile(&cx, change).await.map_err(crate::backend::show)?;
    crate::backend::set_looks_cookies(&theme, &colours);
    Ok(())
}

/// Changes the password; every other session ends.
#[server(prefix = "/api", endpoint = "account/password")]
pub async fn change_password(current: String, new: String) -> Result<(), AppError> {
    use crate::backend;
    let (engine, cx) = backend::enter().await?;
    let token = backend::request().session_token.unwrap_or_default();
    engine.accounts().change_password(&cx, &token, &current, &new).await.map_err(backend::show)
}

/// Makes an API key and answers it, the only time it is ever shown.
#[server(prefix = "/api", endpoint = "account/create-key")]
pub async fn create_key(name: String) -> Result<String, AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    let (_, secret) = engine.accounts().create_api_key(&cx, &name).await.map_err(crate::backend::show)?;
    Ok(secret)
}

/// Ends an API key.
#[server(prefix = "/api", endpoint = "account/revoke-key")]
pub async fn revoke_key(id: Uuid) -> Result<(), AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    engine.accounts().revoke_api_key(&cx, id).await.map_err(crate::backend::show)
}
