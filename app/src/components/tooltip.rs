//! "How is this made": a short explanation on hover and focus.

use super::{Glyph, Icon};
use leptos::{ev::KeyboardEvent, prelude::*};

/// A small button that explains what stands beside it. Works without JavaScript; Escape closes it.
///
/// - `text`: one or two sentences: formula, window, source.
/// - `subject`: what is explained, said before the text by screen readers.
/// - `href`: where it is explained in full; the button is a link then.
#[component]
pub fn Tooltip(
    #[prop(into)] text: String,
    #[prop(optional, into)] subject: Option<String>,
    #[prop(optional, into)] href: Option<String>,
) -> impl IntoView {
    let dismissed = RwSignal::new(false);
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            dismissed.set(true);
        }
    };
    let name = match subject {
        Some(subject) => format!("How {subject} is made: {text}"),
        None => format!("How this is made: {text}"),
    };
    view! {
        <span
            class="tooltip"
            class:tooltip-dismissed=move || dismissed.get()
            on:pointerenter=move |_| dismissed.set(false)
            on:focusin=move |_| dismissed.set(false)
            on:keydown=on_key
        >
            {match href.filter(|href| !href.is_empty()) {
                Some(href) => {
                    view! {
                        <a class="tooltip-button" href=href aria-label=name>
                            <Icon glyph=Glyph::Info />
                        </a>
                    }
                        .into_any()
                }
                None => {
                    view! {
                        <button type="button" class="tooltip-button" aria-label=name>
                            <Icon glyph=Glyph::Info />
                        </button>
                    }
                        .into_any()
                }
            }}
            <span class="tooltip-text" aria-hidden="true">{text}</span>
        </span>
    }
}
