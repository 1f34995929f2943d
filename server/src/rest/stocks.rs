//! `/api/market/stocks`: instruments, their bars, indicators, signals and news.

use super::{
    Page,
    window::{Window, WindowQuery, dated, is_csv_wanted},
};
use crate::{
    AppState,
    extract::{Body, Path, Query, symbol},
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
use domain::{
    Instrument, Kind, Quote, Sector, Series, Symbol,
    bar::year_range,
    custom::Imported,
    forecast::Prediction,
    instrument::Company,
    news::{Article, Place, Search, search_words},
    sentiment::{Analyser, DayMood, Label},
    signal::SignalSheet,
    trend::Lay,
};
use engine::{
    Engine,
    custom::{About, Look},
    instruments::Filter,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::fmt::Write as _;

const PAGE: u32 = 50;
const MAX_PAGE: u32 = 500;

pub(super) fn add_to(routes: Routes) -> Routes {
    routes
        .add(Access::Known, Method::GET, "/api/market/stocks", list)
        .add(Access::Known, Method::GET, "/api/market/stocks/{symbol}", detail)
        .add(Access::Known, Method::GET, "/api/market/stocks/{symbol}/bars", bars)
        .add(Access::Known, Method::POST, "/api/market/stocks", adopt)
        .costly()
        // Makes something of the caller's own, whatever others call theirs.
        .add(Access::Known, Method::POST, "/api/market/stocks/{symbol}/bars", import)
        .costly()
        .add(Access::Known, Method::GET, "/api/market/stocks/{symbol}/indicators", indicators)
        .add(Access::Known, Method::GET, "/api/market/stocks/{symbol}/signals", signals)
        .add(Access::Known, Method::GET, "/api/market/stocks/{symbol}/news", news)
        .add(Access::Known, Method::GET, "/api/market/stocks/{symbol}/sentiment", sentiment)
        .add(Access::Known, Method::GET, "/api/market/stocks/{symbol}/prediction", prediction)
}

#[derive(Deserialize)]
struct ListQuery {
    query: Option<String>,
    sector: Option<String>,
    kind: Option<String>,
    limit: Option<String>,
    cursor: Option<String>,
}

#[derive(Serialize)]
struct Detail {
    #[serde(flatten)]
    instrument: Instrument,
    overview: Company,
    #[serde(flatten)]
    lay: Lay,
    /// `null` where no price is known.
    quote: Option<Quote>,
}

#[derive(Deserialize)]
struct SignalsQuery {
    cost: Option<String>,
}

#[derive(Deserialize)]
struct NewsQuery {
    query: Option<String>,
    label: Option<String>,
    limit: Option<String>,
    cursor: Option<String>,
}

#[derive(Serialize)]
struct Sentiment {
    /// `null` without headlines.
    score: Option<f64>,
    label: Option<Label>,
    count: u32,
    /// Who says so: `vader` or `gemini`; `null` without headlines.
    analyser: Option<Analyser>,
    /// Why, in its own words, where it has any.
    analysis: Option<String>,
    /// The last 30 days, oldest first; days without headlines are left out.
    trend: Vec<DayMood>,
}

async fn list(
    State(state): State<AppState>,
    Known(_): Known,
    Query(asked): Query<ListQuery>,
) -> Result<Json<Page<Instrument>>, Problem> {
    let word = |text: Option<String>| text.filter(|text| !text.is_empty());
    let limit = super::window::limit(asked.limit.as_deref(), MAX_PAGE)?.unwrap_or(PAGE);
    let sector = word(asked.sector)
        .map(|name| Sector::parse(&name).ok_or_else(|| Problem::invalid("sector", "is no GICS sector")));
    let kind = word(asked.kind).map(|name| {
        let kinds: Vec<_> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
        Kind::parse(&name).ok_or_else(|| Problem::invalid("kind", format!("is one of {}", kinds.join(", "))))
    });
    let after = word(asked.cursor)
        .map(|text| Symbol::parse(&text).ok_or_else(|| Problem::invalid("cursor", "is no cursor of ours")));
    let filter = Filter {
        query: word(asked.query),
        sector: sector.transpose()?,
        kind: kind.transpose()?,
        // One more than asked tells whether there is another page.
        limit: Some(limit + 1),
        after: after.transpose()?,
    };
    let found = state.engine.instruments().list(filter).await?;
    Ok(Json(Page::cut(found, limit, |last| last.symbol.to_string())))
}

async fn detail(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(name): Path<String>,
) -> Result<Json<Detail>, Problem> {
    let name = symbol(&name)?;
    let Some(instrument) = state.engine.instruments().find(&name).await? else {
        let Look { instrument, series, quote, lay, .. } = state.engine.custom().look(&cx, &name).await?;
        let (week52_high, week52_low) = year_range(&series.bars).unzip();
        let overview = Company { week52_high, week52_low, ..Company::default() };
        return Ok(Json(Detail { instrument, overview, lay, quote }));
    };
    let quote = state.engine.quotes().one(&instrument.symbol).await?;
    let analysis = state.engine.analysis();
    let (lay, overview) =
        (analysis.lay(&instrument.symbol).await?, analysis.company(&instrument.symbol).await?);
    Ok(Json(Detail { instrument, overview, lay, quote }))
}

async fn bars(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(name): Path<String>,
    Query(asked): Query<WindowQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Window { interval, range } = asked.understood()?;
    let symbol = symbol(&name)?;
    let series = match state.engine.instruments().find(&symbol).await? {
        Some(_) => state.engine.bars().series(&symbol, interval, range).await?,
        None => state.engine.custom().series(&cx, &symbol, interval, range).await?,
    };
    if is_csv_wanted(&headers) {
        let kind = [(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::VARY, "accept")];
        return Ok((kind, csv(&series)).into_response());
    }
    let bars = dated(interval, &series.bars)?;
    let body = json!({ "symbol": series.symbol, "interval": interval, "bars": bars });
    Ok(([(header::VARY, "accept")], Json(body)).into_response())
}

async fn indicators(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(name): Path<String>,
    Query(asked): Query<WindowQuery>,
) -> Result<Json<Value>, Problem> {
    let Window { interval, range } = asked.understood()?;
    let symbol = symbol(&name)?;
    let rows = match state.engine.instruments().find(&symbol).await? {
        Some(_) => state.engine.analysis().rows(&symbol, interval, range).await?,
        None => state.engine.custom().rows(&cx, &symbol, interval, range).await?,
    };
    Ok(Json(json!({ "symbol": symbol, "interval": interval, "rows": dated(interval, &rows)? })))
}

async fn signals(
    State(state): State<AppState>,
    Known(_): Known,
    Path(name): Path<String>,
    Query(asked): Query<SignalsQuery>,
) -> Result<Json<SignalSheet>, Problem> {
    let symbol = symbol(&name)?;
    let cost = match asked.cost.as_deref().filter(|text| !text.is_empty()) {
        None => state.engine.trade_cost(),
        Some(text) => text.parse().ok().filter(|cost| (0.0..0.5).contains(cost)).ok_or_else(|| {
            Problem::invalid("cost", "is the share of its value that a trade costs, from 0 to 0.5, as 0.001")
        })?,
    };
    Ok(Json(state.engine.analysis().sheet(&symbol, cost).await?))
}

async fn news(
    State(state): State<AppState>,
    Known(_): Known,
    Path(name): Path<String>,
    Query(asked): Query<NewsQuery>,
) -> Result<Json<Page<Article>>, Problem> {
    let instrument = known(&state.engine, &name).await?;
    let word = |text: Option<String>| text.filter(|text| !text.is_empty());
    let label = word(asked.label).map(|word| {
        Label::parse(&word)
            .ok_or_else(|| Problem::invalid("label", "is one of Positive, Neutral and Negative"))
    });
    let after = word(asked.cursor)
        .map(|text| Place::parse(&text).ok_or_else(|| Problem::invalid("cursor", "is no cursor of ours")));
    let search = Search {
        words: search_words(&asked.query.unwrap_or_default()),
        symbol: Some(instrument.symbol),
        label: label.transpose()?,
        after: after.transpose()?,
        limit: super::window::limit(asked.limit.as_deref(), MAX_PAGE)?.unwrap_or(PAGE),
    };
    let found = state.engine.news().find(search).await?;
    Ok(Json(Page { items: found.articles, next_cursor: found.next.map(|place| place.to_string()) }))
}

async fn sentiment(
    State(state): State<AppState>,
    Known(_): Known,
    Path(name): Path<String>,
) -> Result<Json<Sentiment>, Problem> {
    let instrument = known(&state.engine, &name).await?;
    let trend = state.engine.news().trend(Some(&instrument.symbol)).await?;
    let mood = state.engine.news().mood(&[instrument.symbol]).await?.pop().map(|(_, mood)| mood);
    Ok(Json(Sentiment {
        trend,
        score: mood.as_ref().map(|mood| mood.score),
        label: mood.as_ref().map(|mood| mood.label),
        count: mood.as_ref().map_or(0, |mood| mood.count),
        analyser: mood.as_ref().map(|mood| mood.analyser),
        analysis: mood.and_then(|mood| mood.analysis),
    }))
}

async fn prediction(
    State(state): State<AppState>,
    Known(_): Known,
    Path(name): Path<String>,
) -> Result<Json<Prediction>, Problem> {
    let found = state.engine.forecasts().prediction(&symbol(&name)?).await?;
    found.map(Json).ok_or_else(|| {
        Problem::not_found("a forecast (it takes 91 daily closes without a hole; this symbol has fewer)")
    })
}

#[derive(Deserialize)]
struct NewSymbol {
    symbol: String,
}

/// Asks the providers for a symbol that is new here.
async fn adopt(
    State(state): State<AppState>,
    Known(cx): Known,
    Body(asked): Body<NewSymbol>,
) -> Result<Response, Problem> {
    let symbol = Symbol::parse(&asked.symbol)
        .ok_or_else(|| Problem::invalid("symbol", "is 1 to 20 letters, digits or . ^ = -"))?;
    let adopted = state.engine.adopt(&cx, &symbol).await?;
    let status = if adopted.job.is_some() { StatusCode::CREATED } else { StatusCode::OK };
    let job = adopted.job.map(|ticket| ticket.id);
    Ok((status, Json(json!({ "instrument": adopted.instrument, "jobId": job }))).into_response())
}

#[derive(Deserialize)]
struct OfImport {
    name: Option<String>,
    currency: Option<String>,
}

/// A file of prices for an instrument of the caller's own.
async fn import(
    State(state): State<AppState>,
    Known(cx): Known,
    Path(name): Path<String>,
    Query(asked): Query<OfImport>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Imported>, Problem> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.split(';').next().map(str::trim) != Some("text/csv") {
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "prices come as text/csv"));
    }
    let text = String::from_utf8(body.into()).map_err(|_| Problem::invalid("body", "is no UTF-8"))?;
    let about = About { name: asked.name, currency: asked.currency };
    Ok(Json(state.engine.custom().import(&cx, &symbol(&name)?, about, text).await?))
}

/// The instrument of a path.
async fn known(engine: &Engine, name: &str) -> Result<Instrument, Problem> {
    engine.instruments().find(&symbol(name)?).await?.ok_or_else(|| Problem::not_found("the symbol"))
}

/// Bars as a table; what the source does not give is empty.
fn csv(series: &Series) -> String {
    let daily = series.interval.is_daily_or_longer();
    let mut text = String::from(if daily { "date" } else { "time" });
    text.push_str(",open,high,low,close,adj_close,volume\n");
    let cell = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    for bar in &series.bars {
        let time = match daily {
            true => bar.date().to_string(),
            false => bar.time.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        };
        let (open, high, low) = (cell(bar.open), cell(bar.high), cell(bar.low));
        let (adjusted, volume) = (cell(bar.adj_close), cell(bar.volume));
        // Writing into a String can not fail.
        let _ = writeln!(text, "{time},{open},{high},{low},{},{adjusted},{volume}", bar.close);
    }
    text
}
