//! Whether the e-mail address is verified, and another letter where it is not.

use crate::pages::form::{Outcome, answer};
use crate::{
    api::account::SendVerification,
    components::{Button, ButtonLook},
};
use domain::account::User;
use leptos::{form::ActionForm, prelude::*};

#[component]
pub fn Email(user: User) -> impl IntoView {
    let send = ServerAction::<SendVerification>::new();
    let answer = answer(send);
    let verified = user.email_verified;
    let standing = if verified {
        format!("{} is verified.", user.email)
    } else {
        format!("{} is not verified yet. Use the link in the letter we sent.", user.email)
    };
    let again = (!verified).then(|| {
        view! {
            <ActionForm action=send attr:class="stack form">
                <Outcome answer done="A letter is on its way. The link works for three days." />
                <Button kind="submit" look=ButtonLook::Secondary busy=send.pending()>
                    "Send the letter again"
                </Button>
            </ActionForm>
        }
    });
    view! {
        <section class="setting" aria-labelledby="email-title"><div class="setting-about"><h2 id="email-title">"E-mail"</h2><p>"A new password comes to this address. Who operates the installation needs it verified."</p></div><div class="card"><div class="card-body stack">
            <p>{standing}</p>
            {again}
        </div></div></section>
    }
}
