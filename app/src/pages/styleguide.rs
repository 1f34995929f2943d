//! placeholder
use leptos::prelude::*;
#[component]
pub fn Styleguide() -> impl IntoView {
    view! { <p>"x"</p> }
}
