//! The browser's half: takes over the page that the server rendered.
#![recursion_limit = "512"]

/// Called by the page's own script once the WebAssembly is there. `<html data-hydrated>` then tells styles and
/// tests that the page is alive.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(app::App);
    app::theme::mark_alive();
}
