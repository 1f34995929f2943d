//! What a report is written from, for tests and benchmarks: made-up companies, a plain market.

use chrono::{Duration, NaiveDate};
use domain::{
    Bar, Instrument, Interval, Kind, Quote, Sector, Series, Symbol,
    news::Article,
    overview::{Card, MacroTile, Mover, Overview, Tile},
    portfolio::{
        Allocation, Check, CheckUp, CostMethod, Currency, Decimal, Drawdown, Limits, Performance, Point,
        Portfolio, PortfolioId, Position, PriceFrom, Risk, Rule, Slice,
    },
    provider::Standing,
    report::{Facts, Held},
    sentiment::{Analyser, Label, Mood},
    signal::{Action, Signal, SignalKind, badge},
    source::Source,
    watchlist::Watchlist,
};
use uuid::Uuid;

fn symbol(text: &str) -> Symbol {
    Symbol::parse(text).expect("is a symbol")
}

fn day(days: i64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 3, 10).expect("is a day") - Duration::days(days)
}

fn quote(text: &str, price: f64, before: f64) -> Quote {
    Quote::new(symbol(text), price, Some(before), Some(1e6), super::market_now(), Source::Bundled)
}

/// Facts with so many positions; without any there is no portfolio at all.
pub fn report_facts(positions: usize) -> Facts {
    Facts {
        made_local: super::now().naive_utc(),
        zone: "Europe/Berlin".into(),
        overview: overview(),
        index: Some(index()),
        signals: vec![(
            symbol("AAPL"),
            Signal {
                time: super::market_now(),
                kind: SignalKind::Rsi,
                action: Action::Buy,
                strength: Some(48.0),
                reason: "RSI 14 fell to 28.4, below 30".into(),
                bars_used: 15,
            },
        )],
        market_day: day(0),
        held: (positions > 0).then(|| held(positions)),
        hide_amounts: false,
    }
}

/// A year of an index that swings around a slow rise.
fn index() -> Series {
    let bars = (0..252).map(|at| {
        let t = at as f64;
        let close = 4000.0 + t * 1.5 + 120.0 * (t / 17.0).sin() + 40.0 * (t / 5.0).cos();
        let time = super::market_now() - Duration::days(252 - at);
        Bar {
            time,
            open: Some(close),
            high: Some(close),
            low: Some(close),
            close,
            adj_close: None,
            volume: None,
        }
    });
    Series { symbol: symbol("^GSPC"), interval: Interval::Day1, bars: bars.collect() }
}

fn overview() -> Overview {
    let tile = |text: &str, label: &str, price, before| Tile {
        symbol: symbol(text),
        label: label.into(),
        quote: quote(text, price, before),
        spark: vec![before, price],
    };
    let card = |text: &str, name: &str, price, before, rsi| Card {
        instrument: instrument(text, name),
        quote: Some(quote(text, price, before)),
        badge: badge(Some(rsi), 200),
        mood: Some(Mood {
            score: 0.12,
            label: Label::Positive,
            count: 10,
            analyser: Analyser::Vader,
            analysis: None,
        }),
        spark: vec![before, price],
    };
    let mover = |text: &str, name: &str, price, change_percent| Mover {
        symbol: symbol(text),
        name: name.into(),
        price,
        change_percent,
        volume: Some(1e6),
    };
    let symbols = ["AAPL", "MSFT", "NVDA"].map(symbol).to_vec();
    let list = Watchlist { id: Uuid::nil(), name: "Core Blue Chips".into(), symbols };
    Overview {
        as_of: super::market_now(),
        provider: Source::Bundled,
        standing: Standing::Bundled,
        tiles: vec![
            tile("^GSPC", "S&P 500", 4259.52, 4277.88),
            tile("^IXIC", "Nasdaq Composite", 13129.96, 13255.55),
            tile("^VIX", "VIX", 30.23, 32.45),
            tile("BTC-USD", "Bitcoin", 39437.46, 41982.93),
        ],
        macros: vec![MacroTile {
            id: "DGS10".into(),
            name: "10-Year Treasury".into(),
            units: "Percent".into(),
            date: day(0),
            value: 1.98,
            change: Some(0.04),
            spark: vec![1.94, 1.98],
        }],
        lists: vec![list.clone()],
        list: Some(list),
        cards: vec![
            card("AAPL", "Apple Inc.", 158.52, 162.95, 41.0),
            card("MSFT", "Microsoft Corporation", 285.59, 288.5, 44.0),
            card("NVDA", "NVIDIA Corporation", 226.58, 230.14, 28.0),
        ],
        gainers: vec![
            mover("AMZN", "Amazon.com, Inc.", 2936.35, 5.41),
            mover("CVX", "Chevron", 170.83, 2.74),
        ],
        losers: vec![mover("AAPL", "Apple Inc.", 158.52, -2.72)],
        active: Vec::new(),
        news: vec![Article {
            id: Uuid::nil(),
            symbol: Some(symbol("AAPL")),
            also: Vec::new(),
            title: "Shares rise as orders beat what was expected".into(),
            description: None,
            publisher: "Example News".into(),
            url: None,
            published_at: super::market_now(),
            score: 0.42,
            label: Label::Positive,
            source: Source::Sample,
            fetched_at: None,
        }],
        most_watched: Some(symbol("AAPL")),
        sectors: Vec::new(),
    }
}

