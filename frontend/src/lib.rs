//! The browser's half: takes over the page that the server rendered.
#![recursion_limit = "512"]

/// Called by the page's own script once the WebAssembly is there. `<html data-hydrated>` then tells styles and
/// tests that the page is alive.
///
/// Waits for the file of the page's own route; until then the server's HTML stands as it is.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub async fn hydrate() {
    console_error_panic_hook::set_once();
    let Some(body) = leptos::prelude::document().body() else { return };
    leptos::mount::hydrate_from_async(body, app::App).await.forget();
    app::theme::mark_alive();
}
