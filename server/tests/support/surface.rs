//! The whole surface of the program, and how each part of it is called: what `tests/tenancy.rs` tries as a stranger
//! and `tests/bad_input.rs` with hostile words. Both walk the program's own lists and fail where something new is
//! not in these tables.

use leptos::server_fn::axum::server_fn_paths;
use serde_json::{Value, json};
use server::router::{self, Route};
use std::collections::BTreeMap;

/// What a part of the surface asks of its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// Nothing.
    Nothing,
    /// To be known; the answer is the caller's own, or the same for everybody.
    Known,
    /// To be known, and to own what is named.
    Owner,
    /// To operate the installation.
    Operator,
}

/// How a server function or page is called. `{list}`, `{report}`, `{key}` and `{session}` stand for ids of somebody else's.
pub struct Part {
    pub path: &'static str,
    pub asks: Asks,
    pub fields: &'static [(&'static str, &'static str)],
}

const fn part(path: &'static str, asks: Asks, fields: &'static [(&'static str, &'static str)]) -> Part {
    Part { path, asks, fields }
}

const WANTED: &[(&str, &str)] = &[
    ("wanted[q]", "apple"),
    ("wanted[label]", "Positive"),
    ("wanted[symbol]", "AAPL"),
    ("wanted[after]", "2022-03-10T21:00:00Z_01890000-0000-7000-8000-000000000000"),
];
const SYMBOL_WANTED: &[(&str, &str)] =
    &[("symbol", "AAPL"), ("wanted[q]", "apple"), ("wanted[label]", "Positive"), ("wanted[after]", "")];

