//! Register and log in.

mod login;
mod register;

pub use login::Login;
pub use register::Register;

use crate::{components::Wordmark, error::AppError, routes};
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

/// What is wrong with one field of the last answer.
fn problem<T: Clone + Send + Sync + 'static>(
    answer: RwSignal<Option<Result<T, AppError>>>,
    field: &'static str,
) -> Signal<Option<String>> {
    Signal::derive(move || answer.read().as_ref()?.as_ref().err()?.field(field))
}

/// What is wrong with the last answer as a whole.
#[component]
fn FormProblem<T: Clone + Send + Sync + 'static>(answer: RwSignal<Option<Result<T, AppError>>>) -> impl IntoView {
    let message = move || {
        answer.read().as_ref().and_then(|answer| answer.as_ref().err()).filter(|e| e.fields.is_empty()).map(
            ToString::to_string,
        )
    };
    view! {
        <div class="form-problem" role="alert">
            {message}
        </div>
    }
}
