//! Runs, weakest subjects and holes, as tables.

use super::scores::{dimension_in_words, score_in_words};
use crate::{
    components::{DataTable, EmptyState},
    format,
};
use domain::etl::{EtlRun, Gap, RunStatus, WeakSubject};
use leptos::prelude::*;

/// The latest runs, newest first.
#[component]
pub fn Runs(runs: Vec<EtlRun>) -> impl IntoView {
    let body = if runs.is_empty() {
        view! { <EmptyState title="No run yet" text="Collect a source with the buttons above." /> }.into_any()
    } else {
        let rows = runs.into_iter().map(|run| view! { <RunRow run /> }).collect_view();
        view! {
            <DataTable caption="Runs, newest first">
                <thead>
                    <tr>
                        <th scope="col">"Source"</th>
                        <th scope="col">"Began"</th>
                        <th scope="col">"Status"</th>
                        <th scope="col" class="cell-num">"Read"</th>
                        <th scope="col" class="cell-num">"Stored"</th>
                        <th scope="col" class="cell-num">"Unchanged"</th>
                        <th scope="col" class="cell-num">"Repaired"</th>
                        <th scope="col" class="cell-num">"Kept out"</th>
                        <th scope="col">"Note"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </DataTable>
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby="runs-title">
            <div class="card-head"><h2 id="runs-title">"Runs"</h2></div>
            {body}
        </section>
    }
}

#[component]
fn RunRow(run: EtlRun) -> impl IntoView {
    let count = |value: u64| format::number(value as f64, 0);
    let note = run.error.clone().unwrap_or_default();
    view! {
        <tr>
            <th scope="row" class="cell-key">{run.source.title()}</th>
            <td class="cell-sub">{format::new_york(run.started_at)}</td>
            <td class="cell-main"><span class="quality-status" data-status=run.status.as_str()>{status(run.status)}</span></td>
            <td class="cell-num num">{count(run.read)}</td>
            <td class="cell-num num">{count(run.upserted)}</td>
            <td class="cell-num num cell-side">{count(run.unchanged)}</td>
            <td class="cell-num num">{count(run.repaired)}</td>
            <td class="cell-num num">{count(run.rejected)}</td>
            <td class="muted quality-note" title=note.clone()>{note.clone()}</td>
        </tr>
    }
}

fn status(status: RunStatus) -> &'static str {
    match status {
        RunStatus::Running => "Running",
        RunStatus::Done => "Done",
        RunStatus::Partial => "Partly",
        RunStatus::Failed => "Failed",
        RunStatus::Skipped => "Skipped",
    }
}

/// What scored worst when it was last collected.
#[component]
pub fn Weakest(weakest: Vec<WeakSubject>) -> impl IntoView {
    let body = if weakest.is_empty() {
        view! { <EmptyState title="No weak spot" text="Nothing scored below 100 % when it was last collected." /> }
            .into_any()
    } else {
        let rows = weakest
            .into_iter()
            .map(|weak| {
                view! {
                    <tr>
                        <th scope="row" class="cell-key">{weak.subject}</th>
                        <td class="cell-sub">{dimension_in_words(weak.dimension)}</td>
                        <td class="cell-num num cell-main">{score_in_words(weak.score)}</td>
                        <td class="muted cell-side">{weak.source.title()}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <DataTable caption="Symbols, series and keywords with the lowest scores">
                <thead>
                    <tr>
                        <th scope="col">"What"</th>
                        <th scope="col">"Dimension"</th>
                        <th scope="col" class="cell-num">"Score"</th>
                        <th scope="col">"Source"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </DataTable>
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby="weakest-title">
            <div class="card-head"><h2 id="weakest-title">"Weakest"</h2></div>
            {body}
        </section>
    }
}

/// Sessions of the exchange without a bar.
#[component]
pub fn Gaps(gaps: Vec<Gap>) -> impl IntoView {
    let body = if gaps.is_empty() {
        view! { <EmptyState title="No holes" text="Every session of the last five years has its bar." /> }
            .into_any()
    } else {
        let rows = gaps
            .into_iter()
            .map(|gap| {
                view! {
                    <tr>
                        <th scope="row" class="cell-key">{gap.symbol}</th>
                        <td class="cell-sub">
                            {format!("{} – {}", format::date(gap.from), format::date(gap.to))}
                        </td>
                        <td class="cell-num num cell-main">{format::number(f64::from(gap.sessions), 0)}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <DataTable caption="Sessions of the exchange without a bar">
                <thead>
                    <tr>
                        <th scope="col">"Symbol"</th>
                        <th scope="col">"Missing"</th>
                        <th scope="col" class="cell-num">"Sessions"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </DataTable>
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby="gaps-title">
            <div class="card-head"><h2 id="gaps-title">"Holes against the calendar"</h2></div>
            {body}
        </section>
    }
}
