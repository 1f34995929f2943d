//! The one HTTP client towards providers: rustls alone, everything bounded, every failure classified.
//!
//! A [`Site`] is one provider's place on the net. Its key goes out in what is sent and comes back in nothing:
//! whatever an error says is cleaned of it, also where the server itself repeats it.

mod jar;
mod reply;

pub use jar::Jar;
pub use reply::Reply;

use super::{Answer, ProviderError};
use reqwest::{
    Client, Method, Response,
    header::{self, HeaderMap, HeaderName, HeaderValue},
    redirect::Policy,
};
use std::{
    error::Error as _,
    fmt::Write as _,
    sync::{Arc, LazyLock},
    time::Duration,
};
use url::Url;

/// The largest body that is read, unpacked.
pub const MOST_BYTES: usize = 32 * 1024 * 1024;
/// Redirects followed for one question.
const MOST_REDIRECTS: usize = 5;
const CONNECT: Duration = Duration::from_secs(5);
const AGENT: &str = concat!("Candlewick/", env!("CARGO_PKG_VERSION"), " (self-hosted stock dashboard)");

/// Connections are shared by all sites. Without usable root certificates there is no client, and every site is
/// unreachable and says why.
static CLIENT: LazyLock<Result<Client, String>> = LazyLock::new(|| {
    use_ring();
    Client::builder()
        .redirect(Policy::none())
        .connect_timeout(CONNECT)
        .build()
        .map_err(|error| format!("no client: {}", causes(&error)))
});

/// Makes ring the cryptography of every rustls in the process; the first to do so wins, and any will do.
pub fn use_ring() {
    rustls::crypto::ring::default_provider().install_default().ok();
}

/// Where a provider is, and as whom it is asked.
#[derive(Clone)]
pub struct Site {
    base: String,
    agent: String,
    secret: Option<Arc<str>>,
    timeout: Duration,
    follows: bool,
    most_bytes: usize,
}

impl Site {
    /// A site at this address, asked as Candlewick.
    pub fn new(base: &str) -> Site {
        Site {
            base: base.trim_end_matches('/').to_string(),
            agent: AGENT.to_string(),
            secret: None,
            timeout: Duration::from_secs(20),
            follows: true,
            most_bytes: MOST_BYTES,
        }
    }

    /// Asks under another name.
    #[must_use]
    pub fn agent(mut self, agent: impl Into<String>) -> Site {
        self.agent = agent.into();
        self
    }

    /// Says where the operator can be found.
    #[must_use]
    pub fn contact(mut self, contact: &str) -> Site {
        self.agent = AGENT.replace(')', &format!("; {contact})"));
        self
    }

    /// The key, which nothing that is said may contain.
    #[must_use]
    pub fn secret(mut self, secret: Option<String>) -> Site {
        self.secret = secret.map(Arc::from);
        self
    }

