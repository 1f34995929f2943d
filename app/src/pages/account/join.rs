//! Join a workspace by the link of an invitation. Strangers are told its name and the role, and come back here after
//! the door.

use super::AccountFrame;
use crate::{
    api::{account::Join as Joining, members::look},
    components::{Button, ButtonLink, ButtonLook, Shape, Skeleton},
    error::AppError,
    pages::{
        Me,
        form::{FormProblem, answer, go_on},
    },
    routes,
};
use domain::{Role, account::User, member::Offer};
use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// The page of an invitation; works as a plain form too.
#[component]
pub fn Join() -> impl IntoView {
    let Me(me) = expect_context::<Me>();
    let join = ServerAction::<Joining>::new();
    go_on(answer(join));
    let params = use_params_map();
    let token = Memo::new(move |_| params.read().get("token").unwrap_or_default());
    let offer = Resource::new(move || token.get(), look);
    view! {
        <Title text="Join a workspace" />
        <AccountFrame title="Join a workspace" lead="Its lists and portfolios are shared by its members.">
            <Suspense fallback=|| view! { <Skeleton shape=Shape::Rows count=2 /> }>
                {move || Suspend::new(async move {
                    let (offer, user) = (offer.await, me.await.ok().flatten());
                    match offer {
                        Ok(offer) => {
                            view! { <Offered offer user token=token.get_untracked() join /> }.into_any()
                        }
                        Err(error) => view! { <Gone error /> }.into_any(),
                    }
                })}
            </Suspense>
        </AccountFrame>
    }
}

#[component]
fn Offered(offer: Offer, user: Option<User>, token: String, join: ServerAction<Joining>) -> impl IntoView {
    let (back, may) = (routes::join(&token), may(offer.role));
    let (log_in, register) = (routes::door(routes::LOGIN, &back), routes::door(routes::REGISTER, &back));
    let way = match user {
        Some(user) => view! {
            <ActionForm action=join attr:class="stack form">
                <FormProblem answer=answer(join) />
                <input type="hidden" name="token" value=token />
                <Button kind="submit" look=ButtonLook::Primary busy=join.pending()>
                    "Accept"
                </Button>
            </ActionForm>
            <p class="auth-other">
                {format!("You are logged in as {}. ", user.email)}
                <a href=log_in>"Log in as somebody else"</a>
            </p>
        }
        .into_any(),
        None => view! {
            <p class="muted">"Come in with the address that was invited."</p>
            <ButtonLink href=register look=ButtonLook::Primary>
                "Create an account"
            </ButtonLink>
            <p class="auth-other">"Already here? " <a href=log_in>"Log in"</a></p>
        }
        .into_any(),
    };
    view! {
        <p>
            "You are invited to the workspace " <strong>{offer.workspace}</strong> " as "
            <strong>{offer.role.as_str()}</strong> {format!(": {may}.")}
        </p>
        {way}
    }
}

#[component]
fn Gone(error: AppError) -> impl IntoView {
    let words = match error.status {
        404 => "This link was used or withdrawn, or it is too old. Ask for another one.".to_string(),
        _ => error.to_string(),
    };
    view! {
        <p role="alert">{words}</p>
        <p class="auth-other">
            <a href=routes::OVERVIEW>"Go to the overview"</a>
        </p>
    }
}

fn may(role: Role) -> &'static str {
    match role {
        Role::Owner => "you may do everything there",
        Role::Analyst => "you may read and edit there",
        Role::Viewer => "you may read there",
    }
}
