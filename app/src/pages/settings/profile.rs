//! Name, time zone, currency.

use crate::pages::form::{Outcome, answer, problem, typed_or};
use crate::{
    api::account::UpdateProfile,
    components::{Button, ButtonLook, Field},
};
use domain::account::User;
use leptos::{form::ActionForm, prelude::*};

#[component]
pub fn Profile(user: User) -> impl IntoView {
    let update = ServerAction::<UpdateProfile>::new();
    let answer = answer(update);
    let full_name = typed_or::<UpdateProfile>("full_name", user.full_name);
    let time_zone = typed_or::<UpdateProfile>("time_zone", user.time_zone);
    let base_currency = typed_or::<UpdateProfile>("base_currency", user.base_currency);
    view! {
        <section class="setting" aria-labelledby="profile-title"><div class="setting-about"><h2 id="profile-title">"Profile"</h2><p>"Who you are, and the zone and currency figures are shown in."</p><span class="muted">{user.email.clone()}</span></div><div class="card">
            <ActionForm action=update attr:class="card-body stack form">
                <Field
                    label="Full name"
                    name="full_name"
                    autocomplete="name"
                    required=true
                    max_length=100
                    value=full_name
                    error=problem(answer, "fullName")
                />
                <Field
                    label="Time zone"
                    name="time_zone"
                    required=true
                    hint="A name like Europe/Berlin or America/New_York."
                    value=time_zone
                    error=problem(answer, "timeZone")
                />
                <Field
                    label="Base currency"
                    name="base_currency"
                    required=true
                    max_length=3
                    hint="Three letters, as USD or EUR."
                    value=base_currency
                    error=problem(answer, "baseCurrency")
                />
                <Outcome answer done="Saved." />
                <Button kind="submit" look=ButtonLook::Primary busy=update.pending()>
                    "Save profile"
                </Button>
            </ActionForm>
        </div></section>
    }
}
