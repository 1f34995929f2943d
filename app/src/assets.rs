//! Where the built files are: their names carry a hash of their content, so the shell has to be told.

use serde::{Deserialize, Serialize};

/// Addresses of the files the shell links. Empty where a file was not built; the page then does without it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assets {
    /// The one stylesheet.
    pub css: String,
    /// The module that loads the WebAssembly.
    pub js: String,
    /// The WebAssembly itself.
    pub wasm: String,
    /// The typeface, preloaded.
    pub font: String,
    /// Shares one event stream between tabs.
    pub live: String,
    /// Registers the service worker.
    pub pwa: String,
    /// The charting library, fetched only by pages that chart.
    pub echarts: String,
    /// Our bridge to the charting library.
    pub charts: String,
}
