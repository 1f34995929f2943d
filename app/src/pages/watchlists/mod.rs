//! Watchlists: create, rename, delete, add, remove, reorder. Every change is a form that works without wasm too.

mod list;

use super::{
    Failed,
    form::{answer, refusal, typed},
};
use crate::{
    api::watchlists::{self, Add, Create, Delete, Remove, Rename, Shift},
    components::{Button, ButtonLook, EmptyState, Field, Shape, Skeleton},
    routes,
};
use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use list::ListCard;

/// What can be done to the lists; kept above them, since they are drawn anew after each change.
#[derive(Clone, Copy)]
struct Actions {
    create: ServerAction<Create>,
    rename: ServerAction<Rename>,
    delete: ServerAction<Delete>,
    add: ServerAction<Add>,
    remove: ServerAction<Remove>,
    shift: ServerAction<Shift>,
}

/// The watchlists page.
#[component]
pub fn WatchlistsPage() -> impl IntoView {
    let actions = Actions {
        create: ServerAction::new(),
        rename: ServerAction::new(),
        delete: ServerAction::new(),
        add: ServerAction::new(),
        remove: ServerAction::new(),
        shift: ServerAction::new(),
    };
    let versions = move || {
        [
            actions.create.version().get(),
            actions.rename.version().get(),
            actions.delete.version().get(),
            actions.add.version().get(),
            actions.remove.version().get(),
            actions.shift.version().get(),
        ]
    };
    let lists = Resource::new(versions, |_| watchlists::all());
    let refusals = [
        refusal(answer(actions.rename)),
        refusal(answer(actions.delete)),
        refusal(answer(actions.add)),
        refusal(answer(actions.remove)),
        refusal(answer(actions.shift)),
    ];
    let problem = move || refusals.iter().find_map(|refusal| refusal.get());
    view! {
        <Title text="Watchlists" />
        <header class="page-head">
            <h1>"Watchlists"</h1>
            <p>
                "Prices of what no provider knows: " <a href=routes::OWN_PRICES>"own prices"</a>
            </p>
        </header>
        <div class="form-problem" role="alert">
            {problem}
        </div>
        <div class="watchlists">
        <Transition fallback=|| {
            view! { <Skeleton shape=Shape::Rows count=6 /> }
        }>
            {move || Suspend::new(async move {
                match lists.await {
                    Ok(lists) if lists.is_empty() => {
                        view! {
                            <EmptyState title="No lists yet" text="Name a first one below." />
                        }
                            .into_any()
                    }
                    Ok(lists) => {
                        lists.into_iter().map(|list| view! { <ListCard list actions /> }).collect_view().into_any()
                    }
                    Err(error) => view! { <Failed error /> }.into_any(),
                }
            })}
        </Transition>
        <NewList create=actions.create />
        </div>
    }
}

#[component]
fn NewList(create: ServerAction<Create>) -> impl IntoView {
    let (wrong, name) = (refusal(answer(create)), typed::<Create>("name"));
    view! {
        <section class="card new-list" aria-labelledby="new-list-title">
            <header class="card-head">
                <h2 id="new-list-title">"A new list"</h2>
            </header>
            <ActionForm action=create attr:class="card-body form stack">
                <Field
                    label="Name"
                    name="name"
                    placeholder="Semiconductors"
                    required=true
                    max_length=80
                    value=name
                    error=wrong
                />
                <Button kind="submit" look=ButtonLook::Primary busy=create.pending()>
                    "Create list"
                </Button>
            </ActionForm>
        </section>
    }
}
