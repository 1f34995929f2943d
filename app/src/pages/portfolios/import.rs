//! Bringing in a file: sent, looked at row by row, then taken whole or not at all.

use super::{fetched, head::Head, named};
use crate::{
    api::portfolios::{self, ImportData, Remap, Take, Upload},
    components::{Button, ButtonLink, ButtonLook, Column, DataTable, Glyph, Icon, ProgressLine, SelectField},
    format,
    live::use_live,
    pages::form::{FormProblem, answer, go_on, problem, typed_or},
    routes,
};
use domain::portfolio::{
    PortfolioId,
    import::{Column as FileColumn, DateOrder, Format, Preview, Row, RowState},
};
use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::use_query_map;
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue};

/// The page of imports.
#[component]
pub fn ImportPage() -> impl IntoView {
    let actions =
        Actions { upload: ServerAction::new(), remap: ServerAction::new(), take: ServerAction::new() };
    go_on(answer(actions.upload));
    go_on(answer(actions.remap));
    go_on(answer(actions.take));
    let id = named();
    let query = use_query_map();
    let upload = Memo::new(move |_| query.read().get("upload").and_then(|text| text.parse::<Uuid>().ok()));
    fetched(
        move || (id.get(), upload.get()),
        |(id, upload)| portfolios::import_page(id, upload),
        move |data| view! { <Import data actions /> },
    )
}

#[derive(Clone, Copy)]
struct Actions {
    upload: ServerAction<Upload>,
    remap: ServerAction<Remap>,
    take: ServerAction<Take>,
}

#[component]
fn Import(data: ImportData, actions: Actions) -> impl IntoView {
    let ImportData { portfolio, upload, preview, refusal } = data;
    let id = portfolio.id;
    let step = if upload.is_some() { 2 } else { 1 };
    let body = match (upload, preview) {
        (Some(upload), Some(preview)) => view! { <Looked id upload preview actions /> }.into_any(),
        (Some(_), None) => {
            let why = refusal.unwrap_or_else(|| "The file is no longer here. Send it again.".to_string());
            view! {
                <section class="card">
                    <div class="card-body stack">
                        <p class="field-error"><Icon glyph=Glyph::Failed /> <span>{why}</span></p>
                        <p class="row">
                            <ButtonLink href=routes::portfolio(id, "import")>"Choose another file"</ButtonLink>
                        </p>
                    </div>
                </section>
            }
            .into_any()
        }
        (None, _) => view! { <Choose id action=actions.upload /> }.into_any(),
    };
    view! {
        <Head portfolio here="import" />
        <ol class="import-steps">
            <li aria-current=(step == 1).then_some("step")>"1. Choose a file"</li>
            <li aria-current=(step == 2).then_some("step")>"2. Look at every row"</li>
            <li>"3. Take it, whole"</li>
        </ol>
        {body}
    }
}