/// Every server function with arguments its owner would send.
pub const FUNCTIONS: &[Part] = &[
    part("/api/account/me", Asks::Nothing, &[]),
    part("/api/account/register", Asks::Nothing, &[("email", ""), ("password", ""), ("full_name", "")]),
    part(
        "/api/account/login",
        Asks::Nothing,
        &[("email", "nobody@example.org"), ("password", "x"), ("next", "/")],
    ),
    part("/api/account/logout", Asks::Nothing, &[]),
    part("/api/account/letters", Asks::Nothing, &[]),
    part("/api/account/forgot", Asks::Nothing, &[("email", "nobody@example.org")]),
    part("/api/account/reset", Asks::Nothing, &[("token", "x"), ("new", "long enough for all")]),
    part("/api/account/verify", Asks::Nothing, &[("token", "x")]),
    part("/api/account/send-verification", Asks::Known, &[]),
    part("/api/account/access", Asks::Known, &[]),
    part("/api/account/revoke-session", Asks::Owner, &[("id", "{session}")]),
    part(
        "/api/account/profile",
        Asks::Known,
        &[("full_name", "Eve"), ("time_zone", "Europe/Berlin"), ("base_currency", "EUR")],
    ),
    part("/api/account/looks", Asks::Known, &[("theme", "dark"), ("colours", "safe")]),
    part("/api/account/password", Asks::Known, &[("current", "x"), ("new", "long enough for all")]),
    part("/api/account/create-key", Asks::Known, &[("name", "robot")]),
    part("/api/account/revoke-key", Asks::Owner, &[("id", "{key}")]),
    part("/api/account/workspaces", Asks::Known, &[]),
    part("/api/account/switch", Asks::Owner, &[("tenant", "{tenant}")]),
    // Refused, as it is for somebody else; not because the link is not known.
    part("/api/account/join", Asks::Known, &[("token", "{token}")]),
    part("/api/members/page", Asks::Known, &[]),
    part("/api/members/invite", Asks::Known, &[("email", "friend@example.org"), ("role", "viewer")]),
    part("/api/members/withdraw", Asks::Owner, &[("id", "{invitation}")]),
    part("/api/members/role", Asks::Owner, &[("user", "{member}"), ("role", "viewer")]),
    part("/api/members/remove", Asks::Owner, &[("user", "{member}")]),
    part("/api/members/invitation", Asks::Nothing, &[("token", "{token}")]),
    part("/api/pages/front", Asks::Nothing, &[]),
    part("/api/pages/overview", Asks::Owner, &[("list", "{list}")]),
    part("/api/pages/symbol", Asks::Known, &[("symbol", "AAPL"), ("chart", "1Y,candles,sma:20")]),
    part("/api/pages/news", Asks::Known, WANTED),
    part("/api/pages/symbol-news", Asks::Known, SYMBOL_WANTED),
    part("/api/pages/compare", Asks::Known, &[("symbol", "AAPL"), ("with", "SPY,MSFT"), ("range", "1y")]),
    part("/api/pages/history", Asks::Known, &[("symbol", "AAPL")]),
    part("/api/pages/forecast", Asks::Known, &[("symbol", "AAPL")]),
    part("/api/pages/about", Asks::Known, &[]),
    part("/api/pages/how", Asks::Known, &[]),
    part("/api/pages/providers", Asks::Known, &[]),
    part("/api/quality/page", Asks::Operator, &[]),
    part("/api/quality/collect", Asks::Operator, &[("source", "prices")]),
    part(
        "/api/quality/decide",
        Asks::Operator,
        &[("id", "01890000-0000-7000-8000-000000000000"), ("accept", "true")],
    ),
    part("/api/jobs/board", Asks::Operator, &[("state", "dead")]),
    part("/api/jobs/retry", Asks::Operator, &[("id", "01890000-0000-7000-8000-000000000000")]),
    part("/api/jobs/discard", Asks::Operator, &[("id", "01890000-0000-7000-8000-000000000000")]),
    part("/api/jobs/pause", Asks::Operator, &[("queue", "default"), ("paused", "false")]),
    part("/api/keywords/all", Asks::Known, &[]),
    part("/api/keywords/add", Asks::Known, &[("keyword", "heat pumps")]),
    part("/api/keywords/remove", Asks::Owner, &[("keyword", "{keyword}")]),
    part("/api/layouts/keep", Asks::Known, &[("layout", "1Y,candles,sma:20"), ("symbol", "AAPL")]),
    part("/api/layouts/reset", Asks::Known, &[("symbol", "AAPL")]),
    part("/api/notes/all", Asks::Known, &[("symbol", "AAPL")]),
    part("/api/notes/add", Asks::Known, &[("symbol", "AAPL"), ("text", "Watch\r\nthe margin")]),
    part("/api/notes/edit", Asks::Owner, &[("id", "{note}"), ("text", "Taken over")]),
    part("/api/notes/remove", Asks::Owner, &[("id", "{note}")]),
    part("/api/ops-alerts/list", Asks::Operator, &[]),
    part("/api/ops-alerts/acknowledge", Asks::Operator, &[("id", "01890000-0000-7000-8000-000000000000")]),
    part("/api/scanner/scan", Asks::Known, &[("scan", "gainers"), ("timeframe", "daily")]),
    part(
        "/api/scanner/screen",
        Asks::Known,
        &[("filter", "rsi14 < 30"), ("timeframe", "daily"), ("sort", "rsi14"), ("ascending", "true")],
    ),
    part("/api/scanner/newest", Asks::Known, &[]),
    part("/api/scanner/scorecard", Asks::Known, &[]),
    part("/api/signals/since", Asks::Known, &[]),
    part("/api/screens/all", Asks::Known, &[]),
    part(
        "/api/screens/save",
        Asks::Known,
        &[("name", "Mine"), ("filter", "rsi14 < 30"), ("timeframe", "daily"), ("shared", "true")],
    ),
    part(
        "/api/screens/change",
        Asks::Owner,
        &[("id", "{screen}"), ("name", "Taken over"), ("filter", "close > 5"), ("timeframe", "daily")],
    ),
    part("/api/screens/remove", Asks::Owner, &[("id", "{screen}")]),
    part("/api/market/adopt", Asks::Known, &[("symbol", "AAPL")]),
    part("/api/custom/all", Asks::Known, &[]),
    part(
        "/api/custom/import",
        Asks::Known,
        &[("symbol", "MYFUND"), ("name", "Mine"), ("currency", "USD"), ("csv", "date,close\n2022-03-10,1\n")],
    ),
    part("/api/custom/remove", Asks::Known, &[("symbol", "MYFUND")]),
    part("/api/shares/all", Asks::Owner, &[("id", "{portfolio}")]),
    part(
        "/api/shares/create",
        Asks::Owner,
        &[("id", "{portfolio}"), ("days", "7"), ("hide_amounts", "true")],
    ),
    part("/api/shares/revoke", Asks::Owner, &[("id", "{portfolio}"), ("share", "{share}")]),
    part("/api/reports/page", Asks::Known, &[]),
    part("/api/reports/make", Asks::Owner, &[("portfolio", "{portfolio}"), ("paper", "a4")]),
    part("/api/reports/delete", Asks::Owner, &[("id", "{report}")]),
    part("/api/reports/prefer", Asks::Known, &[("mail", "true"), ("paper", "letter")]),
    part("/api/search", Asks::Known, &[("q", "apple")]),
    part("/api/portfolios/all", Asks::Known, &[]),
    part("/api/portfolios/count", Asks::Known, &[]),
    part("/api/portfolios/one", Asks::Owner, &[("id", "{portfolio}")]),
    part("/api/portfolios/overview", Asks::Owner, &[("id", "{portfolio}"), ("range", "1y")]),
    part("/api/portfolios/positions", Asks::Owner, &[("id", "{portfolio}")]),
    part(
        "/api/portfolios/performance",
        Asks::Owner,
        &[("id", "{portfolio}"), ("range", "max"), ("benchmark", "SPY")],
    ),
    part("/api/portfolios/risk", Asks::Owner, &[("id", "{portfolio}"), ("range", "max")]),
    part("/api/portfolios/check-up", Asks::Owner, &[("id", "{portfolio}")]),
    part(
        "/api/portfolios/transactions",
        Asks::Owner,
        &[("id", "{portfolio}"), ("after", ""), ("edit", "{transaction}")],
    ),
    part(
        "/api/portfolios/create",
        Asks::Known,
        &[("details[name]", "Mine"), ("details[currency]", "USD"), ("details[cost_method]", "fifo")],
    ),
    part("/api/portfolios/sample", Asks::Known, &[]),
    part(
        "/api/portfolios/update",
        Asks::Owner,
        &[("id", "{portfolio}"), ("details[name]", "Taken over"), ("details[benchmark]", "SPY")],
    ),
    part("/api/portfolios/delete", Asks::Owner, &[("id", "{portfolio}")]),
    part(
        "/api/portfolios/limits",
        Asks::Owner,
        &[
            ("id", "{portfolio}"),
            ("limits[foreign_currency]", "1"),
            ("limits[single_currency]", "2"),
            ("limits[single_position]", "3"),
            ("limits[single_sector]", "4"),
            ("limits[fees]", "5"),
            ("limits[cash]", "6"),
            ("limits[cash_least]", "0"),
        ],
    ),
    part(
        "/api/portfolios/add-entry",
        Asks::Owner,
        &[
            ("id", "{portfolio}"),
            ("entry[kind]", "buy"),
            ("entry[symbol]", "MSFT"),
            ("entry[date]", "2021-01-04"),
            ("entry[quantity]", "1"),
            ("entry[price]", "2"),
            ("entry[currency]", "USD"),
        ],
    ),
    part(
        "/api/portfolios/replace-entry",
        Asks::Owner,
        &[
            ("id", "{portfolio}"),
            ("transaction", "{transaction}"),
            ("version", "1"),
            ("entry[kind]", "deposit"),
            ("entry[date]", "2021-01-04"),
            ("entry[amount]", "1"),
            ("entry[currency]", "USD"),
        ],
    ),
    part(
        "/api/portfolios/remove-entry",
        Asks::Owner,
        &[("id", "{portfolio}"), ("transaction", "{transaction}"), ("version", "1")],
    ),
    part("/api/portfolios/import", Asks::Owner, &[("id", "{portfolio}"), ("upload", "{transaction}")]),
    part(
        "/api/portfolios/upload",
        Asks::Owner,
        &[("id", "{portfolio}"), ("format", "csv"), ("text", "date,type\n2021-01-04,deposit")],
    ),
    part(
        "/api/portfolios/remap",
        Asks::Owner,
        &[("id", "{portfolio}"), ("upload", "{transaction}"), ("mapping[date]", "date")],
    ),
    part("/api/portfolios/take", Asks::Owner, &[("id", "{portfolio}"), ("upload", "{transaction}")]),
    part("/api/watchlists/all", Asks::Known, &[]),
    part("/api/watchlists/create", Asks::Known, &[("name", "Mine")]),
    part("/api/watchlists/rename", Asks::Owner, &[("id", "{list}"), ("name", "Taken over")]),
    part("/api/watchlists/delete", Asks::Owner, &[("id", "{list}")]),
    part("/api/watchlists/add", Asks::Owner, &[("id", "{list}"), ("symbol", "MSFT")]),
    part("/api/watchlists/remove", Asks::Owner, &[("id", "{list}"), ("symbol", "AAPL")]),
    part("/api/watchlists/move", Asks::Owner, &[("id", "{list}"), ("symbol", "AAPL"), ("by", "1")]),
];

