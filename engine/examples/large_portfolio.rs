//! A large portfolio through the whole engine: 10,000 transactions, 250 symbols, 12 years. How long the first answer
//! with every figure takes after an edit of the oldest transaction, what others wait meanwhile, and how much memory
//! it all takes; then how long a file of 50,000 rows takes to look at and to take.
//!
//! `cargo run --release -p engine --example large_portfolio`
#![allow(clippy::unwrap_used)] // a panic is the report

use chrono::{Datelike, NaiveDate};
use domain::{
    Symbol,
    portfolio::{
        Range,
        import::{Format, Mapping},
    },
};
use engine::{
    Cx, Engine,
    portfolios::{Asked, EntryDraft, Order, PortfolioDraft},
    testing::{
        TestDb, collect_prices, company, listed, live_engine_on, member, now, numbered, resident_mb,
        sessions, walking,
    },
};
use std::{
    fmt::Write as _,
    time::{Duration, Instant},
};

const SYMBOLS: usize = 250;
const YEARS: i32 = 12;
const TRANSACTIONS: usize = 10_000;

#[tokio::main(worker_threads = 2)]
async fn main() {
    let test = TestDb::sqlite().await;
    let first = now().year() - YEARS;
    let mut days: Vec<NaiveDate> = sessions().take_while(|day| day.year() >= first).collect();
    days.reverse();
    let engine = live_engine_on(test.db(), now(), vec![walking(days.clone()).shared()]);
    let symbols: Vec<Symbol> = (0..SYMBOLS).map(numbered).collect();
    let company = |symbol: &Symbol| company(symbol.clone(), &format!("Company {symbol}"));
    listed(&engine, &symbols.iter().map(company).collect::<Vec<_>>()).await;
    collect_prices(&engine, &symbols).await;
    // A new engine over the full store: the memory it takes is that of the portfolio.
    let engine = live_engine_on(test.db(), now(), Vec::new());
    let cx = member(&engine, "reader@example.org").await;
    let portfolios = engine.portfolios();
    let details = PortfolioDraft::typed("Large", "USD", "fifo", numbered(0).as_str());
    let id = portfolios.create(&cx, &details, None).await.unwrap().id;
    let text = file(TRANSACTIONS, &days);
    portfolios.import(&cx, id, Format::Candlewick, Mapping::default(), text.into_bytes()).await.unwrap();

    let before = resident_mb();
    told("every figure, cold", timed(figures(&engine, &cx, id)).await);
    let oldest = portfolios.transactions(&cx, id, Order::OldestFirst, None, 1).await.unwrap().items.remove(0);
    for (round, quantity) in ["101", "102", "103"].iter().enumerate() {
        let edit = edited(quantity, &days);
        let version = Some(round as i64 + 1);
        let (stop, mut stopped) = tokio::sync::oneshot::channel::<()>();
        let other = tokio::spawn({
            let (engine, cx) = (engine.clone(), cx.clone());
            async move {
                let mut longest = Duration::ZERO;
                while stopped.try_recv().is_err() {
                    let begun = Instant::now();
                    engine.watchlists().list(&cx).await.unwrap();
                    longest = longest.max(begun.elapsed());
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
                longest
            }
        });
        let took = timed(async {
            portfolios.replace(&cx, id, oldest.id, &edit, version).await.unwrap();
            figures(&engine, &cx, id).await;
        })
        .await;
        stop.send(()).unwrap();
        let longest = other.await.unwrap().as_secs_f64() * 1e3;
        told("an edit of the oldest transaction, then every figure", took);
        println!("  the longest wait of another request meanwhile: {longest:.1} ms");
    }
    println!("memory: {before} MB before, {} MB after", resident_mb());

    let id =
        portfolios.create(&cx, &PortfolioDraft::typed("Whole", "USD", "fifo", ""), None).await.unwrap().id;
    let text = file(50_000, &days);
    let look = portfolios.look(&cx, id, Format::Candlewick, Mapping::default(), text.clone().into_bytes());
    told("a file of 50,000 rows, looked at", timed(async { drop(look.await.unwrap()) }).await);
    let take = portfolios.import(&cx, id, Format::Candlewick, Mapping::default(), text.into_bytes());
    told(
        "the same, taken",
        timed(async {
            take.await.unwrap();
        })
        .await,
    );
    test.finish().await;
}

/// Everything the pages of a portfolio show, one after the other.
async fn figures(engine: &Engine, cx: &Cx, id: domain::portfolio::PortfolioId) {
    let (portfolios, whole) = (engine.portfolios(), Asked::of(Range::Max));
    let performance = portfolios.performance(cx, id, &whole).await.unwrap();
    assert!(performance.value.is_some() && performance.twr.is_some(), "{:?}", performance.unavailable);
    assert!(portfolios.risk(cx, id, &whole).await.unwrap().volatility.is_some());
    portfolios.correlation(cx, id, &whole).await.unwrap();
    portfolios.allocation(cx, id).await.unwrap();
    assert_eq!(portfolios.positions(cx, id).await.unwrap().len(), SYMBOLS);
    portfolios.check_up(cx, id).await.unwrap();
}

async fn timed(work: impl Future<Output = ()>) -> Duration {
    let begun = Instant::now();
    work.await;
    begun.elapsed()
}

fn told(what: &str, took: Duration) {
    println!("{what}: {:.3} s", took.as_secs_f64());
}

fn edited(quantity: &str, days: &[NaiveDate]) -> EntryDraft {
    serde_json::from_value(serde_json::json!({ "type": "buy", "symbol": numbered(0), "date": days[0],
        "quantity": quantity, "price": "100", "fee": "1", "currency": "USD" }))
    .unwrap()
}

/// Buys, now and then a sale of a little, a dividend.
fn file(rows: usize, days: &[NaiveDate]) -> String {
    let mut text = String::from("date,type,symbol,quantity,price,amount,fee,tax,currency\n");
    for at in 0..rows {
        let (day, symbol) = (days[at * days.len() / rows], numbered(at % SYMBOLS));
        let line = match at % 10 {
            7 | 8 if at > 3 * SYMBOLS => format!("{day},sell,{symbol},1,100,,1,0,USD"),
            9 if at > 3 * SYMBOLS => format!("{day},dividend,{symbol},,,12.5,0,1,USD"),
            _ => format!("{day},buy,{symbol},10,100,,1,0,USD"),
        };
        writeln!(text, "{line}").unwrap();
    }
    text
}
