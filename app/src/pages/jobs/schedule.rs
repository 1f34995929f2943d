//! The schedule: every line with its last and next run.

use crate::{
    components::{Column, DataTable},
    format,
};
use chrono::{DateTime, Utc};
use domain::job::ScheduleLine;
use leptos::prelude::*;

#[component]
pub fn Schedule(lines: Vec<ScheduleLine>, now: DateTime<Utc>) -> impl IntoView {
    let columns = [
        Column::words("What"),
        Column::words("When"),
        Column::words("Zone"),
        Column::words("Job"),
        Column::figures("Last run"),
        Column::words("Ended"),
        Column::figures("Next run"),
    ];
    view! {
        <section class="card" aria-labelledby="schedule-title">
            <header class="card-head">
                <h2 id="schedule-title">"Schedule"</h2>
                <span class="job-note">"Once for all processes; what was missed is caught up once"</span>
            </header>
            <DataTable caption="Lines of the schedule with their last and next run" columns>
                {lines.into_iter().map(|line| row(line, now)).collect_view()}
            </DataTable>
        </section>
    }
}

fn row(line: ScheduleLine, now: DateTime<Utc>) -> impl IntoView {
    let market = if line.market_time { " by the market clock" } else { "" };
    let when = if line.when == "always" { String::new() } else { format!(", {}", line.when) };
    let last = line.last_at.map_or("not yet".to_string(), |at| format::ago(at, now));
    let next = line.next_at.map_or("each at their own hour".to_string(), |at| format::until(at, now));
    let exact = line.next_at.map(format::new_york);
    view! {
        <tr data-line=line.name>
            <th scope="row" class="cell-key">
                {line.what}
            </th>
            <td class="cell-sub">
                <span class="mono">{line.cron}</span>
                {format!("{when}{market}")}
            </td>
            <td>{line.zone}</td>
            <td class="mono">{line.kind}</td>
            <td class="cell-num cell-side">{last}</td>
            <td>
                {line
                    .last_state
                    .map(|state| {
                        view! {
                            <span class="job-state" data-state=state.as_str()>
                                {state.as_str()}
                            </span>
                        }
                    })}
            </td>
            <td class="cell-num cell-main" title=exact>
                {next}
            </td>
        </tr>
    }
}
