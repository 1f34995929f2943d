//! The door from server functions to the engine; the only file of this crate that knows both.
//!
//! A server function is three lines: [`enter`] (who asks?), call the engine, [`show`] (errors in words).

pub mod portfolios;

use crate::{
    api::{
        Drawn,
        market::{ComparePage, Front, Outlook, SymbolPage},
        news::{NewsPage, Wanted},
    },
    error::{AppError, FieldProblem},
    pages::form::Sent,
};
use domain::{
    Interval, Kind, Role, Symbol, TenantId,
    account::User,
    chart::{
        Developing, PriceChartOptions, PriceStudy, Window, comparison_chart, mood_chart, palette::rules,
    },
    forecast::Sheet,
    layout::{ChartLayout, Span},
    news::{Place, Search, search_words},
    portfolio::Range as Period,
    sentiment::{DayMood, Label},
};
use engine::{
    Cx, Engine, Error, accounts::Operator, bars::Range, compare::SideBySide, custom::Look, paint::Size,
};
use http::{HeaderValue, StatusCode, header, request::Parts};
use leptos::prelude::{expect_context, use_context};
use leptos_axum::ResponseOptions;

/// Name of the session cookie.
pub const SESSION_COOKIE: &str = "candlewick_session";

/// How long a registration waits for the first list; without it the dashboard fills itself a moment later.
pub const PATIENCE: std::time::Duration = std::time::Duration::from_millis(800);

/// What the server knows of a request before any page runs; put into the request's extensions by its middleware.
#[derive(Debug, Clone, Default)]
pub struct RequestInfo {
    /// Names the request in logs and error pages.
    pub request_id: String,
    /// The peer's address.
    pub address: String,
    /// The browser's own words about itself.
    pub user_agent: String,
    /// Value of the session cookie.
    pub session_token: Option<String>,
    /// True behind TLS: cookies are then `Secure`.
    pub secure: bool,
    /// `dark`, `light` or `system`, from the cookie `theme`.
    pub theme: Option<String>,
    /// `default` or `safe`, from the cookie `colours`.
    pub colours: Option<String>,
}

/// The request being answered; empty where there is none (the router collecting its routes).
pub fn request() -> RequestInfo {
    use_context::<Parts>()
        .and_then(|parts| parts.extensions.get::<RequestInfo>().cloned())
        .unwrap_or_default()
}

/// The engine, for what needs no session.
pub fn engine() -> Engine {
    expect_context::<Engine>()
}

/// The engine and who asks.
///
/// # Errors
/// 401 without a valid session.
pub async fn enter() -> Result<(Engine, Cx), AppError> {
    let (engine, cx, _) = enter_as_user().await?;
    Ok((engine, cx))
}

/// The engine and who asks, for what only operators may do.
///
/// # Errors
/// 401 without a valid session, 403 for everybody else.
pub async fn enter_operator() -> Result<(Engine, Operator), AppError> {
    let (engine, cx) = enter().await?;
    let operator = engine.accounts().operator(&cx).await.map_err(show)?;
    Ok((engine, operator))
}

/// As [`enter`], with the user.
pub async fn enter_as_user() -> Result<(Engine, Cx, User), AppError> {
    match session().await? {
        Some((cx, user)) => Ok((engine(), cx, user)),
        None => Err(show(Error::Unauthenticated("Log in to go on."))),
    }
}

/// Who asks, if anybody is logged in.
pub async fn session() -> Result<Option<(Cx, User)>, AppError> {
    let request = request();
    match &request.session_token {
        None => Ok(None),
        Some(token) => engine().accounts().session(token, &request.request_id).await.map_err(show),
    }
}

