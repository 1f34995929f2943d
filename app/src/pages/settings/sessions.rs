//! Where the account is logged in.

use crate::pages::form::{Outcome, answer, go_on};
use crate::{
    api::account::{LogOut, RevokeSession},
    components::Button,
    format,
};
use domain::account::SessionInfo;
use leptos::{form::ActionForm, prelude::*};

#[component]
pub fn Sessions(sessions: Vec<SessionInfo>, end: ServerAction<RevokeSession>) -> impl IntoView {
    let log_out = ServerAction::<LogOut>::new();
    go_on(answer(log_out));
    let rows = sessions
        .into_iter()
        .map(|session| {
            let id = session.id.to_string();
            view! {
                <li class="setting-row">
                    <span class="setting-what">
                        <span>{browser_name(&session.user_agent)}</span>
                        <span class="muted">
                            {format!(
                                "{} · last seen {}",
                                session.address,
                                format::new_york(session.last_seen_at),
                            )}
                        </span>
                    </span>
                    {if session.current {
                        view! {
                            <ActionForm action=log_out>
                                <Button kind="submit" small=true>
                                    "Log out"
                                </Button>
                            </ActionForm>
                        }
                            .into_any()
                    } else {
                        view! {
                            <ActionForm action=end>
                                <input type="hidden" name="id" value=id />
                                <Button kind="submit" small=true>
                                    "End session"
                                </Button>
                            </ActionForm>
                        }
                            .into_any()
                    }}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="setting" aria-labelledby="sessions-title"><div class="setting-about"><h2 id="sessions-title">"Sessions"</h2><p>"Where you are logged in."</p></div><div class="card">
            <ul class="setting-rows">{rows}</ul>
            <Outcome answer=answer(end) done="Ended." />
        </div></section>
    }
}

/// The browser and system out of a user agent, in words; the whole text where it says neither.
fn browser_name(agent: &str) -> String {
    let find = |names: &[(&'static str, &'static str)]| {
        names.iter().find(|(needle, _)| agent.contains(needle)).map(|(_, name)| *name)
    };
    let browser =
        find(&[("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]);
    let system = find(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_string(),
        (None, None) if agent.is_empty() => "Unnamed program".to_string(),
        (None, None) => agent.chars().take(60).collect(),
    }
}
