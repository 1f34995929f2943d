//! Log in.

use super::AccountFrame;
use crate::{
    api::account::{LogIn, sends_letters},
    components::{Button, ButtonLook, Field},
    pages::form::{FormProblem, answer, go_on, problem, typed},
    routes,
};
use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The log-in form; works as a plain form too.
#[component]
pub fn Login() -> impl IntoView {
    let log_in = ServerAction::<LogIn>::new();
    let answer = answer(log_in);
    go_on(answer);
    let next = use_query_map().read_untracked().get("next").unwrap_or_default();
    let email = typed::<LogIn>("email");
    let letters = Resource::new_blocking(|| (), |()| sends_letters());
    let register = routes::door(routes::REGISTER, &next);
    view! {
        <Title text="Log in" />
        <AccountFrame title="Log in" lead="Your lists and portfolios stay on this machine.">
            <ActionForm action=log_in attr:class="stack form">
                <FormProblem answer />
                <Field
                    label="E-mail"
                    name="email"
                    kind="email"
                    autocomplete="username"
                    required=true
                    autofocus=true
                    value=email
                    error=problem(answer, "email")
                />
                <Field
                    label="Password"
                    name="password"
                    kind="password"
                    autocomplete="current-password"
                    required=true
                    error=problem(answer, "password")
                />
                <input type="hidden" name="next" value=next />
                <Button kind="submit" look=ButtonLook::Primary busy=log_in.pending()>
                    "Log in"
                </Button>
            </ActionForm>
            <Suspense>
                {move || Suspend::new(async move {
                    match letters.await {
                        Ok(true) => {
                            view! {
                                <p class="auth-other">
                                    <a href=routes::FORGOT>"Forgot your password?"</a>
                                </p>
                            }
                                .into_any()
                        }
                        Ok(false) => {
                            view! {
                                <p class="auth-other">
                                    "Forgot your password? Whoever operates this installation can give you a link to choose a new one."
                                </p>
                            }
                                .into_any()
                        }
                        Err(_) => ().into_any(),
                    }
                })}
            </Suspense>
            <p class="auth-other">"No account yet? " <a href=register>"Create one"</a></p>
        </AccountFrame>
    }
}
