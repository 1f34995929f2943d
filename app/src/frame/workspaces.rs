//! The workspaces one belongs to, in the account menu: the one that is open, and a way to each of the others.

use crate::api::account::Switch;
use domain::member::Workspace;
use leptos::{form::ActionForm, prelude::*};

#[component]
pub fn Workspaces(all: Vec<Workspace>, switch: ServerAction<Switch>) -> impl IntoView {
    let rows = all
        .into_iter()
        .map(|each| {
            let words = format!("{} ({})", each.name, each.role.as_str());
            if each.current {
                return view! {
                    <p class="workspace-here" aria-current="true">
                        {words}
                    </p>
                }
                .into_any();
            }
            view! {
                <ActionForm action=switch>
                    <input type="hidden" name="tenant" value=each.id.0.to_string() />
                    <button class="menu-item" type="submit">{words}</button>
                </ActionForm>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <div class="workspaces" role="group" aria-label="Workspaces">
            <span class="menu-title">"Workspaces"</span>
            {rows}
        </div>
    }
}
