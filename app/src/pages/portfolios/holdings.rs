//! Every position with what it cost, what it is worth and what it brought; totals add up to the cent.

use super::{
    changes, fetched,
    figures::{Gain, Gaps, money, share},
    head::Head,
    named,
    order::{By, Order},
};
use crate::{
    api::portfolios::{self, PositionsData},
    components::{ButtonLink, ChangePill, Column, DataTable, EmptyState, Glyph, Sorted},
    format, routes,
};
use domain::portfolio::{Currency, Decimal, Lot, Performance, PortfolioId, Position, PriceFrom};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The page of positions.
#[component]
pub fn HoldingsPage() -> impl IntoView {
    let id = named();
    let changes = changes(id);
    fetched(
        move || (id.get(), changes.get()),
        |(id, _)| portfolios::positions(id),
        |data| view! { <Holdings data /> },
    )
}

#[component]
fn Holdings(data: PositionsData) -> impl IntoView {
    let PositionsData { portfolio, performance, positions } = data;
    let (open, closed): (Vec<Position>, Vec<Position>) =
        positions.into_iter().partition(|position| !position.quantity.is_zero());
    let (currency, gaps, id) = (performance.currency, performance.unavailable.clone(), portfolio.id);
    let held = if open.is_empty() {
        view! {
            <EmptyState title="Nothing is held" glyph=Glyph::Portfolio text="What you buy appears here.">
                <ButtonLink href=format!("{}#entry", routes::portfolio(id, "transactions"))>
                    "Add a transaction"
                </ButtonLink>
            </EmptyState>
        }
        .into_any()
    } else {
        view! { <Table id positions=open performance=Some(performance.clone()) currency /> }.into_any()
    };
    view! {
        <Head portfolio here="holdings" as_of=performance.from.map(|_| performance.to) />
        <section class="card" aria-labelledby="held-title">
            <header class="card-head">
                <h2 id="held-title">"Held"</h2>
                <div class="card-actions">
                    <a class="button button-small" href=format!("/api/portfolio/portfolios/{id}/export?format=csv") download>
                        "CSV"
                    </a>
                    <a class="button button-small" href=format!("/api/portfolio/portfolios/{id}/export?format=json") download>
                        "JSON"
                    </a>
                </div>
            </header>
            {held}
        </section>
        {(!closed.is_empty())
            .then(|| {
                view! {
                    <section class="card" aria-labelledby="closed-title">
                        <header class="card-head">
                            <h2 id="closed-title">"Sold"</h2>
                        </header>
                        <Table id positions=closed performance=None currency />
                    </section>
                }
            })}
        <Gaps unavailable=gaps />
    }
}

#[component]
fn Table(
    id: PortfolioId,
    positions: Vec<Position>,
    #[prop(optional_no_strip)] performance: Option<Performance>,
    currency: Currency,
) -> impl IntoView {
    let query = use_query_map();
    let order = Memo::new(move |_| Order::of(&query.read()));
    let rows = move || {
        let mut positions = positions.clone();
        order.get().sort(&mut positions);
        positions.into_iter().map(|position| view! { <Row position currency /> }).collect_view()
    };
    let sorting = |column: Column, by: By| {
        let sorted = move || {
            let Order { by: now, ascending } = order.get();
            let way = if ascending { Sorted::Ascending } else { Sorted::Descending };
            (now == by).then_some(way)
        };
        column.sorts(move || order.get().href(by, id), sorted)
    };
    let columns = [
        sorting(Column::words("Symbol"), By::Symbol),
        Column::figures("Quantity"),
        Column::figures("Average"),
        Column::figures("Price"),
        sorting(Column::figures("Cost"), By::Cost),
        sorting(Column::figures("Value"), By::Value),
        Column::figures("Weight"),
        sorting(Column::figures("Day"), By::Day),
        sorting(Column::figures("Unrealised"), By::Unrealised),
        sorting(Column::figures("Realised"), By::Realised),
        sorting(Column::figures("Dividends"), By::Dividends),
        Column::figures("Fees, taxes"),
    ];
    let foot = performance.map(|total| view! { <Totals total /> }.into_any());
    view! { <DataTable caption="Positions" columns foot>{rows}</DataTable> }
}

