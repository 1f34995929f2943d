//! Form fields: label, control, hint and error as one, so that none is forgotten.

use super::{Glyph, Icon};
use crate::format;
use leptos::prelude::*;

/// A text field. What was typed stays when the form comes back with an error.
///
/// - `label`, `name`: always; the id is `field-<name>` unless `id` is given.
/// - `kind`: the `type` attribute, `text` unless said.
/// - `value`: what it holds at first, usually what was sent before.
/// - `hint`: below the control. `error`: replaces nothing, stands above the hint, and is announced.
/// - `autocomplete`, `placeholder`, `required`, `max_length`, `autofocus`: as in HTML.
/// - `on_input`: called with the text at each change.
#[component]
pub fn Field(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    #[prop(optional, into)] id: Option<String>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional, into)] value: Signal<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] autocomplete: Option<String>,
    #[prop(optional, into)] placeholder: Option<String>,
    #[prop(optional)] required: bool,
    #[prop(optional)] autofocus: bool,
    #[prop(optional)] max_length: Option<u32>,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| format!("field-{name}"));
    let described = described_by(&id, hint.is_some(), error);
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{label}</label>
            <input
                class="input"
                id=id.clone()
                name=name
                type=kind
                value=move || value.get()
                prop:value=move || value.get()
                autocomplete=autocomplete
                placeholder=placeholder
                required=required
                autofocus=autofocus
                maxlength=max_length.map(|length| length.to_string())
                aria-invalid=move || error.with(|error| error.is_some().then_some("true"))
                aria-describedby=described
                on:input=move |event| {
                    if let Some(on_input) = on_input {
                        on_input.run(event_target_value(&event));
                    }
                }
            />
            <Notes id=id hint=hint error=error />
        </div>
    }
}

/// A text field of several lines; what it holds is text, whatever it looks like.
///
/// - `rows`: how many lines show at first. The others as in [`Field`].
#[component]
pub fn AreaField(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    #[prop(optional, into)] id: Option<String>,
    #[prop(default = 4)] rows: u32,
    #[prop(optional, into)] value: Signal<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| format!("field-{name}"));
    let described = described_by(&id, hint.is_some(), error);
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{label}</label>
            <textarea
                class="input"
                id=id.clone()
                name=name
                rows=rows.to_string()
                required=required
                aria-invalid=move || error.with(|error| error.is_some().then_some("true"))
                aria-describedby=described
                inner_html=format::escaped(&value.get_untracked())
                prop:value=move || value.get()
                on:input=move |event| {
                    if let Some(on_input) = on_input {
                        on_input.run(event_target_value(&event));
                    }
                }
            ></textarea>
            <Notes id=id hint=hint error=error />
        </div>
    }
}

/// A choice from a list.
///
/// - `options`: value and words. `selected`: the value chosen at first.
/// - `on_change`: called with the value. The others as in [`Field`].
#[component]
pub fn SelectField(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    #[prop(optional, into)] id: Option<String>,
    options: Vec<(String, String)>,
    #[prop(into)] selected: Signal<String>,
    #[prop(optional)] hide_label: bool,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] on_change: Option<Callback<String>>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| format!("field-{name}"));
    let described = described_by(&id, hint.is_some(), error);
    let options = options
        .into_iter()
        .map(|(value, words)| {
            let own = value.clone();
            view! { <option value=value selected=move || selected.get() == own>{words}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label class="field-label" class:sr-only=hide_label for=id.clone()>{label}</label>
            <span class="select">
                <select
                    class="input"
                    id=id.clone()
                    name=name
                    aria-describedby=described
                    on:change=move |event| {
                        if let Some(on_change) = on_change {
                            on_change.run(event_target_value(&event));
                        }
                    }
                >
                    {options}
                </select>
                <Icon glyph=Glyph::Chevron />
            </span>
            <Notes id=id hint=hint error=error />
        </div>
    }
}

/// A yes or no.
///
/// - `checked`: at first. `value`: what is sent when checked, `on` unless said. The others as in [`Field`].
#[component]
pub fn CheckField(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    #[prop(default = "on")] value: &'static str,
    #[prop(optional, into)] checked: Signal<bool>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] on_change: Option<Callback<bool>>,
) -> impl IntoView {
    view! {
        <label class="check">
            <input
                type="checkbox"
                name=name
                value=value
                checked=move || checked.get()
                prop:checked=move || checked.get()
                on:change=move |event| {
                    if let Some(on_change) = on_change {
                        on_change.run(event_target_checked(&event));
                    }
                }
            />
            <span>
                <span class="check-label">{label}</span>
                {hint.map(|hint| view! { <span class="field-hint">{hint}</span> })}
            </span>
        </label>
    }
}

#[component]
fn Notes(id: String, hint: Option<String>, error: Signal<Option<String>>) -> impl IntoView {
    let error_id = format!("{id}-error");
    view! {
        <Show when=move || error.with(Option::is_some)>
            <p class="field-error" id=error_id.clone() role="alert">
                <Icon glyph=Glyph::Failed />
                <span>{move || error.get()}</span>
            </p>
        </Show>
        {hint.map(|hint| view! { <p class="field-hint" id=format!("{id}-hint")>{hint}</p> })}
    }
}

fn described_by(
    id: &str,
    has_hint: bool,
    error: Signal<Option<String>>,
) -> impl Fn() -> Option<String> + Send + Sync + Clone + use<> {
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    move || match (error.with(Option::is_some), has_hint) {
        (true, true) => Some(format!("{error_id} {hint_id}")),
        (true, false) => Some(error_id.clone()),
        (false, true) => Some(hint_id.clone()),
        (false, false) => None,
    }
}
