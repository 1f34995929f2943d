//! `/api/portfolio/portfolios/{id}/import` and `/export`: files into a portfolio and out of it.

use super::portfolios::portfolio_id;
use crate::{
    AppState,
    extract::{Path, Query},
    problem::Problem,
    router::{Access, Routes},
    security::MAX_FILE_BYTES,
    session::Known,
};
use axum::{
    Json,
    body::{Body, to_bytes},
    extract::State,
    http::{Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::portfolio::import::{Format, Mapping};
use serde::Deserialize;

pub(super) fn add_to(routes: Routes) -> Routes {
    routes.add(Access::Tenant, Method::POST, "/api/portfolio/portfolios/{id}/import", import).costly().add(
        Access::Tenant,
        Method::GET,
        "/api/portfolio/portfolios/{id}/export",
        export,
    )
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ImportQuery {
    format: Option<String>,
    dry_run: Option<String>,
    mapping: Option<String>,
}

#[derive(Deserialize)]
struct ExportQuery {
    format: Option<String>,
}

/// The file is the body. `mapping` is the JSON of a preview's mapping, for broker files.
async fn import(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(id): Path<String>,
    Query(asked): Query<ImportQuery>,
    body: Body,
) -> Result<Response, Problem> {
    let (id, portfolios) = (portfolio_id(&id)?, state.engine.portfolios());
    portfolios.get(&cx, id).await?;
    let words = Format::ALL.map(Format::as_str).join(", ");
    let format = asked.format.as_deref().filter(|word| !word.is_empty()).unwrap_or("candlewick");
    let format =
        Format::parse(format).ok_or_else(|| Problem::invalid("format", format!("is one of {words}")))?;
    let dry = match asked.dry_run.as_deref() {
        None | Some("" | "false") => false,
        Some("true") => true,
        Some(_) => return Err(Problem::invalid("dryRun", "is one of true, false")),
    };
    let mapping = match asked.mapping.as_deref().filter(|text| !text.is_empty()) {
        None => Mapping::default(),
        Some(text) => serde_json::from_str(text)
            .map_err(|_| Problem::invalid("mapping", "is the `mapping` of a preview, as JSON"))?,
    };
    let too_large = |_| {
        let detail = format!("a file may have at most {MAX_FILE_BYTES} bytes");
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail)
    };
    let file = to_bytes(body, MAX_FILE_BYTES).await.map_err(too_large)?.to_vec();
    if dry {
        return Ok(Json(portfolios.look(&cx, id, format, mapping, file).await?).into_response());
    }
    Ok(Json(portfolios.import(&cx, id, format, mapping, file).await?).into_response())
}

async fn export(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(id): Path<String>,
    Query(asked): Query<ExportQuery>,
) -> Result<Response, Problem> {
    let (id, portfolios) = (portfolio_id(&id)?, state.engine.portfolios());
    let name = portfolios.get(&cx, id).await?.name;
    let (kind, ending, text) = match asked.format.as_deref() {
        None | Some("" | "json") => ("application/json", "json", portfolios.export_json(&cx, id).await?),
        Some("csv") => ("text/csv; charset=utf-8", "csv", portfolios.export_csv(&cx, id).await?),
        Some(_) => return Err(Problem::invalid("format", "is one of json, csv")),
    };
    let safe = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    let file = format!("attachment; filename=\"{}.{ending}\"", name.chars().map(safe).collect::<String>());
    let headers = [(header::CONTENT_TYPE, kind.to_string()), (header::CONTENT_DISPOSITION, file)];
    Ok((headers, text).into_response())
}