#[component]
fn Choose(id: PortfolioId, action: ServerAction<Upload>) -> impl IntoView {
    let answer = answer(action);
    let wrong = problem(answer, "file");
    let text = RwSignal::new(typed_or::<Upload>("text", String::new()));
    let options = [
        (Format::Ghostfolio, "Ghostfolio (JSON or CSV)"),
        (Format::Csv, "A broker's CSV"),
        (Format::Candlewick, "Candlewick (JSON or CSV)"),
    ];
    let options = options.map(|(format, words)| (format.as_str().to_string(), words.to_string())).to_vec();
    let chosen = typed_or::<Upload>("format", Format::Ghostfolio.as_str().to_string());
    view! {
        <section class="card" aria-labelledby="send-title">
            <header class="card-head">
                <h2 id="send-title">"Choose a file"</h2>
            </header>
            <ActionForm action attr:class="card-body stack import-send">
                <input type="hidden" name="id" value=id.to_string() />
                <SelectField
                    label="It comes from"
                    name="format"
                    id="import-format"
                    options
                    selected=Signal::stored(chosen)
                    error=problem(answer, "format")
                />
                <div class="field import-file">
                    <label class="field-label" for="import-file">
                        "File"
                    </label>
                    <input
                        id="import-file"
                        type="file"
                        accept=".json,.csv,.txt,application/json,text/csv"
                        on:change=move |event| read_file(&event, text)
                    />
                </div>
                <div class="field">
                    <label class="field-label" for="import-text">
                        "Or paste what is in it"
                    </label>
                    <textarea
                        class="input import-text"
                        id="import-text"
                        name="text"
                        rows="10"
                        required
                        spellcheck="false"
                        prop:value=move || text.get()
                        aria-describedby="import-hint"
                        on:input=move |event| text.set(event_target_value(&event))
                    inner_html=crate::format::escaped(&text.get_untracked())
                    ></textarea>
                    <p class="field-hint" id="import-hint">
                        "At most 50,000 rows. Nothing is changed before you have seen every row."
                    </p>
                </div>
                <p class="form-problem" role="alert">
                    {move || wrong.get()}
                </p>
                <FormProblem answer />
                <p class="row">
                    <Button kind="submit" look=ButtonLook::Primary busy=action.pending()>
                        "Look at it"
                    </Button>
                    <ButtonLink href=routes::portfolio(id, "transactions")>"Cancel"</ButtonLink>
                </p>
            </ActionForm>
        </section>
    }
}

/// Puts what is in the chosen file into the form; letters of older files are read as Latin.
fn read_file(event: &leptos::ev::Event, text: RwSignal<String>) {
    let Some(input) = event.target() else { return };
    let get = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &JsValue::from_str(name)).ok();
    let file = get(&input, "files").and_then(|files| js_sys::Reflect::get_u32(&files, 0).ok());
    let Some(file) = file.filter(|file| file.is_object()) else { return };
    let read = get(&file, "arrayBuffer").and_then(|read| read.dyn_into::<js_sys::Function>().ok());
    let promise = read.and_then(|read| read.call0(&file).ok()?.dyn_into::<js_sys::Promise>().ok());
    let Some(promise) = promise else { return };
    let done = wasm_bindgen::closure::Closure::once_into_js(move |buffer: JsValue| {
        let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
        let latin = |bytes: &[u8]| bytes.iter().map(|byte| char::from(*byte)).collect();
        text.set(String::from_utf8(bytes).unwrap_or_else(|error| latin(error.as_bytes())));
    });
    let then = get(&promise, "then").and_then(|then| then.dyn_into::<js_sys::Function>().ok());
    if let Some(then) = then
        && let Err(error) = then.call1(&promise, &done)
    {
        leptos::logging::warn!("the file could not be read: {error:?}");
    }
}

