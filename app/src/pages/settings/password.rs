//! Another password.

use crate::pages::form::{Outcome, answer, problem};
use crate::{
    api::account::ChangePassword,
    components::{Button, ButtonLook, Field},
};
use leptos::{form::ActionForm, prelude::*};

#[component]
pub fn Password() -> impl IntoView {
    let change = ServerAction::<ChangePassword>::new();
    let answer = answer(change);
    view! {
        <section class="setting" aria-labelledby="password-title"><div class="setting-about"><h2 id="password-title">"Password"</h2><p>"Changing it ends every other session."</p></div><div class="card">
            <ActionForm action=change attr:class="card-body stack form">
                <Field
                    label="Current password"
                    name="current"
                    kind="password"
                    autocomplete="current-password"
                    required=true
                    error=problem(answer, "oldPassword")
                />
                <Field
                    label="New password"
                    name="new"
                    kind="password"
                    autocomplete="new-password"
                    hint="At least 8 characters. Every other session ends."
                    required=true
                    max_length=200
                    error=problem(answer, "newPassword")
                />
                <Outcome answer done="Changed. Every other session has ended." />
                <Button kind="submit" look=ButtonLook::Primary busy=change.pending()>
                    "Change password"
                </Button>
            </ActionForm>
        </div></section>
    }
}
