//! A symbol beside others: lines on one scale, and what can be said of each in a figure.

use super::{named, no_symbol};
use crate::{
    api::market::{ComparePage as Data, read_comparison},
    backend,
    charts::SpecChart,
    components::{
        Button, ChangePill, Column, DataTable, EmptyState, Glyph, Icon, SegmentedLinks, Shape, Skeleton,
    },
    format,
    live::use_live,
    pages::Failed,
    routes,
};
use chrono::NaiveDate;
use domain::{
    Instrument, Symbol,
    compare::{Compared, LEAST_DAYS, MOST},
    portfolio::Range,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

/// What the address asks for.
#[derive(Debug, Clone, PartialEq)]
struct Asked {
    symbol: Option<Symbol>,
    with: Vec<Symbol>,
    range: Range,
    /// What was typed as one more, and is no symbol.
    odd: Option<String>,
}

impl Asked {
    /// Reads an address; what makes no sense in it counts as not asked for.
    fn of(symbol: Option<Symbol>, query: &ParamsMap) -> Asked {
        let word = |name| query.get(name).unwrap_or_default().trim().to_string();
        let (with, added) = (word("with"), word("add"));
        let mut others: Vec<Symbol> = Vec::new();
        for other in with.split(',').chain([added.as_str()]).filter_map(Symbol::parse) {
            if symbol.as_ref() != Some(&other) && !others.contains(&other) && others.len() + 1 < MOST {
                others.push(other);
            }
        }
        let odd = (!added.is_empty() && Symbol::parse(&added).is_none()).then_some(added);
        Asked { symbol, with: others, range: Range::parse(&word("range")).unwrap_or(Range::Year1), odd }
    }
}

/// A symbol beside others.
#[component]
pub fn ComparePage() -> impl IntoView {
    let (symbol, query, resyncs) = (named(), use_query_map(), use_live().resyncs);
    let asked = Memo::new(move |_| query.with(|query| Asked::of(symbol.get(), query)));
    let page = Resource::new(
        move || (asked.get(), resyncs.get()),
        |(asked, _)| async move {
            let symbol = asked.symbol.ok_or_else(no_symbol)?;
            read_comparison(symbol, listed(&asked.with), asked.range).await
        },
    );
    view! {
        <Transition fallback=|| {
            view! {
                <Title text="Compare" />
                <Skeleton shape=Shape::Chart />
                <Skeleton shape=Shape::Rows count=3 />
            }
        }>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(data) => view! { <Page data asked=asked.get_untracked() /> }.into_any(),
                    Err(error) => {
                        if error.status == 404 {
                            backend::not_found();
                        }
                        view! { <Title text="Compare" /> <Failed error /> }.into_any()
                    }
                }
            })}
        </Transition>
    }
}

/// As it stands in the address.
fn listed(symbols: &[Symbol]) -> String {
    symbols.iter().map(Symbol::to_string).collect::<Vec<_>>().join(",")
}

#[component]
fn Page(data: Data, asked: Asked) -> impl IntoView {
    let Data { rows, days, drawn, unknown, others } = data;
    let (Some((first, _)), Some(symbol)) = (rows.first().cloned(), asked.symbol.clone()) else {
        return ().into_any();
    };
    let title = days.map_or("Change".to_string(), |(from, _)| format!("Change since {}", format::date(from)));
    let missing = days.and_then(|(from, _)| missing(&rows, from));
    let at = |range: Range| routes::compare(&symbol, &asked.with, range);
    let ranges = Range::ALL.map(|range| (at(range), range_words(range))).to_vec();
    let here = at(asked.range);
    let chart = match drawn {
        Some(drawn) => view! { <SpecChart id="comparison" spec=drawn.spec svg=drawn.svg /> }.into_any(),
        None => view! {
            <EmptyState
                title="Nothing to compare here"
                glyph=Glyph::Trends
                text="There are no two days in this range on which all of these have a close. Try a longer one."
            />
        }
        .into_any(),
    };
    view! {
        <Title text=format!("{symbol} compared") />
        <header class="page-head">
            <h1>
                <a href=routes::symbol(&symbol)>{symbol.to_string()}</a>
                " compared"
            </h1>
            <p class="muted">{first.name.clone()}</p>
        </header>
        <section class="card chart-card" aria-labelledby="compare-title">
            <header class="card-head">
                <h2 id="compare-title">{title}</h2>
                <div class="card-actions">
                    <SegmentedLinks label="Range" links=ranges current=Signal::stored(here) />
                </div>
            </header>
            <Beside asked=asked.clone() unknown others />
            {missing.map(|words| view! { <p class="compare-problem" role="note">{words}</p> })}
            {chart}
            <p class="card-note">
                "Closes alone, without dividends and each in its own currency, on the days on which all of them have one."
            </p>
        </section>
        <Figures symbol rows />
    }
    .into_any()
}

/// Which symbols have nothing to show, because their prices ended before the first day.
fn missing(rows: &[(Instrument, Compared)], from: NaiveDate) -> Option<String> {
    let ended = |row: &Compared| row.until.is_none_or(|until| until < from);
    let symbols: Vec<Symbol> =
        rows.iter().filter(|(_, row)| ended(row)).map(|(_, row)| row.symbol.clone()).collect();
    let verb = if symbols.len() == 1 { "has" } else { "have" };
    (!symbols.is_empty())
        .then(|| format!("{} {verb} no prices since {}.", symbols_in_words(&symbols), format::date(from)))
}

fn symbols_in_words(symbols: &[Symbol]) -> String {
    symbols.iter().map(Symbol::to_string).collect::<Vec<_>>().join(" and ")
}