/// Every page, with what its address may name.
pub const PAGES: &[Part] = &[
    part("/", Asks::Nothing, &[]),
    part("/login", Asks::Nothing, &[("next", "/overview")]),
    part("/register", Asks::Nothing, &[]),
    part("/forgot", Asks::Nothing, &[]),
    part("/reset/{token}", Asks::Nothing, &[]),
    part("/verify/{token}", Asks::Nothing, &[]),
    part("/join/{token}", Asks::Nothing, &[]),
    part("/styleguide", Asks::Nothing, &[]),
    part("/overview", Asks::Owner, &[("list", "{list}")]),
    part(
        "/symbols/{symbol}",
        Asks::Known,
        &[("chart-range", "1Y"), ("s0", "sma:20"), ("add", "rsi"), ("remove", "0"), ("layout", "1Y")],
    ),
    part("/news", Asks::Known, &[("q", "apple"), ("label", "Positive"), ("symbol", "AAPL"), ("after", "")]),
    part("/symbols/{symbol}/news", Asks::Known, &[("q", "apple"), ("label", "Neutral"), ("after", "")]),
    part("/symbols/{symbol}/compare", Asks::Known, &[("with", "SPY,MSFT"), ("range", "1y"), ("add", "AMZN")]),
    part("/watchlists", Asks::Known, &[]),
    part("/portfolios", Asks::Known, &[]),
    part("/portfolios/{portfolio}", Asks::Owner, &[("range", "1y")]),
    part("/portfolios/{portfolio}/holdings", Asks::Owner, &[("sort", "cost"), ("order", "asc")]),
    part("/portfolios/{portfolio}/transactions", Asks::Owner, &[("edit", "{transaction}"), ("after", "")]),
    part("/portfolios/{portfolio}/performance", Asks::Owner, &[("range", "max"), ("benchmark", "SPY")]),
    part("/portfolios/{portfolio}/risk", Asks::Owner, &[("range", "max")]),
    part("/portfolios/{portfolio}/check-up", Asks::Owner, &[]),
    part("/portfolios/{portfolio}/share", Asks::Owner, &[]),
    part("/portfolios/{portfolio}/details", Asks::Owner, &[]),
    part("/portfolios/{portfolio}/import", Asks::Owner, &[("upload", "{transaction}")]),
    part("/reports", Asks::Known, &[]),
    part("/settings", Asks::Known, &[]),
    part("/about-the-data", Asks::Known, &[]),
    part("/how", Asks::Known, &[("q", "rsi")]),
    part("/scanner", Asks::Known, &[("filter", "rsi14 < 30")]),
    part("/own-prices", Asks::Known, &[]),
    part("/search", Asks::Known, &[("q", "apple")]),
    part("/operations/alerts", Asks::Operator, &[]),
    part("/operations/quality", Asks::Operator, &[]),
    part("/jobs", Asks::Operator, &[("state", "dead")]),
];

