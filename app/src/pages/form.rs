//! What a form says after it was sent: the same words on every page, with and without WebAssembly.
//!
//! Without it, the browser is sent back to the page, which finds the answer, or the refusal and what was typed, as
//! [`Sent`].

use crate::{backend, error::AppError};
use leptos::{
    prelude::*,
    server_fn::{ServerFn, error::FromServerFnError},
};
use leptos_router::hooks::use_location;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A form that was answered, on its way back to its page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// The server function it was sent to.
    pub path: String,
    /// What was answered, as JSON, or why it was refused.
    pub outcome: Result<String, AppError>,
    /// Of a refused one: names and values, without secrets.
    pub values: Vec<(String, String)>,
}

impl Sent {
    /// What was typed into a field.
    pub fn value(&self, name: &str) -> Option<String> {
        self.values.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone())
    }
}

/// Fields that are never sent back.
///
/// ```
/// use app::pages::form::is_secret;
/// assert!(is_secret("password") && is_secret("current") && is_secret("new"));
/// assert!(!is_secret("email"));
/// ```
pub fn is_secret(field: &str) -> bool {
    ["current", "new"].contains(&field)
        || ["password", "secret", "token"].iter().any(|word| field.contains(word))
}

/// What came back to this page; both sides know it, so that they draw the same.
#[derive(Clone, Copy)]
struct Back(StoredValue<Option<Sent>>);

/// Lets every form of the page look whether it came back; once, above them all.
pub fn provide_returned() {
    let sent = SharedValue::new(backend::returned).into_inner();
    provide_context(Back(StoredValue::new(sent)));
}

/// On the next page, what came back to this one is over.
#[component]
pub fn ForgetReturned() -> impl IntoView {
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now) {
            expect_context::<Back>().0.set_value(None);
        }
        now
    });
}

/// The form of a server function, if it came back to this page.
pub fn sent_back<S: ServerFn>() -> Option<Sent> {
    let Back(back) = use_context::<Back>()?;
    back.get_value().filter(|sent| sent.path == S::PATH)
}

/// What was typed into a field of a form that came back; empty otherwise.
pub fn typed<S: ServerFn>(field: &str) -> String {
    sent_back::<S>().and_then(|sent| sent.value(field)).unwrap_or_default()
}

/// What was typed into a field of a form that came back; otherwise what is there already.
pub fn typed_or<S: ServerFn>(field: &str, value: String) -> String {
    sent_back::<S>().and_then(|sent| sent.value(field)).unwrap_or(value)
}

/// The last answer to a form; `None` before the first.
pub type Answer<T> = Signal<Option<Result<T, AppError>>>;

/// The last answer of an action, or the one that came back to this page.
pub fn answer<S>(action: ServerAction<S>) -> Answer<S::Output>
where
    S: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
    S::Output: DeserializeOwned + Clone + Send + Sync + 'static,
    AppError: FromServerFnError,
{
    let (value, back) = (action.value(), sent_back::<S>());
    let before = move || match &back.as_ref()?.outcome {
        Ok(text) => serde_json::from_str(text).ok().map(Ok),
        Err(error) => Some(Err(error.clone())),
    };
    Signal::derive(move || value.get().or_else(&before))
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

/// What is wrong with the last answer, in one line.
pub fn refusal<T: Clone + Send + Sync + 'static>(answer: Answer<T>) -> Signal<Option<String>> {
    Signal::derive(move || answer.read().as_ref()?.as_ref().err().map(AppError::words))
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