    /// How long one question may take, with its redirects.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Site {
        self.timeout = timeout;
        self
    }

    /// A redirect is an answer that can not be read.
    #[must_use]
    pub fn without_redirects(mut self) -> Site {
        self.follows = false;
        self
    }

    /// Reads less than [`MOST_BYTES`].
    #[must_use]
    pub fn most_bytes(mut self, most: usize) -> Site {
        self.most_bytes = most;
        self
    }

    /// The address without a slash at the end.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The time limit of a question.
    pub fn time_limit(&self) -> Duration {
        self.timeout
    }

    /// The key, to be sent and never to be shown.
    pub(super) fn key(&self) -> &str {
        self.secret.as_deref().unwrap_or_default()
    }

    /// `path` below the address, each part escaped, with this query.
    ///
    /// # Errors
    /// [`ProviderError::Refused`] where the address is none.
    pub fn url(&self, path: &[&str], query: &[(&str, &str)]) -> Answer<Url> {
        let mut text = self.base.clone();
        for part in path {
            text.push('/');
            text.push_str(&escaped(part));
        }
        let mut url = Url::parse(&text).map_err(|error| {
            ProviderError::Refused(format!("{} is not an address: {error}", self.clean(&self.base)))
        })?;
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Ok(url)
    }

    /// Asks with GET.
    ///
    /// # Errors
    /// [`ProviderError`] where no answer came; what the answer says is for [`Reply`] to tell.
    pub async fn get(&self, url: Url, headers: &[(&'static str, &str)]) -> Answer<Reply> {
        self.send(Asked { url, headers, form: None, json: None }, None).await
    }

    /// Sends JSON.
    ///
    /// # Errors
    /// Like [`Site::get`].
    pub async fn post_json(
        &self,
        url: Url,
        headers: &[(&'static str, &str)],
        body: &serde_json::Value,
    ) -> Answer<Reply> {
        self.send(Asked { url, headers, form: None, json: Some(body) }, None).await
    }

    /// Asks with GET, taking cookies along.
    ///
    /// # Errors
    /// Like [`Site::get`].
    pub async fn get_with(&self, url: Url, jar: &mut Jar) -> Answer<Reply> {
        self.send(Asked { url, headers: &[], form: None, json: None }, Some(jar)).await
    }

    /// Sends a form as a browser would, taking cookies along.
    ///
    /// # Errors
    /// Like [`Site::get`].
    pub async fn post_with(&self, url: Url, form: &[(String, String)], jar: &mut Jar) -> Answer<Reply> {
        self.send(Asked { url, headers: &[], form: Some(form), json: None }, Some(jar)).await
    }

    async fn send(&self, asked: Asked<'_>, jar: Option<&mut Jar>) -> Answer<Reply> {
        match tokio::time::timeout(self.timeout, self.follow(asked, jar)).await {
            Ok(answer) => answer,
            Err(_) => {
                let limit = self.timeout.as_secs_f32();
                Err(ProviderError::Unreachable(format!("nothing within {limit} s")))
            }
        }
    }

    async fn follow(&self, mut asked: Asked<'_>, mut jar: Option<&mut Jar>) -> Answer<Reply> {
        let origin = asked.url.origin();
        for _ in 0..=MOST_REDIRECTS {
            let response = self.send_once(&asked, &origin, jar.as_deref()).await?;
            if let Some(jar) = jar.as_deref_mut() {
                jar.take(&asked.url, response.headers());
            }
            let redirect =
                response.status().is_redirection().then(|| response.headers().get(header::LOCATION));
            let Some(Some(to)) = redirect.filter(|_| self.follows) else {
                return self.read(asked.url, response).await;
            };
            let to = to.to_str().ok().and_then(|to| asked.url.join(to).ok());
            let safe =
                |to: &Url| matches!((asked.url.scheme(), to.scheme()), (_, "https") | ("http", "http"));
            asked.url = to
                .filter(safe)
                .ok_or_else(|| ProviderError::Malformed("redirects to where nobody should go".into()))?;
            if ![307, 308].contains(&response.status().as_u16()) {
                (asked.form, asked.json) = (None, None);
            }
        }
        Err(ProviderError::Malformed(format!("redirects more than {MOST_REDIRECTS} times")))
    }

    async fn send_once(
        &self,
        asked: &Asked<'_>,
        origin: &url::Origin,
        jar: Option<&Jar>,
    ) -> Answer<Response> {
        let client = CLIENT.as_ref().map_err(|why| ProviderError::Unreachable(why.clone()))?;
        let sends = asked.form.is_some() || asked.json.is_some();
        let method = if sends { Method::POST } else { Method::GET };
        let mut headers = HeaderMap::new();
        let mut add = |name: HeaderName, value: &str| {
            let mut value = HeaderValue::from_str(value)
                .map_err(|_| ProviderError::Denied("the key has characters no key has".into()))?;
            value.set_sensitive(true);
            headers.insert(name, value);
            Ok(())
        };
        add(header::USER_AGENT, &self.agent)?;
        add(header::ACCEPT, "*/*")?;
        // Keys are for the provider alone, not for where it may send us.
        if asked.url.origin() == *origin {
            for (name, value) in asked.headers {
                add(HeaderName::from_static(name), value)?;
            }
        }
        if let Some(cookies) = jar.and_then(|jar| jar.header(&asked.url)) {
            add(header::COOKIE, &cookies)?;
        }
        let mut request = client.request(method, asked.url.clone()).headers(headers);
        if let Some(form) = asked.form {
            request = request.form(form);
        }
        if let Some(json) = asked.json {
            request = request.header(header::CONTENT_TYPE, "application/json").body(json.to_string());
        }
        request.send().await.map_err(|error| self.unreachable(error))
    }

    async fn read(&self, url: Url, mut response: Response) -> Answer<Reply> {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let too_big = || ProviderError::Malformed(format!("more than {} bytes", self.most_bytes));
        if response.content_length().is_some_and(|length| length > self.most_bytes as u64) {
            return Err(too_big());
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.unreachable(error))? {
            if body.len() + chunk.len() > self.most_bytes {
                return Err(too_big());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Reply::new(url, status, &headers, body, self.secret.clone()))
    }

    /// Nobody there, or gone in the middle of the answer.
    fn unreachable(&self, error: reqwest::Error) -> ProviderError {
        // The address may hold the key.
        ProviderError::Unreachable(self.clean(&causes(&error.without_url())))
    }

    fn clean(&self, text: &str) -> String {
        clean(text, self.secret.as_deref())
    }
}

struct Asked<'a> {
    url: Url,
    headers: &'a [(&'static str, &'a str)],
    form: Option<&'a [(String, String)]>,
    json: Option<&'a serde_json::Value>,
}

/// Everything but letters, digits and `-._~` in the form of `%5E`.
fn escaped(part: &str) -> String {
    part.bytes().fold(String::new(), |mut text, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => text.push(byte as char),
            // Writing into a String can not fail.
            _ => _ = write!(text, "%{byte:02X}"),
        }
        text
    })
}

/// The text without the secret, plain and escaped.
fn clean(text: &str, secret: Option<&str>) -> String {
    match secret.filter(|secret| !secret.is_empty()) {
        Some(secret) => text.replace(secret, "***").replace(&escaped(secret), "***"),
        None => text.to_string(),
    }
}

/// The error and what caused it: reqwest itself only says that sending failed.
fn causes(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let words = error.to_string();
        if !text.ends_with(&words) {
            // Writing into a String can not fail.
            let _ = write!(text, ": {words}");
        }
        cause = error.source();
    }
    text
}
