//! The few lines that talk to `public/charts.js`; called from effects only, which never run on the server.

use crate::theme;
use leptos::prelude::document;
use serde_json::{Value, json};
use std::ops::Range;
use wasm_bindgen::JsValue;

/// Sent by the script when it is ready to draw, and when the looks of the page change.
pub const REDRAW: &str = "candlewick:redraw";
/// Sent by the script with `{id, at}`: the index under the crosshair, or none.
pub const CURSOR: &str = "candlewick:cursor";
/// Sent by the script with `{id, start, end}`: the first and last index in view.
pub const ZOOM: &str = "candlewick:zoom";

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

/// Width and height of the chart's box in CSS pixels; `None` while it is not on the page.
pub fn size_px(id: &str) -> Option<(f64, f64)> {
    let element = document().get_element_by_id(id)?;
    let (width, height) = (element.client_width(), element.client_height());
    (height > 0).then(|| (f64::from(width), f64::from(height)))
}

/// Draws into the element `id`. A script that is not there yet asks again by [`REDRAW`].
pub fn draw(id: &str, option: &Value) {
    send(&json!({ "id": id, "option": option }));
}

/// Changes what was drawn.
pub fn change(id: &str, change: &Value) {
    send(&json!({ "id": id, "change": change }));
}

/// Lets go of what was drawn.
pub fn dispose(id: &str) {
    send(&json!({ "id": id }));
}

/// The index of a [`CURSOR`] event about the chart `id`; the outer `None` is another chart's.
pub fn cursor(event: &web_sys::Event, id: &str) -> Option<Option<usize>> {
    let detail = detail(event, id)?;
    Some(detail["at"].as_u64().and_then(|at| usize::try_from(at).ok()))
}

/// What a [`ZOOM`] event about the chart `id` shows.
pub fn zoom(event: &web_sys::Event, id: &str) -> Option<Range<usize>> {
    let detail = detail(event, id)?;
    let index = |key: &str| detail[key].as_u64().and_then(|at| usize::try_from(at).ok());
    Some(index("start")?..index("end")? + 1)
}

fn detail(event: &web_sys::Event, id: &str) -> Option<Value> {
    use wasm_bindgen::JsCast;
    let text = event.dyn_ref::<web_sys::CustomEvent>()?.detail().as_string()?;
    serde_json::from_str::<Value>(&text).ok().filter(|detail| detail["id"] == id)
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
