//! Who is asked for data, and how each is doing.

use crate::{
    api,
    components::{Banner, Column, DataTable, Icon, Shape, Skeleton, Tone, source_name},
    format,
    pages::Failed,
};
use chrono::{DateTime, Utc};
use domain::provider::{Health, ProviderReport, Standing, State, terms};
use leptos::prelude::*;

#[component]
pub fn Providers() -> impl IntoView {
    let report = Resource::new(|| (), |()| api::market::read_providers());
    view! {
        <h2>"Sources"</h2>
        <Transition fallback=|| {
            view! { <Skeleton shape=Shape::Rows count=6 /> }
        }>
            {move || Suspend::new(async move {
                match report.await {
                    Ok(report) => view! { <Report report /> }.into_any(),
                    Err(error) => view! { <Failed error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Report(report: ProviderReport) -> impl IntoView {
    let (tone, words) = match report.standing {
        Standing::Bundled => {
            (Tone::Info, "No source outside is asked: this installation is set to the bundled data.")
        }
        Standing::Waiting => (
            Tone::Warning,
            "No provider of prices was reached yet. The bundled data is shown; collecting begins by itself when one answers.",
        ),
        Standing::Live => (Tone::Success, "Prices are collected."),
        Standing::Stale => {
            (Tone::Warning, "No provider of prices answers or is asked. What was collected before is shown.")
        }
    };
    let at = report.at;
    let has_any = !report.items.is_empty();
    let columns = [
        Column::words("Source"),
        Column::words("State"),
        Column::words("Last answer"),
        Column::figures("Asked"),
        Column::figures("Failed"),
        Column::words("At most"),
        Column::words("Terms"),
    ];
    view! {
        <Banner tone=tone>{words}</Banner>
        {has_any
            .then(|| {
                view! {
                    <div class="card">
                        <DataTable caption="Sources with state, last answer, limits and terms" columns>
                            {report
                                .items
                                .into_iter()
                                .map(|health| view! { <Row health at /> })
                                .collect_view()}
                        </DataTable>
                    </div>
                }
            })}
    }
}

#[component]
fn Row(health: Health, at: DateTime<Utc>) -> impl IntoView {
    let (tone, word) = match health.state {
        State::Unused => (Tone::Info, "Not asked yet"),
        State::Up => (Tone::Success, "Answers"),
        State::Troubled => (Tone::Warning, "Failed last"),
        State::Down => (Tone::Failed, "Left alone for now"),
    };
    let failure = health
        .last_failure
        .filter(|_| matches!(health.state, State::Troubled | State::Down))
        .map(|failure| view! { <span class="provider-failure muted">{failure.reason}</span> });
    let last = health.last_success.map_or(format::NONE.to_string(), |last| format::ago(last, at));
    view! {
        <tr>
            <th scope="row" class="cell-key">
                {source_name(health.source)}
                <span class="provider-part muted">{health.capabilities.join(", ")}</span>
            </th>
            <td class="cell-main">
                <span class="provider-state" data-tone=tone.as_str()>
                    <Icon glyph=tone.glyph() />
                    {word}
                </span>
                {failure}
            </td>
            <td class="cell-side">{last}</td>
            <td class="cell-num num">{format::number(health.requests as f64, 0)}</td>
            <td class="cell-num num">{format::number(health.failures as f64, 0)}</td>
            <td>{limits(health.per_minute, health.per_day)}</td>
            <td class="cell-sub muted">{terms(health.source)}</td>
        </tr>
    }
}

fn limits(per_minute: u32, per_day: Option<u32>) -> String {
    match (per_minute, per_day) {
        (0, _) => format::NONE.to_string(),
        (minute, None) => format!("{minute} a minute"),
        (minute, Some(day)) => format!("{minute} a minute, {day} a day"),
    }
}