/// An engine's error in words for the page, under the right status. Plain form posts keep their redirect back.
pub fn show(error: Error) -> AppError {
    let mut shown = AppError::new(status(&error).as_u16(), sentence(&error));
    match error {
        Error::Invalid(fields) => {
            shown.fields =
                fields.into_iter().map(|f| FieldProblem { field: f.field, reason: f.reason }).collect();
        }
        Error::Internal(detail) => {
            let id = request().request_id;
            tracing::error!(request = %id, %detail, "server function failed");
            shown.request = Some(id);
        }
        _ => {}
    }
    // A page that is rendered for a stranger redirects; its 401 must not overtake that.
    let answers_page = is_plain_form() && shown.status == 401;
    if !answers_page
        && !is_form_post()
        && let Some(response) = use_context::<ResponseOptions>()
    {
        response.set_status(status_of(&shown));
    }
    shown
}

/// The one map from errors to HTTP.
pub fn status(error: &Error) -> StatusCode {
    match error {
        Error::NotFound(_) => StatusCode::NOT_FOUND,
        Error::Forbidden(_) => StatusCode::FORBIDDEN,
        Error::Unauthenticated(_) => StatusCode::UNAUTHORIZED,
        Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Error::Conflict(_) => StatusCode::CONFLICT,
        Error::Stale(_) => StatusCode::PRECONDITION_FAILED,
        Error::Limited { .. } => StatusCode::TOO_MANY_REQUESTS,
        Error::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn status_of(shown: &AppError) -> StatusCode {
    StatusCode::from_u16(shown.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn sentence(error: &Error) -> String {
    match error {
        Error::Internal(_) => "Something went wrong on our side. Nothing was changed; try again.".to_string(),
        other => {
            let words = other.to_string();
            let mut letters = words.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or(words)
        }
    }
}

/// Theme and colours for `<html>`, from the visitor's cookies.
pub fn looks() -> (String, String) {
    let RequestInfo { theme, colours, .. } = request();
    let known = |value: Option<String>, choices: &[(&str, &str)]| {
        let value = value.unwrap_or_default();
        let found = choices.iter().find(|(name, _)| *name == value);
        found.unwrap_or(&choices[0]).0.to_string()
    };
    (known(theme, &crate::theme::THEMES), known(colours, &crate::theme::COLOURS))
}

/// A role by its word.
pub fn role_of(word: &str) -> Result<Role, AppError> {
    Role::parse(word).ok_or_else(|| invalid("role", "is one of owner, analyst, viewer"))
}

/// A form sent by the browser itself, without WebAssembly: its answer has to stay a redirect back.
fn is_form_post() -> bool {
    is_plain_form() && use_context::<Parts>().is_some_and(|parts| parts.method == http::Method::POST)
}

/// The browser itself asks, without WebAssembly: it wants a page, not JSON.
pub fn is_plain_form() -> bool {
    use_context::<Parts>()
        .and_then(|parts| parts.headers.get(header::ACCEPT).and_then(|v| v.to_str().map(str::to_string).ok()))
        .is_some_and(|accept| accept.contains("text/html"))
}

/// Where to go on after a session began or ended. A plain form is sent there; a page that is alive loads the
/// address itself, as a whole, so that nothing of the session before stays in its memory.
pub fn go_on(path: &str) -> String {
    if is_plain_form() {
        leptos_axum::redirect(path);
    }
    path.to_string()
}

/// Takes the browser to another tenant of its user, with a new session; where to go on.
pub async fn move_to(engine: &Engine, cx: &Cx, tenant: TenantId) -> Result<String, AppError> {
    let token = request().session_token.unwrap_or_default();
    let fresh = engine.accounts().switch(cx, &token, tenant, &caller()).await.map_err(show)?;
    set_session_cookie(&fresh);
    Ok(go_on(crate::routes::OVERVIEW))
}

/// Who is asking, for accounts' own checks.
pub fn caller() -> engine::accounts::Caller {
    let RequestInfo { request_id, address, user_agent, .. } = request();
    engine::accounts::Caller { request: request_id, address, user_agent }
}

/// A form that came back, put into a page's request by the server.
#[derive(Clone)]
pub struct Returned(pub Sent);

/// The form that came back to the page being rendered, if one did.
pub fn returned() -> Option<Sent> {
    use_context::<Parts>()?.extensions.get::<Returned>().map(|Returned(sent)| sent.clone())
}

/// Marks the page being rendered as not found.
pub fn not_found() {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(StatusCode::NOT_FOUND);
    }
}

/// Sets or, with an empty value, clears the session cookie on the answer.
pub fn set_session_cookie(token: &str) {
    let cookie = session_cookie(token, request().secure);
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&cookie)) {
        response.append_header(header::SET_COOKIE, value);
    }
}

/// The cookie's text; an empty token clears it.
pub fn session_cookie(token: &str, secure: bool) -> String {
    let age_s = if token.is_empty() { 0 } else { 30 * 24 * 3600 };
    let tls = if secure { "; Secure" } else { "" };
    format!("{SESSION_COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age_s}{tls}")
}

/// Remembers theme and colours for the next page, so that it never flashes the wrong ones.
pub fn set_looks_cookies(theme: &str, colours: &str) {
    let Some(response) = use_context::<ResponseOptions>() else { return };
    let tls = if request().secure { "; Secure" } else { "" };
    for (name, value) in [("theme", theme), ("colours", colours)] {
        if let Ok(value) =
            HeaderValue::from_str(&format!("{name}={value}; Path=/; SameSite=Lax; Max-Age=31536000{tls}"))
        {
            response.append_header(header::SET_COOKIE, value);
        }
    }
}

/// Bars in the first picture: a year of sessions.
pub const FIRST_BARS: u32 = 252;

/// Bars sent with the page: three years, so that every indicator of the first picture is settled. The whole
/// history follows when the page is alive.
const PAGE_BARS: usize = 756;

/// Symbols that are offered to be compared, beside those that are.
const OFFERED: usize = 8;

/// Headlines on one page.
const HEADLINES: u32 = 20;

/// A page of news about one symbol.
pub async fn symbol_news(symbol: Symbol, wanted: Wanted) -> Result<NewsPage, AppError> {
    let (engine, _) = enter().await?;
    let found = engine.instruments().find(&symbol).await.map_err(show)?;
    let instrument = found.ok_or_else(|| show(Error::NotFound("This symbol")))?;
    let search = Search { symbol: Some(symbol.clone()), ..search(&wanted)? };
    let moods = engine.news().mood(std::slice::from_ref(&symbol)).await.map_err(show)?;
    let mood = moods.into_iter().next().map(|(_, mood)| mood);
    let (trend, svg) = mood_beside_price(&engine, Some(&symbol), symbol.to_string()).await?;
    let found = engine.news().find(search).await.map_err(show)?;
    Ok(NewsPage { instrument: Some(instrument), mood, found, trend, svg, as_of: engine.market().now() })
}

/// A page of all news.
pub async fn all_news(wanted: Wanted) -> Result<NewsPage, AppError> {
    let (engine, _) = enter().await?;
    let mut search = search(&wanted)?;
    if !wanted.symbol.is_empty() {
        search.symbol = Some(Symbol::parse(&wanted.symbol).ok_or_else(|| invalid("symbol", "is no symbol"))?);
    }
    let (trend, svg) = mood_beside_price(&engine, None, "S&P 500".into()).await?;
    let found = engine.news().find(search).await.map_err(show)?;
    Ok(NewsPage { instrument: None, mood: None, found, trend, svg, as_of: engine.market().now() })
}

fn search(wanted: &Wanted) -> Result<Search, AppError> {
    let label = Some(&wanted.label).filter(|word| !word.is_empty()).map(|word| {
        Label::parse(word).ok_or_else(|| invalid("label", "is one of Positive, Neutral, Negative"))
    });
    let after = Some(&wanted.after)
        .filter(|text| !text.is_empty())
        .map(|text| Place::parse(text).ok_or_else(|| invalid("after", "is no place in the list")));
    Ok(Search {
        words: search_words(&wanted.q),
        symbol: None,
        label: label.transpose()?,
        after: after.transpose()?,
        limit: HEADLINES,
    })
}

fn invalid(field: &str, reason: &str) -> AppError {
    show(Error::invalid(field, reason))
}

/// Thirty days of moods with their picture beside the price: of a symbol, or of all stories and the S&P 500.
async fn mood_beside_price(
    engine: &Engine,
    of: Option<&Symbol>,
    name: String,
) -> Result<(Vec<DayMood>, String), AppError> {
    let trend = engine.news().trend(of).await.map_err(show)?;
    let now = engine.market().now();
    let range = Range { from: Some(now - chrono::Duration::days(DayMood::DAYS + 10)), ..Range::default() };
    let mut bars = Vec::new();
    if let Some(symbol) = of.cloned().or_else(|| Symbol::parse("^GSPC")) {
        match engine.bars().series(&symbol, Interval::Day1, range).await {
            Ok(series) => bars = series.bars,
            Err(Error::NotFound(_)) => {}
            Err(error) => return Err(show(error)),
        }
    }
    let (moods, until) = (trend.clone(), now.date_naive());
    let picture = move || mood_chart(&name, &bars, &moods, until);
    let svg = if trend.is_empty() {
        String::new()
    } else {
        engine.paint(picture, Size::SMALL).await.map_err(show)?
    };
    Ok((trend, svg))
}

/// The example on the front door: Apple, or none where its history is not loaded.
pub async fn front() -> Result<Option<Front>, AppError> {
    let engine = engine();
    let Some(symbol) = Symbol::parse("AAPL") else { return Ok(None) };
    let instrument = engine.instruments().find(&symbol).await.map_err(show)?;
    let close = engine.quotes().closes(std::slice::from_ref(&symbol)).await.map_err(show)?.pop();
    let (Some(instrument), Some(close)) = (instrument, close) else { return Ok(None) };
    // The year shown, and a year before it for the slow means to settle.
    let range = Range { from: Some(close.as_of - chrono::Duration::days(730)), ..Range::default() };
    let series = engine.bars().series(&symbol, Interval::Day1, range).await.map_err(show)?;
    let first_look = PriceChartOptions { window: Window::Last(FIRST_BARS), ..PriceChartOptions::default() };
    let picture = move || PriceStudy::of(&series).chart(&first_look, None);
    let svg = engine.paint(picture, Size::PAGE).await.map_err(show)?;
    Ok(Some(Front { instrument, close, svg }))
}

/// What is expected of a symbol, with its picture.
pub async fn outlook(engine: &Engine, symbol: &Symbol) -> Result<Outlook, AppError> {
    let (sheet, chart) = engine.forecasts().chart(symbol).await.map_err(show)?;
    let svg = match chart.clone() {
        Some(spec) => engine.paint(move || spec, Size::PAGE).await.map_err(show)?,
        None => String::new(),
    };
    Ok(Outlook { sheet, chart, svg })
}

/// What prices say of a symbol of the market, or of one of the tenant's own.
async fn look(engine: &Engine, cx: &Cx, symbol: &Symbol) -> Result<Look, AppError> {
    let Some(instrument) = engine.instruments().find(symbol).await.map_err(show)? else {
        return engine.custom().look(cx, symbol).await.map_err(|error| match error {
            Error::NotFound(_) => show(Error::NotFound("This symbol")),
            other => show(other),
        });
    };
    Ok(Look {
        instrument,
        series: engine.bars().series(symbol, Interval::Day1, Range::default()).await.map_err(show)?,
        quote: engine.quotes().one(symbol).await.map_err(show)?,
        sheet: engine.analysis().sheet(symbol, engine.trade_cost()).await.map_err(show)?,
        lay: engine.analysis().lay(symbol).await.map_err(show)?,
    })
}

/// The whole daily history of a symbol of the market, or of one of the tenant's own.
pub async fn history(symbol: Symbol) -> Result<domain::Series, AppError> {
    let (engine, cx) = enter().await?;
    let (day, all) = (Interval::Day1, Range::default());
    let series = match engine.instruments().find(&symbol).await.map_err(show)? {
        Some(_) => engine.bars().series(&symbol, day, all).await,
        None => engine.custom().series(&cx, &symbol, day, all).await,
    };
    series.map_err(show)
}

/// A symbol beside others, `with` commas between.
pub async fn comparison(symbol: Symbol, with: &str, range: Period) -> Result<ComparePage, AppError> {
    let (engine, cx) = enter().await?;
    let mut asked = vec![symbol];
    for word in with.split(',').filter(|word| !word.trim().is_empty()) {
        asked.push(Symbol::parse(word).ok_or_else(|| invalid("with", "is no list of symbols"))?);
    }
    let SideBySide { instruments, mut comparison, unknown } =
        engine.compare(&cx, &asked, range).await.map_err(|error| match error {
            Error::NotFound(_) => show(Error::NotFound("This symbol")),
            other => show(other),
        })?;
    let lists = engine.watchlists().list(&cx).await.map_err(show)?;
    let mut others: Vec<Symbol> = Vec::new();
    for symbol in lists.into_iter().flat_map(|list| list.symbols) {
        if !asked.contains(&symbol) && !others.contains(&symbol) {
            others.push(symbol);
        }
    }
    others.truncate(OFFERED);
    let days = comparison.days.first().copied().zip(comparison.days.last().copied());
    let days = days.filter(|(first, last)| first < last);
    let drawn = match days {
        Some(_) => {
            let spec = comparison_chart(&comparison);
            let painted = spec.clone();
            Some(Drawn { svg: engine.paint(move || painted, Size::PAGE).await.map_err(show)?, spec })
        }
        None => None,
    };
    // The chart has it.
    comparison.rows.iter_mut().for_each(|row| row.growth.clear());
    Ok(ComparePage {
        rows: instruments.into_iter().zip(comparison.rows).collect(),
        days,
        drawn,
        unknown,
        others,
    })
}

/// What the page of one symbol shows first.
pub async fn symbol_page(symbol: Symbol, chart: Option<ChartLayout>) -> Result<SymbolPage, AppError> {
    let (engine, cx) = enter().await?;
    let Look { instrument, mut series, quote, mut sheet, lay } = look(&engine, &cx, &symbol).await?;
    let whole = series.clone();
    let mut layout = engine.layouts().of(&cx, &symbol).await.map_err(show)?;
    layout.layout = chart.unwrap_or(layout.layout);
    let first_look = PriceChartOptions { most: Some(rules::MOST_PLACES), ..layout.layout.options(&series) };
    let now = quote
        .as_ref()
        .and_then(|quote| Developing::of(&series.bars, quote.price, quote.as_of, quote.simulated));
    let picture = move || PriceStudy::of(&whole).chart(&first_look, now.as_ref());
    let svg = engine.paint(picture, Size::PAGE).await.map_err(show)?;
    let sent = match layout.layout.span {
        Span::Max => usize::MAX,
        Span::FiveYears => PAGE_BARS + 1260,
        _ => PAGE_BARS,
    };
    series.bars.drain(..series.bars.len().saturating_sub(sent));
    sheet.history.reverse();
    sheet.history.truncate(60);
    let one = [symbol.clone()];
    let mood = engine.news().mood(&one).await.map_err(show)?.into_iter().next().map(|(_, mood)| mood);
    Ok(SymbolPage {
        outlook: match instrument.kind {
            // Models are trained and scored on the market's prices alone.
            Kind::Custom => Outlook { sheet: Sheet::default(), chart: None, svg: String::new() },
            _ => outlook(&engine, &symbol).await?,
        },
        quote,
        news: engine.news().of(&symbol, 12).await.map_err(show)?,
        lists: engine.watchlists().list(&cx).await.map_err(show)?,
        notes: engine.notes().of(&cx, &symbol).await.map_err(show)?,
        may_edit: domain::may(cx.role, domain::Permission::Edit),
        layout,
        svg,
        instrument,
        lay,
        standing: engine.standing(),
        trade_cost: engine.trade_cost(),
        series,
        sheet,
        mood,
    })
}
