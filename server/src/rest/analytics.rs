//! `/api/analytics/portfolios/{id}`: figures of a portfolio.

use super::portfolios::portfolio_id;
use crate::{
    AppState,
    extract::{Path, Query},
    problem::Problem,
    router::{Access, Routes},
    session::Known,
};
use axum::{Json, extract::State, http::Method};
use chrono::NaiveDate;
use domain::{
    Symbol,
    portfolio::{Allocation, CheckUp, Correlation, Performance, Position, Range, Risk},
};
use engine::portfolios::Asked;
use serde::Deserialize;

pub(super) fn add_to(routes: Routes) -> Routes {
    const GET: Method = Method::GET;
    routes
        .add(Access::Tenant, GET, "/api/analytics/portfolios/{id}/performance", performance)
        .add(Access::Tenant, GET, "/api/analytics/portfolios/{id}/risk", risk)
        .add(Access::Tenant, GET, "/api/analytics/portfolios/{id}/allocation", allocation)
        .add(Access::Tenant, GET, "/api/analytics/portfolios/{id}/correlation", correlation)
        .add(Access::Tenant, GET, "/api/analytics/portfolios/{id}/checkup", check_up)
        .add(Access::Tenant, GET, "/api/analytics/portfolios/{id}/positions", positions)
}

#[derive(Deserialize)]
struct AskedQuery {
    range: Option<String>,
    from: Option<String>,
    to: Option<String>,
    benchmark: Option<String>,
}

impl AskedQuery {
    /// # Errors
    /// 422 naming the parameter.
    fn understood(self) -> Result<Asked, Problem> {
        let day = |field: &str, text: Option<String>| {
            let text = text.filter(|text| !text.is_empty());
            let read = |text: String| text.parse::<NaiveDate>().ok().filter(|date| sane(*date));
            text.map(|text| read(text).ok_or_else(|| Problem::invalid(field, "is a date, as 2022-03-10")))
                .transpose()
        };
        let range = match self.range.as_deref().filter(|word| !word.is_empty()) {
            None => Range::default(),
            Some(word) => Range::parse(word).ok_or_else(|| {
                let words: Vec<_> = Range::ALL.iter().map(|range| range.as_str()).collect();
                Problem::invalid("range", format!("is one of {}", words.join(", ")))
            })?,
        };
        let benchmark =
            match self.benchmark.filter(|text| !text.is_empty()) {
                None => None,
                Some(text) => Some(Symbol::parse(&text).ok_or_else(|| {
                    Problem::invalid("benchmark", domain::instrument::BadSymbol.to_string())
                })?),
            };
        let asked = Asked { range, from: day("from", self.from)?, to: day("to", self.to)?, benchmark };
        if let (Some(from), Some(to)) = (asked.from, asked.to)
            && from > to
        {
            return Err(Problem::invalid("from", "is later than `to`"));
        }
        Ok(asked)
    }
}

fn sane(date: NaiveDate) -> bool {
    (1900..=9999).contains(&chrono::Datelike::year(&date))
}

async fn performance(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(id): Path<String>,
    Query(asked): Query<AskedQuery>,
) -> Result<Json<Performance>, Problem> {
    let (id, asked) = (portfolio_id(&id)?, asked.understood());
    state.engine.portfolios().get(&cx, id).await?;
    Ok(Json(state.engine.portfolios().performance(&cx, id, &asked?).await?))
}

async fn risk(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(id): Path<String>,
    Query(asked): Query<AskedQuery>,
) -> Result<Json<Risk>, Problem> {
    let (id, asked) = (portfolio_id(&id)?, asked.understood());
    state.engine.portfolios().get(&cx, id).await?;
    Ok(Json(state.engine.portfolios().risk(&cx, id, &asked?).await?))
}

async fn correlation(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(id): Path<String>,
    Query(asked): Query<AskedQuery>,
) -> Result<Json<Correlation>, Problem> {
    let (id, asked) = (portfolio_id(&id)?, asked.understood());
    state.engine.portfolios().get(&cx, id).await?;
    Ok(Json(state.engine.portfolios().correlation(&cx, id, &asked?).await?))
}

async fn allocation(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(id): Path<String>,
) -> Result<Json<Allocation>, Problem> {
    Ok(Json(state.engine.portfolios().allocation(&cx, portfolio_id(&id)?).await?))
}

async fn check_up(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(id): Path<String>,
) -> Result<Json<CheckUp>, Problem> {
    Ok(Json(state.engine.portfolios().check_up(&cx, portfolio_id(&id)?).await?))
}

async fn positions(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(id): Path<String>,
) -> Result<Json<super::Page<Position>>, Problem> {
    Ok(Json(super::Page::whole(state.engine.portfolios().positions(&cx, portfolio_id(&id)?).await?)))
}
