//! The scanner: what a browser may ask.

use crate::error::AppError;
use chrono::NaiveDate;
use domain::{
    overview::Since,
    scanner::{Fault, Found, Scan, ScanResult, Screen, Timeframe},
    signal::UniverseScores,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What became of a filter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Screened {
    /// It is wrong, and where.
    Fault(Fault),
    /// What it lets through, and after which session.
    Found(Found, Option<NaiveDate>),
}

/// What a scan says of a session; of the newest one without a day.
#[server(prefix = "/api", endpoint = "scanner/scan", input = server_fn::codec::GetUrl)]
pub async fn read_scan(
    scan: Scan,
    timeframe: Timeframe,
    day: Option<NaiveDate>,
) -> Result<ScanResult, AppError> {
    let (engine, _) = crate::backend::enter().await?;
    engine.scanner().result(scan, timeframe, day).await.map_err(crate::backend::show)
}

/// What a filter lets through after the newest session. `sort`: the field that puts it in order, downwards unless it is to be
/// `ascending`; without one, what most money is traded in comes first.
#[server(prefix = "/api", endpoint = "scanner/screen", input = server_fn::codec::GetUrl)]
pub async fn read_screen(
    filter: String,
    timeframe: Timeframe,
    sort: Option<String>,
    #[server(default)] ascending: bool,
) -> Result<Screened, AppError> {
    let (engine, _) = crate::backend::enter().await?;
    let unknown = || crate::backend::show(engine::Error::invalid("sort", "is no field"));
    let by = |column: String| domain::scanner::Sort::by(&column, ascending).ok_or_else(unknown);
    let sort = sort.map(by).transpose()?;
    let filter = match domain::scanner::Filter::parse(&filter) {
        Ok(filter) => filter,
        Err(fault) => return Ok(Screened::Fault(fault)),
    };
    let most = engine::scanner::MOST_ROWS;
    let found =
        engine.scanner().screen(&filter, timeframe, sort, most).await.map_err(crate::backend::show)?;
    let day = engine.scanner().newest_day().await.map_err(crate::backend::show)?;
    Ok(Screened::Found(found, day))
}

/// The newest session with prices.
#[server(prefix = "/api", endpoint = "scanner/newest", input = server_fn::codec::GetUrl)]
pub async fn newest_day() -> Result<Option<NaiveDate>, AppError> {
    let (engine, _) = crate::backend::enter().await?;
    engine.scanner().newest_day().await.map_err(crate::backend::show)
}

/// How the signals did over all symbols; absent until it is worked out.
#[server(prefix = "/api", endpoint = "scanner/scorecard", input = server_fn::codec::GetUrl)]
pub async fn read_scorecard() -> Result<Option<UniverseScores>, AppError> {
    let (engine, _) = crate::backend::enter().await?;
    engine.signals().scorecard().await.map_err(crate::backend::show)
}

/// What fired on the tenant's lists since the visit before this one.
#[server(prefix = "/api", endpoint = "signals/since", input = server_fn::codec::GetUrl)]
pub async fn read_since() -> Result<Since, AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    engine.signals().since_last_visit(&cx).await.map_err(crate::backend::show)
}

/// One's own screens and those the tenant shares.
#[server(prefix = "/api", endpoint = "screens/all", input = server_fn::codec::GetUrl)]
pub async fn all_screens() -> Result<Vec<Screen>, AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    engine.screens().list(&cx).await.map_err(crate::backend::show)
}

/// Keeps a filter under a name.
#[server(prefix = "/api", endpoint = "screens/save")]
pub async fn save(
    name: String,
    filter: String,
    timeframe: Timeframe,
    #[server(default)] shared: bool,
) -> Result<(), AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    let wish = engine::screens::Wish { name, filter, timeframe, shared };
    engine.screens().create(&cx, wish).await.map(drop).map_err(crate::backend::show)
}

/// Changes one of one's own screens.
#[server(prefix = "/api", endpoint = "screens/change")]
pub async fn change(
    id: Uuid,
    name: String,
    filter: String,
    timeframe: Timeframe,
    #[server(default)] shared: bool,
) -> Result<(), AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    let wish = engine::screens::Wish { name, filter, timeframe, shared };
    engine.screens().update(&cx, id, wish).await.map(drop).map_err(crate::backend::show)
}

/// Removes one of one's own screens.
#[server(prefix = "/api", endpoint = "screens/remove")]
pub async fn remove(id: Uuid) -> Result<(), AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    engine.screens().delete(&cx, id).await.map_err(crate::backend::show)
}