fn range_words(range: Range) -> String {
    match range {
        Range::Max => "Max".to_string(),
        other => other.as_str().to_uppercase(),
    }
}

/// What stands beside the symbol, and how to add one more or take one out.
#[component]
fn Beside(asked: Asked, unknown: Vec<Symbol>, others: Vec<Symbol>) -> impl IntoView {
    let Asked { symbol, with, range, odd } = asked;
    let Some(symbol) = symbol else { return ().into_any() };
    let known: Vec<Symbol> = with.iter().filter(|other| !unknown.contains(other)).cloned().collect();
    let problem = match (odd, unknown.is_empty()) {
        (Some(typed), _) => Some(format!("“{typed}” is no symbol: 1 to 20 letters, digits or . ^ = -")),
        (None, false) => {
            Some(format!("{} is not known here. The search may find it.", symbols_in_words(&unknown)))
        }
        (None, true) => None,
    };
    let without = |gone: &Symbol| {
        let rest: Vec<Symbol> = known.iter().filter(|other| *other != gone).cloned().collect();
        routes::compare(&symbol, &rest, range)
    };
    let chosen = known
        .iter()
        .map(|other| {
            view! {
                <li class="compare-one">
                    <a href=routes::symbol(other)>{other.to_string()}</a>
                    <a class="compare-out" href=without(other) aria-label=format!("Take {other} out")>
                        <Icon glyph=Glyph::Close />
                    </a>
                </li>
            }
        })
        .collect_view();
    let is_full = known.len() + 1 >= MOST;
    let offers = others
        .into_iter()
        .filter(|_| !is_full)
        .map(|other| {
            let more: Vec<Symbol> = known.iter().cloned().chain([other.clone()]).collect();
            let href = routes::compare(&symbol, &more, range);
            view! {
                <li>
                    <a class="compare-offer" href=href aria-label=format!("Add {other}")>
                        <Icon glyph=Glyph::Plus />
                        {other.to_string()}
                    </a>
                </li>
            }
        })
        .collect_view();
    let add = if is_full {
        view! { <p class="muted">{format!("{MOST} at most: take one out to add another.")}</p> }.into_any()
    } else {
        view! {
            <form class="row row-fixed" method="get" action=format!("{}/compare", routes::symbol(&symbol))>
                <input type="hidden" name="with" value=listed(&known) />
                <input type="hidden" name="range" value=range.as_str() />
                <label class="sr-only" for="compare-add">
                    "One more symbol"
                </label>
                <input
                    class="input input-short"
                    id="compare-add"
                    name="add"
                    maxlength="20"
                    autocomplete="off"
                    autocapitalize="characters"
                    spellcheck="false"
                    placeholder="Symbol"
                    required=true
                />
                <Button kind="submit" small=true icon=Glyph::Plus>
                    "Add"
                </Button>
            </form>
        }
        .into_any()
    };
    view! {
        <div class="compare-tools">
            <ul class="compare-chosen" aria-label="Compared with">
                {chosen}
            </ul>
            {add}
            <ul class="compare-offers" aria-label="From your lists">
                {offers}
            </ul>
        </div>
        {problem.map(|words| view! { <p class="compare-problem" role="alert">{words}</p> })}
    }
    .into_any()
}

/// A row a symbol.
#[component]
fn Figures(symbol: Symbol, rows: Vec<(Instrument, Compared)>) -> impl IntoView {
    let columns = [
        Column::words("Symbol"),
        Column::words("Name"),
        Column::figures("Change"),
        Column::figures("Volatility").how(routes::how("volatility")),
        Column::figures("Deepest fall").how(routes::how("drawdown")),
        Column::figures(format!("Correlation with {symbol}")).how(routes::how("correlation")),
        Column::figures("Last close"),
    ];
    let rows = rows.into_iter().enumerate().map(|(at, (instrument, row))| figure_row(at, instrument, row));
    view! {
        <section class="card" aria-labelledby="compare-figures">
            <header class="card-head">
                <h2 id="compare-figures">"In figures"</h2>
            </header>
            <DataTable caption="Change, volatility, deepest fall and correlation of each symbol" columns>
                {rows.collect_view()}
            </DataTable>
            <p class="card-note">
                {format!("Volatility and correlation need {LEAST_DAYS} daily changes. A dash is a figure that is not defined.")}
            </p>
        </section>
    }
}

fn figure_row(at: usize, instrument: Instrument, row: Compared) -> impl IntoView {
    let percent = |ratio: Option<f64>| {
        ratio.map_or(format::NONE.to_string(), |ratio| format::percent(ratio * 100.0, 1))
    };
    let change = row.change.map(|ratio| ratio * 100.0);
    let correlation = row.correlation.map_or(format::NONE.to_string(), |value| format::number(value, 2));
    view! {
        <tr>
            <th scope="row" class="cell-key">
                <i class=format!("key k-s{at}") aria-hidden="true"></i>
                <a href=routes::symbol(&instrument.symbol)>{instrument.symbol.to_string()}</a>
            </th>
            <td class="cell-sub">{instrument.name}</td>
            <td class="cell-num cell-main">
                {match change {
                    Some(_) => view! { <ChangePill percent=Signal::stored(change) /> }.into_any(),
                    None => format::NONE.into_any(),
                }}
            </td>
            <td class="cell-num num">{percent(row.volatility)}</td>
            <td class="cell-num num">{percent(row.drawdown)}</td>
            <td class="cell-num num">{correlation}</td>
            <td class="cell-num num cell-side">{row.until.map_or(format::NONE.to_string(), format::date)}</td>
        </tr>
    }
}
