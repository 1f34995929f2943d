//! Looks: dark, light or the system's; and the colour pair for up and down.
//!
//! The server writes them on `<html>` from cookies; here a choice is put there at once and kept.

use leptos::prelude::*;

/// The choices for `data-theme`, with the words people read.
pub const THEMES: [(&str, &str); 3] = [("system", "System"), ("dark", "Dark"), ("light", "Light")];

/// The choices for `data-colours`.
pub const COLOURS: [(&str, &str); 2] = [("default", "Green and red"), ("safe", "Blue and orange")];

/// What `<html>` says now; `None` on the server.
pub fn current(attribute: &str) -> Option<String> {
    document_element()?.get_attribute(attribute)
}

/// Puts a choice on `<html>` and into its cookie. Only from event handlers, which run in the browser.
pub fn choose(name: &str, value: &str) {
    let Some(root) = document_element() else { return };
    let shown = root.set_attribute(&format!("data-{name}"), value);
    debug_assert!(shown.is_ok(), "a plain attribute can be set");
    let secure = leptos::prelude::window().location().protocol().is_ok_and(|protocol| protocol == "https:");
    let tls = if secure { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; Path=/; SameSite=Lax; Max-Age=31536000{tls}");
    // Without cookies the choice lasts until the next page, which is all one can do.
    let _ = js_sys::Reflect::set(&document(), &"cookie".into(), &cookie.into());
}

/// Says on `<html>` that the page is alive.
pub fn mark_alive() {
    if let Some(root) = document_element() {
        let shown = root.set_attribute("data-hydrated", "");
        debug_assert!(shown.is_ok(), "a plain attribute can be set");
    }
}

/// True when the page looks dark now, whoever decided it.
pub fn is_dark() -> bool {
    match current("data-theme").as_deref() {
        Some("dark") => true,
        Some("light") => false,
        _ => window()
            .match_media("(prefers-color-scheme: light)")
            .ok()
            .flatten()
            .is_none_or(|light| !light.matches()),
    }
}

fn document_element() -> Option<web_sys::Element> {
    web_sys::window()?.document()?.document_element()
}
