//! What the pages of portfolios show, put together.

use super::{enter, go_on, show};
use crate::{
    api::{
        Drawn,
        portfolios::{
            CheckUpData, DetailFields, EntryFields, ImportData, LimitFields, MappingFields, OverviewData,
            PerformanceData, PortfolioCard, PositionsData, RiskData, TransactionsData,
        },
    },
    error::AppError,
    routes,
};
use chrono::NaiveDate;
use domain::{
    Symbol,
    chart::{ChartSpec, growth_chart, value_chart},
    portfolio::{
        Performance, PortfolioId, Position, Range, TransactionId,
        import::{Column, DateOrder, Format, Mapping, Preview, RowState},
    },
};
use engine::{
    Cx, Engine, Error,
    paint::Size,
    portfolios::{Asked, EntryDraft, Order, PortfolioDraft},
};
use serde_json::json;
use uuid::Uuid;

/// Transactions on one page.
const ROWS: u32 = 100;

/// Points of a line beside a number.
const SPARK_POINTS: usize = 60;

/// Every portfolio with its main figures.
pub async fn all() -> Result<Vec<PortfolioCard>, AppError> {
    let (engine, cx) = enter().await?;
    let mut cards = Vec::new();
    for portfolio in engine.portfolios().list(&cx).await.map_err(show)? {
        let year = Asked::of(Range::Year1);
        let performance = engine.portfolios().performance(&cx, portfolio.id, &year).await;
        // Deleted a moment ago: it is no longer in the list.
        let performance = match performance {
            Err(Error::NotFound(_)) => continue,
            other => other.map_err(show)?,
        };
        let held = held(&engine, &cx, portfolio.id).await?.len();
        let spark = spark(&performance);
        let held = u32::try_from(held).unwrap_or(u32::MAX);
        cards.push(PortfolioCard { portfolio, performance: bare(performance), spark, held });
    }
    Ok(cards)
}

fn spark(performance: &Performance) -> Vec<f64> {
    let series = &performance.series;
    let step = series.len().div_ceil(SPARK_POINTS).max(1);
    // Counted from the end, so that the latest value is always there.
    let mut values: Vec<f64> =
        series.iter().rev().step_by(step).filter_map(|point| point.value.try_into().ok()).collect();
    values.reverse();
    values
}

fn bare(performance: Performance) -> Performance {
    Performance { series: Vec::new(), ..performance }
}

async fn held(engine: &Engine, cx: &Cx, id: PortfolioId) -> Result<Vec<Position>, AppError> {
    let all = engine.portfolios().positions(cx, id).await.map_err(show)?;
    let held = all.into_iter().filter(|position| !position.quantity.is_zero());
    Ok(held.map(|position| Position { lots: Vec::new(), ..position }).collect())
}

async fn drawn(
    engine: &Engine,
    performance: &Performance,
    make: fn(&Performance) -> ChartSpec,
) -> Result<Option<Drawn>, AppError> {
    if performance.series.len() < 2 {
        return Ok(None);
    }
    let spec = make(performance);
    let painted = spec.clone();
    let svg = engine.paint(move || painted, Size::PAGE).await.map_err(show)?;
    Ok(Some(Drawn { spec, svg }))
}

/// The first page of a portfolio.
pub async fn overview(id: PortfolioId, range: Range) -> Result<OverviewData, AppError> {
    let (engine, cx) = enter().await?;
    let portfolio = engine.portfolios().get(&cx, id).await.map_err(show)?;
    let performance = engine.portfolios().performance(&cx, id, &Asked::of(range)).await.map_err(show)?;
    Ok(OverviewData {
        positions: held(&engine, &cx, id).await?,
        allocation: engine.portfolios().allocation(&cx, id).await.map_err(show)?,
        value: drawn(&engine, &performance, value_chart).await?,
        performance: bare(performance),
        portfolio,
    })
}

/// Every symbol ever held.
pub async fn positions(id: PortfolioId) -> Result<PositionsData, AppError> {
    let (engine, cx) = enter().await?;
    let portfolio = engine.portfolios().get(&cx, id).await.map_err(show)?;
    let performance = engine.portfolios().performance(&cx, id, &Asked::default()).await.map_err(show)?;
    let positions = engine.portfolios().positions(&cx, id).await.map_err(show)?;
    Ok(PositionsData { portfolio, performance: bare(performance), positions })
}

