//! What every handler may reach.

use crate::{
    assets::{Catalogue, Site},
    config::Config,
    forms::Returns,
    limits::Hours,
};
use axum::extract::FromRef;
use engine::Engine;
use std::{ops::Deref, sync::Arc};
use tokio_util::sync::CancellationToken;

/// Shared by all requests; clones are cheap.
#[derive(Clone)]
pub struct AppState(Arc<Parts>);

/// The parts of an [`AppState`].
pub struct Parts {
    /// Everything behind the surface.
    pub engine: Engine,
    /// What the program was told.
    pub config: Config,
    /// The built files.
    pub site: Site,
    /// What was built.
    pub assets: Catalogue,
    /// Who called the API how often.
    pub hours: Hours,
    /// Forms on their way back to those who sent them.
    pub returns: Returns,
    /// Cancelled when the program is asked to stop.
    pub stopping: CancellationToken,
}

impl AppState {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> AppState {
        AppState(Arc::new(parts))
    }
}

impl Deref for AppState {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl FromRef<AppState> for Engine {
    fn from_ref(state: &AppState) -> Engine {
        state.engine.clone()
    }
}
