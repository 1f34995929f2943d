//! Choose a new password with the link of a letter.

use super::{AccountFrame, token};
use crate::{
    api::account::ResetPassword,
    components::{Button, ButtonLook, Field},
    pages::form::{Outcome, answer, problem},
    routes,
};
use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;

/// The form; opening it uses nothing up. Works as a plain form too.
#[component]
pub fn Reset() -> impl IntoView {
    let reset = ServerAction::<ResetPassword>::new();
    let answer = answer(reset);
    view! {
        <Title text="A new password" />
        <AccountFrame title="A new password" lead="Every session of your account ends with the old one.">
            <ActionForm action=reset attr:class="stack form">
                <input type="hidden" name="token" value=token() />
                <Field
                    label="New password"
                    name="new"
                    kind="password"
                    autocomplete="new-password"
                    hint="At least 8 characters."
                    required=true
                    autofocus=true
                    max_length=200
                    error=problem(answer, "newPassword")
                />
                <Outcome answer done="Changed. Log in with the new password." />
                <Button kind="submit" look=ButtonLook::Primary busy=reset.pending()>
                    "Set the new password"
                </Button>
            </ActionForm>
            <p class="auth-other">
                <a href=routes::LOGIN>"Log in"</a>
                " · "
                <a href=routes::FORGOT>"Ask for another link"</a>
            </p>
        </AccountFrame>
    }
}
