//! Search keywords of the tenant: added and removed. The form stays while the list is read again.

use crate::pages::{
    Failed,
    form::{Outcome, answer, problem, typed},
};
use crate::{
    api::keywords::{AddKeyword, RemoveKeyword, all_keywords},
    components::{Button, ButtonLook, Field, Shape, Skeleton},
};
use domain::keyword::KEYWORDS;
use leptos::{form::ActionForm, prelude::*};

#[component]
pub fn Keywords() -> impl IntoView {
    let (add, remove) = (ServerAction::<AddKeyword>::new(), ServerAction::<RemoveKeyword>::new());
    let all = Resource::new(move || (add.version().get(), remove.version().get()), |_| all_keywords());
    let added = answer(add);
    let text = RwSignal::new(typed::<AddKeyword>("keyword"));
    Effect::new(move |_| {
        if let Some(Ok(())) = add.value().get() {
            text.set(String::new());
        }
    });
    let for_all = format!("Collected for everybody: {}.", KEYWORDS.join(", "));
    view! {
        <section class="setting" aria-labelledby="keywords-title"><div class="setting-about"><h2 id="keywords-title">"Search keywords"</h2><p>"Words whose search interest is collected for your workspace."</p><span class="muted">{for_all}</span></div><div class="card">
            <Transition fallback=|| view! { <Skeleton shape=Shape::Rows count=2 /> }>
                {move || Suspend::new(async move {
                    match all.await {
                        Ok(all) => view! { <Rows all remove /> }.into_any(),
                        Err(error) => view! { <Failed error /> }.into_any(),
                    }
                })}
            </Transition>
            <ActionForm action=add attr:class="card-body stack form">
                <Field
                    label="A new keyword"
                    name="keyword"
                    hint="2 to 60 characters, as heat pumps."
                    required=true
                    max_length=60
                    value=text
                    on_input=Callback::new(move |value| text.set(value))
                    error=problem(added, "keyword")
                />
                <Outcome answer=added done="Added. Its search interest comes when it is collected next." />
                <Outcome answer=answer(remove) done="Removed." />
                <Button kind="submit" look=ButtonLook::Primary busy=add.pending()>
                    "Add keyword"
                </Button>
            </ActionForm>
        </div></section>
    }
}

#[component]
fn Rows(all: Vec<String>, remove: ServerAction<RemoveKeyword>) -> impl IntoView {
    if all.is_empty() {
        return view! {
            <p class="card-body muted">"No keywords of your own yet. Add what you want to know the search interest in."</p>
        }
        .into_any();
    }
    let rows = all
        .into_iter()
        .map(|keyword| {
            let words = format!("Remove {keyword}");
            view! {
                <li class="setting-row">
                    <span class="setting-what">{keyword.clone()}</span>
                    <ActionForm action=remove>
                        <input type="hidden" name="keyword" value=keyword />
                        <Button kind="submit" small=true label=words>
                            "Remove"
                        </Button>
                    </ActionForm>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="setting-rows">{rows}</ul> }.into_any()
}
