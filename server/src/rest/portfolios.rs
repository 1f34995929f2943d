//! `/api/portfolio/portfolios`: portfolios and their transactions.

use super::{
    Page,
    versions::{IfMatch, Key, tagged},
    window::limit,
};
use crate::{
    AppState,
    extract::{Path, Query, Raw, id},
    problem::Problem,
    router::{Access, Routes},
    session::Known,
};
use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::NaiveDate;
use domain::portfolio::{Portfolio, PortfolioId, Transaction, TransactionId};
use engine::portfolios::{EntryDraft, Order, PortfolioDraft};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

const PORTFOLIOS: &str = "/api/portfolio/portfolios";

/// Transactions of one answer unless fewer are asked for, and at most.
const FEWER: u32 = 100;
const MOST: u32 = 1_000;

pub(super) fn add_to(routes: Routes) -> Routes {
    use Access::Tenant;
    const ONE: &str = "/api/portfolio/portfolios/{id}";
    const ENTRIES: &str = "/api/portfolio/portfolios/{id}/transactions";
    const ENTRY: &str = "/api/portfolio/portfolios/{id}/transactions/{tid}";
    routes
        .add(Tenant, Method::GET, PORTFOLIOS, list)
        .add(Tenant, Method::POST, PORTFOLIOS, create)
        .add(Tenant, Method::GET, ONE, get)
        .add(Tenant, Method::PATCH, ONE, change)
        .add(Tenant, Method::DELETE, ONE, delete)
        .add(Tenant, Method::GET, ENTRIES, transactions)
        .add(Tenant, Method::POST, ENTRIES, add)
        .add(Tenant, Method::GET, ENTRY, transaction)
        .add(Tenant, Method::PUT, ENTRY, replace)
        .add(Tenant, Method::DELETE, ENTRY, remove)
}

#[derive(Deserialize)]
struct ListQuery {
    sort: Option<String>,
    limit: Option<String>,
    cursor: Option<String>,
}

/// The portfolio of a path.
pub(super) fn portfolio_id(text: &str) -> Result<PortfolioId, Problem> {
    id(text).map(PortfolioId)
}

/// A JSON body that is hashed too.
pub(super) fn read<T: DeserializeOwned>(headers: &HeaderMap, body: &Bytes) -> Result<T, Problem> {
    shaped(json(headers, body)?)
}

/// What is no JSON is refused before anybody is asked whose it is.
pub(super) fn json(headers: &HeaderMap, body: &Bytes) -> Result<Value, Problem> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json")) {
        let detail = "the body has to be application/json";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
    }
    serde_json::from_slice(body).map_err(|_| Problem::new(StatusCode::BAD_REQUEST, "the body is not JSON"))
}

/// JSON of another shape is named as such.
pub(super) fn shaped<T: DeserializeOwned>(value: Value) -> Result<T, Problem> {
    let detail = "is a JSON object with the fields of the documentation";
    serde_json::from_value(value).map_err(|_| Problem::invalid("body", detail))
}

async fn list(State(state): State<AppState>, Known(cx): Known) -> Result<Json<Page<Portfolio>>, Problem> {
    Ok(Json(Page::whole(state.engine.portfolios().list(&cx).await?)))
}

async fn create(
    State(state): State<AppState>,
    Known(cx): Known,
    headers: HeaderMap,
    Raw(body): Raw,
) -> Result<Response, Problem> {
    let draft: PortfolioDraft = read(&headers, &body)?;
    let once = Key::of(&headers, PORTFOLIOS, &body)?;
    let made = state.engine.portfolios().create(&cx, &draft, once.as_ref()).await?;
    let place = format!("{PORTFOLIOS}/{}", made.id);
    let answer = tagged(made.version, made);
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], answer).into_response())
}

async fn get(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let found = state.engine.portfolios().get(&cx, portfolio_id(&id)?).await?;
    Ok(tagged(found.version, found))
}

