//! Cookies, as far as a provider that wants them needs them: kept for its own hosts, until it changes them.

use reqwest::header::{HeaderMap, SET_COOKIE};
use std::collections::BTreeMap;
use url::Url;

/// Cookies by domain and name.
#[derive(Debug, Clone, Default)]
pub struct Jar(BTreeMap<(String, String), String>);

impl Jar {
    /// Keeps what an answer from `url` sets. A domain that is not the host's own, or has no dot, is not taken.
    pub(super) fn take(&mut self, url: &Url, headers: &HeaderMap) {
        let Some(host) = url.host_str() else { return };
        for line in headers.get_all(SET_COOKIE) {
            let Ok(line) = line.to_str() else { continue };
            let mut parts = line.split(';').map(str::trim);
            let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else { continue };
            let domain = parts
                .filter_map(|part| part.split_once('='))
                .find(|(word, _)| word.eq_ignore_ascii_case("domain"))
                .map(|(_, domain)| domain.trim_start_matches('.').to_ascii_lowercase())
                .filter(|domain| domain.contains('.') && belongs(host, domain))
                .unwrap_or_else(|| host.to_string());
            self.0.insert((domain, name.to_string()), value.to_string());
        }
    }

    /// What goes to `url`.
    pub(super) fn header(&self, url: &Url) -> Option<String> {
        let host = url.host_str()?;
        let fitting = self.0.iter().filter(|((domain, _), _)| belongs(host, domain));
        let pairs: Vec<String> = fitting.map(|((_, name), value)| format!("{name}={value}")).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    /// True before any cookie was set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn belongs(host: &str, domain: &str) -> bool {
    host == domain || host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
}
