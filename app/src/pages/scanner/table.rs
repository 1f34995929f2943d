//! What was found: sortable, with sparklines, and only as many rows in the page as one can see.

use super::address::Address;
use crate::{
    components::{ChangePill, Column, DataTable, EmptyState, Glyph, Icon, Sorted, Sparkline},
    format, routes,
};
use chrono::NaiveDate;
use domain::scanner::{Figure, Found, Match, ScanResult, Sort, Unit, field};
use leptos::{html, prelude::*};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;

/// Rows that are drawn before anybody scrolls.
const FIRST: usize = 60;
/// Rows drawn beyond what one sees, each way.
const BEYOND: usize = 20;

/// A table as the page keeps it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rows {
    day: Option<NaiveDate>,
    symbols: u32,
    total: u32,
    columns: Vec<String>,
    items: Vec<Match>,
}

impl Rows {
    pub fn of_scan(result: ScanResult) -> Rows {
        let ScanResult { day, symbols, total, columns, items, .. } = result;
        Rows { day: Some(day), symbols, total, columns, items }
    }

    pub fn of_screen(found: Found, day: Option<NaiveDate>) -> Rows {
        let Found { symbols, total, columns, items } = found;
        Rows { day, symbols, total, columns, items }
    }

    /// As the address says, or as it came.
    fn sorted(&self, sort: Option<Sort>) -> Vec<Match> {
        let mut items = self.items.clone();
        if let Some(sort) = sort {
            sort.apply(&mut items);
        }
        items
    }
}

fn shown(figure: Option<&Figure>, column: &str) -> String {
    match (figure, field(column).map(|field| field.unit)) {
        (None, _) => format::NONE.to_string(),
        (Some(Figure::Text(text)), _) => text.clone(),
        (Some(Figure::Number(number)), unit) => match unit {
            Some(Unit::Price) => format::price(*number),
            Some(Unit::Percent) => format::change_percent(*number),
            Some(Unit::Money | Unit::Units) => format::compact(*number),
            Some(Unit::Times) => format!("{}\u{d7}", format::number(*number, 2)),
            Some(Unit::Bars) => format::number(*number, 0),
            Some(Unit::Points | Unit::Word) | None => format::number(*number, 1),
        },
    }
}

/// Which rows are in the page: the first, and one after the last.
type Seen = (usize, usize);

/// The table of what was found.
#[component]
pub fn Table(rows: Rows, address: Memo<Address>) -> impl IntoView {
    let matched = format!(
        "{} of {}{}",
        format::number(f64::from(rows.total), 0),
        format::counted(rows.symbols as usize, "symbol", "symbols"),
        rows.day.map(|day| format!(", {}", format::date(day))).unwrap_or_default(),
    );
    let cut = (rows.items.len() < rows.total as usize)
        .then(|| format!(" Showing the first {}.", format::number(rows.items.len() as f64, 0)));
    let head = view! {
        <header class="card-head">
            <h2 class="scan-count num">{matched} {cut}</h2>
            <a class="button" data-look="ghost" href=move || address.read().csv() download="scanner.csv" rel="external">
                <Icon glyph=Glyph::Table />
                <span>"CSV"</span>
            </a>
        </header>
    };
    if rows.items.is_empty() {
        let text = "No symbol of that session fits.";
        return view! {
            {head}
            <EmptyState title="Nothing found" glyph=Glyph::Scanner text />
        }
        .into_any();
    }
    let columns = rows.columns.clone();
    let rows = StoredValue::new(rows);
    let items = Memo::new(move |_| rows.with_value(|rows| rows.sorted(address.read().sort)));
    let count = Memo::new(move |_| items.read().len());
    let seen = RwSignal::new((0, FIRST));
    // Before anybody scrolls, server and browser draw the same rows.
    let window = Memo::new(move |_| {
        let (from, to) = seen.get();
        (from.min(count.get()), to.min(count.get()))
    });
    let height = RwSignal::new(36.0_f64);
    let span = (columns.len() + 6).to_string();
    let (above, below) = (span.clone(), span);
    let on_scroll = move |event: leptos::ev::Event| {
        let frame = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(frame) = frame {
            look(&frame, count.get_untracked(), seen, height);
        }
    };
    // Rows that come in another order are drawn in the frame that was there before, as far down as it was scrolled.
    let holder = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        let frame = holder.get().and_then(|holder| holder.query_selector(".table-frame").ok().flatten());
        let frame = frame.and_then(|frame| frame.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(frame) = frame.filter(|frame| frame.scroll_top() > 0) {
            look(&frame, count.get_untracked(), seen, height);
        }
    });
    let heads = heads(&columns, address);
    let body_columns = StoredValue::new(columns);
    view! {
        {head}
        <div node_ref=holder on:scroll:capture=on_scroll>
            <DataTable caption="What was found" columns=heads>
                <Spacer span=above rows=Signal::derive(move || window.get().0) height />
                <For
                    each=move || {
                        let (from, to) = window.get();
                        items.read()[from..to].to_vec()
                    }
                    key=|item| item.symbol.clone()
                    children=move |item| view! { <Row item columns=body_columns.get_value() /> }
                />
                <Spacer span=below rows=Signal::derive(move || count.get() - window.get().1) height />
            </DataTable>
        </div>
    }
    .into_any()
}

