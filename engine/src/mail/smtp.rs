//! The way to a mail server.

use crate::{Error, Result};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor, transport::smtp::Error as SmtpError,
};
use std::{error::Error as _, time::Duration};
use url::Url;

/// A server that is silent for so long is not there.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Clone)]
pub(super) struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    host: String,
}

impl Smtp {
    pub(super) fn new(url: &str) -> std::result::Result<Smtp, String> {
        let url = normal(url)?;
        let host = url.host_str().unwrap_or_default().to_string();
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.as_str())
            .map_err(|_| "is neither smtp://, starttls:// nor smtps:// with a host".to_string())?;
        Ok(Smtp { transport: builder.timeout(Some(PATIENCE)).build(), host })
    }

    pub(super) async fn send(&self, message: Message) -> Result<()> {
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() || error.is_client() => {
                Err(Error::Conflict(format!("{} refused the mail: {}", self.host, causes(&error))))
            }
            Err(error) => {
                Err(Error::Unavailable(format!("the mail server {} ({})", self.host, causes(&error))))
            }
        }
    }
}

/// The address in the words of the library: encrypted where possible unless it says otherwise.
fn normal(text: &str) -> std::result::Result<Url, String> {
    let text = match text.trim().strip_prefix("starttls://") {
        Some(rest) => format!("smtp://{rest}{}tls=required", if rest.contains('?') { '&' } else { '?' }),
        None => text.trim().to_string(),
    };
    // The parser's own words could repeat the password.
    let mut url = Url::parse(&text).map_err(|_| "is no address".to_string())?;
    let tls = url.query_pairs().find(|(key, _)| key == "tls").map(|(_, value)| value.into_owned());
    match (url.scheme(), tls.as_deref()) {
        ("smtps", _) | ("smtp", Some("required" | "opportunistic")) => {}
        ("smtp", Some("none")) => url.set_query(None),
        ("smtp", None) => url.set_query(Some("tls=opportunistic")),
        ("smtp", Some(_)) => return Err("tls is one of required, opportunistic, none".to_string()),
        _ => return Err("is neither smtp://, starttls:// nor smtps:// with a host".to_string()),
    }
    Ok(url)
}

/// What the library says, and why.
fn causes(error: &SmtpError) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let words = inner.to_string();
        if !text.contains(&words) {
            text = format!("{text}: {words}");
        }
        cause = inner.source();
    }
    text
}
