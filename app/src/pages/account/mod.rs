//! Register, log in, and join a workspace.

mod join;
mod login;
mod register;

pub use join::Join;
pub use login::Login;
pub use register::Register;

use crate::{components::Wordmark, routes};
use leptos::prelude::*;

/// The narrow page these forms stand on.
#[component]
fn AccountFrame(title: &'static str, lead: &'static str, children: Children) -> impl IntoView {
    view! {
        <div class="auth">
            <header>
                <a class="auth-home" href=routes::LANDING aria-label="Candlewick, home">
                    <Wordmark />
                </a>
            </header>
            <main class="auth-card" id="main">
                <h1>{title}</h1>
                <p class="muted">{lead}</p>
                {children()}
            </main>
        </div>
    }
}