fn instrument(text: &str, name: &str) -> Instrument {
    Instrument {
        sector: Some(Sector::Energy),
        exchange: Some("NASDAQ".into()),
        ..super::company(symbol(text), name)
    }
}

/// A portfolio of equal positions: each cost 1,000.00 and is worth 1,234.56.
fn held(count: usize) -> Held {
    const NAMES: [&str; 6] = [
        "Aurora Instruments",
        "A Company With a Very Long Name That Has to Be Broken Into Several Lines Holdings Incorporated",
        "Müller & Søn Ångström",
        "株式会社サンプル",
        "Τράπεζα Παράδειγμα",
        "Пример и сыновья",
    ];
    let money = |text: &str| text.parse::<Decimal>().expect("is a number");
    let share = 1.0 / count as f64;
    let position = |at: usize| Position {
        symbol: symbol(&format!("P{at:03}")),
        name: NAMES[at % NAMES.len()].into(),
        kind: Some(Kind::Equity),
        sector: Some(Sector::Energy),
        quantity: money("10"),
        average_price: Some(money("100")),
        cost: Some(money("1000.00")),
        price: Some(money("123.456")),
        price_currency: Some(Currency::USD),
        price_date: Some(day(0)),
        price_from: Some(PriceFrom::Market),
        value: Some(money("1234.56")),
        day_change: Some(money(if at.is_multiple_of(3) { "-12.34" } else { "4.56" })),
        day_change_ratio: Some(if at.is_multiple_of(3) { -0.0099 } else { 0.0037 }),
        unrealised: Some(money("234.56")),
        unrealised_ratio: Some(0.23456),
        realised: Some(Decimal::ZERO),
        dividends: Some(Decimal::ZERO),
        fees: Some(Decimal::ONE),
        taxes: Some(Decimal::ZERO),
        weight: Some(share),
        first_date: day(400),
        lots: Vec::new(),
    };
    let count_of = |text: &str| money(text) * Decimal::from(count as u64);
    let series = (0..365).map(|at| {
        let t = f64::from(at);
        Point {
            date: day(365 - i64::from(at)),
            value: money("1000"),
            net_flow: Decimal::ZERO,
            twr_index: Some(1.0 + t * 0.0004 + 0.03 * (t / 21.0).sin()),
            benchmark_index: Some(1.0 + t * 0.0003 + 0.02 * (t / 30.0).cos()),
        }
    });
    let performance = Performance {
        from: Some(day(365)),
        to: day(0),
        currency: Currency::USD,
        value: Some(count_of("1234.56")),
        cash: None,
        invested: Some(count_of("1000")),
        cost: Some(count_of("1000")),
        realised: Some(money("120.00")),
        unrealised: Some(count_of("234.56")),
        dividends: Some(money("35.50")),
        interest: None,
        fees: Some(count_of("1")),
        taxes: Some(money("12.00")),
        gain: Some(count_of("234.56")),
        net_gain: Some(count_of("233.56")),
        currency_and_rounding: Some(Decimal::ZERO),
        day_change: Some(money("-54.32")),
        day_change_ratio: Some(-0.0042),
        twr: Some(0.1523),
        twr_annualised: Some(0.1523),
        irr: Some(0.1467),
        roai: None,
        roai_net: None,
        benchmark: Some(symbol("SPY")),
        benchmark_return: Some(0.1098),
        unavailable: Vec::new(),
        series: series.collect(),
    };
    let risk = Risk {
        from: Some(day(365)),
        to: day(0),
        days: 252,
        volatility: Some(0.183),
        sharpe: Some(0.91),
        sortino: Some(1.3),
        calmar: Some(1.1),
        beta: Some(1.04),
        alpha: Some(0.02),
        max_drawdown: Some(Drawdown {
            depth: -0.137,
            peak: Some(day(120)),
            trough: Some(day(60)),
            recovered: None,
        }),
        var95: Some(-0.018),
        cvar95: Some(-0.026),
        var99: Some(-0.031),
        cvar99: Some(-0.038),
        hhi: Some(share),
        benchmark: Some(symbol("SPY")),
        unavailable: Vec::new(),
    };
    let slice = |label: &str, weight: f64| Slice {
        key: label.to_lowercase(),
        label: label.into(),
        value: money("1000"),
        weight: Some(weight),
    };
    let allocation = Allocation {
        currency: Currency::USD,
        value: Some(count_of("1234.56")),
        by_symbol: Vec::new(),
        by_sector: vec![slice("Technology", 0.42), slice("Health Care", 0.31), slice("Energy", 0.27)],
        by_kind: vec![slice("Equity", 0.9), slice("ETF", 0.1)],
        by_currency: vec![slice("USD", 1.0)],
        unavailable: Vec::new(),
    };
    let check_up = CheckUp {
        checks: vec![Check {
            rule: Rule::SingleSector,
            title: "One sector".into(),
            finding: "Technology is 42% of the value; 40% is the limit.".into(),
            measured: 0.42,
            limit: 0.4,
            passed: false,
        }],
        limits: Limits::default(),
        unavailable: Vec::new(),
    };
    let portfolio = Portfolio {
        id: PortfolioId(Uuid::nil()),
        name: "Long-term savings".into(),
        currency: Currency::USD,
        cost_method: CostMethod::Fifo,
        benchmark: symbol("SPY"),
        sample: false,
        limits: Limits::default(),
        version: 1,
    };
    let positions = (0..count).map(position).collect();
    Held { portfolio, performance, positions, risk, allocation, check_up }
}
