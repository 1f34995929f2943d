//! What is being done now, with its progress live.

use super::{Actions, Progress};
use crate::{
    components::{Button, EmptyState, Glyph},
    format,
};
use chrono::{DateTime, Utc};
use domain::job::JobInfo;
use leptos::{form::ActionForm, prelude::*};

#[component]
pub fn Running(
    jobs: Vec<JobInfo>,
    now: DateTime<Utc>,
    progress: Progress,
    actions: Actions,
) -> impl IntoView {
    let count = jobs.len();
    let body = if jobs.is_empty() {
        view! { <EmptyState title="Nothing runs right now" glyph=Glyph::Jobs /> }.into_any()
    } else {
        let rows =
            jobs.into_iter().map(|job| view! { <RunningRow job now progress actions /> }).collect_view();
        view! { <ul class="job-list">{rows}</ul> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="running-title">
            <header class="card-head">
                <h2 id="running-title">"Running " <span class="muted num">{count}</span></h2>
            </header>
            {body}
        </section>
    }
}

#[component]
fn RunningRow(job: JobInfo, now: DateTime<Utc>, progress: Progress, actions: Actions) -> impl IntoView {
    let (id, first) = (job.id, (job.percent, job.step.clone()));
    // What was told later than the page was read counts more.
    let told = Memo::new(move |_| {
        progress.with(|known| {
            known
                .get(&id)
                .filter(|news| news.percent >= first.0)
                .map_or(first.clone(), |news| (news.percent, news.step.clone()))
        })
    });
    let percent = move || told.get().0.to_string();
    let (label, stop) = (format!("Progress of {}", job.kind), format!("Stop {}", job.kind));
    let kind = job.kind.clone();
    let since = job.started_at.map(|at| format::duration((now - at).as_seconds_f64()));
    let about = format!(
        "{} · try {} of {}{}",
        job.queue,
        job.attempts,
        job.max_attempts,
        since.map(|since| format!(" · for {since}")).unwrap_or_default()
    );
    view! {
        <li class="job-row" data-job=kind>
            <div class="job-what">
                <strong class="mono">{job.kind}</strong>
                <span class="muted">{about}</span>
            </div>
            <div class="job-progress">
                <progress max="100" value=percent aria-label=label></progress>
                <span class="num">{percent} "%"</span>
            </div>
            <span class="job-step muted">{move || told.get().1}</span>
            <ActionForm action=actions.discard>
                <input type="hidden" name="id" value=id.to_string() />
                <Button kind="submit" small=true label=stop>
                    "Stop"
                </Button>
            </ActionForm>
        </li>
    }
}
