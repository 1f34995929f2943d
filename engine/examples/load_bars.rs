//! How long 2.5 million daily bars take on the way a provider's answers take (quality rules, store, record of the
//! run), on both databases, beside a plain import of the same rows; and how long pages and programs then wait.
//!
//! `bash scripts/with-postgres.sh cargo run --release -p engine --example load_bars -- [symbols] [days]`
#![allow(clippy::unwrap_used)] // a panic is the report

use chrono::{Datelike, Days};
use domain::{
    Bar, Instrument, Interval, Kind, Symbol, calendar,
    etl::{EtlRun, EtlSource},
    source::Source,
};
use engine::{
    Engine,
    bars::Range,
    ingest::{Ask, Silent},
    provider::{BarsAnswer, Urgency},
    testing::{FakeProvider, POSTGRES_URL, TestDb, listed, live_engine_on, member, now},
};
use std::{fs, future::Future, io::Write, path::Path, process::Command, time::Instant};

#[tokio::main]
async fn main() {
    let mut words = std::env::args().skip(1);
    let mut count = |usual: usize| words.next().map_or(usual, |word| word.parse().unwrap());
    let (symbols, days) = (count(2_000), count(1_250));
    println!("{symbols} symbols x {days} days = {} bars", symbols * days);
    measure("SQLite", TestDb::sqlite().await, symbols, days).await;
    plain_sqlite(symbols, days);
    if let Some(postgres) = TestDb::postgres().await {
        measure("PostgreSQL", postgres, symbols, days).await;
        plain_postgres(symbols, days);
    }
}

/// Loads, loads again, reads.
async fn measure(kind: &str, test: TestDb, symbols: usize, days: usize) {
    let all: Vec<Symbol> = (0..symbols).map(symbol).collect();
    let number = |symbol: &Symbol| symbol.as_str()[1..].parse::<usize>().unwrap();
    let provider = FakeProvider::new(Source::Yahoo)
        .bars(move |ask| {
            let mut bars = history(number(&ask.symbol), days);
            bars.retain(|bar| ask.from.is_none_or(|from| bar.time >= from));
            Ok(BarsAnswer { bars, ..BarsAnswer::default() })
        })
        .shared();
    let engine = live_engine_on(test.db(), now(), vec![provider]);
    listed(&engine, &all.iter().cloned().map(instrument).collect::<Vec<_>>()).await;
    let cx = member(&engine, "reader@example.org").await;
    println!("{kind}");
    let first = timed("  load, empty store", load(&engine, &all)).await;
    println!("    {} upserted, {} unchanged, {} rejected", first.upserted, first.unchanged, first.rejected);
    let again = timed("  the schedule's next run", load(&engine, &all)).await;
    println!("    {} upserted, {} unchanged", again.upserted, again.unchanged);
    println!("  memory at most {} MB", peak_mb());
    let one = &all[symbols / 2];
    // A new engine over the full store: nothing is remembered.
    let engine = live_engine_on(test.db(), now(), Vec::new());
    timed("  overview, cold", async { engine.overview().snapshot(&cx, None).await.unwrap() }).await;
    timed("  overview, warm", async { engine.overview().snapshot(&cx, None).await.unwrap() }).await;
    timed("  bars of a symbol", async {
        engine.bars().series(one, Interval::Day1, Range::default()).await.unwrap()
    })
    .await;
    timed("  weekly bars of a symbol", async {
        engine.bars().series(one, Interval::Week1, Range::default()).await.unwrap()
    })
    .await;
    timed("  indicators of a symbol", async {
        engine.analysis().rows(one, Interval::Day1, Range::default()).await.unwrap()
    })
    .await;
    timed("  signals of a symbol", async { engine.analysis().sheet(one, 0.001).await.unwrap() }).await;
    timed("  search", async { engine.search().find("s01", 10).await.unwrap() }).await;
    test.finish().await;
}

async fn load(engine: &Engine, all: &[Symbol]) -> EtlRun {
    let ask = Ask {
        source: EtlSource::Prices,
        symbols: Some(all.to_vec()),
        intraday: false,
        urgency: Urgency::Scheduled,
    };
    engine.ingest().run(&ask, &Silent).await.unwrap()
}

async fn timed<T>(what: &str, work: impl Future<Output = T>) -> T {
    let begun = Instant::now();
    let done = work.await;
    println!("{what}: {:.3} s", begun.elapsed().as_secs_f64());
    done
}

