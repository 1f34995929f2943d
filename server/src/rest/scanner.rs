//! `/api/market/scanner` and `/api/market/screen`: who stands out.

use super::window::{is_csv_wanted, limit};
use crate::{
    AppState,
    extract::{Body, Path, Query},
    problem::Problem,
    router::{Access, Routes},
    session::Known,
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, Method, header},
    response::{IntoResponse, Response},
};
use chrono::NaiveDate;
use domain::scanner::{Filter, Found, Match, SHOWN_ANYWAY, Scan, Sort, Timeframe, as_csv};
use engine::scanner::MOST_ROWS;
use serde::Deserialize;

/// Rows unless asked otherwise.
const ROWS: u32 = 100;

pub(super) fn add_to(routes: Routes) -> Routes {
    routes
        .add(Access::Known, Method::GET, "/api/market/scanner/{scan}", scan)
        .add(Access::Known, Method::GET, "/api/market/screen", screen_by_link)
        .add(Access::Known, Method::POST, "/api/market/screen", screen)
}

#[derive(Deserialize)]
struct ScanQuery {
    timeframe: Option<String>,
    day: Option<String>,
    sort: Option<String>,
    order: Option<String>,
    limit: Option<String>,
    format: Option<String>,
}

#[derive(Deserialize)]
struct ScreenQuery {
    filter: Option<String>,
    timeframe: Option<String>,
    sort: Option<String>,
    order: Option<String>,
    limit: Option<String>,
    format: Option<String>,
}

#[derive(Deserialize)]
struct ScreenBody {
    filter: String,
    timeframe: Option<String>,
    sort: Option<String>,
    order: Option<String>,
    limit: Option<u32>,
}

async fn scan(
    State(state): State<AppState>,
    Known(_): Known,
    Path(name): Path<String>,
    Query(asked): Query<ScanQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let scan = Scan::parse(&name).ok_or_else(|| Problem::not_found("the scan"))?;
    let timeframe = timeframe(asked.timeframe.as_deref())?;
    let limit = limit(asked.limit.as_deref(), MOST_ROWS as u32)?.unwrap_or(ROWS);
    let day = asked.day.filter(|text| !text.is_empty()).map(|text| {
        text.parse::<NaiveDate>().map_err(|_| Problem::invalid("day", "is a date as 2022-03-10"))
    });
    let sort = sort(asked.sort.as_deref(), asked.order.as_deref())?;
    let mut result = state.engine.scanner().result(scan, timeframe, day.transpose()?).await?;
    if let Some(sort) = sort {
        let own = result.columns.iter().any(|column| column == sort.column());
        if !own && !SHOWN_ANYWAY.contains(&sort.column()) {
            return Err(Problem::invalid("sort", "is no column of this scan"));
        }
        sort.apply(&mut result.items);
    }
    result.items.truncate(limit as usize);
    Ok(match is_table(asked.format.as_deref(), &headers) {
        true => table(&result.columns, &result.items),
        false => ([(header::VARY, "accept")], Json(result)).into_response(),
    })
}

async fn screen(
    State(state): State<AppState>,
    Known(_): Known,
    headers: HeaderMap,
    Body(asked): Body<ScreenBody>,
) -> Result<Response, Problem> {
    let timeframe = timeframe(asked.timeframe.as_deref())?;
    let limit = asked.limit.unwrap_or(ROWS);
    if !(1..=MOST_ROWS as u32).contains(&limit) {
        return Err(Problem::invalid("limit", format!("is a whole number from 1 to {MOST_ROWS}")));
    }
    let sort = sort(asked.sort.as_deref(), asked.order.as_deref())?;
    screened(&state, &asked.filter, timeframe, sort, limit, is_csv_wanted(&headers)).await
}

/// The same as a link, for downloads.
async fn screen_by_link(
    State(state): State<AppState>,
    Known(_): Known,
    Query(asked): Query<ScreenQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let timeframe = timeframe(asked.timeframe.as_deref())?;
    let limit = limit(asked.limit.as_deref(), MOST_ROWS as u32)?.unwrap_or(ROWS);
    let sort = sort(asked.sort.as_deref(), asked.order.as_deref())?;
    let filter = asked.filter.unwrap_or_default();
    screened(&state, &filter, timeframe, sort, limit, is_table(asked.format.as_deref(), &headers)).await
}

/// By `format=csv`, as links can say it, or by the `Accept` header.
fn is_table(format: Option<&str>, headers: &HeaderMap) -> bool {
    format == Some("csv") || is_csv_wanted(headers)
}

async fn screened(
    state: &AppState,
    filter: &str,
    timeframe: Timeframe,
    sort: Option<Sort>,
    limit: u32,
    as_table: bool,
) -> Result<Response, Problem> {
    let filter = Filter::parse(filter)
        .map_err(|fault| Problem::invalid("filter", fault.reason).at(fault.position, fault.length))?;
    let found: Found = state.engine.scanner().screen(&filter, timeframe, sort, limit as usize).await?;
    Ok(match as_table {
        true => table(&found.columns, &found.items),
        false => ([(header::VARY, "accept")], Json(found)).into_response(),
    })
}

fn timeframe(text: Option<&str>) -> Result<Timeframe, Problem> {
    match text {
        None | Some("") => Ok(Timeframe::Daily),
        Some(word) => {
            Timeframe::parse(word).ok_or_else(|| Problem::invalid("timeframe", "is one of daily, weekly"))
        }
    }
}

/// Downwards unless `order` says otherwise; without a column the order is the answer's own.
fn sort(column: Option<&str>, order: Option<&str>) -> Result<Option<Sort>, Problem> {
    let ascending = match order {
        None | Some("" | "desc") => false,
        Some("asc") => true,
        Some(_) => return Err(Problem::invalid("order", "is one of asc, desc")),
    };
    match column {
        None | Some("") => Ok(None),
        Some(name) => {
            let sort = Sort::by(name, ascending);
            sort.map(Some).ok_or_else(|| Problem::invalid("sort", "is the name of a field, as rsi14"))
        }
    }
}

fn table(columns: &[String], items: &[Match]) -> Response {
    let head = [(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::VARY, "accept")];
    (head, as_csv(columns, items)).into_response()
}