/// How it did.
pub async fn performance(
    id: PortfolioId,
    range: Range,
    benchmark: Option<Symbol>,
) -> Result<PerformanceData, AppError> {
    let (engine, cx) = enter().await?;
    let portfolio = engine.portfolios().get(&cx, id).await.map_err(show)?;
    let asked = Asked { benchmark, ..Asked::of(range) };
    let performance = engine.portfolios().performance(&cx, id, &asked).await.map_err(show)?;
    Ok(PerformanceData {
        growth: drawn(&engine, &performance, growth_chart).await?,
        value: drawn(&engine, &performance, value_chart).await?,
        performance: bare(performance),
        portfolio,
    })
}

/// How much it swayed.
pub async fn risk(id: PortfolioId, range: Range) -> Result<RiskData, AppError> {
    let (engine, cx) = enter().await?;
    let portfolio = engine.portfolios().get(&cx, id).await.map_err(show)?;
    let asked = Asked::of(range);
    let risk = engine.portfolios().risk(&cx, id, &asked).await.map_err(show)?;
    let correlation = engine.portfolios().correlation(&cx, id, &asked).await.map_err(show)?;
    Ok(RiskData { portfolio, risk, correlation })
}

/// Where it leans to one side.
pub async fn check_up(id: PortfolioId) -> Result<CheckUpData, AppError> {
    let (engine, cx) = enter().await?;
    let portfolio = engine.portfolios().get(&cx, id).await.map_err(show)?;
    let check_up = engine.portfolios().check_up(&cx, id).await.map_err(show)?;
    Ok(CheckUpData { portfolio, check_up })
}

/// A page of transactions, newest first.
pub async fn transactions(
    id: PortfolioId,
    after: Option<String>,
    edit: Option<TransactionId>,
) -> Result<TransactionsData, AppError> {
    let (engine, cx) = enter().await?;
    let portfolio = engine.portfolios().get(&cx, id).await.map_err(show)?;
    // An address that makes no sense shows the first page.
    let after = after.as_deref().and_then(|text| {
        let (date, id) = text.split_once('~')?;
        Some((date.parse::<NaiveDate>().ok()?, TransactionId(id.parse().ok()?)))
    });
    let portfolios = engine.portfolios();
    let slice = portfolios.transactions(&cx, id, Order::NewestFirst, after, ROWS).await.map_err(show)?;
    let edited = match edit {
        None => None,
        Some(one) => match engine.portfolios().transaction(&cx, id, one).await {
            Err(Error::NotFound(_)) => None,
            found => Some(found.map_err(show)?),
        },
    };
    let last = slice.items.last().filter(|_| slice.more);
    let next = last.map(|each| format!("{}~{}", each.entry.date, each.id));
    Ok(TransactionsData { portfolio, items: slice.items, next, edited })
}

/// A new portfolio; answers where it is.
pub async fn create(details: DetailFields) -> Result<String, AppError> {
    let (engine, cx) = enter().await?;
    let made = engine.portfolios().create(&cx, &details_draft(&details), None).await.map_err(show)?;
    Ok(go_on(&routes::portfolio(made.id, "")))
}

/// The sample; answers where it is.
pub async fn sample() -> Result<String, AppError> {
    let (engine, cx) = enter().await?;
    let made = engine.portfolios().sample(&cx).await.map_err(show)?;
    Ok(go_on(&routes::portfolio(made.id, "")))
}

/// Other details.
pub async fn update(id: PortfolioId, details: DetailFields) -> Result<(), AppError> {
    let (engine, cx) = enter().await?;
    engine.portfolios().update(&cx, id, &details_draft(&details), None).await.map(drop).map_err(show)
}

fn details_draft(details: &DetailFields) -> PortfolioDraft {
    let DetailFields { name, currency, cost_method, benchmark } = details;
    PortfolioDraft::typed(name, currency, cost_method, benchmark)
}

/// Where the check-up begins to complain.
pub async fn set_limits(id: PortfolioId, fields: LimitFields) -> Result<(), AppError> {
    let (engine, cx) = enter().await?;
    engine.portfolios().get(&cx, id).await.map_err(show)?;
    let mut limits = serde_json::Map::new();
    for (name, text) in [
        ("foreignCurrency", &fields.foreign_currency),
        ("singleCurrency", &fields.single_currency),
        ("singlePosition", &fields.single_position),
        ("singleSector", &fields.single_sector),
        ("fees", &fields.fees),
        ("cash", &fields.cash),
        ("cashLeast", &fields.cash_least),
    ] {
        let percent = text.trim().trim_end_matches('%').trim().parse::<f64>().ok();
        let percent = percent
            .filter(|percent| (0.0..=100.0).contains(percent))
            .ok_or_else(|| show(Error::invalid(name, "is a percentage from 0 to 100")))?;
        limits.insert(name.into(), json!(percent / 100.0));
    }
    let draft = PortfolioDraft { limits: Some(limits.into()), ..PortfolioDraft::default() };
    engine.portfolios().update(&cx, id, &draft, None).await.map(drop).map_err(show)
}

