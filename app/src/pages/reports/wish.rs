//! The morning report by mail: in or out, on which paper.

use super::papers;
use crate::{
    api::reports::Prefer,
    components::{Button, CheckField, SelectField},
    pages::form::{Outcome, answer},
};
use domain::report::Preferences;
use leptos::{form::ActionForm, prelude::*};

#[component]
pub(super) fn Wish(
    prefer: ServerAction<Prefer>,
    preferences: Preferences,
    zone: String,
    mails: bool,
) -> impl IntoView {
    let hint = match mails {
        true => format!("At 08:00 in {zone}. Each mail has a link that ends it."),
        false => "This installation sends no mail; whoever operates it can name a mail server.".to_string(),
    };
    view! {
        <section class="card" aria-labelledby="wish-title">
            <header class="card-head">
                <h2 id="wish-title">"Each morning by mail"</h2>
            </header>
            <ActionForm action=prefer attr:class="card-body form stack">
                <CheckField
                    label="Mail me the morning report"
                    name="mail"
                    value="true"
                    checked=preferences.mail
                    hint=hint
                />
                <SelectField
                    label="Paper"
                    name="paper"
                    id="wish-paper"
                    options=papers()
                    selected=preferences.paper.as_str().to_string()
                />
                <Outcome answer=answer(prefer) done="Saved." />
                <Button kind="submit" busy=prefer.pending()>
                    "Save"
                </Button>
            </ActionForm>
        </section>
    }
}