#[component]
fn Looked(id: PortfolioId, upload: Uuid, preview: Preview, actions: Actions) -> impl IntoView {
    let taken = answer(actions.take);
    let (pending, live) = (actions.take.pending(), use_live());
    let now = Memo::new(move |_| live.import.get().filter(|progress| progress.portfolio_id == id.0));
    let percent = Signal::derive(move || now.get().map_or(0, |progress| progress.percent));
    let step =
        Signal::derive(move || now.get().map_or_else(|| "Sending".to_string(), |progress| progress.step));
    let (new, faulty) = (preview.new, preview.faulty);
    let count = |count: u32, one: &str, many: &str| format::counted(count as usize, one, many);
    let summary = [
        (new > 0).then(|| format!("{} will be added", count(new, "row", "rows"))),
        (preview.duplicates > 0)
            .then(|| format!("{} there already", count(preview.duplicates, "row is", "rows are"))),
        (preview.skipped > 0).then(|| format!("{} left out", count(preview.skipped, "row is", "rows are"))),
        (faulty > 0).then(|| format!("{} wrong", count(faulty, "row is", "rows are"))),
    ];
    let summary = summary.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let summary =
        if summary.is_empty() { "The file has no rows.".to_string() } else { format!("{summary}.") };
    let faults = preview.faults.clone();
    let verdict = if faulty > 0 {
        view! {
            <p class="field-error">
                <Icon glyph=Glyph::Failed />
                <span>"Nothing can be taken before the wrong rows are mended: a file is taken whole or not at all."</span>
            </p>
        }
        .into_any()
    } else {
        view! {
            <ActionForm action=actions.take attr:class="row">
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="upload" value=upload.to_string() />
                <Button
                    kind="submit"
                    look=ButtonLook::Primary
                    busy=actions.take.pending()
                    disabled=Signal::stored(new == 0)
                >
                    {format!("Import {}", count(new, "transaction", "transactions"))}
                </Button>
                <ButtonLink href=routes::portfolio(id, "import")>"Choose another file"</ButtonLink>
                <FormProblem answer=taken />
            </ActionForm>
            <Show when=move || pending.get()>
                <ProgressLine percent step />
            </Show>
        }
        .into_any()
    };
    let notes =
        preview.notes.iter().map(|note| view! { <li>{super::figures::sentence(note)}</li> }).collect_view();
    let faults = (!faults.is_empty()).then(|| {
        let rows = faults
            .into_iter()
            .take(200)
            .map(|fault| {
                view! {
                    <tr data-row="faulty">
                        <td class="cell-num num">{fault.row}</td>
                        <td>{fault.column}</td>
                        <td class="import-reason">{super::figures::sentence(&fault.reason)}</td>
                    </tr>
                }
            })
            .collect_view();
        let columns = [Column::figures("Row"), Column::words("Column"), Column::words("What is wrong")];
        view! {
            <section class="card" aria-labelledby="faults-title">
                <header class="card-head">
                    <h2 id="faults-title">"What is wrong"</h2>
                </header>
                <DataTable caption="Faults by row and column" columns>{rows}</DataTable>
            </section>
        }
    });
    let mapping = (preview.format == Format::Csv).then(|| {
        let preview = preview.clone();
        view! { <Columns id upload preview action=actions.remap /> }
    });
    view! {
        <section class="card" aria-labelledby="looked-title">
            <header class="card-head">
                <h2 id="looked-title">"What is in the file"</h2>
            </header>
            <div class="card-body stack">
                <p role="status">{summary}</p>
                <ul class="import-notes muted">{notes}</ul>
                {verdict}
            </div>
        </section>
        {mapping}
        {faults}
        <Rows rows=preview.rows />
    }
}

/// Which column is what, for a broker's file.
#[component]
fn Columns(id: PortfolioId, upload: Uuid, preview: Preview, action: ServerAction<Remap>) -> impl IntoView {
    let answer = answer(action);
    let headers: Vec<(String, String)> = std::iter::once((String::new(), "not in the file".to_string()))
        .chain(
            preview
                .headers
                .iter()
                .filter(|header| !header.is_empty())
                .map(|header| (header.clone(), header.clone())),
        )
        .collect();
    let fields = FileColumn::ALL
        .map(|column| {
            let word = column.as_str();
            let selected = preview.mapping.columns.get(&column).cloned().unwrap_or_default();
            let label = match column {
                FileColumn::FxRate => "Exchange rate".to_string(),
                _ => format!("{}{}", word[..1].to_uppercase(), &word[1..]),
            };
            view! {
                <SelectField
                    label
                    name=format!("mapping[{}]", field_name(column))
                    id=format!("map-{word}")
                    options=headers.clone()
                    selected=Signal::stored(selected)
                />
            }
        })
        .collect_view();
    let orders = [
        ("", "Find out"),
        ("dmy", "Day, month, year"),
        ("mdy", "Month, day, year"),
        ("ymd", "Year, month, day"),
    ];
    let orders = orders.map(|(value, words)| (value.to_string(), words.to_string())).to_vec();
    let order = match preview.mapping.date_order {
        Some(DateOrder::Dmy) => "dmy",
        Some(DateOrder::Mdy) => "mdy",
        Some(DateOrder::Ymd) => "ymd",
        None => "",
    };
    let commas = [("", "Find out"), ("false", "Point, as 1,234.56"), ("true", "Comma, as 1.234,56")];
    let commas = commas.map(|(value, words)| (value.to_string(), words.to_string())).to_vec();
    let comma = preview.mapping.decimal_comma.map(|comma| comma.to_string()).unwrap_or_default();
    view! {
        <details class="card import-mapping" open={preview.faulty > 0}>
            <summary>"Which column is what"</summary>
            <ActionForm action attr:class="card-body stack">
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="upload" value=upload.to_string() />
                <div class="entry-fields">
                    {fields}
                    <SelectField
                        label="Dates"
                        name="mapping[date_order]"
                        id="map-order"
                        options=orders
                        selected=Signal::stored(order.to_string())
                    />
                    <SelectField
                        label="Numbers"
                        name="mapping[decimal_comma]"
                        id="map-comma"
                        options=commas
                        selected=Signal::stored(comma)
                    />
                </div>
                <FormProblem answer />
                <p class="row">
                    <Button kind="submit" busy=action.pending()>
                        "Read it again"
                    </Button>
                </p>
            </ActionForm>
        </details>
    }
}

