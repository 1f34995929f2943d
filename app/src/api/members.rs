//! Members of a workspace and invitations to it: what a browser may ask.

use crate::error::AppError;
use domain::{
    UserId,
    member::{Invitation, Invited, Member, Offer},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What the section of the settings shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembersPage {
    /// Who asks.
    pub me: UserId,
    /// Whether they may change anything of it.
    pub manages: bool,
    /// Everybody, the oldest member first.
    pub members: Vec<Member>,
    /// Those that wait, newest first; none for who may not see them.
    pub invitations: Vec<Invitation>,
}

/// Who belongs to the workspace and who is invited.
#[server(prefix = "/api", endpoint = "members/page", input = server_fn::codec::GetUrl)]
pub async fn read_members() -> Result<MembersPage, AppError> {
    use crate::backend::{enter, show};
    let (engine, cx) = enter().await?;
    let manages = domain::may(cx.role, domain::Permission::Manage);
    let members = engine.members().list(&cx).await.map_err(show)?;
    let invitations = match manages {
        true => engine.members().invitations(&cx).await.map_err(show)?,
        false => Vec::new(),
    };
    Ok(MembersPage { me: cx.user, manages, members, invitations })
}

/// Invites the owner of an address; answers the link, this once.
#[server(prefix = "/api", endpoint = "members/invite")]
pub async fn invite(email: String, role: String) -> Result<Invited, AppError> {
    use crate::backend::{enter, role_of, show};
    let (engine, cx) = enter().await?;
    engine.members().invite(&cx, &email, role_of(&role)?).await.map_err(show)
}

/// Takes an invitation back.
#[server(prefix = "/api", endpoint = "members/withdraw")]
pub async fn withdraw(id: Uuid) -> Result<(), AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    let id = domain::member::InvitationId(id);
    engine.members().withdraw(&cx, id).await.map_err(crate::backend::show)
}

/// Changes what a member may do.
#[server(prefix = "/api", endpoint = "members/role")]
pub async fn set_role(user: Uuid, role: String) -> Result<(), AppError> {
    use crate::backend::{enter, role_of, show};
    let (engine, cx) = enter().await?;
    engine.members().set_role(&cx, UserId(user), role_of(&role)?).await.map_err(show)
}

/// Takes a member out.
#[server(prefix = "/api", endpoint = "members/remove")]
pub async fn remove_member(user: Uuid) -> Result<(), AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    engine.members().remove(&cx, UserId(user)).await.map_err(crate::backend::show)
}

/// What a link tells whoever has it; answers strangers too.
#[server(prefix = "/api", endpoint = "members/invitation", input = server_fn::codec::GetUrl)]
pub async fn look(token: String) -> Result<Offer, AppError> {
    use crate::backend::{engine, show};
    engine().members().look(&token).await.map_err(show)
}
