//! The program at work without pages: jobs and the schedule, and on wish an address for its figures.
//!
//! The durations of jobs are known only to the process that does them, so a worker is asked for its own.

use crate::{
    AppState, Config,
    assets::Catalogue,
    forms::Returns,
    limits::Hours,
    listener, metrics, router,
    serve::{StartError, listen, open_engine, run_jobs, run_market},
    shutdown,
    state::Parts,
};
use engine::Engine;
use std::net::SocketAddr;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// Works until a signal, then gives back what it can not finish.
///
/// # Errors
/// See [`StartError`].
pub async fn work(config: Config) -> Result<(), StartError> {
    let worker = Worker::start(config).await?;
    if let Some(addr) = worker.metrics_addr {
        tracing::info!(%addr, "answers /metrics and /healthz");
    }
    shutdown::signal().await;
    tracing::info!("stopping: finishing work in hand");
    worker.stop().await;
    Ok(())
}

/// A running worker.
pub struct Worker {
    /// Where it tells its figures, if anywhere.
    pub metrics_addr: Option<SocketAddr>,
    /// For tests that look behind the surface.
    pub engine: Engine,
    stopping: CancellationToken,
    connections: TaskTracker,
    work: TaskTracker,
}

impl Worker {
    /// Opens, loads, and begins to work.
    ///
    /// # Errors
    /// See [`StartError`].
    pub async fn start(config: Config) -> Result<Worker, StartError> {
        // The address first: a start on a taken port must not touch the data.
        let told = match config.telemetry.metrics_addr {
            Some(wanted) => Some(listen(wanted).await?),
            None => None,
        };
        let metrics_addr = told.as_ref().map(|(_, addr)| *addr);
        let engine = open_engine(&config).await?;
        engine.load_bundled().await?;
        let settings = config.jobs.settings.clone();
        let stopping = CancellationToken::new();
        let (connections, work) = (TaskTracker::new(), TaskTracker::new());
        if let Some((listener, _)) = told {
            work.spawn(metrics::keep(stopping.clone()));
            let state = AppState::new(Parts {
                engine: engine.clone(),
                config,
                site: |_| None,
                assets: Catalogue::default(),
                hours: Hours::default(),
                returns: Returns::default(),
                stopping: stopping.clone(),
            });
            connections.spawn(listener::accept(
                listener,
                router::of_worker(state),
                connections.clone(),
                stopping.clone(),
            ));
        }
        work.spawn(run_jobs(engine.clone(), settings, stopping.clone()));
        work.spawn(run_market(engine.clone(), stopping.clone()));
        Ok(Worker { metrics_addr, engine, stopping, connections, work })
    }

    /// Lets jobs in hand finish or gives them back, answers what was asked, closes the database.
    pub async fn stop(self) {
        self.stopping.cancel();
        self.connections.close();
        self.work.close();
        self.work.wait().await;
        if tokio::time::timeout(shutdown::GRACE, self.connections.wait()).await.is_err() {
            tracing::warn!(connections = self.connections.len(), "not everything finished in time");
        }
        self.engine.close().await;
        tracing::info!("stopped");
    }
}
