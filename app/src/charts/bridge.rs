//! The few lines that talk to `public/charts.js`; called from effects only, which never run on the server.

use crate::theme;
use domain::chart::palette::rules;
use leptos::prelude::*;
use serde_json::{Value, json};
use std::ops::Range;
use wasm_bindgen::JsValue;

/// Sent by the script when it is ready to draw, and when the looks of the page change.
const REDRAW: &str = "candlewick:redraw";
/// Sent by the script with `{id, at}`: the index under the crosshair, or none.
const CURSOR: &str = "candlewick:cursor";
/// Sent by the script with `{id, start, end}`: the first and last index in view.
const ZOOM: &str = "candlewick:zoom";

const DRAW: &str = "candlewick:draw";
const SCRIPT: &str = "chart-script";

/// A reader wants to see the page first: what is not needed for that waits for the first of these.
const TOUCHES: [&str; 5] = ["pointermove", "pointerdown", "keydown", "scroll", "touchstart"];

/// What the script says of a chart.
#[derive(Clone, Copy)]
pub struct Told {
    /// Counts how often there was a reason to draw all of it anew, the script's coming among them.
    pub looks: ReadSignal<u32>,
    /// The index under the crosshair.
    pub cursor: ReadSignal<Option<usize>>,
}

/// Listens to what the script says of the chart `id`, and has it loaded. `zoomed` is told the indexes in view.
pub fn attend(id: &'static str, zoomed: impl Fn(Range<usize>) + Clone + 'static) -> Told {
    let (looks, set_looks) = signal(0_u32);
    let (cursor, set_cursor) = signal(None);
    Effect::new(move |_| {
        let zoomed = zoomed.clone();
        let handles = [
            window_event_listener_untyped(REDRAW, move |_| set_looks.update(|count| *count += 1)),
            window_event_listener_untyped(CURSOR, move |event| {
                if let Some(detail) = detail(&event, id) {
                    set_cursor.set(index(&detail["at"]));
                }
            }),
            window_event_listener_untyped(ZOOM, move |event| {
                let ends = detail(&event, id).map(|detail| (index(&detail["start"]), index(&detail["end"])));
                if let Some((Some(start), Some(end))) = ends {
                    zoomed(start..end + 1);
                }
            }),
        ];
        on_cleanup(move || {
            handles.into_iter().for_each(WindowListenerHandle::remove);
            dispose(id);
        });
        when_wanted(load);
        if is_ready() {
            once_there(id, set_looks);
        }
    });
    Told { looks, cursor }
}

/// Counts on once the box of the chart is on the page: who comes from another page has the script already, and this is
/// worked out before the new page stands where the old one did.
fn once_there(id: &'static str, looks: WriteSignal<u32>) {
    request_animation_frame(move || match size_px(id) {
        Some(_) => drop(looks.try_update(|count| *count += 1)),
        None if !looks.is_disposed() => once_there(id, looks),
        None => {}
    });
}

/// Whether the script is there; when it comes, [`Told::looks`] counts on.
pub fn is_ready() -> bool {
    theme::current("data-charts-ready").is_some()
}

/// Calls once: at once on a wide screen; on a narrow one, where the server's picture will do for reading and processors are
/// slow, when the reader first touches the page.
fn when_wanted(then: impl Fn() + Clone + 'static) {
    let narrow = format!("(width < {}px)", rules::NARROW_PX);
    let is_narrow = window().match_media(&narrow).ok().flatten().is_some_and(|query| query.matches());
    match is_narrow && !is_ready() {
        true => when_touched(then),
        false => then(),
    }
}

/// Calls once, when the reader first moves, scrolls, touches or presses something on the page; not once the owner is gone.
pub fn when_touched(then: impl Fn() + Clone + 'static) {
    let waiting = StoredValue::new(Vec::new());
    let stop = move || {
        let handles = waiting.try_update_value(std::mem::take).unwrap_or_default();
        handles.into_iter().for_each(WindowListenerHandle::remove);
    };
    let touched = move |_: web_sys::Event| {
        stop();
        then();
    };
    waiting.set_value(TOUCHES.map(|kind| window_event_listener_untyped(kind, touched.clone())).into());
    on_cleanup(stop);
}

/// Loads the script, once per page.
fn load() {
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

/// Draws the lines that a slider moves over the chart, which stays as it is until it is drawn or changed again.
pub fn sketch(id: &str, layers: &Value) {
    send(&json!({ "id": id, "sketch": layers }));
}

/// Lets go of what was drawn.
fn dispose(id: &str) {
    send(&json!({ "id": id }));
}

fn index(value: &Value) -> Option<usize> {
    value.as_u64().and_then(|at| usize::try_from(at).ok())
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
