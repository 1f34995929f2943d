//! API keys: made, shown once, ended.

use crate::pages::form::{Outcome, answer, problem, typed};
use crate::{
    api::account::{CreateKey, RevokeKey},
    components::{Button, ButtonLook, Field},
    format,
};
use domain::account::ApiKey;
use leptos::{form::ActionForm, prelude::*};

#[component]
pub fn Keys(
    keys: Vec<ApiKey>,
    create: ServerAction<CreateKey>,
    revoke: ServerAction<RevokeKey>,
) -> impl IntoView {
    let answered = answer(create);
    let made = move || answered.get().and_then(Result::ok);
    let none = keys.is_empty();
    let rows = keys
        .into_iter()
        .map(|key| {
            let used = match key.last_used_at {
                Some(at) => format!("last used {}", format::new_york(at)),
                None => "never used".to_string(),
            };
            view! {
                <li class="setting-row">
                    <span class="setting-what">
                        <span>{key.name}</span>
                        <span class="muted">
                            <code>{format!("{}…", key.prefix)}</code>
                            {format!(" · {used}")}
                        </span>
                    </span>
                    <ActionForm action=revoke>
                        <input type="hidden" name="id" value=key.id.to_string() />
                        <Button kind="submit" small=true>
                            "Revoke"
                        </Button>
                    </ActionForm>
                </li>
            }
        })
        .collect_view();
    let name = typed::<CreateKey>("name");
    view! {
        <section class="setting" aria-labelledby="keys-title"><div class="setting-about"><h2 id="keys-title">"API keys"</h2><p>"For programs of yours that read the API."</p></div><div class="card">
            <ul class="setting-rows">{rows}</ul>
            <Show when=move || none>
                <p class="card-body muted">"No keys yet. A key lets a program of yours read the API."</p>
            </Show>
            <ActionForm action=create attr:class="card-body stack form">
                <Field
                    label="Name of a new key"
                    name="name"
                    hint="What will use it, as Spreadsheet."
                    required=true
                    max_length=80
                    value=name
                    error=problem(answered, "name")
                />
                <Show when=move || made().is_some()>
                    <p class="secret" role="status">
                        "Copy it now; it is not shown again: "
                        <code>{made}</code>
                    </p>
                </Show>
                <Outcome answer=answer(revoke) done="Revoked." />
                <Button kind="submit" look=ButtonLook::Primary busy=create.pending()>
                    "Create key"
                </Button>
            </ActionForm>
        </div></section>
    }
}
