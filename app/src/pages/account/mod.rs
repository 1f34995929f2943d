//! Register, log in, choose a new password, prove an address, join a workspace: what needs no session.

mod forgot;
mod join;
mod login;
mod register;
mod reset;
mod verify;

pub use forgot::Forgot;
pub use join::Join;
pub use login::Login;
pub use register::Register;
pub use reset::Reset;
pub use verify::Verify;

use crate::{components::Wordmark, routes};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The token in the address of a page that a letter leads to.
fn token() -> String {
    use_params_map().read_untracked().get("token").unwrap_or_default()
}

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
