//! How long 2.5 million daily bars take on the way a provider's answers take (quality rules, store, record of the
//! run), on both databases, beside a plain import of the same rows; and how long pages and programs then wait.
//!
//! `bash scripts/with-postgres.sh cargo run --release -p engine --example load_bars -- [symbols] [days]`
#![allow(clippy::unwrap_used)] // a panic is the report

use chrono::NaiveDate;
use domain::{Interval, Symbol};
use engine::{
    bars::Range,
    testing::{
        POSTGRES_URL, TestDb, collect_prices, company, listed, live_engine_on, member, now, numbered,
        peak_mb, sessions, walk, walking,
    },
};
use std::{fs, future::Future, io::Write, path::Path, process::Command, time::Instant};

#[tokio::main]
async fn main() {
    let mut words = std::env::args().skip(1);
    let mut count = |usual: usize| words.next().map_or(usual, |word| word.parse().unwrap());
    let (symbols, days) = (count(2_000), count(1_250));
    println!("{symbols} symbols x {days} days = {} bars", symbols * days);
    let mut days: Vec<NaiveDate> = sessions().take(days).collect();
    days.reverse();
    measure("SQLite", TestDb::sqlite().await, symbols, &days).await;
    plain_sqlite(symbols, &days);
    if let Some(postgres) = TestDb::postgres().await {
        measure("PostgreSQL", postgres, symbols, &days).await;
        plain_postgres(symbols, &days);
    }
}

/// Loads, loads again, reads.
async fn measure(kind: &str, test: TestDb, symbols: usize, days: &[NaiveDate]) {
    let all: Vec<Symbol> = (0..symbols).map(numbered).collect();
    let engine = live_engine_on(test.db(), now(), vec![walking(days.to_vec()).shared()]);
    let company = |symbol: &Symbol| company(symbol.clone(), &format!("Company {symbol}"));
    listed(&engine, &all.iter().map(company).collect::<Vec<_>>()).await;
    let cx = member(&engine, "reader@example.org").await;
    println!("{kind}");
    let first = timed("  load, empty store", collect_prices(&engine, &all)).await;
    println!("    {} upserted, {} unchanged, {} rejected", first.upserted, first.unchanged, first.rejected);
    let again = timed("  the schedule's next run", collect_prices(&engine, &all)).await;
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

async fn timed<T>(what: &str, work: impl Future<Output = T>) -> T {
    let begun = Instant::now();
    let done = work.await;
    println!("{what}: {:.3} s", begun.elapsed().as_secs_f64());
    done
}

/// The rows as a plain import takes them.
fn write_csv(file: &Path, symbols: usize, days: &[NaiveDate]) {
    let mut out = std::io::BufWriter::new(fs::File::create(file).unwrap());
    for symbol in (0..symbols).map(numbered) {
        for bar in walk(&symbol, days) {
            let cell = |value: Option<f64>| value.unwrap();
            let (open, high, low) = (cell(bar.open), cell(bar.high), cell(bar.low));
            let (adjusted, volume) = (cell(bar.adj_close), cell(bar.volume));
            let (time, close) = (bar.time.timestamp(), bar.close);
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

fn plain_sqlite(symbols: usize, days: &[NaiveDate]) {
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

fn plain_postgres(symbols: usize, days: &[NaiveDate]) {
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
