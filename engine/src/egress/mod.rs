//! Going out to addresses that people typed: never into the network the program itself stands in.
//!
//! A webhook address is looked up once, every address found is judged, and the connection goes to exactly those
//! addresses: a name that answers differently the second time gains nothing. Redirects are not followed and no
//! proxy is used. What stands on the list of the allowed may be reached anyway. Providers of market data are
//! asked elsewhere; their addresses are settings of whoever runs the program.

mod address;
mod allowed;

pub use address::is_public;
pub use allowed::Allowed;

use reqwest::{
    Client, Response,
    dns::{Addrs, Name, Resolve, Resolving},
    header::{self, HeaderMap, HeaderValue},
    redirect::Policy,
};
use std::{error::Error as _, net::SocketAddr, sync::Arc, time::Duration};
use url::{Host, Url};

const CONNECT: Duration = Duration::from_secs(5);
const IN_ALL: Duration = Duration::from_secs(15);
/// As much of an answer is kept as helps to understand a refusal.
const MOST_BYTES: usize = 4096;
const AGENT: &str = concat!("Candlewick/", env!("CARGO_PKG_VERSION"));

/// Why nothing was sent, or nobody answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EgressError {
    /// It is no address for this, now or later.
    #[error("{0}")]
    Refused(String),
    /// Worth another try.
    #[error("{0}")]
    Unreachable(String),
}

/// An answer, as far as it matters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Seconds to wait before another try, where it says so.
    pub retry_after_s: Option<u64>,
    /// The beginning of the body.
    pub text: String,
}

/// The way out.
#[derive(Debug, Clone)]
pub struct Egress {
    allowed: Arc<Allowed>,
    client: Result<Client, String>,
}

impl Egress {
    /// A way out that also leads to what is allowed.
    pub fn new(allowed: Allowed) -> Egress {
        // The first in the process to choose wins, and any will do.
        rustls::crypto::ring::default_provider().install_default().ok();
        let allowed = Arc::new(allowed);
        let client = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT)
            .timeout(IN_ALL)
            .user_agent(AGENT)
            .dns_resolver(Arc::new(Lookup(allowed.clone())))
            .build()
            .map_err(|error| format!("no client: {error}"));
        Egress { allowed, client }
    }

    /// Posts JSON; `bearer` is sent as a token.
    ///
    /// # Errors
    /// See [`EgressError`]. Their text names the host, never the rest of the address, which is often the secret.
    pub async fn post(
        &self,
        url: &str,
        bearer: Option<&str>,
        body: &serde_json::Value,
    ) -> Result<Reply, EgressError> {
        let url = self.check(url)?;
        let client = self.client.as_ref().map_err(|why| EgressError::Unreachable(why.clone()))?;
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(header::ACCEPT, HeaderValue::from_static("*/*"));
        if let Some(token) = bearer {
            let mut value = HeaderValue::from_str(&format!("Bearer {token}"))
                .map_err(|_| EgressError::Refused("the token has characters no token has".into()))?;
            value.set_sensitive(true);
            headers.insert(header::AUTHORIZATION, value);
        }
        let host = url.host_str().unwrap_or_default().to_string();
        let sent = client.post(url).headers(headers).body(body.to_string()).send().await;
        read(sent.map_err(|error| failed(&host, error))?, &host).await
    }

    /// The address as one that may be tried: http or https, and no literal address of an inner network.
    fn check(&self, text: &str) -> Result<Url, EgressError> {
        let refused = |why: &str| EgressError::Refused(why.to_string());
        let url = Url::parse(text).map_err(|error| refused(&format!("not an address: {error}")))?;
        if !["http", "https"].contains(&url.scheme()) {
            return Err(refused("the address has to begin with https:// or http://"));
        }
        let literal = match url.host() {
            None => return Err(refused("the address names no host")),
            Some(Host::Domain(_)) => None,
            Some(Host::Ipv4(ip)) => Some(ip.into()),
            Some(Host::Ipv6(ip)) => Some(ip.into()),
        };
        match literal {
            Some(ip) if !is_public(ip) && !self.allowed.address(ip) => Err(inside(&ip.to_string())),
            _ => Ok(url),
        }
    }
}

fn inside(host: &str) -> EgressError {
    EgressError::Refused(format!("{host} is inside the network and not among the allowed"))
}

async fn read(mut response: Response, host: &str) -> Result<Reply, EgressError> {
    let status = response.status().as_u16();
    let header = response.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok());
    let retry_after_s = header.and_then(|text| text.trim().parse().ok());
    let mut body = Vec::new();
    while body.len() < MOST_BYTES
        && let Some(chunk) = response.chunk().await.map_err(|error| failed(host, error))?
    {
        body.extend_from_slice(&chunk[..chunk.len().min(MOST_BYTES - body.len())]);
    }
    Ok(Reply { status, retry_after_s, text: String::from_utf8_lossy(&body).into_owned() })
}

/// The innermost cause says what happened; the address is left out.
fn failed(host: &str, error: reqwest::Error) -> EgressError {
    let error = error.without_url();
    let mut cause = error.source();
    let mut words = error.to_string();
    while let Some(inner) = cause {
        if let Some(NotAllowed(name)) = inner.downcast_ref() {
            return inside(name);
        }
        words = inner.to_string();
        cause = inner.source();
    }
    EgressError::Unreachable(format!("{host}: {words}"))
}

/// A name whose addresses are inside.
#[derive(Debug, thiserror::Error)]
#[error("{0} is inside")]
struct NotAllowed(String);

/// Looks names up and keeps the addresses that may be reached.
struct Lookup(Arc<Allowed>);

impl Resolve for Lookup {
    fn resolve(&self, name: Name) -> Resolving {
        let (allowed, host) = (self.0.clone(), name.as_str().to_string());
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host.as_str(), 0)).await?.collect();
            let reachable: Vec<SocketAddr> = match allowed.name(&host) {
                true => found,
                false => {
                    found.into_iter().filter(|at| is_public(at.ip()) || allowed.address(at.ip())).collect()
                }
            };
            match reachable.is_empty() {
                true => Err(NotAllowed(host).into()),
                false => Ok(Box::new(reachable.into_iter()) as Addrs),
            }
        })
    }
}

#[cfg(test)]
mod tests;