/// What is sent to a REST route that has a body, so that its owner would be answered; `None` where nobody thought
/// of it yet.
pub fn body(route: &Route) -> Option<Value> {
    Some(match (route.method.as_str(), route.path) {
        ("GET" | "DELETE", _) => json!({}),
        (_, "/api/auth/register" | "/api/auth/login") => {
            json!({ "email": "", "password": "", "fullName": "" })
        }
        (_, "/api/auth/refresh" | "/api/auth/logout") => json!({ "refreshToken": "x" }),
        (_, "/api/auth/profile") => json!({
            "fullName": "Eve", "timeZone": "Europe/Berlin", "baseCurrency": "EUR", "theme": "dark", "colours": "safe",
        }),
        (_, "/api/auth/api-keys" | "/api/portfolio/watchlists") => json!({ "name": "Mine" }),
        (_, "/api/portfolio/watchlists/{id}") => json!({ "name": "Taken over", "symbols": ["MSFT"] }),
        (_, "/api/portfolio/watchlists/{id}/symbols") => json!({ "symbol": "MSFT" }),
        (_, "/api/portfolio/portfolios" | "/api/portfolio/portfolios/{id}") => {
            json!({ "name": "Taken over", "currency": "USD", "costMethod": "fifo", "benchmark": "SPY" })
        }
        (
            _,
            "/api/portfolio/portfolios/{id}/transactions"
            | "/api/portfolio/portfolios/{id}/transactions/{tid}",
        ) => {
            json!({ "type": "buy", "symbol": "MSFT", "date": "2021-01-04", "quantity": "1", "price": "2",
                "amount": "2", "fee": "0.1", "tax": "0", "currency": "USD", "fxRate": "1", "note": "x" })
        }
        // Reads a file of any sort; what a JSON body does to it is tests/transfer.rs.
        (_, "/api/portfolio/portfolios/{id}/import") => json!({}),
        (_, "/api/portfolio/holdings" | "/api/portfolio/holdings/{id}") => {
            json!({ "symbol": "MSFT", "shares": "1", "averagePrice": "2", "purchaseDate": "2021-01-04", "notes": "x" })
        }
        // Takes what is in its path alone.
        (_, "/api/ops/jobs/{id}/retry" | "/api/ops/jobs/{id}/discard") => json!({}),
        (_, "/api/ops/alerts/{id}/acknowledge") => json!({}),
        (_, "/api/ops/queues/{queue}/pause" | "/api/ops/queues/{queue}/resume") => json!({}),
        // Its body may be left out.
        (_, "/api/ops/etl/{source}") => json!({}),
        (_, "/api/ops/quarantine/{id}/accept" | "/api/ops/quarantine/{id}/reject") => json!({}),
        (_, "/api/market/screen") => {
            json!({ "filter": "rsi14 < 30", "sort": "rsi14", "order": "asc", "limit": 5 })
        }
        (_, "/api/market/stocks") => json!({ "symbol": "AAPL" }),
        // Its body is text and not JSON.
        (_, "/api/market/stocks/{symbol}/bars") => json!({}),
        (_, "/api/portfolio/portfolios/{id}/shares") => json!({ "hideAmounts": true }),
        // Reads a form; what a JSON body does to it is tests/shares.rs.
        (_, "/r/{token}") => json!({}),
        // Take what is in their addresses alone.
        (_, "/api/portfolio/reports" | "/api/portfolio/portfolios/{id}/reports" | "/unsubscribe/{token}") => {
            json!({})
        }
        (_, "/api/market/sentiment") => json!({ "texts": ["Shares rise"] }),
        _ => return None,
    })
}

