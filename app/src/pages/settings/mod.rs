//! Settings: profile, e-mail, looks, password, sessions, API keys, members, search keywords; each a form that also works
//! without WebAssembly.

mod email;
mod keys;
mod keywords;
mod looks;
mod members;
mod password;
mod profile;
mod sessions;

use super::{Failed, Me};
use crate::{
    api::account::{CreateKey, RevokeKey, RevokeSession, read_access},
    components::{Shape, Skeleton},
};
use leptos::prelude::*;
use leptos_meta::Title;

/// The settings page.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let Me(me) = expect_context::<Me>();
    // Actions whose success changes a list live here: the cards are drawn anew when the list is read again.
    let create = ServerAction::<CreateKey>::new();
    let revoke = ServerAction::<RevokeKey>::new();
    let end = ServerAction::<RevokeSession>::new();
    let versions = move || (create.version().get(), revoke.version().get(), end.version().get());
    let access = Resource::new(versions, |_| read_access());
    view! {
        <Title text="Settings" />
        <header class="page-head">
            <h1>"Settings"</h1>
        </header>
        <Transition fallback=|| view! { <Skeleton shape=Shape::Rows /> }>
            {move || Suspend::new(async move {
                let (user, access) = (me.await, access.await);
                match (user, access) {
                    (Ok(Some(user)), Ok(access)) => {
                        let email = access.sends_letters.then(|| view! { <email::Email user=user.clone() /> });
                        view! {
                            <div class="settings">
                                <profile::Profile user=user.clone() />
                                {email}
                                <looks::Looks user />
                                <password::Password />
                                <sessions::Sessions sessions=access.sessions end />
                                <keys::Keys keys=access.keys create revoke />
                            </div>
                        }
                            .into_any()
                    }
                    (Ok(None), _) => ().into_any(),
                    (Err(error), _) | (_, Err(error)) => view! { <Failed error /> }.into_any(),
                }
            })}
        </Transition>
        <div class="settings">
            <members::Members />
            <keywords::Keywords />
        </div>
    }
}
