//! What the program says about itself.

use super::{Setting, Values};
use std::net::SocketAddr;
use tracing_subscriber::EnvFilter;

const DEFAULT: &str = "info";

pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        name: "LOG",
        default: DEFAULT,
        secret: false,
        explain: "What is logged: error, warn, info, debug, trace, or per module as `info,engine=debug`. Lines \
                  are JSON unless standard error is a terminal.",
    },
    Setting {
        name: "METRICS_ADDR",
        default: "none",
        secret: false,
        explain: "Address and port where `candlewick worker` answers /metrics and /healthz, as 127.0.0.1:9100, and \
                  nothing else; `serve` answers both where it listens. Like there, whoever reaches it may ask.",
    },
];

/// The section.
#[derive(Debug, Clone)]
pub struct Telemetry {
    /// Directives of the log filter.
    pub log: String,
    /// Where a worker tells its figures, if anywhere.
    pub metrics_addr: Option<SocketAddr>,
}

impl Telemetry {
    pub(super) fn read(values: &mut Values) -> Telemetry {
        let log = values.parse("LOG", |text| {
            EnvFilter::try_new(text).map_err(|error| format!("`{text}`: {error}"))?;
            Ok(text.to_string())
        });
        let metrics_addr = values.parse("METRICS_ADDR", |text| {
            text.parse().map_err(|_| format!("`{text}` is not an address and port, as 127.0.0.1:9100"))
        });
        Telemetry { log: log.unwrap_or_else(|| DEFAULT.to_string()), metrics_addr }
    }
}