/// Every server function with its method.
///
/// # Panics
/// When one is in no table, or a table has one that is not there.
pub fn functions() -> Vec<(hyper::Method, &'static Part)> {
    let known: BTreeMap<&str, &Part> = FUNCTIONS.iter().map(|part| (part.path, part)).collect();
    let found: Vec<_> = server_fn_paths().collect();
    for part in FUNCTIONS {
        assert!(
            found.iter().any(|(path, _)| *path == part.path),
            "{} is no server function any more",
            part.path
        );
    }
    let listed = |(path, method): (&'static str, hyper::Method)| {
        let part =
            known.get(path).unwrap_or_else(|| panic!("{path}: say in support/surface.rs how it is called"));
        (method, *part)
    };
    found.into_iter().map(listed).collect()
}

/// Every page.
///
/// # Panics
/// As [`functions`].
pub fn pages() -> Vec<&'static Part> {
    let found: Vec<String> =
        leptos_axum::generate_route_list(app::App).iter().map(|route| route.path().to_string()).collect();
    for path in &found {
        let known = PAGES.iter().any(|part| part.path == path);
        assert!(known, "{path}: say in support/surface.rs who may see it and what its address names");
    }
    for part in PAGES {
        assert!(found.iter().any(|path| path == part.path), "{} is no page any more", part.path);
    }
    PAGES.iter().collect()
}

/// Every route that is no page and no server function, with what is sent to it.
///
/// # Panics
/// When nobody said what is sent.
pub fn routes() -> Vec<(Route, Value)> {
    let with_body = |route: Route| {
        let body = body(&route);
        let body = body.unwrap_or_else(|| {
            panic!("{} {}: say in support/surface.rs what is sent", route.method, route.path)
        });
        (route, body)
    };
    router::list().into_iter().map(with_body).collect()
}

/// A path with every parameter replaced by what `value` says of its name.
pub fn filled(path: &str, value: impl Fn(&str) -> String) -> String {
    let mut filled = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        filled.push_str(before);
        filled.push_str(&value(name.trim_start_matches('*')));
        rest = after;
    }
    filled + rest
}

/// Fields as a form sends them.
pub fn encoded<'a>(fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}
