//! `doctor`: looks at everything the program needs, and says what to do where something is missing.

use crate::{
    Config,
    assets::{Catalogue, Site},
};
use engine::store::Db;
use std::{
    fs,
    process::ExitCode,
    time::{Duration, SystemTime},
};
use tokio::net::TcpListener;

/// The bundled data set and a few watchlists need far less.
const ENOUGH_BYTES: u64 = 200 * 1024 * 1024;

/// This version was not made before then (2026-01-01): an earlier clock is wrong.
const EARLIEST_UNIX_S: u64 = 1_767_225_600;

enum Finding {
    Fine(String),
    Odd(String),
    Broken(String),
}
use Finding::{Broken, Fine, Odd};

/// Prints one line per check; the code is a failure when something is broken.
pub async fn doctor(config: Config, site: Site) -> ExitCode {
    let findings = [
        ("data folder", data_folder(&config)),
        ("disk", disk(&config).await),
        ("database", database(&config).await),
        ("pages", pages(site)),
        ("address", address(&config).await),
        ("clock", clock()),
    ];
    let mut healthy = true;
    for (subject, finding) in findings {
        let (word, text) = match finding {
            Fine(text) => ("ok     ", text),
            Odd(text) => ("warning", text),
            Broken(text) => {
                healthy = false;
                ("FAILED ", text)
            }
        };
        println!("{word}  {subject:<12} {text}");
    }
    if healthy { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn data_folder(config: &Config) -> Finding {
    let dir = &config.data.dir;
    let probe = dir.join(format!("doctor.{}", std::process::id()));
    let tried =
        fs::create_dir_all(dir).and_then(|()| fs::write(&probe, b"x")).and_then(|()| fs::remove_file(&probe));
    match (tried, config.data.secret()) {
        (Ok(()), Ok(_)) => Fine(format!("{} can be written", dir.display())),
        (Err(error), _) => Broken(format!("{}: {error}; set CANDLEWICK_DATA_DIR", dir.display())),
        (_, Err(error)) => Broken(format!("the key can not be read: {error}")),
    }
}

/// Asks `df`, which knows every kind of disk.
async fn disk(config: &Config) -> Finding {
    let asked = tokio::process::Command::new("df").arg("-Pk").arg(&config.data.dir).output().await;
    let free_kib = asked.ok().and_then(|output| {
        let text = String::from_utf8(output.stdout).ok()?;
        text.lines().nth(1)?.split_whitespace().nth(3)?.parse::<u64>().ok()
    });
    match free_kib.map(|kib| kib * 1024) {
        None => Odd("how much is free could not be found out".to_string()),
        Some(bytes) if bytes < ENOUGH_BYTES => Odd(format!("only {} MB free", bytes / 1_000_000)),
        Some(bytes) => Fine(format!("{} MB free", bytes / 1_000_000)),
    }
}

async fn database(config: &Config) -> Finding {
    let kind = if config.data.is_postgres() { "PostgreSQL" } else { "SQLite" };
    let tried = async {
        let db = Db::open(&config.data.database_url).await?;
        db.ping().await?;
        let locked = db.second_lock().await?;
        db.close().await;
        engine::Result::Ok(locked)
    };
    match tokio::time::timeout(Duration::from_secs(10), tried).await {
        Ok(Ok(Some(false))) => Odd(format!(
            "{kind} answers, but the role is a superuser, for whom row-level security does not hold; use one \
             that only owns the database"
        )),
        Ok(Ok(_)) => Fine(format!("{kind} answers")),
        Ok(Err(error)) => Broken(format!("{kind}: {error}; look at CANDLEWICK_DATABASE_URL")),
        Err(_) => Broken(format!("{kind} does not answer within 10 s")),
    }
}

fn pages(site: Site) -> Finding {
    let catalogue = Catalogue::load(site);
    match catalogue.files.len() {
        0 => Broken("style and scripts are not in this build; build with `make build`".to_string()),
        files => Fine(format!("{files} files, version {}", catalogue.version)),
    }
}

async fn address(config: &Config) -> Finding {
    let addr = config.http.addr;
    match TcpListener::bind(addr).await {
        Ok(_) => Fine(format!("{addr} is free")),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            Odd(format!("{addr} is taken, by Candlewick itself if it is running"))
        }
        Err(error) => Broken(format!("{addr}: {error}; set CANDLEWICK_ADDR")),
    }
}

fn clock() -> Finding {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    if now < EARLIEST_UNIX_S {
        return Broken("the machine's clock is in the past: sessions and tokens would be wrong".to_string());
    }
    Fine("the machine's clock is plausible".to_string())
}
