//! Where the program listens and what it is called from outside.

use super::{Setting, Values};
use std::{net::SocketAddr, time::Duration};

pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        name: "ADDR",
        default: "127.0.0.1:3000",
        secret: false,
        explain: "Address and port to listen on; 0.0.0.0:3000 answers other machines too.",
    },
    Setting {
        name: "PUBLIC_URL",
        default: "http:// and the address",
        secret: false,
        explain: "The URL people open, as https://stocks.example.org. With https the cookies become Secure, \
                  HSTS is sent, and the proxy that speaks TLS is believed about client addresses.",
    },
    Setting {
        name: "RATE_LIMITS",
        default: "on",
        secret: false,
        explain: "on or off: limits on the REST API. Logins are throttled either way.",
    },
    Setting {
        name: "HEARTBEAT_S",
        default: "15",
        secret: false,
        explain: "Seconds between heartbeats on live streams, 1 to 300.",
    },
];

/// The section.
#[derive(Debug, Clone)]
pub struct Http {
    /// Where to listen.
    pub addr: SocketAddr,
    /// Scheme and authority people use, without a slash at the end.
    pub public_url: Option<String>,
    /// Whether the REST API is limited.
    pub rate_limits: bool,
    /// Time between two heartbeats of a stream.
    pub heartbeat: Duration,
}

impl Http {
    pub(super) fn read(values: &mut Values) -> Http {
        let addr = values.parse("ADDR", |text| {
            text.parse().map_err(|_| format!("`{text}` is not an address and port, as 127.0.0.1:3000"))
        });
        let public_url = values.parse("PUBLIC_URL", |text| {
            let url: http::Uri = text.parse().map_err(|_| format!("`{text}` is not a URL"))?;
            let (Some("http" | "https"), Some(_), "/" | "") = (url.scheme_str(), url.authority(), url.path())
            else {
                return Err(format!("`{text}` is not http:// or https:// with a name and nothing behind it"));
            };
            Ok(text.trim_end_matches('/').to_string())
        });
        let rate_limits = values.parse("RATE_LIMITS", on_or_off);
        let heartbeat = values.parse("HEARTBEAT_S", |text| match text.parse() {
            Ok(seconds @ 1..=300) => Ok(Duration::from_secs(seconds)),
            _ => Err(format!("`{text}` is not a number of seconds from 1 to 300")),
        });
        Http {
            addr: addr.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 3000))),
            public_url,
            rate_limits: rate_limits.unwrap_or(true),
            heartbeat: heartbeat.unwrap_or(Duration::from_secs(15)),
        }
    }

    /// True when people reach the program through TLS, spoken by a proxy before it.
    pub fn secure(&self) -> bool {
        self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }
}

pub(super) fn on_or_off(text: &str) -> Result<bool, String> {
    match text {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(format!("`{text}` is neither on nor off")),
    }
}
