//! How often the REST API may be called: not pages, assets, server functions or streams, but for the few that a token
//! opens.
//!
//! A sliding hour for each user, or for each address that is not logged in; costly routes and the door have limits
//! of their own. Every answer says how much is left (`RateLimit`, `RateLimit-Policy`:
//! draft-ietf-httpapi-ratelimit-headers-10). Logins are throttled by `engine::accounts` besides, whatever is set here.

mod hours;
#[cfg(test)]
mod tests;
mod window;

use crate::{
    problem::Problem,
    router,
    session::{self, RequestInfo},
    state::AppState,
};
use axum::{
    extract::{MatchedPath, Request, State},
    http::{Extensions, HeaderValue, Method},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::account::Tier;
use engine::accounts::{Identity, network};
pub use hours::Hours;
use hours::{Caller, Key};
use std::{collections::HashMap, sync::OnceLock};
use window::Standing;

/// Which limit a route has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Limit {
    /// None: other pages, assets, other server functions, streams, machines.
    Free,
    /// The limit of the API.
    Standard,
    /// For what takes long: imports, reports, runs started by hand.
    Costly,
    /// For registering and logging in, by address, known caller or not.
    Door,
    /// For pages that strangers with a link read, by address, known caller or not.
    Stranger,
}

/// Calls in an hour, before the tier multiplies them.
struct Policy {
    name: &'static str,
    quota: u32,
}

impl Limit {
    fn policy(self, known: bool) -> Option<Policy> {
        let (name, quota) = match (self, known) {
            (Limit::Free, _) => return None,
            (Limit::Standard, true) => ("user", 1_000),
            (Limit::Standard, false) => ("anonymous", 100),
            (Limit::Costly, true) => ("costly", 60),
            (Limit::Costly, false) => ("anonymous-costly", 10),
            (Limit::Door, _) => ("door", 60),
            (Limit::Stranger, _) => ("stranger", 600),
        };
        Some(Policy { name, quota })
    }
}

/// By how much a subscription multiplies what a user may do.
fn multiplier(tier: Tier) -> u32 {
    match tier {
        Tier::Free => 1,
        Tier::Pro => 5,
        Tier::Enterprise => 25,
    }
}

/// Pages and server functions that answer whoever has a token: they are limited by address as shared pages are, so that
/// nobody tries tokens one after the other.
const WITH_A_TOKEN: [(&str, Method); 3] = [
    ("/join/{token}", Method::GET),
    ("/api/members/invitation", Method::GET),
    ("/api/account/join", Method::POST),
];

/// The limit of the route that a request was matched with.
pub fn of(method: &Method, extensions: &Extensions) -> Limit {
    static TABLE: OnceLock<HashMap<&'static str, Vec<(Method, Limit)>>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table: HashMap<_, Vec<_>> = HashMap::new();
        for route in router::list() {
            table.entry(route.path).or_default().push((route.method, route.limit));
        }
        for (path, method) in WITH_A_TOKEN {
            table.entry(path).or_default().push((method, Limit::Stranger));
        }
        table
    });
    // Whoever answers GET answers HEAD.
    let method = if *method == Method::HEAD { &Method::GET } else { method };
    let methods = extensions.get::<MatchedPath>().and_then(|path| table.get(path.as_str()));
    let found = methods.into_iter().flatten().find(|(each, _)| each == method);
    found.map_or(Limit::Free, |(_, limit)| *limit)
}

/// Counts a call of the API, and refuses it when there were too many.
pub async fn count(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let limit = of(request.method(), request.extensions());
    if limit == Limit::Free || !state.config.http.rate_limits {
        return next.run(request).await;
    }
    let identity = recognised(&state, &mut request).await;
    let info = request.extensions().get::<RequestInfo>().cloned().unwrap_or_default();
    let by_address = || Caller::Network(network(&info.address));
    let (caller, factor) = match &identity {
        Some(identity) if !matches!(limit, Limit::Door | Limit::Stranger) => {
            (Caller::User(identity.cx.user), multiplier(identity.tier))
        }
        _ => (by_address(), 1),
    };
    let known = matches!(caller, Caller::User(_));
    let Some(Policy { name, quota }) = limit.policy(known) else { return next.run(request).await };
    let quota = quota * factor;
    let standing = state.hours.take(Key { limit, caller }, quota, state.engine.clock().now());
    let mut response = match standing {
        Standing::Allowed { .. } => next.run(request).await,
        Standing::Refused { retry_after_s } => {
            Problem::from(engine::Error::Limited { retry_after_s }).into_response()
        }
    };
    announce(&mut response, name, quota, &standing);
    response
}

/// Who calls, kept with the request so that the handler does not ask again. A proof that is wrong counts as none:
/// the handler refuses it, at the cost of its address.
async fn recognised(state: &AppState, request: &mut Request) -> Option<Identity> {
    let identity = session::identify(state, request.headers(), request.extensions()).await.ok().flatten()?;
    request.extensions_mut().insert(session::Recognised(identity.clone()));
    Some(identity)
}

fn announce(response: &mut Response, name: &str, quota: u32, standing: &Standing) {
    let (left, seconds) = match standing {
        Standing::Allowed { left, reset_s } => (*left, *reset_s),
        Standing::Refused { retry_after_s } => (0, *retry_after_s),
    };
    let policy = format!("\"{name}\";q={quota};w={}", window::LENGTH_S);
    let now = format!("\"{name}\";r={left};t={seconds}");
    for (header, text) in [("ratelimit-policy", policy), ("ratelimit", now)] {
        if let Ok(value) = HeaderValue::from_str(&text) {
            response.headers_mut().insert(header, value);
        }
    }
}
