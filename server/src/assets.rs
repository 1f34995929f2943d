//! The built files: pages' style, scripts, WebAssembly, fonts and icons.
//!
//! The program has them inside in a release build and reads them from the folder in a debug build; this library is handed
//! them, so that it is compiled while they are built. They are compressed once, when they are built; here the smallest form
//! a browser takes is picked. Names under `/assets/` carry a hash of their content and may be kept for ever.

use axum::{
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::EmbeddedFile;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// Finds a built file by its path under the folder of the built pages.
pub type Site = fn(&str) -> Option<EmbeddedFile>;

const FOR_EVER: &str = "public, max-age=31536000, immutable";
const ASK_AGAIN: &str = "no-cache";

/// What was built, by the names in the sources.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Catalogue {
    /// `style/main.css` -> `/assets/main.<hash>.css`.
    pub files: BTreeMap<String, String>,
    /// Lazy function of a page -> stems of the files of WebAssembly under `/assets/` that it needs.
    #[serde(default)]
    pub parts: HashMap<String, Vec<String>>,
    /// Changes whenever a file does.
    pub version: String,
}

impl Catalogue {
    /// Reads the catalogue; empty where nothing was built yet.
    pub fn load(site: Site) -> Catalogue {
        let Some(file) = site("manifest.json") else { return Catalogue::default() };
        serde_json::from_slice(&file.data).unwrap_or_else(|error| {
            tracing::error!(%error, "the list of the built files is damaged; pages come without style");
            Catalogue::default()
        })
    }

    /// The address of the file whose name in the sources ends so; empty where it was not built.
    pub fn address(&self, end: &str) -> String {
        let named = |name: &String| name == end || name.ends_with(&format!("/{end}"));
        self.files.iter().find(|(name, _)| named(name)).map(|(_, at)| at.clone()).unwrap_or_default()
    }
}

/// `/assets/{*name}`.
pub async fn hashed(
    State(state): State<crate::AppState>,
    Path(name): Path<String>,
    request: Request,
) -> Response {
    let mut response = file(state.site, &format!("assets/{name}"), request.headers());
    let keep = if response.status().is_success() { FOR_EVER } else { ASK_AGAIN };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    response
}

/// Files whose address never changes, as `/sw.js`: browsers have to ask again.
pub async fn named(State(state): State<crate::AppState>, request: Request) -> Response {
    let name = request.uri().path().trim_start_matches('/');
    let path = state.assets.files.get(name).map_or(name, |address| address.trim_start_matches('/'));
    let mut response = file(state.site, path, request.headers());
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(ASK_AGAIN));
    response
}

/// The file in the smallest form the browser takes, or 404, or 304 when the browser has it.
fn file(site: Site, path: &str, asked: &HeaderMap) -> Response {
    let encodings = asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    let found = [("br", ".br"), ("gzip", ".gz")]
        .into_iter()
        .filter(|(coding, _)| accepts(encodings, coding))
        .find_map(|(coding, end)| Some((Some(coding), site(&format!("{path}{end}"))?)))
        .or_else(|| Some((None, site(path)?)));
    let Some((coding, file)) = found else {
        return (StatusCode::NOT_FOUND, "not found").into_response();
    };
    let tag = entity_tag(&file);
    let mut response = match asked.get(header::IF_NONE_MATCH).is_some_and(|known| *known == tag) {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => Response::new(match file.data {
            std::borrow::Cow::Borrowed(bytes) => Body::from(bytes::Bytes::from_static(bytes)),
            std::borrow::Cow::Owned(bytes) => Body::from(bytes),
        }),
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(path)));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(header::ETAG, tag);
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    if let Some(policy) = policy(path) {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    }
    if path == "sw.js" {
        headers.insert("service-worker-allowed", HeaderValue::from_static("/"));
    }
    response
}

/// What the few files that do something may load; the others get the policy of what is no page.
fn policy(path: &str) -> Option<&'static str> {
    match path {
        // Its own policy, not the page's, rules what a service worker fetches.
        "sw.js" => Some("default-src 'none'; connect-src 'self'; frame-ancestors 'none'"),
        path if path.ends_with(".html") => Some(
            "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; manifest-src 'self'; \
             frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
        ),
        _ => None,
    }
}

fn accepts(encodings: &str, coding: &str) -> bool {
    encodings.split(',').any(|entry| {
        let (name, weight) = entry.split_once(';').unwrap_or((entry, ""));
        let refused = weight.trim().strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()) == Some(0.0);
        name.trim().eq_ignore_ascii_case(coding) && !refused
    })
}

fn entity_tag(file: &EmbeddedFile) -> HeaderValue {
    let hash: String = file.metadata.sha256_hash()[..12].iter().map(|byte| format!("{byte:02x}")).collect();
    HeaderValue::try_from(format!("\"{hash}\"")).unwrap_or(HeaderValue::from_static("\"\""))
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or("") {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "ico" => "image/x-icon",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_coding_is_not_sent() {
        assert!(accepts("gzip, deflate, br", "br"));
        assert!(accepts("BR;q=0.5", "br"));
        assert!(!accepts("br;q=0, gzip", "br"));
        assert!(!accepts("", "gzip"));
        assert!(!accepts("brotli", "br"));
    }

    #[test]
    fn the_offline_page_may_be_styled_and_the_service_worker_may_fetch_and_neither_runs_scripts() {
        assert!(policy("offline.html").is_some_and(|policy| policy.contains("style-src 'self'")));
        assert!(policy("sw.js").is_some_and(|policy| policy.contains("connect-src 'self'")));
        assert!(
            ["offline.html", "sw.js"].iter().all(|path| !policy(path).unwrap_or("").contains("script-src"))
        );
        assert_eq!(policy("assets/favicon.1.svg"), None);
    }

    #[test]
    fn a_file_is_found_by_the_end_of_its_name() {
        let mut catalogue = Catalogue::default();
        catalogue.files.insert("fonts/inter.woff2".into(), "/assets/inter.1.woff2".into());
        assert_eq!(catalogue.address("inter.woff2"), "/assets/inter.1.woff2");
        assert_eq!(catalogue.address("ter.woff2"), "");
    }
}
