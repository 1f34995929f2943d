//! The latest jobs, of all states or of one.

use super::Actions;
use crate::{
    components::{Button, Column, DataTable, EmptyState, Glyph, SegmentedLinks},
    format, routes,
};
use chrono::{DateTime, Utc};
use domain::job::{JobInfo, JobState};
use leptos::{form::ActionForm, prelude::*};

#[component]
pub fn Latest(
    jobs: Vec<JobInfo>,
    now: DateTime<Utc>,
    state: Memo<String>,
    actions: Actions,
) -> impl IntoView {
    let address = |state: &str| match state {
        "" => routes::JOBS.to_string(),
        state => format!("{}?state={state}", routes::JOBS),
    };
    let links = std::iter::once((address(""), "all".to_string()))
        .chain(JobState::ALL.map(|state| (address(state.as_str()), state.to_string())))
        .collect();
    let body = if jobs.is_empty() {
        view! { <EmptyState title="No such jobs" glyph=Glyph::Jobs /> }.into_any()
    } else {
        let rows = jobs.into_iter().map(|job| view! { <JobRow job now actions /> }).collect_view();
        let columns = [
            Column::words("Job"),
            Column::words("State"),
            Column::words("Queue"),
            Column::figures("Tries"),
            Column::figures("Took"),
            Column::figures("Queued"),
            Column::unseen("Actions"),
        ];
        view! { <DataTable caption="The latest jobs, newest first" columns>{rows}</DataTable> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="latest-title">
            <header class="card-head">
                <h2 id="latest-title">"Latest"</h2>
                <SegmentedLinks
                    label="State of the jobs shown"
                    links
                    current=Signal::derive(move || address(&state.get()))
                />
            </header>
            {body}
        </section>
    }
}

#[component]
fn JobRow(job: JobInfo, now: DateTime<Utc>, actions: Actions) -> impl IntoView {
    let took = match (job.started_at, job.finished_at) {
        (Some(start), Some(end)) => format::duration((end - start).as_seconds_f64()),
        _ => format::NONE.to_string(),
    };
    let id = job.id.to_string();
    let takes_back = job.state == JobState::Queued;
    let (kind, label) = (job.kind.clone(), format!("Take back {}", job.kind));
    view! {
        <tr data-job=kind>
            <th scope="row" class="cell-key">
                <span class="mono">{job.kind}</span>
            </th>
            <td class="cell-main">
                <span class="job-state" data-state=job.state.as_str()>
                    {job.state.as_str()}
                </span>
            </td>
            <td class="cell-sub mono">{job.queue}</td>
            <td class="cell-num">{format!("{} / {}", job.attempts, job.max_attempts)}</td>
            <td class="cell-num">{took}</td>
            <td class="cell-num cell-side">{format::ago(job.created_at, now)}</td>
            <td class="cell-actions">
                {takes_back
                    .then(|| {
                        view! {
                            <ActionForm action=actions.discard>
                                <input type="hidden" name="id" value=id />
                                <Button kind="submit" small=true label>
                                    "Take back"
                                </Button>
                            </ActionForm>
                        }
                    })}
            </td>
        </tr>
    }
}
