//! Who asks: from a request to a `Cx`.
//!
//! A key or a token sent on purpose counts before the cookie a browser sends by itself; one that is wrong is
//! 401 and never falls back to the cookie.

use crate::pages::backend::SESSION_COOKIE;
use crate::{problem::Problem, state::AppState};
use axum::{
    extract::{ConnectInfo, FromRequestParts, Request, State},
    http::{HeaderMap, HeaderName, header, request::Parts},
    middleware::Next,
    response::Response,
};
use engine::{
    Cx, Error,
    accounts::{Caller, Credential, Identity, Operator, Proof},
};
use std::net::SocketAddr;
use uuid::Uuid;

pub use crate::pages::backend::RequestInfo;

/// Header of an API key.
pub const API_KEY: HeaderName = HeaderName::from_static("x-api-key");

/// What a user agent may say of itself, in characters; the rest is cut.
const MAX_AGENT_CHARS: usize = 200;

/// The caller of a handler: known, or the handler is not reached.
pub struct Known(pub Cx);

impl FromRequestParts<AppState> for Known {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Known, Problem> {
        let Following(cx, _) = Following::from_request_parts(parts, state).await?;
        Ok(Known(cx))
    }
}

/// The caller of a handler that answers with a stream, and what the stream ends with.
pub struct Following(pub Cx, pub Credential);

impl FromRequestParts<AppState> for Following {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Following, Problem> {
        let identity = match parts.extensions.get::<Recognised>() {
            Some(Recognised(identity)) => Some(identity.clone()),
            None => identify(state, &parts.headers, &parts.extensions).await?,
        };
        let anonymous = Error::Unauthenticated("log in, or send a bearer token or an API key");
        let Identity { cx, credential, .. } = identity.ok_or(anonymous)?;
        Ok(Following(cx, credential))
    }
}

/// Who calls, where that was found out before the handler.
#[derive(Clone)]
pub struct Recognised(pub Identity);

/// Who sends a request; `None` without a proof.
///
/// # Errors
/// [`Error::Unauthenticated`] for a token or key that does not work.
pub async fn identify(
    state: &AppState,
    headers: &HeaderMap,
    extensions: &http::Extensions,
) -> Result<Option<Identity>, Error> {
    let info = info(extensions);
    let accounts = state.engine.accounts();
    let proof = if let Some(sent) = headers.get(header::AUTHORIZATION) {
        let token = sent.to_str().ok().and_then(bearer);
        Proof::Bearer(token.ok_or(Error::Unauthenticated("Authorization has to be `Bearer` and a token"))?)
    } else if let Some(sent) = headers.get(API_KEY) {
        Proof::Key(sent.to_str().map_err(|_| Error::Unauthenticated("the API key is not valid"))?)
    } else if let Some(token) = &info.session_token {
        // A browser sends the cookie of a session that has ended: that is no proof, and no offence.
        return match accounts.identify(Proof::Session(token), &info.request_id).await {
            Err(Error::Unauthenticated(_)) => Ok(None),
            identity => identity.map(Some),
        };
    } else {
        return Ok(None);
    };
    accounts.identify(proof, &info.request_id).await.map(Some)
}

/// The caller of a handler that only operators reach: 401 for the unknown, 403 for everybody else.
pub struct Operating(pub Operator);

impl FromRequestParts<AppState> for Operating {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Operating, Problem> {
        let Known(cx) = Known::from_request_parts(parts, state).await?;
        Ok(Operating(state.engine.accounts().operator(&cx).await?))
    }
}

/// Where a request comes from, known or not.
pub struct From(pub Caller);

impl<S: Send + Sync> FromRequestParts<S> for From {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<From, Self::Rejection> {
        let info = info(&parts.extensions);
        Ok(From(Caller { address: info.address, user_agent: info.user_agent, request: info.request_id }))
    }
}

/// Before everything else: what is known of the request goes into its extensions, for handlers and pages.
pub async fn describe(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let secure = state.config.http.secure();
    let headers = request.headers();
    let described = RequestInfo {
        request_id: Uuid::now_v7().simple().to_string(),
        address: address(&request, secure),
        user_agent: text(headers, &header::USER_AGENT).chars().take(MAX_AGENT_CHARS).collect(),
        session_token: cookie(headers, SESSION_COOKIE).map(str::to_string),
        secure,
        theme: cookie(headers, "theme").map(str::to_string),
        colours: cookie(headers, "colours").map(str::to_string),
    };
    request.extensions_mut().insert(described);
    next.run(request).await
}

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
        .filter(|value| !value.is_empty())
}

fn info(extensions: &http::Extensions) -> RequestInfo {
    extensions.get::<RequestInfo>().cloned().unwrap_or_default()
}

fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
}

/// The peer's address. Candlewick speaks no TLS itself: where people reach it by https there is a proxy before
/// it, whose word, the last one in `X-Forwarded-For`, then counts.
fn address(request: &Request, behind_proxy: bool) -> String {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let forwarded = behind_proxy
        .then(|| request.headers().get_all("x-forwarded-for").iter().next_back())
        .flatten()
        .and_then(|value| value.to_str().ok())
        .and_then(|list| list.rsplit(',').next())
        .and_then(|last| last.trim().parse::<std::net::IpAddr>().ok());
    match (forwarded, peer) {
        (Some(address), _) => address.to_string(),
        (None, Some(ConnectInfo(peer))) => peer.ip().to_string(),
        (None, None) => "unknown".to_string(),
    }
}