#[component]
fn Row(position: Position, currency: Currency) -> impl IntoView {
    let charges = position.fees.zip(position.taxes).map(|(fees, taxes)| fees + taxes);
    let price = position.price.zip(position.price_currency).map_or_else(
        || format::NONE.to_string(),
        |(price, of)| {
            format!(
                "{} {}",
                format::exact(price.round_dp(4)),
                if of == currency { String::new() } else { of.to_string() }
            )
        },
    );
    let own = position.price_from == Some(PriceFrom::Trade);
    let average = position.average_price.map(|price| format::exact(price.round_dp(4)));
    let (unrealised, ratio) = (position.unrealised, position.unrealised_ratio);
    let lots = position.lots.clone();
    let (symbol, marked) = (position.symbol.to_string(), position.symbol.to_string());
    view! {
        <tr data-symbol=marked>
            <th scope="row" class="cell-key">
                <a class="symbol-link" href=routes::symbol(&position.symbol)>
                    <strong>{symbol}</strong>
                    <span class="muted">{position.name}</span>
                </a>
            </th>
            <td class="cell-num cell-sub">
                {if lots.len() > 1 {
                    view! { <Lots quantity=position.quantity lots currency /> }.into_any()
                } else {
                    format::exact(position.quantity).into_any()
                }}
            </td>
            <td class="cell-num">{average.unwrap_or_else(|| format::NONE.to_string())}</td>
            <td class="cell-num" title=position.price_date.map(format::date)>
                {price}
                {own.then(|| view! { <span class="muted">" last trade"</span> })}
            </td>
            <td class="cell-num">{money(position.cost, currency)}</td>
            <td class="cell-num cell-main"><strong>{money(position.value, currency)}</strong></td>
            <td class="cell-num">{share(position.weight)}</td>
            <td class="cell-num">
                <ChangePill percent=Signal::stored(position.day_change_ratio.map(|ratio| ratio * 100.0)) />
            </td>
            <td class="cell-num cell-side">
                <Gain value=unrealised currency />
                <span class="cell-under num">{ratio.map(|ratio| format::change_percent(ratio * 100.0))}</span>
            </td>
            <td class="cell-num"><Gain value=position.realised currency /></td>
            <td class="cell-num">{money(position.dividends, currency)}</td>
            <td class="cell-num">{money(charges, currency)}</td>
        </tr>
    }
}

/// The quantity; opened, what it consists of.
#[component]
fn Lots(quantity: Decimal, lots: Vec<Lot>, currency: Currency) -> impl IntoView {
    let rows = lots
        .into_iter()
        .map(|lot| {
            view! {
                <li>
                    <span>{format::date(lot.date)}</span>
                    <span class="num">{format::exact(lot.quantity)}</span>
                    <span class="num">{money(lot.cost, currency)}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <details class="lots">
            <summary>{format::exact(quantity)}</summary>
            <ul>{rows}</ul>
        </details>
    }
}

#[component]
fn Totals(total: Performance) -> impl IntoView {
    let currency = total.currency;
    let charges = total.fees.zip(total.taxes).map(|(fees, taxes)| fees + taxes);
    let cash = total.cash.map(|cash| {
        view! {
            <tr>
                <th scope="row" class="cell-key">"Cash"</th>
                <td colspan="4"></td>
                <td class="cell-num cell-main">{format::money(cash, currency)}</td>
                <td colspan="6"></td>
            </tr>
        }
    });
    view! {
        <tfoot>
            {cash}
            <tr class="table-total">
                <th scope="row" class="cell-key">"Total"</th>
                <td colspan="3"></td>
                <td class="cell-num">{money(total.cost, currency)}</td>
                <td class="cell-num cell-main">{money(total.value, currency)}</td>
                <td></td>
                <td class="cell-num">
                    <ChangePill percent=Signal::stored(total.day_change_ratio.map(|ratio| ratio * 100.0)) />
                </td>
                <td class="cell-num cell-side"><Gain value=total.unrealised currency /></td>
                <td class="cell-num"><Gain value=total.realised currency /></td>
                <td class="cell-num">{money(total.dividends, currency)}</td>
                <td class="cell-num">{money(charges, currency)}</td>
            </tr>
        </tfoot>
    }
}
