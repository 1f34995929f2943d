//! A few choices in a row, one of them taken.

use leptos::prelude::*;

/// A radio group that looks like a row of buttons. In a GET form it is sent under `name`.
///
/// - `name`: of the form value; also makes the group. `legend`: what is chosen, for screen readers.
/// - `options`: value and words. `selected`: the value taken; may change.
/// - `on_change`: called with the value.
#[component]
pub fn SegmentedControl(
    #[prop(into)] name: String,
    #[prop(into)] legend: String,
    options: Vec<(String, String)>,
    #[prop(into)] selected: Signal<String>,
    #[prop(optional, into)] on_change: Option<Callback<String>>,
) -> impl IntoView {
    let options = options
        .into_iter()
        .map(|(value, words)| {
            let (own, sent, name) = (value.clone(), value.clone(), name.clone());
            let taken = Memo::new(move |_| selected.get() == own);
            view! {
                <label class="segment">
                    <input
                        type="radio"
                        name=name
                        value=value
                        checked=move || taken.get()
                        prop:checked=move || taken.get()
                        on:change=move |_| {
                            if let Some(on_change) = on_change {
                                on_change.run(sent.clone());
                            }
                        }
                    />
                    <span>{words}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="segments">
            <legend class="sr-only">{legend}</legend>
            {options}
        </fieldset>
    }
}

/// The same look for links, where each choice is an address of its own (ranges, tabs).
///
/// - `label`: what is chosen. `links`: address and words. `current`: the address one is at; may change.
#[component]
pub fn SegmentedLinks(
    #[prop(into)] label: String,
    links: Vec<(String, String)>,
    #[prop(into)] current: Signal<String>,
) -> impl IntoView {
    let links = links
        .into_iter()
        .map(|(href, words)| {
            let own = href.clone();
            let here = move || (current.get() == own).then_some("true");
            view! { <a class="segment" href=href aria-current=here><span>{words}</span></a> }
        })
        .collect_view();
    view! { <nav class="segments" aria-label=label>{links}</nav> }
}
