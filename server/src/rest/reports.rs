//! `/api/portfolio/reports`, and leaving the mailing.

use super::Page;
use crate::{
    AppState,
    extract::{Path, Query, id},
    problem::Problem,
    router::{Access, Routes},
    session::Known,
};
use axum::{
    Json,
    extract::State,
    http::{Method, StatusCode, header},
    response::{Html, IntoResponse},
};
use domain::{
    portfolio::PortfolioId,
    report::{Paper, ReportId, ReportInfo},
};
use engine::reports::Ordered;
use serde::Deserialize;

pub(super) fn add_to(routes: Routes) -> Routes {
    routes
        .add(Access::Tenant, Method::GET, "/api/portfolio/reports", list)
        .add(Access::Tenant, Method::POST, "/api/portfolio/reports", make)
        .costly()
        .add(Access::Tenant, Method::GET, "/api/portfolio/reports/{id}", get)
        .add(Access::Tenant, Method::DELETE, "/api/portfolio/reports/{id}", delete)
        .add(Access::Tenant, Method::GET, "/api/portfolio/reports/{id}/pdf", pdf)
        .add(Access::Tenant, Method::POST, "/api/portfolio/portfolios/{id}/reports", make_of)
        .costly()
        .add(Access::Public, Method::GET, "/unsubscribe/{token}", leaving)
        .door()
        .add(Access::Public, Method::POST, "/unsubscribe/{token}", leave)
        .door()
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct On {
    paper: Option<String>,
}

impl On {
    fn paper(&self) -> Result<Option<Paper>, Problem> {
        let parse =
            |word: &String| Paper::parse(word).ok_or_else(|| Problem::invalid("paper", "is a4 or letter"));
        self.paper.as_ref().map(parse).transpose()
    }
}

async fn list(State(state): State<AppState>, Known(cx): Known) -> Result<Json<Page<ReportInfo>>, Problem> {
    Ok(Json(Page::whole(state.engine.reports().list(&cx).await?)))
}

async fn get(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(report): Path<String>,
) -> Result<Json<ReportInfo>, Problem> {
    Ok(Json(state.engine.reports().get(&cx, ReportId(id(&report)?)).await?))
}

async fn make(
    State(state): State<AppState>,
    Known(cx): Known,
    Query(on): Query<On>,
) -> Result<(StatusCode, Json<Ordered>), Problem> {
    let ordered = state.engine.reports().make(&cx, None, on.paper()?).await?;
    Ok((StatusCode::ACCEPTED, Json(ordered)))
}

async fn make_of(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(portfolio): Path<String>,
    Query(on): Query<On>,
) -> Result<(StatusCode, Json<Ordered>), Problem> {
    let portfolio = PortfolioId(id(&portfolio)?);
    let ordered = state.engine.reports().make(&cx, Some(portfolio), on.paper()?).await?;
    Ok((StatusCode::ACCEPTED, Json(ordered)))
}

async fn delete(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(report): Path<String>,
) -> Result<StatusCode, Problem> {
    state.engine.reports().delete(&cx, ReportId(id(&report)?)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The file itself; its name is made of its date alone.
async fn pdf(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(report): Path<String>,
) -> Result<impl IntoResponse, Problem> {
    let (report, bytes) = state.engine.reports().pdf(&cx, ReportId(id(&report)?)).await?;
    let day = report.made.as_ref().map_or(report.created_at, |made| made.at).format("%Y-%m-%d");
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_string()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"candlewick-{day}.pdf\"")),
        (header::CACHE_CONTROL, "private, no-store".to_string()),
    ];
    Ok((headers, bytes))
}

/// Asks first: programs that look into mails follow links, and nobody should lose their report by that.
async fn leaving(State(state): State<AppState>, Path(token): Path<String>) -> Result<Shown, Problem> {
    state.engine.reports().leaving(&token).ok_or_else(|| Problem::not_found("this link"))?;
    Ok(page(
        "No more morning reports?",
        "<form method=\"post\"><button type=\"submit\">Send me no more of them</button></form>",
    ))
}

async fn leave(State(state): State<AppState>, Path(token): Path<String>) -> Result<Shown, Problem> {
    let leaving = state.engine.reports().leaving(&token).ok_or_else(|| Problem::not_found("this link"))?;
    state.engine.reports().leave(&leaving).await?;
    Ok(page("You get no more morning reports", "<p><a href=\"/reports\">Change your mind</a></p>"))
}

/// A page without a script, which may send its one form back here.
const POLICY: (header::HeaderName, &str) = (
    header::CONTENT_SECURITY_POLICY,
    "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

type Shown = ([(header::HeaderName, &'static str); 1], Html<String>);

fn page(title: &str, body: &str) -> Shown {
    let html = Html(format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"robots\" content=\"noindex\">\
         <title>{title} · Candlewick</title></head><body><main><h1>{title}</h1>\n{body}</main></body></html>\n"
    ));
    ([POLICY], html)
}
