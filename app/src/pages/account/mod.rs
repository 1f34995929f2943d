//! Register and log in.

mod login;
mod register;

pub use login::Login;
pub use register::Register;

use crate::{components::Wordmark, routes};
use leptos::prelude::*;

/// The narrow page both forms stand on.
#[component]
fn AccountFrame(title: &'static str, lead: &'static str, children: Children) -> impl IntoView {
    view! {
        <main class="auth" id="main">
            <a class="auth-brand" href=routes::LANDING aria-label="Candlewick, home">
                <Wordmark />
            </a>
            <div class="card auth-card">
                <header class="auth-head">
                    <h1>{title}</h1>
                    <p class="muted">{lead}</p>
                </header>
                {children()}
            </div>
        </main>
    }
}
