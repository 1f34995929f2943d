//! The queues: depths, rates, durations, and the button that pauses one.

use super::Actions;
use crate::{
    components::{Button, Column, DataTable},
    format,
};
use chrono::{DateTime, Utc};
use domain::job::QueueInfo;
use leptos::{form::ActionForm, prelude::*};

#[component]
pub fn Queues(queues: Vec<QueueInfo>, now: DateTime<Utc>, actions: Actions) -> impl IntoView {
    let columns = [
        Column::words("Queue"),
        Column::figures("Waiting"),
        Column::figures("Later"),
        Column::figures("Running"),
        Column::figures("Done"),
        Column::figures("Dead"),
        Column::figures("Half within"),
        Column::figures("95% within"),
        Column::unseen("Actions"),
    ];
    view! {
        <section class="card" aria-labelledby="queues-title">
            <header class="card-head">
                <h2 id="queues-title">"Queues"</h2>
                <span class="job-note">"Done, dead and durations of the last hour"</span>
            </header>
            <DataTable caption="Queues with what waits, what runs and what became of the last hour" columns>
                {queues.into_iter().map(|queue| view! { <QueueRow queue now actions /> }).collect_view()}
            </DataTable>
        </section>
    }
}

#[component]
fn QueueRow(queue: QueueInfo, now: DateTime<Utc>, actions: Actions) -> impl IntoView {
    let name = queue.queue.as_str();
    let paused = queue.paused_at.is_some();
    let since = queue.paused_at.map(|at| format!("paused {}", format::ago(at, now)));
    let took = |seconds: Option<f64>| seconds.map_or(format::NONE.to_string(), format::duration);
    let (words, next) = if paused { ("Go on", "false") } else { ("Pause", "true") };
    let depth = format!("{} waiting · {} running", queue.waiting, queue.running);
    let hour = format!("{} done · {} dead · 95% in {}", queue.done, queue.failed, took(queue.p95_s));
    view! {
        <tr data-queue=name data-paused=paused.then_some("true")>
            <th scope="row" class="cell-key">
                <span class="mono">{name}</span>
                {since.map(|since| view! { <span class="job-paused">{since}</span> })}
            </th>
            <td class="cell-num">{queue.waiting}</td>
            <td class="cell-num">{queue.delayed}</td>
            <td class="cell-num">{queue.running}</td>
            <td class="cell-num">{queue.done}</td>
            <td class="cell-num" data-bad=(queue.failed > 0).then_some("true")>
                {queue.failed}
            </td>
            <td class="cell-num">{took(queue.p50_s)}</td>
            <td class="cell-num">{took(queue.p95_s)}</td>
            <td class="cell-main cell-actions">
                <ActionForm action=actions.pause>
                    <input type="hidden" name="queue" value=name />
                    <input type="hidden" name="paused" value=next />
                    <Button kind="submit" small=true label=format!("{words}: {name}") busy=actions.pause.pending()>
                        {words}
                    </Button>
                </ActionForm>
            </td>
            <td class="cell-sub only-narrow">{depth}</td>
            <td class="cell-side only-narrow muted">{hour}</td>
        </tr>
    }
}
