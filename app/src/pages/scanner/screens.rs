//! The filters one keeps, and those the tenant shares; a link to each can be sent.

use super::address::Address;
use crate::{
    api::scanner::{self, Change, Remove, Save},
    components::{Button, ButtonLook, CheckField, Field},
    pages::form::{answer, refusal, typed},
};
use domain::scanner::{Screen, Timeframe};
use leptos::{form::ActionForm, prelude::*};

/// Saved screens, and the form that keeps the one in the address.
#[component]
pub fn Screens(address: Memo<Address>) -> impl IntoView {
    let (save, change, remove) =
        (ServerAction::<Save>::new(), ServerAction::<Change>::new(), ServerAction::<Remove>::new());
    let versions = move || [save.version().get(), change.version().get(), remove.version().get()];
    let screens = Resource::new(versions, |_| scanner::all_screens());
    let refusals = [refusal(answer(change)), refusal(answer(remove))];
    let problem = move || refusals.iter().find_map(|refusal| refusal.get());
    let wrong = refusal(answer(save));
    let name = StoredValue::new(typed::<Save>("name"));
    let keep = move || {
        let address = address.get();
        let filter = address.filter.clone()?;
        let link = address.asked().href();
        Some(view! {
            <ActionForm action=save attr:class="card-body row">
                <input type="hidden" name="filter" value=filter />
                <input type="hidden" name="timeframe" value=address.timeframe.as_str() />
                <Field
                    label="Keep this screen as"
                    name="name"
                    placeholder="Oversold technology"
                    required=true
                    max_length=80
                    value=name.get_value()
                    error=wrong
                />
                <CheckField label="Share with my team" name="shared" value="true" />
                <Button kind="submit" look=ButtonLook::Primary busy=save.pending()>
                    "Save"
                </Button>
                <Link link />
            </ActionForm>
        })
    };
    view! {
        <section class="card" aria-labelledby="screens-title">
            <header class="card-head">
                <h2 id="screens-title">"Saved screens"</h2>
            </header>
            <div class="form-problem" role="alert">
                {problem}
            </div>
            {keep}
            <Transition fallback=|| ()>
                {move || Suspend::new(async move {
                    match screens.await {
                        Ok(screens) if screens.is_empty() => {
                            view! {
                                <p class="card-body muted">
                                    "Nothing saved yet. Screen for something above, then give it a name here."
                                </p>
                            }
                                .into_any()
                        }
                        Ok(screens) => {
                            let rows = screens
                                .into_iter()
                                .map(|screen| view! { <Saved screen change remove /> })
                                .collect_view();
                            view! { <ul class="list">{rows}</ul> }.into_any()
                        }
                        Err(error) => view! { <p class="card-body muted">{error.to_string()}</p> }.into_any(),
                    }
                })}
            </Transition>
        </section>
    }
}

/// The address of the screen as a text to copy; whole once the browser knows where it is.
#[component]
fn Link(link: String) -> impl IntoView {
    let whole = RwSignal::new(link.clone());
    Effect::new(move |_| {
        if let Ok(origin) = window().location().origin() {
            whole.set(format!("{origin}{link}"));
        }
    });
    view! {
        <label class="field scan-link">
            <span class="field-label">"Link to send"</span>
            <input class="input mono" readonly value=move || whole.get() prop:value=move || whole.get() />
        </label>
    }
}

#[component]
fn Saved(screen: Screen, change: ServerAction<Change>, remove: ServerAction<Remove>) -> impl IntoView {
    let link = of(&screen).href();
    let Screen { id, name, filter, timeframe, shared, mine, owner } = screen;
    let about = match (mine, shared) {
        (true, true) => "shared with the team".to_string(),
        (true, false) => String::new(),
        (false, _) => format!("shared by {owner}"),
    };
    let weekly = if timeframe == Timeframe::Weekly { "weekly" } else { "" };
    let fields = (name.clone(), filter.clone());
    let forms = mine.then(|| {
        let (id, (name, filter)) = (id.to_string(), fields);
        let (same, title) = (id.clone(), name.clone());
        view! {
            <details class="scan-change">
                <summary>"Change"</summary>
                <ActionForm action=change attr:class="row">
                    <input type="hidden" name="id" value=id.clone() />
                    <input type="hidden" name="timeframe" value=timeframe.as_str() />
                    <Field label="Name" name="name" id=format!("screen-name-{id}") required=true max_length=80 value=name />
                    <Field label="Filter" name="filter" id=format!("screen-filter-{id}") required=true value=filter />
                    <CheckField label="Shared" name="shared" value="true" checked=shared />
                    <Button kind="submit">"Save"</Button>
                </ActionForm>
                <ActionForm action=remove attr:class="row">
                    <input type="hidden" name="id" value=same />
                    <Button kind="submit" look=ButtonLook::Danger>
                        {format!("Delete {title}")}
                    </Button>
                </ActionForm>
            </details>
        }
    });
    view! {
        <li class="list-row scan-saved">
            <a class="list-main" href=link>
                <strong>{name}</strong>
                <span class="muted">{about} " " {weekly}</span>
                <span class="mono muted">{filter}</span>
            </a>
            {forms}
        </li>
    }
}

/// Where a screen leads.
fn of(screen: &Screen) -> Address {
    Address::of(&Default::default()).with_filter(&screen.filter, screen.timeframe)
}