/// The name of a column in the form.
fn field_name(column: FileColumn) -> &'static str {
    match column {
        FileColumn::Type => "kind",
        FileColumn::FxRate => "fx_rate",
        other => other.as_str(),
    }
}

/// The first rows of the file as they were read.
#[component]
fn Rows(rows: Vec<Row>) -> impl IntoView {
    let lines = rows.into_iter().map(|row| view! { <Line row /> }).collect_view();
    let columns = [
        Column::figures("Row"),
        Column::words("What becomes of it"),
        Column::words("Date"),
        Column::words("Type"),
        Column::words("Symbol"),
        Column::figures("Quantity"),
        Column::figures("Price"),
        Column::figures("Amount"),
        Column::figures("Fee"),
        Column::words("Currency"),
    ];
    view! {
        <section class="card" aria-labelledby="rows-title">
            <header class="card-head">
                <h2 id="rows-title">"Rows" <span class="muted">" as they were read; the first 200"</span></h2>
            </header>
            <DataTable caption="Rows of the file" columns>{lines}</DataTable>
        </section>
    }
}

#[component]
fn Line(row: Row) -> impl IntoView {
    let (state, words) = match row.state {
        RowState::New => ("new", "Added".to_string()),
        RowState::Duplicate => ("duplicate", "There already".to_string()),
        RowState::Skipped => ("skipped", row.reason.clone().unwrap_or_else(|| "Left out".to_string())),
        RowState::Faulty => ("faulty", "Wrong".to_string()),
    };
    let words = match row.repeats {
        Some(before) => format!("{words}; says the same as row {before}"),
        None => words,
    };
    let number = |value: Option<domain::portfolio::Decimal>| value.map(format::exact).unwrap_or_default();
    let entry = row.entry.as_ref();
    let whole = entry.and_then(|entry| Some(format::decimal(entry.gross()?, entry.currency.decimals())));
    view! {
        <tr data-row=state>
            <td class="cell-num num cell-sub">{row.row}</td>
            <td class="cell-side"><span class="import-state">{words}</span></td>
            <td class="num">{entry.map(|entry| format::date(entry.date))}</td>
            <td>{entry.map(|entry| entry.kind.label())}</td>
            <td class="cell-key"><strong>{entry.and_then(|entry| entry.symbol.as_ref().map(ToString::to_string))}</strong></td>
            <td class="cell-num">{number(entry.and_then(|entry| entry.quantity))}</td>
            <td class="cell-num">{number(entry.and_then(|entry| entry.price))}</td>
            <td class="cell-num cell-main">{whole}</td>
            <td class="cell-num">{entry.filter(|entry| !entry.fee.is_zero()).map(|entry| format::exact(entry.fee))}</td>
            <td>{entry.map(|entry| entry.currency.to_string())}</td>
        </tr>
    }
}
