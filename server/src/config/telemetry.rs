//! What the program says about itself.

use super::{Setting, Values};
use tracing_subscriber::EnvFilter;

const DEFAULT: &str = "info";

pub(super) const SETTINGS: &[Setting] = &[Setting {
    name: "LOG",
    default: DEFAULT,
    secret: false,
    explain: "What is logged: error, warn, info, debug, trace, or per module as `info,engine=debug`. Lines \
              are JSON unless standard error is a terminal.",
}];

/// The section.
#[derive(Debug, Clone)]
pub struct Telemetry {
    /// Directives of the log filter.
    pub log: String,
}

impl Telemetry {
    pub(super) fn read(values: &mut Values) -> Telemetry {
        let log = values.parse("LOG", |text| {
            EnvFilter::try_new(text).map_err(|error| format!("`{text}`: {error}"))?;
            Ok(text.to_string())
        });
        Telemetry { log: log.unwrap_or_else(|| DEFAULT.to_string()) }
    }
}
