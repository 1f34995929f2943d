//! Every URL that is not a page, grouped by who calls it.
//!
//! Routes go through [`Routes`], which remembers each with who may call it: `tests/tenancy.rs` walks that list.

use crate::{
    AppState, assets, etag, forms, health, limits, live, metrics, pages, problem::Problem, rest, security,
    session, shared, socket, telemetry,
};
use axum::{
    Router,
    extract::Request,
    handler::Handler,
    http::{Method, StatusCode},
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::{MethodFilter, get, on},
};

pub use crate::limits::Limit;

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// Whoever is known; the answer is the same for everybody.
    Known,
    /// Whoever is known; the answer is about the caller's tenant.
    Tenant,
    /// Whoever operates the installation; the handler takes [`session::Operating`].
    Operator,
}

/// A route as it can be listed.
#[derive(Debug, Clone)]
pub struct Route {
    /// Its method.
    pub method: Method,
    /// Its template, as `/api/portfolio/watchlists/{id}`.
    pub path: &'static str,
    /// Who may call it.
    pub access: Access,
    /// How often.
    pub limit: Limit,
}

/// A router under construction, with the list of its routes.
pub struct Routes {
    router: Router<AppState>,
    list: Vec<Route>,
    /// Of the routes to come.
    limit: Limit,
}

impl Routes {
    /// Adds one method of one path.
    pub fn add<H, T>(mut self, access: Access, method: Method, path: &'static str, handler: H) -> Routes
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        let filter = MethodFilter::try_from(method.clone()).expect("routes use the standard methods");
        self.router = self.router.route(path, on(filter, handler));
        let limit = self.limit;
        self.list.push(Route { method, path, access, limit });
        self
    }

    /// The routes to come are limited as the API is.
    fn limited(self) -> Routes {
        Routes { limit: Limit::Standard, ..self }
    }

    /// The last route takes long: it has a limit of its own.
    pub fn costly(self) -> Routes {
        self.with(Limit::Costly)
    }

    /// The last route is a door: it is limited by address.
    pub fn door(self) -> Routes {
        self.with(Limit::Door)
    }

    /// The last route is for strangers with a link: it is limited by address.
    pub fn stranger(self) -> Routes {
        self.with(Limit::Stranger)
    }

    fn with(mut self, limit: Limit) -> Routes {
        if let Some(last) = self.list.last_mut() {
            last.limit = limit;
        }
        self
    }
}

fn routes() -> Routes {
    use Access::Public;
    const GET: Method = Method::GET;
    let routes = Routes { router: Router::new(), list: Vec::new(), limit: Limit::Free }
        // Machines that keep the program running
        .add(Public, GET, "/healthz", health::alive)
        .add(Public, GET, "/readyz", health::ready)
        .add(Public, GET, "/metrics", metrics::show)
        // Browsers, for what pages are made of
        .add(Public, GET, "/assets/{*name}", assets::hashed)
        .add(Public, GET, "/icons/{*name}", assets::named)
        .add(Public, GET, "/favicon.ico", assets::named)
        .add(Public, GET, "/favicon.svg", assets::named)
        .add(Public, GET, "/manifest.webmanifest", assets::named)
        .add(Public, GET, "/offline.html", assets::named)
        .add(Public, GET, "/robots.txt", assets::named)
        .add(Public, GET, "/sw.js", assets::named)
        // Browsers and programs that wait for news
        .add(Access::Tenant, GET, "/api/live", live::stream)
        .add(Access::Known, GET, "/ws/market/", socket::open);
    // Strangers with a link
    let routes = shared::add_to(routes);
    // Programs
    rest::add_to(routes.limited())
}

/// Every route that is not a page or a server function.
pub fn list() -> Vec<Route> {
    routes().list
}

/// The whole surface of the program.
pub fn build(state: AppState) -> Router {
    guarded(pages::add_to(routes().router, &state), state)
}

/// What a worker answers: that it lives, and its figures, under the same guards.
pub fn of_worker(state: AppState) -> Router {
    let router = Router::new()
        .route("/healthz", get(health::alive))
        .route("/metrics", get(metrics::show))
        .fallback(not_here);
    guarded(router, state)
}

fn guarded(router: Router<AppState>, state: AppState) -> Router {
    router
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn(etag::conditional))
        .layer(from_fn_with_state(state.clone(), limits::count))
        .layer(from_fn_with_state(state.clone(), forms::returned))
        .layer(from_fn(security::limits))
        .layer(from_fn_with_state(state.clone(), security::origin))
        .layer(from_fn_with_state(state.clone(), security::headers))
        .layer(from_fn(telemetry::requests))
        .layer(from_fn_with_state(state.clone(), session::describe))
        .with_state(state)
}

/// Whether an error is read by a program, not by a person.
pub fn is_for_programs(path: &str) -> bool {
    path.starts_with("/api/")
}

async fn not_here() -> Response {
    Problem::not_found("the address").into_response()
}

async fn method_not_allowed(request: Request) -> Response {
    let detail = format!("{} is not possible here", request.method());
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, detail).into_response()
}