async fn change(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(id): Path<String>,
    headers: HeaderMap,
    Raw(body): Raw,
) -> Result<Response, Problem> {
    let value = json(&headers, &body)?;
    let id = portfolio_id(&id)?;
    state.engine.portfolios().get(&cx, id).await?;
    let draft: PortfolioDraft = shaped(value)?;
    let version = IfMatch::of(&headers)?.version();
    let changed = state.engine.portfolios().update(&cx, id, &draft, version).await?;
    Ok(tagged(changed.version, changed))
}

async fn delete(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    state.engine.portfolios().delete(&cx, portfolio_id(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn transactions(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(id): Path<String>,
    Query(asked): Query<ListQuery>,
) -> Result<Json<Page<Transaction>>, Problem> {
    let id = portfolio_id(&id)?;
    state.engine.portfolios().get(&cx, id).await?;
    let order = match asked.sort.as_deref() {
        None | Some("" | "date") => Order::OldestFirst,
        Some("-date") => Order::NewestFirst,
        Some(_) => return Err(Problem::invalid("sort", "is one of date, -date")),
    };
    let limit = limit(asked.limit.as_deref(), MOST)?.unwrap_or(FEWER);
    let after = asked.cursor.as_deref().filter(|text| !text.is_empty()).map(place).transpose()?;
    let slice = state.engine.portfolios().transactions(&cx, id, order, after, limit).await?;
    let last = slice.items.last().filter(|_| slice.more);
    let next_cursor = last.map(|each| format!("{}~{}", each.entry.date, each.id));
    Ok(Json(Page { items: slice.items, next_cursor }))
}

/// What a cursor stands for: the date and id of the last transaction seen.
fn place(cursor: &str) -> Result<(NaiveDate, TransactionId), Problem> {
    let read = || {
        let (date, id) = cursor.split_once('~')?;
        Some((date.parse().ok()?, TransactionId(id.parse().ok()?)))
    };
    read().ok_or_else(|| Problem::invalid("cursor", "is the `nextCursor` of an answer"))
}

async fn add(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(id): Path<String>,
    headers: HeaderMap,
    Raw(body): Raw,
) -> Result<Response, Problem> {
    let value = json(&headers, &body)?;
    let id = portfolio_id(&id)?;
    // A stranger's portfolio is 404 whatever is in there.
    state.engine.portfolios().get(&cx, id).await?;
    let draft: EntryDraft = shaped(value)?;
    let place = format!("{PORTFOLIOS}/{id}/transactions");
    let once = Key::of(&headers, &place, &body)?;
    let (_, added) = state.engine.portfolios().add(&cx, id, &draft, once.as_ref()).await?;
    let place = format!("{place}/{}", added.id);
    let answer = tagged(added.version, added);
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], answer).into_response())
}

async fn transaction(
    State(state): State<AppState>,
    Known(cx): Known,
    Path((portfolio, one)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (portfolio, one) = (portfolio_id(&portfolio)?, TransactionId(id(&one)?));
    let found = state.engine.portfolios().transaction(&cx, portfolio, one).await?;
    Ok(tagged(found.version, found))
}

async fn replace(
    State(state): State<AppState>,
    Known(cx): Known,
    Path((portfolio, one)): Path<(String, String)>,
    headers: HeaderMap,
    Raw(body): Raw,
) -> Result<Response, Problem> {
    let value = json(&headers, &body)?;
    let (portfolio, one) = (portfolio_id(&portfolio)?, TransactionId(id(&one)?));
    state.engine.portfolios().transaction(&cx, portfolio, one).await?;
    let version = IfMatch::of(&headers)?.needed()?;
    let draft: EntryDraft = shaped(value)?;
    let (_, after) = state.engine.portfolios().replace(&cx, portfolio, one, &draft, version).await?;
    Ok(tagged(after.version, after))
}

async fn remove(
    State(state): State<AppState>,
    Known(cx): Known,
    Path((portfolio, one)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<StatusCode, Problem> {
    let (portfolio, one) = (portfolio_id(&portfolio)?, TransactionId(id(&one)?));
    state.engine.portfolios().transaction(&cx, portfolio, one).await?;
    let version = IfMatch::of(&headers)?.version();
    state.engine.portfolios().remove(&cx, portfolio, one, version).await?;
    Ok(StatusCode::NO_CONTENT)
}
