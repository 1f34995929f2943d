//! Make an account.

use super::AccountFrame;
use crate::{
    api::account::Register as Registering,
    components::{Button, ButtonLook, Field},
    pages::form::{FormProblem, answer, go_on, problem, typed},
    routes,
};
use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The registration form; works as a plain form too.
#[component]
pub fn Register() -> impl IntoView {
    let register = ServerAction::<Registering>::new();
    let answer = answer(register);
    go_on(answer);
    let next = use_query_map().read_untracked().get("next").unwrap_or_default();
    let log_in = routes::door(routes::LOGIN, &next);
    let (full_name, email) = (typed::<Registering>("full_name"), typed::<Registering>("email"));
    view! {
        <Title text="Create an account" />
        <AccountFrame title="Create an account" lead="A first watchlist is filled the moment you are in.">
            <ActionForm action=register attr:class="stack form">
                <FormProblem answer />
                <Field
                    label="Full name"
                    name="full_name"
                    autocomplete="name"
                    required=true
                    autofocus=true
                    max_length=100
                    value=full_name
                    error=problem(answer, "fullName")
                />
                <Field
                    label="E-mail"
                    name="email"
                    kind="email"
                    autocomplete="username"
                    required=true
                    max_length=254
                    value=email
                    error=problem(answer, "email")
                />
                <Field
                    label="Password"
                    name="password"
                    kind="password"
                    autocomplete="new-password"
                    hint="At least 8 characters."
                    required=true
                    max_length=200
                    error=problem(answer, "password")
                />
                <input type="hidden" name="next" value=next />
                <Button kind="submit" look=ButtonLook::Primary busy=register.pending()>
                    "Create account"
                </Button>
            </ActionForm>
            <p class="auth-other">"Already here? " <a href=log_in>"Log in"</a></p>
        </AccountFrame>
    }
}
