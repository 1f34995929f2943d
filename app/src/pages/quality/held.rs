//! What waits for a decision, and what was repaired: the raw record always beside it.

use crate::{
    api::quality::Decide,
    components::{Button, ButtonLook, EmptyState},
    format,
};
use domain::etl::{Quarantined, Repaired};
use leptos::{form::ActionForm, prelude::*};
use serde_json::Value;

/// Records kept out, each with two forms.
#[component]
pub fn Quarantine(held: Vec<Quarantined>, decide: ServerAction<Decide>) -> impl IntoView {
    let count = held.len();
    let body = if held.is_empty() {
        view! {
            <EmptyState
                title="Nothing waits for a decision"
                text="Records that a rule rejects stop here until somebody accepts or rejects them."
            />
        }
        .into_any()
    } else {
        let rows = held.into_iter().map(|record| view! { <Held record decide /> }).collect_view();
        view! { <ul class="setting-rows">{rows}</ul> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="quarantine-title">
            <div class="card-head">
                <h2 id="quarantine-title">"Quarantine"</h2>
                <span class="muted num">{format::counted(count, "record", "records")}</span>
            </div>
            {body}
        </section>
    }
}

#[component]
fn Held(record: Quarantined, decide: ServerAction<Decide>) -> impl IntoView {
    let what = format!("{}, {}", record.symbol, format::date(record.date));
    let button = |accept: bool| {
        let (words, look) =
            if accept { ("Accept", ButtonLook::Secondary) } else { ("Reject", ButtonLook::Ghost) };
        let label = format!("{words} {what}");
        view! {
            <ActionForm action=decide>
                <input type="hidden" name="id" value=record.id.to_string() />
                <input type="hidden" name="accept" value=accept.to_string() />
                <span class="sr-only">{label}</span>
                <Button kind="submit" small=true look>
                    {words}
                </Button>
            </ActionForm>
        }
    };
    view! {
        <li class="setting-row quality-held">
            <div class="setting-what">
                <p>
                    <strong>{record.symbol.clone()}</strong>
                    {format!(" · {} · {}", format::date(record.date), record.rule.title())}
                </p>
                <p class="muted">
                    {format!("{} · from {} · {}", record.reason, record.provider, record.source.title())}
                </p>
                <p class="quality-raw">{fields(&record.raw)}</p>
            </div>
            <div class="row row-fixed">{button(true)} {button(false)}</div>
        </li>
    }
}

/// Records stored with other values than they came with.
#[component]
pub fn Repairs(repairs: Vec<Repaired>) -> impl IntoView {
    let count = repairs.len();
    let body = if repairs.is_empty() {
        view! {
            <EmptyState
                title="Nothing was repaired"
                text="Prices in the wrong unit, missed splits and the like are mended here; the raw value is kept."
            />
        }
        .into_any()
    } else {
        let rows = repairs
            .into_iter()
            .map(|repair| {
                view! {
                    <li class="setting-row quality-held">
                        <div class="setting-what">
                            <p>
                                <strong>{repair.symbol}</strong>
                                {format!(" · {} · {}", format::date(repair.date), repair.rule.title())}
                            </p>
                            <p class="muted">{format!("{} · from {}", repair.reason, repair.provider)}</p>
                            <p class="quality-raw">
                                {changed(&repair.raw, &repair.value)}
                            </p>
                        </div>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="setting-rows">{rows}</ul> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="repairs-title">
            <div class="card-head">
                <h2 id="repairs-title">"Repairs"</h2>
                <span class="muted num">{format::counted(count, "record", "records")}</span>
            </div>
            {body}
        </section>
    }
}

/// The fields of a record in one line.
fn fields(record: &Value) -> String {
    let Some(fields) = record.as_object() else { return shown(record) };
    let all = fields.iter().filter(|(name, value)| !value.is_null() && *name != "symbol");
    all.map(|(name, value)| format!("{name} {}", shown(value))).collect::<Vec<_>>().join(" · ")
}

/// The fields that differ, before and after.
fn changed(raw: &Value, value: &Value) -> String {
    let (Some(before), Some(after)) = (raw.as_object(), value.as_object()) else { return fields(value) };
    let differing = after.iter().filter(|(name, value)| before.get(*name) != Some(value));
    let words = |(name, value): (&String, &Value)| {
        format!("{name} {} → {}", before.get(name).map_or_else(String::new, shown), shown(value))
    };
    differing.map(words).collect::<Vec<_>>().join(" · ")
}

fn shown(value: &Value) -> String {
    match value {
        Value::Number(number) => number.as_f64().map_or_else(
            || number.to_string(),
            |value| format::number(value, if value.abs() < 1e5 { 4 } else { 0 }),
        ),
        Value::String(text) => text.strip_suffix("T00:00:00Z").unwrap_or(text).to_string(),
        Value::Null => "none".to_string(),
        other => other.to_string(),
    }
}
