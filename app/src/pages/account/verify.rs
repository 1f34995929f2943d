//! Prove an address with the link of a letter.

use super::{AccountFrame, token};
use crate::{
    api::account::VerifyEmail,
    components::{Button, ButtonLook},
    pages::form::{Outcome, answer},
    routes,
};
use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;

/// A button that posts: programs that look through mail follow links, and must not prove anything by it.
#[component]
pub fn Verify() -> impl IntoView {
    let verify = ServerAction::<VerifyEmail>::new();
    let answer = answer(verify);
    view! {
        <Title text="Verify your address" />
        <AccountFrame title="Verify your address" lead="Say that the address this letter came to is yours.">
            <ActionForm action=verify attr:class="stack form">
                <input type="hidden" name="token" value=token() />
                <Outcome answer done="Thank you: your address is verified." />
                <Button kind="submit" look=ButtonLook::Primary busy=verify.pending()>
                    "Verify my address"
                </Button>
            </ActionForm>
            <p class="auth-other"><a href=routes::OVERVIEW>"Go on to Candlewick"</a></p>
        </AccountFrame>
    }
}