fn symbol(number: usize) -> Symbol {
    Symbol::parse(&format!("S{number:05}")).unwrap()
}

fn instrument(symbol: Symbol) -> Instrument {
    Instrument {
        name: format!("Company {symbol}"),
        symbol,
        kind: Kind::Equity,
        sector: None,
        industry: None,
        exchange: Some("NASDAQ".into()),
        currency: "USD".into(),
        market_cap: None,
        active: true,
    }
}

/// A walk that depends on the number alone.
fn history(number: usize, days: usize) -> Vec<Bar> {
    let mut state = number as u64 * 2 + 1;
    let mut random = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / f64::from(1u32 << 31) - 0.5
    };
    let mut day = now().date_naive() - Days::new(1);
    let mut dates = Vec::with_capacity(days);
    while dates.len() < days {
        if calendar::is_session(day) {
            dates.push(day);
        }
        day = if day.year() > 1990 { day - Days::new(1) } else { break };
    }
    let cents = |price: f64| (price * 100.0).round() / 100.0;
    let mut price = 100.0;
    let bar = |date| {
        let open = price;
        price = cents(price * (1.0 + random() * 0.03)).max(1.0);
        let close = price;
        let (low, high) = (open.min(close), open.max(close));
        Bar {
            time: Bar::label(date),
            open: Some(open),
            high: Some(cents(high * 1.005)),
            low: Some(cents(low * 0.995)),
            close,
            adj_close: Some(close),
            volume: Some((1e6 * (1.0 + random())).round()),
        }
    };
    dates.into_iter().rev().map(bar).collect()
}

/// The rows as a plain import takes them.
fn write_csv(file: &Path, symbols: usize, days: usize) {
    let mut out = std::io::BufWriter::new(fs::File::create(file).unwrap());
    for number in 0..symbols {
        for bar in history(number, days) {
            let cell = |value: Option<f64>| value.unwrap();
            let (open, high, low) = (cell(bar.open), cell(bar.high), cell(bar.low));
            let (adjusted, volume) = (cell(bar.adj_close), cell(bar.volume));
            let (symbol, time, close) = (symbol(number), bar.time.timestamp(), bar.close);
            writeln!(out, "{symbol},1d,{time},{open},{high},{low},{close},{adjusted},{volume},yahoo")
                .unwrap();
        }
    }
    out.flush().unwrap();
}

fn table(real: &str, integer: &str) -> String {
    format!(
        "create table bars (symbol text not null, interval text not null, time {integer} not null, open {real}, \
         high {real}, low {real}, close {real} not null, adj_close {real}, volume {real}, source text not null, \
         primary key (symbol, interval, time))"
    )
}

fn plain_sqlite(symbols: usize, days: usize) {
    let folder = tempfile::tempdir().unwrap();
    let csv = folder.path().join("bars.csv");
    write_csv(&csv, symbols, days);
    let db = folder.path().join("plain.db");
    let script = format!(
        "pragma journal_mode = wal;\n{} strict, without rowid;\n.mode csv\n.import {} bars\n",
        table("real", "integer"),
        csv.display()
    );
    let mut shell = Command::new("sqlite3");
    shell.arg(&db).arg("-bail").stdout(std::process::Stdio::null());
    run("  plain sqlite3 .import", shell, &script);
}

fn plain_postgres(symbols: usize, days: usize) {
    let Ok(url) = std::env::var(POSTGRES_URL) else { return };
    let folder = tempfile::tempdir().unwrap();
    let csv = folder.path().join("bars.csv");
    write_csv(&csv, symbols, days);
    let script = format!(
        "create schema plain;\nset search_path = plain;\n{};\n\
         \\copy bars from '{}' csv\ndrop schema plain cascade;\n",
        table("double precision", "bigint"),
        csv.display()
    );
    let mut shell = Command::new("psql");
    shell.arg(url).args(["-q", "-v", "ON_ERROR_STOP=1"]);
    run("  plain psql \\copy", shell, &script);
}

fn run(what: &str, mut shell: Command, script: &str) {
    let begun = Instant::now();
    let Ok(mut running) = shell.stdin(std::process::Stdio::piped()).spawn() else {
        println!("{what}: not installed");
        return;
    };
    running.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    assert!(running.wait().unwrap().success(), "{what}");
    println!("{what}: {:.3} s", begun.elapsed().as_secs_f64());
}

/// The most memory the process has had; `-` where the system does not tell.
fn peak_mb() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.map_or("-".into(), |count| (count / 1024).to_string())
}
