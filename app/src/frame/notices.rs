//! What the frame says about the program itself: this page is a copy, a newer version waits.

use crate::{
    components::{Banner, Button, ButtonLook, Glyph, Icon, Tone},
    format, theme,
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;

/// Sent by `public/pwa.js` when a newer version waits; it also marks `<html data-update>`, for pages not alive yet.
const UPDATE: &str = "candlewick:update";
/// Lets the newer version take over.
const UPDATE_NOW: &str = "candlewick:update-now";

/// Says that the page is the service worker's copy and of when it is. The worker marks `<html data-copy-of>`.
#[component]
pub fn Copy() -> impl IntoView {
    let copied = RwSignal::new(None::<DateTime<Utc>>);
    Effect::new(move |_| {
        let mark = theme::current("data-copy-of");
        copied.set(mark.and_then(|date| DateTime::parse_from_rfc2822(&date).ok()).map(|date| date.to_utc()));
    });
    view! {
        <Show when=move || copied.read().is_some()>
            <Banner tone=Tone::Warning action=|| view! { <a href="">"Try again"</a> }>
                <strong>"No connection."</strong>
                {move || {
                    copied.get().map(|date| format!(" This is a copy from {}; prices are of that time.", format::new_york(date)))
                }}
            </Banner>
        </Show>
    }
}

/// Offers to load the newer version, in the corner of the short messages.
#[component]
pub fn Updates() -> impl IntoView {
    let waits = RwSignal::new(false);
    Effect::new(move |_| {
        waits.set(theme::current("data-update").is_some());
        let listener = window_event_listener_untyped(UPDATE, move |_| waits.set(true));
        on_cleanup(move || listener.remove());
    });
    let reload = move |()| {
        if let Ok(event) = web_sys::CustomEvent::new(UPDATE_NOW) {
            // The script that offered it listens.
            let _ = window().dispatch_event(&event);
        }
    };
    view! {
        <Show when=move || waits.get()>
            <div class="toast" data-tone=Tone::Info.as_str()>
                <Icon glyph=Glyph::Refresh />
                <p>"A new version is ready."</p>
                <Button small=true look=ButtonLook::Primary on_click=reload>
                    "Reload"
                </Button>
                <Button
                    look=ButtonLook::Ghost
                    small=true
                    icon=Glyph::Close
                    label="Later"
                    on_click=move |()| waits.set(false)
                />
            </div>
        </Show>
    }
}
