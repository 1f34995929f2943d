//! What a form says after it was sent: the same words on every page.

use crate::error::AppError;
use leptos::{
    prelude::*,
    server_fn::{ServerFn, error::FromServerFnError},
};

/// The last answer to a form; `None` before the first.
pub type Answer<T> = Signal<Option<Result<T, AppError>>>;

/// The last answer of an action.
pub fn answer<S>(action: ServerAction<S>) -> Answer<S::Output>
where
    S: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
    S::Output: Clone + Send + Sync + 'static,
    AppError: FromServerFnError,
{
    let value = action.value();
    Signal::derive(move || value.get())
}

/// What is wrong with one field of the last answer.
pub fn problem<T: Clone + Send + Sync + 'static>(
    answer: Answer<T>,
    field: &'static str,
) -> Signal<Option<String>> {
    Signal::derive(move || answer.read().as_ref()?.as_ref().err()?.field(field))
}

/// What is wrong with the last answer as a whole; what is wrong with a field stands at the field.
#[component]
pub fn FormProblem<T: Clone + Send + Sync + 'static>(answer: Answer<T>) -> impl IntoView {
    let words = move || {
        let answer = answer.read();
        let error = answer.as_ref()?.as_ref().err()?;
        error.fields.is_empty().then(|| error.to_string())
    };
    view! {
        <p class="form-problem" role="alert">
            {words}
        </p>
    }
}

/// One line under a form: done, or what is wrong.
#[component]
pub fn Outcome<T: Clone + Send + Sync + 'static>(answer: Answer<T>, done: &'static str) -> impl IntoView {
    let words = move || match &*answer.read() {
        Some(Ok(_)) => done.to_string(),
        Some(Err(error)) if error.fields.is_empty() => error.to_string(),
        _ => String::new(),
    };
    let failed = move || matches!(&*answer.read(), Some(Err(_))).then_some("true");
    view! {
        <p class="form-outcome" role="status" data-failed=failed>
            {words}
        </p>
    }
}

/// Loads the address a success answers, as a whole: the session is another one.
pub fn go_on(answer: Answer<String>) {
    Effect::new(move |_| {
        if let Some(Ok(path)) = answer.get()
            && let Err(error) = window().location().set_href(&path)
        {
            leptos::logging::warn!("could not go to {path}: {error:?}");
        }
    });
}
