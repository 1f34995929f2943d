//! Prices that a tenant brings itself: paste a table, see what became of it, and what is there.

use super::{
    Failed,
    form::{answer, refusal, typed, typed_or},
};
use crate::{
    api::custom::{self, Import, Remove},
    components::{Button, ButtonLook, Column, DataTable, EmptyState, Field, Glyph, Shape, Skeleton},
    format, routes,
};
use domain::custom::{CustomInstrument, Imported, LineReason};
use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;

/// The page "Own prices".
#[component]
pub fn OwnPricesPage() -> impl IntoView {
    let (import, remove) = (ServerAction::<Import>::new(), ServerAction::<Remove>::new());
    let all = Resource::new(move || (import.version().get(), remove.version().get()), |_| custom::all());
    let problem = refusal(answer(remove));
    view! {
        <Title text="Own prices" />
        <header class="page-head">
            <h1>"Own prices"</h1>
            <p>"Instruments that no provider knows, as a private fund. Nobody outside your workspace sees them."</p>
        </header>
        <div class="form-problem" role="alert">
            {move || problem.get()}
        </div>
        <div class="stack">
            <Transition fallback=|| {
                view! { <Skeleton shape=Shape::Rows count=4 /> }
            }>
                {move || Suspend::new(async move {
                    match all.await {
                        Ok(all) => view! { <There all remove /> }.into_any(),
                        Err(error) => view! { <Failed error /> }.into_any(),
                    }
                })}
            </Transition>
            <Upload import />
        </div>
    }
}

#[component]
fn There(all: Vec<CustomInstrument>, remove: ServerAction<Remove>) -> impl IntoView {
    if all.is_empty() {
        return view! {
            <div class="card">
                <EmptyState
                    title="No prices of your own yet"
                    glyph=Glyph::Data
                    text="Paste a table below: a date and a close in each line are enough."
                />
            </div>
        }
        .into_any();
    }
    let day = |day: Option<chrono::NaiveDate>| day.map_or(format::NONE.to_string(), format::date);
    let rows = all
        .into_iter()
        .map(|each| {
            let words = format!("Remove {}", each.symbol);
            view! {
                <tr>
                    <th scope="row" class="cell-key">
                        <a href=routes::symbol(&each.symbol)>{each.symbol.to_string()}</a>
                    </th>
                    <td class="cell-main">{each.name}</td>
                    <td>{each.currency}</td>
                    <td class="cell-num num">{each.bars}</td>
                    <td class="cell-num">{day(each.first)}</td>
                    <td class="cell-num">{day(each.last)}</td>
                    <td class="cell-side">
                        <ActionForm action=remove>
                            <input type="hidden" name="symbol" value=each.symbol.to_string() />
                            <Button kind="submit" small=true label=words>
                                "Remove"
                            </Button>
                        </ActionForm>
                    </td>
                </tr>
            }
        })
        .collect_view();
    let columns = [
        Column::words("Symbol"),
        Column::words("Name"),
        Column::words("Currency"),
        Column::figures("Bars"),
        Column::figures("First"),
        Column::figures("Last"),
        Column::unseen("Actions"),
    ];
    view! {
        <div class="card">
            <DataTable caption="Your own instruments" columns>{rows}</DataTable>
        </div>
    }
    .into_any()
}

#[component]
fn Upload(import: ServerAction<Import>) -> impl IntoView {
    let wrong = refusal(answer(import));
    let (symbol, name) = (typed::<Import>("symbol"), typed::<Import>("name"));
    let currency = typed_or::<Import>("currency", "USD".to_string());
    let table = RwSignal::new(typed::<Import>("csv"));
    let done = move || import.value().get().and_then(Result::ok);
    view! {
        <section class="card" aria-labelledby="upload-title">
            <header class="card-head">
                <h2 id="upload-title">"Bring prices"</h2>
            </header>
            <ActionForm action=import attr:class="card-body form stack">
                <Field
                    label="Symbol"
                    name="symbol"
                    placeholder="MYFUND"
                    required=true
                    max_length=20
                    value=symbol
                    hint="One that no market uses. The same symbol again adds to what is there."
                    error=wrong
                />
                <Field label="Name" name="name" placeholder="My fund" max_length=80 value=name />
                <Field
                    label="Currency"
                    name="currency"
                    max_length=3
                    value=currency
                />
                <div class="field">
                    <label class="field-label" for="field-csv">
                        "Daily prices"
                    </label>
                    <textarea
                        class="input mono own-prices-table"
                        id="field-csv"
                        name="csv"
                        rows="10"
                        required
                        spellcheck="false"
                        aria-describedby="field-csv-hint"
                        placeholder="date,open,high,low,close,volume\n2024-01-02,10.0,10.4,9.9,10.2,1200"
                        inner_html=escaped(&table.get_untracked())
                        prop:value=move || table.get()
                        on:input=move |event| table.set(event_target_value(&event))
                    ></textarea>
                    <p class="field-hint" id="field-csv-hint">
                        "Lines with commas, the first one names the columns: date and close, and where known open, high, low, adj_close, volume."
                    </p>
                </div>
                <Button kind="submit" look=ButtonLook::Primary busy=import.pending()>
                    "Bring prices"
                </Button>
                <div role="status">{move || done().map(|done| view! { <Became done /> })}</div>
            </ActionForm>
        </section>
    }
}

/// Text as it may stand in a text area. As a child it would come with the marks that hydration needs, and those would be
/// part of what was typed.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// What became of a table.
#[component]
fn Became(done: Imported) -> impl IntoView {
    let Imported { read, upserted, unchanged, rejected, rejects, repairs } = done;
    let said =
        format!("{read} lines read: {upserted} stored, {unchanged} known already, {rejected} refused.");
    let list = |title: &'static str, lines: Vec<LineReason>| {
        (!lines.is_empty()).then(|| {
            let lines = lines
                .into_iter()
                .map(|each| view! { <li>{format!("Line {}: {}", each.line, each.reason)}</li> })
                .collect_view();
            view! {
                <p>{title}</p>
                <ul class="own-prices-lines">{lines}</ul>
            }
        })
    };
    view! {
        <p>
            <strong>{said}</strong>
        </p>
        {list("Refused", rejects)}
        {list("Stored with another value", repairs)}
    }
}