/// Space for rows that are not in the page. An SVG has a height without a style.
#[component]
fn Spacer(span: String, rows: Signal<usize>, height: RwSignal<f64>) -> impl IntoView {
    view! {
        <tr class="spacer" aria-hidden="true" hidden=move || rows.get() == 0>
            <td colspan=span>
                <svg width="1" height=move || format!("{:.0}", rows.get() as f64 * height.get())></svg>
            </td>
        </tr>
    }
}

/// Draws the rows that are seen now.
fn look(frame: &web_sys::HtmlElement, count: usize, seen: RwSignal<Seen>, height: RwSignal<f64>) {
    let row = frame.query_selector("tbody tr[data-row]").ok().flatten();
    if let Some(row) = row.and_then(|row| row.dyn_into::<web_sys::HtmlElement>().ok()) {
        let measured = f64::from(row.offset_height());
        if measured > 0.0 && (measured - height.get_untracked()).abs() > 0.5 {
            height.set(measured);
        }
    }
    let row = height.get_untracked();
    let first = (f64::from(frame.scroll_top()) / row) as usize;
    let many = (f64::from(frame.client_height()) / row) as usize + 1;
    let next = (first.saturating_sub(BEYOND), (first + many + BEYOND).min(count));
    if seen.get_untracked() != next {
        seen.set(next);
    }
}

/// What every table has, around what this one adds.
fn heads(columns: &[String], address: Memo<Address>) -> Vec<Column> {
    let sorting = |column: Column, name: &str| {
        let (own, name) = (name.to_string(), name.to_string());
        let sorted = move || {
            let sort = address.read().sort.filter(|sort| sort.column() == own)?;
            Some(if sort.is_ascending() { Sorted::Ascending } else { Sorted::Descending })
        };
        // The address may change while the head stays: the link is worked out when it is followed.
        column.sorts(move || address.read().sorted_by(&name).href(), sorted)
    };
    let mut heads = vec![
        sorting(Column::words("Symbol"), "symbol"),
        sorting(Column::figures("Price"), "close"),
        sorting(Column::figures("Change"), "changePercent"),
        sorting(Column::figures("Volume"), "volume"),
    ];
    heads.extend(columns.iter().map(|name| {
        let column = if is_numeric(name) { Column::figures(title(name)) } else { Column::words(title(name)) };
        let column = match field(name) {
            Some(field) => column.meaning(field.meaning).how(routes::how_field(name)),
            None => column,
        };
        sorting(column, name)
    }));
    heads.push(sorting(Column::words("Sector"), "sector"));
    heads.push(Column::words("30 bars"));
    heads
}

fn is_numeric(column: &str) -> bool {
    field(column).is_none_or(|field| field.unit != Unit::Word)
}

/// `relativeVolume` as `Relative volume`, `rsi14` as `RSI 14`.
fn title(name: &str) -> String {
    const SHORT: [&str; 10] = ["rsi", "sma", "ema", "atr", "adx", "cci", "mfi", "roc", "macd", "obv"];
    let mut words = String::new();
    let mut before = ' ';
    for letter in name.chars() {
        let digits = letter.is_ascii_digit() && !before.is_ascii_digit();
        if letter.is_uppercase() || digits {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
        before = letter;
    }
    if let Some(short) = SHORT.into_iter().find(|short| words.split(' ').next() == Some(short)) {
        return words.replacen(short, &short.to_uppercase(), 1);
    }
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[component]
fn Row(item: Match, columns: Vec<String>) -> impl IntoView {
    let cells = columns
        .iter()
        .map(|column| {
            let words = shown(item.values.get(column), column);
            view! { <td class:cell-num=is_numeric(column)>{words}</td> }
        })
        .collect_view();
    view! {
        <tr data-row="">
            <th scope="row" class="cell-key">
                <a class="cell-link" href=routes::symbol(&item.symbol)>
                    {item.symbol.to_string()}
                </a>
                <span class="scan-name">{item.name}</span>
            </th>
            <td class="cell-num cell-main">{format::price(item.price)}</td>
            <td class="cell-num cell-side">
                <ChangePill percent=item.change_percent />
            </td>
            <td class="cell-num">{item.volume.map_or(format::NONE.to_string(), format::compact)}</td>
            {cells}
            <td class="cell-sub muted">{item.sector.map_or(format::NONE, |sector| sector.as_str())}</td>
            <td class="scan-spark">
                <Sparkline values=Signal::stored(item.spark) />
            </td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn names_of_fields_become_words() {
        let words: Vec<String> =
            ["relativeVolume", "rsi14", "sma200", "changeYear", "high20", "macdSignal"].map(title).into();
        assert_eq!(words, ["Relative volume", "RSI 14", "SMA 200", "Change year", "High 20", "MACD signal"]);
    }
}
