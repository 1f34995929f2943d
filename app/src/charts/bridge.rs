//! The few lines that talk to `public/charts.js`; called from effects only, which never run on the server.

use crate::theme;
use leptos::prelude::document;
use serde_json::{Value, json};
use wasm_bindgen::JsValue;

/// Sent by the script when it is ready to draw, and when the looks of the page change.
pub const REDRAW: &str = "candlewick:redraw";

const DRAW: &str = "candlewick:draw";
const SCRIPT: &str = "chart-script";

/// Loads the script, once per page.
pub fn load() {
    let document = document();
    if document.get_element_by_id(SCRIPT).is_some() {
        return;
    }
    let Some(url) = theme::current("data-charts").filter(|url| !url.is_empty()) else { return };
    let (Some(body), Ok(script)) = (document.body(), document.create_element("script")) else { return };
    let attributes = [("id", SCRIPT), ("type", "module"), ("src", &url)];
    if attributes.into_iter().all(|(name, value)| script.set_attribute(name, value).is_ok()) {
        // Where it can not be added, the server's picture stays.
        let _ = body.append_child(&script);
    }
}

/// Height of the chart's box in CSS pixels; `None` while it is not on the page.
pub fn height_px(id: &str) -> Option<f64> {
    let height = document().get_element_by_id(id)?.client_height();
    (height > 0).then(|| f64::from(height))
}

/// Draws into the element `id`. A script that is not there yet asks again by [`REDRAW`].
pub fn draw(id: &str, option: &Value) {
    send(&json!({ "id": id, "option": option }));
}

/// Lets go of what was drawn.
pub fn dispose(id: &str) {
    send(&json!({ "id": id }));
}

fn send(message: &Value) {
    let Some(window) = web_sys::window() else { return };
    let init = web_sys::CustomEventInit::new();
    init.set_detail(&JsValue::from_str(&message.to_string()));
    if let Ok(event) = web_sys::CustomEvent::new_with_event_init_dict(DRAW, &init) {
        // Nobody listening yet is no failure: the script asks when it comes.
        let _ = window.dispatch_event(&event);
    }
}
