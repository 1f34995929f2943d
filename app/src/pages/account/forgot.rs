//! Ask for a new password.

use super::AccountFrame;
use crate::{
    api::account::{ForgotPassword, sends_letters},
    components::{Button, ButtonLook, Field},
    pages::form::{Answer, Outcome, answer, problem, typed},
    routes,
};
use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;

/// Said to everybody who asks, known here or not.
const SENT: &str =
    "If an account has this address, a letter with a link is on its way. The link works for an hour.";

/// The form that asks for a letter; works as a plain form too.
#[component]
pub fn Forgot() -> impl IntoView {
    let forgot = ServerAction::<ForgotPassword>::new();
    let answer = answer(forgot);
    let letters = Resource::new_blocking(|| (), |()| sends_letters());
    view! {
        <Title text="Forgot your password?" />
        <AccountFrame title="Forgot your password?" lead="A link lets you choose a new one.">
            <Suspense>
                {move || Suspend::new(async move {
                    match letters.await {
                        Ok(false) => {
                            view! {
                                <p>
                                    "This installation sends no mail. Whoever operates it makes a link for you with "
                                    <code>"candlewick password your@address"</code> "."
                                </p>
                            }
                                .into_any()
                        }
                        Ok(true) | Err(_) => view! { <Ask forgot answer /> }.into_any(),
                    }
                })}
            </Suspense>
            <p class="auth-other">"Remembered it? " <a href=routes::LOGIN>"Log in"</a></p>
        </AccountFrame>
    }
}

#[component]
fn Ask(forgot: ServerAction<ForgotPassword>, answer: Answer<()>) -> impl IntoView {
    let email = typed::<ForgotPassword>("email");
    view! {
        <ActionForm action=forgot attr:class="stack form">
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
            <Outcome answer done=SENT />
            <Button kind="submit" look=ButtonLook::Primary busy=forgot.pending()>
                "Send the link"
            </Button>
        </ActionForm>
    }
}
