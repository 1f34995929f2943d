//! Members of the workspace: seen by all of them; invited, given roles and removed by its owners.

use crate::pages::{
    Failed,
    form::{Answer, FormProblem, Outcome, answer, problem, typed},
};
use crate::{
    api::members::{Invite, MembersPage, RemoveMember, SetRole, Withdraw, read_members},
    components::{Button, ButtonLook, Field, SelectField, Shape, Skeleton},
    format,
};
use domain::{
    Role,
    member::{Invitation, Invited, Member},
};
use leptos::{form::ActionForm, prelude::*};

/// The section of the settings.
#[component]
pub fn Members() -> impl IntoView {
    let (invite, withdraw) = (ServerAction::<Invite>::new(), ServerAction::<Withdraw>::new());
    let (set_role, remove) = (ServerAction::<SetRole>::new(), ServerAction::<RemoveMember>::new());
    let changes = move || {
        (invite.version().get(), withdraw.version().get(), set_role.version().get(), remove.version().get())
    };
    let page = Resource::new(changes, |_| read_members());
    // Kept here: the form is drawn anew when the list is read again.
    let email = RwSignal::new(typed::<Invite>("email"));
    Effect::new(move |_| {
        if let Some(Ok(_)) = invite.value().get() {
            email.set(String::new());
        }
    });
    view! {
        <section class="setting" aria-labelledby="members-title"><div class="setting-about"><h2 id="members-title">"Members"</h2><p>"Who shares this workspace: its lists, notes, portfolios and reports."</p></div><div class="card">
            <Transition fallback=|| view! { <Skeleton shape=Shape::Rows count=2 /> }>
                {move || Suspend::new(async move {
                    match page.await {
                        Ok(page) => view! { <Everybody page email invite withdraw set_role remove /> }.into_any(),
                        Err(error) => view! { <Failed error /> }.into_any(),
                    }
                })}
            </Transition>
        </div></section>
    }
}

#[component]
fn Everybody(
    page: MembersPage,
    email: RwSignal<String>,
    invite: ServerAction<Invite>,
    withdraw: ServerAction<Withdraw>,
    set_role: ServerAction<SetRole>,
    remove: ServerAction<RemoveMember>,
) -> impl IntoView {
    let MembersPage { me, manages, members, invitations } = page;
    let alone = members.len() == 1 && invitations.is_empty();
    let members = members
        .into_iter()
        .map(|member| {
            let myself = member.user_id == me;
            view! { <Belongs member myself manages set_role remove /> }
        })
        .collect_view();
    let waiting =
        invitations.into_iter().map(|each| view! { <Waits invitation=each withdraw /> }).collect_view();
    let only = alone.then(|| view! { <p class="card-body muted">"Only you."</p> });
    let changes = manages.then(|| {
        view! {
            <div class="card-body">
                <Outcome answer=answer(set_role) done="The role was changed." />
                <Outcome answer=answer(remove) done="Removed." />
                <Outcome answer=answer(withdraw) done="Withdrawn." />
            </div>
            <InviteForm email invite />
        }
    });
    view! {
        <ul class="setting-rows">{members} {waiting}</ul>
        {only}
        {changes}
    }
}

/// A member, and for an owner what may be done about them.
#[component]
fn Belongs(
    member: Member,
    myself: bool,
    manages: bool,
    set_role: ServerAction<SetRole>,
    remove: ServerAction<RemoveMember>,
) -> impl IntoView {
    let Member { user_id, email, full_name, role, since } = member;
    let about = format!("{email} · {} · since {}", role.as_str(), format::new_york(since));
    let name = if myself { format!("{full_name} (you)") } else { full_name.clone() };
    let changes = (manages && !myself).then(|| {
        let (id, same) = (user_id.0.to_string(), user_id.0.to_string());
        let (select_id, role_of) = (format!("role-{id}"), format!("Role of {full_name}"));
        let change = format!("Change the role of {full_name}");
        let take_out = format!("Remove {full_name}");
        view! {
            <span class="member-change">
                <ActionForm action=set_role>
                    <input type="hidden" name="user" value=id />
                    <SelectField
                        label=role_of
                        name="role"
                        id=select_id
                        options=roles()
                        selected=role.as_str().to_string()
                        hide_label=true
                    />
                    <Button kind="submit" small=true label=change>
                        "Change"
                    </Button>
                </ActionForm>
                <ActionForm action=remove>
                    <input type="hidden" name="user" value=same />
                    <Button kind="submit" small=true label=take_out>
                        "Remove"
                    </Button>
                </ActionForm>
            </span>
        }
    });
    view! {
        <li class="setting-row">
            <span class="setting-what">
                <span>{name}</span>
                <span class="muted">{about}</span>
            </span>
            {changes}
        </li>
    }
}

/// Somebody who is invited.
#[component]
fn Waits(invitation: Invitation, withdraw: ServerAction<Withdraw>) -> impl IntoView {
    let Invitation { id, email, role, expires_at, .. } = invitation;
    let about = format!("invited as {} · ends {}", role.as_str(), format::new_york(expires_at));
    let words = format!("Withdraw the invitation of {email}");
    view! {
        <li class="setting-row">
            <span class="setting-what">
                <span>{email}</span>
                <span class="muted">{about}</span>
            </span>
            <ActionForm action=withdraw>
                <input type="hidden" name="id" value=id.0.to_string() />
                <Button kind="submit" small=true label=words>
                    "Withdraw"
                </Button>
            </ActionForm>
        </li>
    }
}

#[component]
fn InviteForm(email: RwSignal<String>, invite: ServerAction<Invite>) -> impl IntoView {
    let answered = answer(invite);
    view! {
        <ActionForm action=invite attr:class="card-body stack form">
            <Field
                label="E-mail of somebody to invite"
                name="email"
                id="invite-email"
                kind="email"
                autocomplete="off"
                required=true
                max_length=254
                value=email
                on_input=Callback::new(move |value| email.set(value))
                error=problem(answered, "email")
            />
            <SelectField
                label="Role"
                name="role"
                id="invite-role"
                options=roles()
                selected=Role::Viewer.as_str().to_string()
                error=problem(answered, "role")
            />
            <FormProblem answer=answered />
            <Link answered />
            <Button kind="submit" look=ButtonLook::Primary busy=invite.pending()>
                "Invite"
            </Button>
        </ActionForm>
    }
}

/// The link of the invitation that was just made.
#[component]
fn Link(answered: Answer<Invited>) -> impl IntoView {
    let made = move || answered.get().and_then(Result::ok);
    let words = move || match made() {
        Some(Invited { mailed: true, .. }) => "Mailed. You may copy the link too; it is not shown again: ",
        _ => "Copy the link and send it; it is not shown again: ",
    };
    view! {
        <Show when=move || made().is_some()>
            <p class="secret" role="status">
                {words}
                <code>{move || made().map(|invited| invited.link)}</code>
            </p>
        </Show>
    }
}

/// The weakest first.
fn roles() -> Vec<(String, String)> {
    [
        (Role::Viewer, "Viewer: reads"),
        (Role::Analyst, "Analyst: edits"),
        (Role::Owner, "Owner: edits and manages members"),
    ]
    .map(|(role, words)| (role.as_str().to_string(), words.to_string()))
    .to_vec()
}
