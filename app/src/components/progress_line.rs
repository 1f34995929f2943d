//! How far long work is: a bar and what it is at.

use leptos::prelude::*;

/// - `percent`: 0 to 100. `step`: what it is at, in plain words.
#[component]
pub fn ProgressLine(percent: Signal<u8>, #[prop(into)] step: Signal<String>) -> impl IntoView {
    view! {
        <div class="progress-line" role="status">
            <progress max="100" value=move || percent.get().to_string() aria-label="How far it is"></progress>
            <span>{move || step.get()}</span>
        </div>
    }
}
