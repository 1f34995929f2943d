//! Every page path, once.

use domain::{
    Symbol,
    portfolio::{PortfolioId, Range},
    signal::SignalKind,
};

/// The front door for those who are not logged in.
pub const LANDING: &str = "/";
/// Log in.
pub const LOGIN: &str = "/login";
/// Make an account.
pub const REGISTER: &str = "/register";
/// Ask for a new password; the letter leads to `/reset/{token}`.
pub const FORGOT: &str = "/forgot";
/// The dashboard.
pub const OVERVIEW: &str = "/overview";
/// All watchlists.
pub const WATCHLISTS: &str = "/watchlists";
/// All portfolios.
pub const PORTFOLIOS: &str = "/portfolios";
/// Reports that were made, and who gets them by mail.
pub const REPORTS: &str = "/reports";
/// Profile, sessions, keys, looks.
pub const SETTINGS: &str = "/settings";
/// Where every number comes from.
pub const ABOUT: &str = "/about-the-data";
/// How each number is made; [`how`] leads to one of them.
pub const HOW: &str = "/how";
/// Scans and screens.
pub const SCANNER: &str = "/scanner";
/// What operators have to know.
pub const OPS_ALERTS: &str = "/operations/alerts";
/// Work in the background, for operators.
pub const JOBS: &str = "/jobs";
/// How good the data is; for operators.
pub const QUALITY: &str = "/operations/quality";
/// All news.
pub const NEWS: &str = "/news";
/// Prices that a tenant brought itself.
pub const OWN_PRICES: &str = "/own-prices";
/// Search results without WebAssembly.
pub const SEARCH: &str = "/search";
/// Every component in every state; for those who build Candlewick, linked from nowhere.
pub const STYLEGUIDE: &str = "/styleguide";

/// The page of one symbol.
///
/// ```
/// let symbol = domain::Symbol::parse("^GSPC").unwrap();
/// assert_eq!(app::routes::symbol(&symbol), "/symbols/%5EGSPC");
/// ```
pub fn symbol(symbol: &Symbol) -> String {
    format!("/symbols/{}", in_address(symbol))
}

/// How a figure is made, by its anchor: one of those in `engine/src/how.rs`.
pub fn how(anchor: &str) -> String {
    format!("{HOW}#{anchor}")
}

/// How the signals of a rule are made.
pub fn how_signal(rule: SignalKind) -> String {
    how(&format!("signal-{}", rule.as_str()))
}

/// How a field of the scanner is made: at the figure it is, else among all fields.
///
/// ```
/// assert_eq!(app::routes::how_field("rsi14"), "/how#rsi");
/// assert_eq!(app::routes::how_field("gap"), "/how#fields");
/// ```
pub fn how_field(name: &str) -> String {
    match name {
        "vwap" => how("vwap"),
        "obv" => how("obv"),
        "mfi14" => how("mfi"),
        "support" | "resistance" => how("levels"),
        "sma20" | "sma50" | "sma200" => how("sma"),
        "ema12" | "ema26" => how("ema"),
        "trend" => how("trend"),
        "rsi14" => how("rsi"),
        "macd" | "macdSignal" | "macdHistogram" => how("macd"),
        "stochK" | "stochD" => how("stochastic"),
        "adx14" => how("adx"),
        "cci20" => how("cci"),
        "willr14" => how("williams"),
        "roc10" => how("roc"),
        "atr14" => how("atr"),
        "bbUpper" | "bbMiddle" | "bbLower" => how("bollinger"),
        "composite" => how("composite"),
        "sentiment" => how("mood"),
        _ => how("fields"),
    }
}

/// A page of a portfolio; the first one has no name.
///
/// ```
/// let id = domain::portfolio::PortfolioId(uuid::Uuid::nil());
/// assert_eq!(app::routes::portfolio(id, "risk"), "/portfolios/00000000-0000-0000-0000-000000000000/risk");
/// ```
pub fn portfolio(id: PortfolioId, page: &str) -> String {
    match page {
        "" => format!("{PORTFOLIOS}/{id}"),
        page => format!("{PORTFOLIOS}/{id}/{page}"),
    }
}

/// The news about one symbol.
pub fn symbol_news(of: &Symbol) -> String {
    format!("{}/news", symbol(of))
}

/// A symbol beside others over a range.
///
/// ```
/// use domain::{Symbol, portfolio::Range};
/// let [spy, index] = ["SPY", "^GSPC"].map(|name| Symbol::parse(name).unwrap());
/// let address = app::routes::compare(&spy, &[index.clone(), spy.clone()], Range::Year1);
/// assert_eq!(address, "/symbols/SPY/compare?with=%5EGSPC,SPY&range=1y");
/// ```
pub fn compare(of: &Symbol, with: &[Symbol], range: Range) -> String {
    let with: Vec<String> = with.iter().map(in_address).collect();
    format!("{}/compare?with={}&range={}", symbol(of), with.join(","), range.as_str())
}

fn in_address(symbol: &Symbol) -> String {
    symbol.as_str().replace('^', "%5E").replace('=', "%3D")
}

/// Search results for a symbol.
///
/// ```
/// let symbol = domain::Symbol::parse("^GSPC").unwrap();
/// assert_eq!(app::routes::search_for(&symbol), "/search?q=%5EGSPC");
/// ```
pub fn search_for(symbol: &Symbol) -> String {
    format!("{SEARCH}?q={}", in_address(symbol))
}

/// The page of an invitation.
pub fn join(token: &str) -> String {
    format!("/join/{token}")
}

/// [`LOGIN`] or [`REGISTER`] with the page to come back to; without one where that is no plain path of this site.
///
/// ```
/// use app::routes::{LOGIN, door};
/// assert_eq!(door(LOGIN, "/watchlists"), "/login?next=/watchlists");
/// assert_eq!(door(LOGIN, "//elsewhere.example"), "/login");
/// assert_eq!(door(LOGIN, "/search?q=a&b"), "/login");
/// ```
pub fn door(path: &str, next: &str) -> String {
    let plain = !next.contains(|c: char| "?&#%+".contains(c)) && after_login(Some(next)) == next;
    if plain { format!("{path}?next={next}") } else { path.to_string() }
}

/// Where to go after logging in: `next` when it is a path of this site, else the dashboard.
///
/// ```
/// assert_eq!(app::routes::after_login(Some("/watchlists")), "/watchlists");
/// assert_eq!(app::routes::after_login(Some("//elsewhere.example")), "/overview");
/// assert_eq!(app::routes::after_login(Some("https://elsewhere.example")), "/overview");
/// ```
pub fn after_login(next: Option<&str>) -> String {
    let ours = |path: &&str| {
        path.starts_with('/')
            && !path.starts_with("//")
            && !path.starts_with("/api")
            && path.chars().all(|c| c.is_ascii_graphic() && c != '\\')
    };
    next.filter(ours).unwrap_or(OVERVIEW).to_string()
}
