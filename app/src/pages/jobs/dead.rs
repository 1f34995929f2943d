//! Dead letters: what failed for good, with every error, and what may be done about it.

use super::Actions;
use crate::{
    components::{Button, ButtonLook, EmptyState, Glyph},
    format,
};
use chrono::{DateTime, Utc};
use domain::job::JobInfo;
use leptos::{form::ActionForm, prelude::*};

#[component]
pub fn DeadLetters(jobs: Vec<JobInfo>, now: DateTime<Utc>, actions: Actions) -> impl IntoView {
    let count = jobs.len();
    let body = if jobs.is_empty() {
        view! {
            <EmptyState
                title="No dead letters"
                glyph=Glyph::Check
                text="Jobs that fail for good are kept here with every error."
            />
        }
        .into_any()
    } else {
        let rows = jobs.into_iter().map(|job| view! { <Letter job now actions /> }).collect_view();
        view! { <ul class="job-list">{rows}</ul> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="dead-title">
            <header class="card-head">
                <h2 id="dead-title">"Dead letters " <span class="muted num">{count}</span></h2>
            </header>
            {body}
        </section>
    }
}

#[component]
fn Letter(job: JobInfo, now: DateTime<Utc>, actions: Actions) -> impl IntoView {
    let id = job.id.to_string();
    let last = job.errors.last().map(|failure| failure.reason.clone()).unwrap_or_default();
    let when = job.finished_at.map(|at| format::ago(at, now)).unwrap_or_default();
    let tries = format::counted(job.errors.len(), "error", "errors");
    let (again, discard) = (format!("Try {} again", job.kind), format!("Discard {}", job.kind));
    let (kind, shown_id) = (job.kind.clone(), id.clone());
    let (retried, discarded) = (id.clone(), id);
    let errors = job
        .errors
        .iter()
        .map(|failure| {
            let head = format!("Try {} · {}", failure.attempt, format::new_york(failure.at));
            view! {
                <li>
                    <span class="muted">{head}</span>
                    <span>{failure.reason.clone()}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <li class="job-row" data-job=kind>
            <div class="job-what">
                <strong class="mono">{job.kind}</strong>
                <span class="muted">{format!("{} · {when}", job.queue)}</span>
            </div>
            <p class="job-error">{last}</p>
            <div class="job-actions">
                <ActionForm action=actions.retry>
                    <input type="hidden" name="id" value=retried />
                    <Button kind="submit" small=true label=again>
                        "Try again"
                    </Button>
                </ActionForm>
                <ActionForm action=actions.discard>
                    <input type="hidden" name="id" value=discarded />
                    <Button
                        kind="submit"
                        small=true
                        look=ButtonLook::Danger
                        label=discard
                    >
                        "Discard"
                    </Button>
                </ActionForm>
            </div>
            <details class="job-details">
                <summary>{tries}</summary>
                <ol class="job-errors">{errors}</ol>
                <dl class="job-facts">
                    <dt>"Id"</dt>
                    <dd class="mono">{shown_id}</dd>
                    <dt>"Works on"</dt>
                    <dd class="mono">{job.payload.to_string()}</dd>
                </dl>
            </details>
        </li>
    }
}
