//! The way to a mail server.

use crate::{Error, Result};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    transport::smtp::{
        Error as SmtpError,
        client::{Certificate, Tls, TlsParameters},
    },
};
use std::{
    error::Error as _,
    path::{Path, PathBuf},
    time::Duration,
};
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
        let mut url = normal(url)?;
        let host = url.host_str().unwrap_or_default().to_string();
        let authority = take_authority(&mut url);
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.as_str())
            .map_err(|_| "is neither smtp://, starttls:// nor smtps:// with a host".to_string())?;
        let builder = match authority {
            None => builder,
            Some(file) => {
                let parameters = trusting(&host, &file)?;
                builder.tls(match (url.scheme(), url.query()) {
                    ("smtps", _) => Tls::Wrapper(parameters),
                    (_, Some("tls=required")) => Tls::Required(parameters),
                    (_, Some("tls=opportunistic")) => Tls::Opportunistic(parameters),
                    _ => return Err("names a ca, and does without encryption".to_string()),
                })
            }
        };
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
        ("smtp", None) => {
            url.query_pairs_mut().append_pair("tls", "opportunistic");
        }
        ("smtp", Some(_)) => return Err("tls is one of required, opportunistic, none".to_string()),
        _ => return Err("is neither smtp://, starttls:// nor smtps:// with a host".to_string()),
    }
    Ok(url)
}

/// The file of `ca=`, taken out of the address: the library does not know the word.
fn take_authority(url: &mut Url) -> Option<PathBuf> {
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let file = pairs.iter().find(|(key, _)| key == "ca").map(|(_, file)| PathBuf::from(file))?;
    url.set_query(None);
    let rest: Vec<_> = pairs.into_iter().filter(|(key, _)| key != "ca").collect();
    if !rest.is_empty() {
        url.query_pairs_mut().extend_pairs(rest);
    }
    Some(file)
}

/// Encryption that trusts the certificates of a file in PEM too.
fn trusting(host: &str, file: &Path) -> std::result::Result<TlsParameters, String> {
    let unread = |why: &dyn std::fmt::Display| format!("names a ca that can not be read: {why}");
    let pem = std::fs::read(file).map_err(|error| unread(&error))?;
    let certificate = Certificate::from_pem(&pem).map_err(|error| unread(&error))?;
    TlsParameters::builder(host.to_string())
        .add_root_certificate(certificate)
        .build()
        .map_err(|error| unread(&error))
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
