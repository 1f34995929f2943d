//! Theme and the colour pair for up and down.

use crate::pages::form::{Outcome, answer};
use crate::{
    api::account::UpdateLooks,
    components::{Button, ButtonLook, SelectField},
    theme,
};
use domain::account::User;
use leptos::{form::ActionForm, prelude::*};

#[component]
pub fn Looks(user: User) -> impl IntoView {
    let update = ServerAction::<UpdateLooks>::new();
    let words = |choices: &[(&str, &str)]| {
        choices.iter().map(|(value, label)| (value.to_string(), label.to_string())).collect::<Vec<_>>()
    };
    view! {
        <section class="setting" aria-labelledby="looks-title"><div class="setting-about"><h2 id="looks-title">"Looks"</h2><p>"How the pages look, in this browser and every other."</p></div><div class="card">
            <ActionForm action=update attr:class="card-body stack form">
                <SelectField
                    label="Theme"
                    name="theme"
                    options=words(&theme::THEMES)
                    selected=user.theme.as_str().to_string()
                    on_change=Callback::new(|value: String| theme::choose("theme", &value))
                />
                <SelectField
                    label="Colours for up and down"
                    name="colours"
                    options=words(&theme::COLOURS)
                    selected=user.colours.as_str().to_string()
                    hint="Arrows and signs say it too, whichever you choose."
                    on_change=Callback::new(|value: String| theme::choose("colours", &value))
                />
                <Outcome answer=answer(update) done="Saved for every browser you log in with." />
                <Button kind="submit" look=ButtonLook::Primary busy=update.pending()>
                    "Save looks"
                </Button>
            </ActionForm>
        </div></section>
    }
}
