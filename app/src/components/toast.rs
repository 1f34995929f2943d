//! Short messages at the corner of the page.

use super::{Button, ButtonLook, Glyph, Icon, Tone};
use leptos::prelude::*;

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// Tells messages apart.
    pub id: u32,
    /// How serious it is.
    pub tone: Tone,
    /// What happened, what still works, what to do.
    pub text: String,
}

/// The corner where messages appear and are read out. Always on the page, mostly empty.
///
/// - `toasts`: oldest first. `on_close`: called with the id of a message to take away.
#[component]
pub fn Toasts(
    #[prop(into)] toasts: Signal<Vec<Toast>>,
    #[prop(into)] on_close: Callback<u32>,
) -> impl IntoView {
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || toasts.get() key=|toast| toast.id let:toast>
                <div class="toast" data-tone=toast.tone.as_str()>
                    <Icon glyph=toast.tone.glyph() />
                    <p>{toast.text}</p>
                    <Button
                        look=ButtonLook::Ghost
                        small=true
                        icon=Glyph::Close
                        label="Dismiss"
                        on_click=move |()| on_close.run(toast.id)
                    />
                </div>
            </For>
        </div>
    }
}
