//! The command line of `candlewick`.

use clap::{Parser, Subcommand};
use domain::{Symbol, etl::EtlSource};
use rust_embed::RustEmbed;
use server::{commands, config::Config, telemetry};
use std::process::ExitCode;

/// Keeps what many long connections hold together, where the system's own allocator leaves holes between them.
#[cfg(all(unix, not(target_env = "musl")))]
#[global_allocator]
static MEMORY: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// The built pages; `scripts/build.sh` sees to it that they are the newest.
#[derive(RustEmbed)]
#[folder = "../target/site"]
struct Site;

/// Candlewick: a self-hosted stock intelligence dashboard.
#[derive(Parser)]
#[command(name = "candlewick", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Make or update the database, load the bundled data and serve (this is what happens without a command).
    Serve,
    /// Do jobs and keep the schedule, without answering requests.
    Worker,
    /// Make or update the database, and stop.
    Migrate,
    /// Look at jobs, and decide what becomes of those that failed.
    Jobs {
        #[command(subcommand)]
        action: JobsAction,
    },
    /// Copies of the database.
    Backup {
        #[command(subcommand)]
        action: BackupAction,
    },
    /// Remove what is older than it is kept, as the schedule does every midnight; says how much of each table.
    Retention {
        /// Remove nothing: say what would go.
        #[arg(long)]
        dry_run: bool,
    },
    /// Collect data: provider, quality rules, store.
    Etl {
        #[command(subcommand)]
        action: EtlAction,
    },
    /// The settings.
    Config {
        #[command(subcommand)]
        action: ConfigAction,
    },
    /// Prove on the stored data that no signal looks ahead: what it said of a bar does not change with later bars.
    CheckSignals {
        /// Only this one; without it every symbol in use.
        #[arg(long)]
        symbol: Option<Symbol>,
        /// Cut each history after every bar, not at some 300 places; takes long.
        #[arg(long)]
        every_bar: bool,
    },
    /// Look whether everything needed is there and works.
    Doctor,
    /// Give an account its first watchlist, if it has none.
    Onboard {
        /// The account's e-mail address.
        email: String,
    },
    /// Print a link with which an account chooses a new password, where no mail can bring it.
    Password {
        /// The account's e-mail address.
        email: String,
    },
    /// Say what an account has subscribed to; it multiplies the limits of the API.
    Tier {
        /// The account's e-mail address.
        email: String,
        /// free, pro or enterprise.
        tier: String,
    },
    /// Bring data in.
    Import {
        #[command(subcommand)]
        what: Import,
    },
}

#[derive(Subcommand)]
enum JobsAction {
    /// List jobs, newest first.
    List {
        /// Only those that are queued, running, done, dead or cancelled.
        #[arg(long)]
        state: Option<String>,
        /// Only those of market_data, predictions, sentiment, reports or default.
        #[arg(long)]
        queue: Option<String>,
        /// At most so many, up to 200.
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// Queue a dead or cancelled job again.
    Retry {
        /// Its id.
        id: uuid::Uuid,
    },
    /// Remove a job that ended, or take back one that did not.
    Discard {
        /// Its id.
        id: uuid::Uuid,
    },
}

#[derive(Subcommand)]
enum BackupAction {
    /// List the copies there are, oldest first.
    List,
    /// Copy what changed since the last one, or everything.
    Now {
        /// Everything, standing on no other copy.
        #[arg(long)]
        whole: bool,
    },
    /// Write a copy to a new file and hold it against its hash; the running database is not touched.
    Restore {
        /// Which; the newest without it.
        #[arg(long)]
        id: Option<uuid::Uuid>,
        /// The file to write; it must not be there yet.
        #[arg(long)]
        to: std::path::PathBuf,
    },
}

#[derive(Subcommand)]
enum EtlAction {
    /// Run once over one source, or over all five.
    Run {
        /// prices, macro, trends, news or reference; without it all of them.
        #[arg(long, value_parser = |word: &str| EtlSource::parse(word).ok_or("is not prices, macro, trends, news or reference"))]
        source: Option<EtlSource>,
        /// Only these symbols, for prices, news and reference: AAPL,MSFT.
        #[arg(long, value_delimiter = ',')]
        symbols: Option<Vec<Symbol>>,
    },
}

#[derive(Subcommand)]
enum ConfigAction {
    /// Show every setting with its value, where that came from and what it is for.
    Check,
}

#[derive(Subcommand)]
enum Import {
    /// The market data shipped with the program; a second run changes nothing.
    Bundled,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let (config, values) = match Config::load() {
        Ok(loaded) => loaded,
        Err(problems) => {
            problems.iter().for_each(|problem| eprintln!("{problem}"));
            eprintln!("`candlewick config check` explains every setting once these are put right.");
            return ExitCode::from(2);
        }
    };
    if let Some(Command::Config { action: ConfigAction::Check }) = cli.command {
        print!("{}", server::config::explain(&values));
        return ExitCode::SUCCESS;
    }
    telemetry::start(&config.telemetry);
    values.warnings.iter().for_each(|warning| tracing::warn!("{warning}"));
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("candlewick can not start: {error}");
            return ExitCode::FAILURE;
        }
    };
    let done = runtime.block_on(async {
        match cli.command.unwrap_or(Command::Serve) {
            Command::Serve => commands::serve(config, Site::get).await,
            Command::Worker => commands::work(config).await,
            Command::Jobs { action } => match action {
                JobsAction::List { state, queue, limit } => {
                    commands::list_jobs(config, state.as_deref(), queue.as_deref(), limit).await
                }
                JobsAction::Retry { id } => commands::retry_job(config, id).await,
                JobsAction::Discard { id } => commands::discard_job(config, id).await,
            },
            Command::Backup { action } => match action {
                BackupAction::List => commands::list_backups(config).await,
                BackupAction::Now { whole } => commands::back_up(config, whole).await,
                BackupAction::Restore { id, to } => commands::restore_backup(config, id, &to).await,
            },
            Command::Retention { dry_run } => commands::clean_up(config, dry_run).await.map(|_| ()),
            Command::Migrate => commands::migrate(config).await,
            Command::Etl { action: EtlAction::Run { source, symbols } } => {
                let well = commands::etl_run(config, source, symbols).await?;
                return Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE });
            }
            Command::CheckSignals { symbol, every_bar } => {
                let honest = commands::check_signals(config, symbol, every_bar).await?;
                return Ok(if honest { ExitCode::SUCCESS } else { ExitCode::FAILURE });
            }
            Command::Doctor => return Ok(commands::doctor(config, Site::get).await),
            Command::Onboard { email } => commands::onboard(config, &email).await,
            Command::Password { email } => commands::password(config, &email).await,
            Command::Tier { email, tier } => commands::subscribe(config, &email, &tier).await,
            Command::Import { what: Import::Bundled } => commands::import_bundled(config).await,
            Command::Config { .. } => Ok(()), // answered above
        }
        .map(|()| ExitCode::SUCCESS)
    });
    // Work that does not listen must not keep the process.
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
    done.unwrap_or_else(|error| {
        eprintln!("candlewick: {error}");
        ExitCode::FAILURE
    })
}
