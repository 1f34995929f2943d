//! Runs, weakest subjects and holes, as tables.

use super::scores::{dimension_in_words, score_in_words};
use crate::{
    components::{Column, DataTable, EmptyState},
    format,
};
use domain::etl::{EtlRun, Gap, RunStatus, WeakSubject};
use leptos::prelude::*;

/// The latest runs, newest first.
#[component]
pub fn Runs(runs: Vec<EtlRun>) -> impl IntoView {
    let columns = [
        Column::words("Source"),
        Column::words("Began"),
        Column::words("Status"),
        Column::figures("Read"),
        Column::figures("Stored"),
        Column::figures("Unchanged"),
        Column::figures("Repaired"),
        Column::figures("Kept out"),
        Column::words("Note"),
    ];
    let rows = runs.into_iter().map(|run| view! { <RunRow run /> }.into_any()).collect();
    let none = ("No run yet", "Collect a source with the buttons above.");
    view! { <Listed title="Runs" id="runs-title" caption="Runs, newest first" columns rows none /> }
}

/// What scored worst when it was last collected.
#[component]
pub fn Weakest(weakest: Vec<WeakSubject>) -> impl IntoView {
    let columns = [
        Column::words("What"),
        Column::words("Dimension"),
        Column::figures("Score"),
        Column::words("Source"),
    ];
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
            .into_any()
        })
        .collect();
    let caption = "Symbols, series and keywords with the lowest scores";
    let none = ("No weak spot", "Nothing scored below 100 % when it was last collected.");
    view! { <Listed title="Weakest" id="weakest-title" caption columns rows none /> }
}

/// Sessions of the exchange without a bar.
#[component]
pub fn Gaps(gaps: Vec<Gap>) -> impl IntoView {
    let columns = [Column::words("Symbol"), Column::words("Missing"), Column::figures("Sessions")];
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
            .into_any()
        })
        .collect();
    let caption = "Sessions of the exchange without a bar";
    let none = ("No holes", "Every session of the last five years has its bar.");
    view! { <Listed title="Holes against the calendar" id="gaps-title" caption columns rows none /> }
}

/// A card with a table in it; without rows, with `none`: a title and a sentence.
#[component]
fn Listed(
    title: &'static str,
    id: &'static str,
    caption: &'static str,
    #[prop(into)] columns: Vec<Column>,
    rows: Vec<AnyView>,
    none: (&'static str, &'static str),
) -> impl IntoView {
    let body = if rows.is_empty() {
        view! { <EmptyState title=none.0 text=none.1 /> }.into_any()
    } else {
        view! { <DataTable caption columns>{rows}</DataTable> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby=id>
            <div class="card-head"><h2 id=id>{title}</h2></div>
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
