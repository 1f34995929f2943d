//! `xtask load`: many clients against a server on this machine, bounded in number and time.
//!
//! `load live` opens event streams and measures what their readers would notice: lost events and lateness. The server
//! is asked with `x-candlewick-probe: 1` to say in a comment when each event was made; both ends share one clock,
//! which is why only the loopback is allowed. Start the server with `CANDLEWICK_RATE_LIMITS=off`.

mod client;
mod http;
mod report;

use std::{
    fs,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use anyhow::{Context as _, bail, ensure};
use serde_json::{Value, json};
use tokio::{sync::Semaphore, task::JoinSet, time::Instant};

use self::{client::Seen, http::Target};

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// Hold many event streams open and measure gaps, lateness and memory.
    Live(LiveArgs),
}

#[derive(clap::Args)]
struct LiveArgs {
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=20_000))]
    clients: u32,
    /// How long to listen once every client is connected.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=600))]
    seconds: u64,
    #[arg(long, default_value = "http://127.0.0.1:3000")]
    url: String,
    /// Symbols each client follows.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=100))]
    symbols: u32,
    /// The server's process, to measure its memory (Linux).
    #[arg(long)]
    pid: Option<u32>,
}

/// Followed first, because these always tick.
const STARTERS: [&str; 6] = ["AAPL", "MSFT", "GOOG", "AMZN", "TSLA", "NVDA"];
/// Handshakes under way at a time.
const CONNECTING_AT_ONCE: usize = 64;

pub fn run(args: &Args) -> anyhow::Result<()> {
    let What::Live(live) = &args.what;
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(load_live(live))
}

async fn load_live(args: &LiveArgs) -> anyhow::Result<()> {
    let target = Target::parse(&args.url)?;
    allow_files(args.clients)?;
    let token = register(&target).await?;
    let symbols = symbols(&target, &token, args.symbols as usize).await?;
    println!("{} clients x {} symbols ({}) at {}", args.clients, symbols.len(), symbols.join(" "), args.url);

    let before = args.pid.map(resident_bytes).transpose()?;
    let path = format!("/api/live?symbols={}", symbols.join(",").replace('^', "%5E").replace('=', "%3D"));
    let request = Arc::new(target.stream_request(&path, &token));
    let gate = Arc::new(Semaphore::new(CONNECTING_AT_ONCE));
    let connecting = Instant::now();
    let (start, started) = tokio::sync::watch::channel(None);
    let mut clients = JoinSet::new();
    let (ready, mut all_ready) = tokio::sync::mpsc::channel(args.clients as usize);
    for _ in 0..args.clients {
        let (request, gate, ready, started) = (request.clone(), gate.clone(), ready.clone(), started.clone());
        let address = target.address.clone();
        clients.spawn(client::follow(address, request, gate, ready, started));
    }
    drop(ready);
    let mut connected = 0;
    while let Some(outcome) = all_ready.recv().await {
        match outcome {
            Ok(()) => connected += 1,
            Err(error) => bail!("client {} could not connect: {error}", connected + 1),
        }
        if connected == args.clients {
            break;
        }
    }
    println!(
        "all connected after {:.1} s; listening for {} s",
        connecting.elapsed().as_secs_f64(),
        args.seconds
    );
    start.send(Some(Instant::now() + Duration::from_secs(args.seconds)))?;

    // Late enough that buffers have their working size, early enough that everyone is still there.
    tokio::time::sleep(Duration::from_millis(args.seconds * 900)).await;
    let after = args.pid.map(resident_bytes).transpose()?;
    let mut seen: Vec<Seen> = Vec::new();
    while let Some(one) = clients.join_next().await {
        seen.push(one?);
    }
    report::print(&seen, args.seconds, before.zip(after))
}

/// A client is an open file; the usual limit of 1,024 is soon reached.
fn allow_files(clients: u32) -> anyhow::Result<()> {
    let Ok(limits) = fs::read_to_string("/proc/self/limits") else { return Ok(()) };
    let line = limits.lines().find(|line| line.starts_with("Max open files"));
    let soft = line.and_then(|line| line.split_whitespace().nth(3)).and_then(|word| word.parse::<u32>().ok());
    if let Some(soft) = soft {
        ensure!(
            soft > clients + 64,
            "only {soft} open files are allowed; run `ulimit -n {}` first",
            clients + 1_000
        );
    }
    Ok(())
}

async fn register(target: &Target) -> anyhow::Result<String> {
    let unique = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis();
    let body = json!({
        "email": format!("load-{unique}@example.com"),
        "password": format!("load-test-{unique}"),
        "fullName": "Load Test",
    });
    let answer = target.call("POST", "/api/auth/register", None, Some(&body)).await?;
    Ok(answer["accessToken"].as_str().context("the registration answered no access token")?.to_owned())
}

async fn symbols(target: &Target, token: &str, wanted: usize) -> anyhow::Result<Vec<String>> {
    let listed =
        target.call("GET", "/api/market/stocks?limit=200", Some(token), None).await.unwrap_or_else(|error| {
            println!("only the starter symbols are followed: {error}");
            Value::Null
        });
    let listed = listed["items"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut symbols: Vec<String> = STARTERS.map(str::to_owned).to_vec();
    for symbol in listed.iter().filter_map(|item: &Value| item["symbol"].as_str()) {
        if !symbols.iter().any(|known| known == symbol) {
            symbols.push(symbol.to_owned());
        }
    }
    symbols.truncate(wanted);
    Ok(symbols)
}

/// What the process holds in memory now.
fn resident_bytes(pid: u32) -> anyhow::Result<u64> {
    let status =
        fs::read_to_string(format!("/proc/{pid}/status")).with_context(|| format!("no process {pid}"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? * 1024)
}