/// What stands in a form, as the engine reads it.
pub fn draft(entry: &EntryFields) -> EntryDraft {
    EntryDraft::typed(|name| {
        let text = match name {
            "type" => &entry.kind,
            "symbol" => &entry.symbol,
            "date" => &entry.date,
            "quantity" => &entry.quantity,
            "price" => &entry.price,
            "amount" => &entry.amount,
            "fee" => &entry.fee,
            "tax" => &entry.tax,
            "currency" => &entry.currency,
            "fxRate" => &entry.fx_rate,
            _ => &entry.note,
        };
        text.clone()
    })
}

/// Rows of a file that are shown before it is taken.
const SHOWN: usize = 200;

/// The page of imports.
pub async fn import_page(id: PortfolioId, upload: Option<Uuid>) -> Result<ImportData, AppError> {
    let (engine, cx) = enter().await?;
    let portfolio = engine.portfolios().get(&cx, id).await.map_err(show)?;
    let (preview, refusal) = match upload {
        None => (None, None),
        Some(upload) => match engine.portfolios().uploaded(&cx, id, upload).await {
            Ok(preview) => (Some(cut(preview)), None),
            Err(Error::NotFound(_)) => (None, None),
            Err(Error::Invalid(faults)) => {
                let words = faults.into_iter().map(|fault| fault.reason).collect::<Vec<_>>().join("; ");
                (None, Some(words))
            }
            Err(other) => return Err(show(other)),
        },
    };
    Ok(ImportData { portfolio, upload, preview, refusal })
}

/// With the first rows alone, those at fault before all.
fn cut(mut preview: Preview) -> Preview {
    let wrong = preview.rows.iter().filter(|row| row.state == RowState::Faulty);
    let fine = preview.rows.iter().filter(|row| row.state != RowState::Faulty);
    preview.rows = wrong.chain(fine).take(SHOWN).cloned().collect();
    preview.rows.sort_by_key(|row| row.row);
    preview
}

fn place(id: PortfolioId, upload: Uuid) -> String {
    format!("{}?upload={upload}", routes::portfolio(id, "import"))
}

/// Sends a file; answers where it is looked at.
pub async fn upload(id: PortfolioId, format: String, text: String) -> Result<String, AppError> {
    let (engine, cx) = enter().await?;
    engine.portfolios().get(&cx, id).await.map_err(show)?;
    let unknown = || show(Error::invalid("format", "is one of candlewick, ghostfolio, csv"));
    let format = Format::parse(&format).ok_or_else(unknown)?;
    let upload = engine.portfolios().upload(&cx, id, format, text).await.map_err(show)?;
    Ok(go_on(&place(id, upload)))
}

/// Says which column is what.
pub async fn remap(id: PortfolioId, upload: Uuid, fields: MappingFields) -> Result<String, AppError> {
    let (engine, cx) = enter().await?;
    let headers = [
        (Column::Type, fields.kind),
        (Column::Symbol, fields.symbol),
        (Column::Date, fields.date),
        (Column::Quantity, fields.quantity),
        (Column::Price, fields.price),
        (Column::Amount, fields.amount),
        (Column::Fee, fields.fee),
        (Column::Tax, fields.tax),
        (Column::Currency, fields.currency),
        (Column::FxRate, fields.fx_rate),
        (Column::Note, fields.note),
    ];
    let date_order = match fields.date_order.as_str() {
        "dmy" => Some(DateOrder::Dmy),
        "mdy" => Some(DateOrder::Mdy),
        "ymd" => Some(DateOrder::Ymd),
        _ => None,
    };
    let columns = headers.into_iter().collect();
    let mapping = Mapping { columns, date_order, decimal_comma: fields.decimal_comma.parse().ok() };
    engine.portfolios().remap(&cx, id, upload, &mapping).await.map_err(show)?;
    Ok(go_on(&place(id, upload)))
}
