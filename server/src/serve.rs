//! The program in operation: engine, background work and listener, from start to a clean end.

use crate::{
    AppState,
    assets::{Catalogue, Site},
    config::{Config, Live},
    forms::Returns,
    limits::Hours,
    listener, metrics, router, shutdown,
    state::Parts,
};
use engine::{
    Clock, Engine, Feed, MarketClock,
    provider::{Choice, bundled::market_close},
    store::Db,
};
use std::{net::SocketAddr, sync::Arc};
use tokio::net::TcpListener;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// Why the program can not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The engine said so.
    #[error("{0}")]
    Engine(#[from] engine::Error),
    /// The address is taken or not ours.
    #[error("can not listen on {0}: {1}")]
    Listen(SocketAddr, std::io::Error),
    /// Files can not be kept.
    #[error("the object store: {0}")]
    Files(String),
    /// The data folder does not work.
    #[error("the data folder {0}: {1}")]
    Data(String, std::io::Error),
}

/// An engine over the configured, migrated database.
///
/// # Errors
/// When the database can not be opened or brought up to date.
pub async fn open_engine(config: &Config) -> Result<Engine, StartError> {
    let secret = config
        .data
        .secret()
        .map_err(|error| StartError::Data(config.data.dir.display().to_string(), error))?;
    let db = Db::open(&config.data.database_url).await?;
    db.migrate().await?;
    let clock = Clock::system();
    let market = match config.market.provider {
        Choice::Auto | Choice::Bundled => MarketClock::starting_at(clock.clone(), market_close()),
        Choice::Yahoo | Choice::Tiingo => MarketClock::live(clock.clone()),
    };
    let providers = config.providers.sites.registry(config.market.provider, clock.clone());
    let analyser = config.providers.sites.analyser(config.market.provider);
    let operators = config.accounts.operators(&config.mail);
    let (alerts, mailer) = (config.alerts.channels.clone(), config.mail.mailer.clone());
    let retention = config.retention;
    let objects = config.files.open(&config.data).map_err(StartError::Files)?;
    let public_url = config.http.public_url.clone().unwrap_or_else(|| local_url(config.http.addr));
    let engine = Engine::new(engine::Parts {
        db,
        clock,
        market,
        providers,
        secret,
        operators,
        retention,
        alerts,
        mailer,
        forecaster: Arc::new(forecaster::Lstm::default()),
        analyser,
        objects,
        backups: config.files.backups,
        public_url,
        trade_cost: config.market.trade_cost,
    });
    engine.resume_market().await?;
    Ok(engine)
}

/// Where somebody on this machine reaches an address that is listened on.
fn local_url(addr: SocketAddr) -> String {
    match addr.ip().is_unspecified() {
        true => format!("http://127.0.0.1:{}", addr.port()),
        false => format!("http://{addr}"),
    }
}

/// Listens, and says where: with port 0 the system has chosen one.
///
/// # Errors
/// [`StartError::Listen`] where the address is taken or not ours.
pub(crate) async fn listen(wanted: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    let refused = |error| StartError::Listen(wanted, error);
    let listener = TcpListener::bind(wanted).await.map_err(refused)?;
    let addr = listener.local_addr().map_err(refused)?;
    Ok((listener, addr))
}

/// Does jobs and keeps the schedule until told to stop.
pub(crate) async fn run_jobs(engine: Engine, settings: engine::jobs::Settings, stopping: CancellationToken) {
    tokio::join!(
        engine.run_jobs(&settings, stopping.clone()),
        engine.run_schedule(stopping.clone()),
        engine.run_health(stopping)
    );
}

async fn run_live(engine: Engine, stopping: CancellationToken, feed: Feed, seed: u64) {
    engine.run_live(stopping, feed, seed).await;
}

/// What workers that run apart do is seen here too.
async fn run_neighbours(engine: Engine, stopping: CancellationToken) {
    engine.run_neighbours(stopping).await;
}

pub(crate) async fn run_market(engine: Engine, stopping: CancellationToken) {
    engine.run_market(stopping).await;
}

/// What moves prices, as the settings say.
fn feed(config: &Config) -> Feed {
    let stream = || config.providers.stream.clone();
    let streams = matches!(config.market.provider, Choice::Auto | Choice::Yahoo);
    match config.market.live {
        Live::Off => Feed::Off,
        Live::Simulated => Feed::Simulated,
        Live::Stream => Feed::Stream(stream()),
        Live::Auto => Feed::Auto(streams.then(stream)),
    }
}

/// A running program.
pub struct Server {
    /// Where it listens.
    pub addr: SocketAddr,
    /// For tests that look behind the surface.
    pub state: AppState,
    connections: TaskTracker,
    work: TaskTracker,
}

impl Server {
    /// Opens, loads, listens; returns as soon as requests are answered.
    ///
    /// # Errors
    /// See [`StartError`].
    pub async fn start(config: Config, site: Site) -> Result<Server, StartError> {
        // The address first: a second start on a taken port must not touch the data.
        let (listener, addr) = listen(config.http.addr).await?;
        let engine = open_engine(&config).await?;
        let report = engine.load_bundled().await?;
        if report.loaded {
            tracing::info!(
                bars = report.bars,
                took_ms = report.took.as_millis() as u64,
                "loaded the bundled data"
            );
        }
        let stopping = CancellationToken::new();
        let state = AppState::new(Parts {
            engine,
            config,
            site,
            assets: Catalogue::load(site),
            hours: Hours::default(),
            returns: Returns::default(),
            stopping: stopping.clone(),
        });
        let (connections, work) = (TaskTracker::new(), TaskTracker::new());
        work.spawn(metrics::keep(stopping.clone()));
        if state.config.jobs.served {
            let settings = state.config.jobs.settings.clone();
            work.spawn(run_jobs(state.engine.clone(), settings, stopping.clone()));
        }
        work.spawn(run_neighbours(state.engine.clone(), stopping.clone()));
        work.spawn(run_market(state.engine.clone(), stopping.clone()));
        let (feed, seed) = (feed(&state.config), state.config.market.seed);
        work.spawn(run_live(state.engine.clone(), stopping.clone(), feed, seed));
        connections.spawn(listener::accept(
            listener,
            router::build(state.clone()),
            connections.clone(),
            stopping,
        ));
        Ok(Server { addr, state, connections, work })
    }

    /// The URL to open.
    pub fn url(&self) -> String {
        self.state.config.http.public_url.clone().unwrap_or_else(|| local_url(self.addr))
    }

    /// Waits until the program is asked to stop, then ends it cleanly.
    pub async fn run(self) {
        tokio::select! {
            () = self.state.stopping.cancelled() => {}
            () = shutdown::signal() => tracing::info!("stopping: finishing work in hand"),
        }
        tokio::select! {
            () = self.stop() => {}
            () = shutdown::signal() => tracing::warn!("asked again: stopping at once"),
        }
    }

    /// Tells open streams, lets work in hand finish within [`shutdown::GRACE`], closes the database.
    pub async fn stop(self) {
        self.state.stopping.cancel();
        self.state.engine.bus().close();
        self.connections.close();
        self.work.close();
        let finished = async {
            self.connections.wait().await;
            self.work.wait().await;
        };
        if tokio::time::timeout(shutdown::GRACE, finished).await.is_err() {
            tracing::warn!(connections = self.connections.len(), "not everything finished in time");
        }
        self.state.engine.close().await;
        tracing::info!("stopped");
    }
}
