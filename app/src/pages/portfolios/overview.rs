//! The first page of a portfolio: what it is worth, how it got there, what it is made of, what moved.

use super::{
    changes, fetched,
    figures::{FigureTile, Gain, Gaps, Shown, money, share},
    head::{Head, Ranges},
    named, ranged,
};
use crate::{
    api::portfolios::{self, OverviewData},
    charts::SpecChart,
    components::{
        ButtonLink, ButtonLook, ChangePill, Column, DataTable, EmptyState, Glyph, HeatCell, HeatKey, Heatmap,
        KpiStrip, Tooltip,
    },
    format, routes,
};
use domain::portfolio::{Allocation, Currency, Decimal, Figure, Performance, Position, Range, Slice};
use leptos::prelude::*;

const HOW_SPLIT: &str = "Shares of what the portfolio is worth today. Each list adds up to the whole; what has no \
                         price is left out.";

/// Positions in the short table.
const SHOWN: usize = 8;

/// The first page of a portfolio.
#[component]
pub fn PortfolioPage() -> impl IntoView {
    let (id, range) = (named(), ranged());
    let changes = changes(id);
    let key = move || (id.get(), range.get(), changes.get());
    let draw = move |data: OverviewData| {
        let range = range.get_untracked().unwrap_or(Range::Year1);
        view! { <Overview data range /> }
    };
    fetched(key, |(id, range, _)| portfolios::overview(id, range), draw)
}

#[component]
fn Overview(data: OverviewData, range: Range) -> impl IntoView {
    let OverviewData { portfolio, performance, positions, allocation, value } = data;
    let (id, currency, as_of) = (portfolio.id, performance.currency, performance.to);
    if performance.from.is_none() {
        return view! {
            <Head portfolio here="" />
            <section class="card">
                <EmptyState
                    title="Nothing in it yet"
                    glyph=Glyph::Portfolio
                    text="Enter what you bought, or bring a file from Ghostfolio or your broker. Every figure appears with the first transaction."
                >
                    <ButtonLink
                        href=format!("{}#entry", routes::portfolio(id, "transactions"))
                        look=ButtonLook::Primary
                    >
                        "Add a transaction"
                    </ButtonLink>
                    <ButtonLink href=routes::portfolio(id, "import")>"Import a file"</ButtonLink>
                </EmptyState>
            </section>
        }
        .into_any();
    }
    let chart = value.map(|drawn| view! { <SpecChart id="portfolio-value" spec=drawn.spec svg=drawn.svg /> });
    let gaps = performance.unavailable.clone();
    // Erased in parts: one type for the whole page would be too deep for the compiler.
    let main = view! {
        <section class="card chart-card" aria-labelledby="value-title">
            <header class="card-head">
                <h2 id="value-title">"Value"</h2>
                <Ranges portfolio=portfolio.clone() here="" range />
            </header>
            {chart}
        </section>
        <Largest positions=positions.clone() currency portfolio=id />
    }
    .into_any();
    let side = view! {
        <Map positions=positions.clone() />
        <Movers positions currency />
        <Split allocation />
    }
    .into_any();
    view! {
        <Head portfolio here="" as_of=Some(as_of) />
        <Tiles performance />
        <div class="grid">
            <div class="span-8 stack">{main}</div>
            <div class="span-4 stack">{side}</div>
        </div>
        <Gaps unavailable=gaps />
    }
    .into_any()
}

#[component]
fn Tiles(performance: Performance) -> impl IntoView {
    let Performance { currency, unavailable, .. } = performance.clone();
    let missing = move || unavailable.clone();
    let ratio = match (performance.net_gain, performance.invested) {
        (Some(gain), Some(invested)) if invested > Decimal::ZERO => (gain / invested).try_into().ok(),
        _ => None,
    };
    let benchmark = performance.benchmark.as_ref().map(|symbol| {
        let own = performance.benchmark_return.map(|value| format::change_percent(value * 100.0));
        format!("{symbol} {}", own.unwrap_or_else(|| format::NONE.to_string()))
    });
    let cash = performance.cash.map(|cash| format!("Cash {}", format::money(cash, currency)));
    view! {
        <KpiStrip>
            <FigureTile
                figure=Figure::Value
                shown=Shown::Money(performance.value, currency)
                unavailable=missing()
                note=cash.unwrap_or_default()
            />
            <FigureTile
                figure=Figure::DayChange
                shown=Shown::Gain(performance.day_change, currency)
                change=performance.day_change_ratio
                unavailable=missing()
            />
            <FigureTile
                figure=Figure::NetGain
                shown=Shown::Gain(performance.net_gain, currency)
                unavailable=missing()
                change=ratio
                note="of what was put in"
            />
            <FigureTile
                figure=Figure::Twr
                shown=Shown::Return(performance.twr)
                unavailable=missing()
                note=benchmark.unwrap_or_default()
            />
            <FigureTile figure=Figure::Irr shown=Shown::Return(performance.irr) unavailable=missing() note="per year" />
            <FigureTile
                figure=Figure::Dividends
                shown=Shown::Money(performance.dividends, currency)
                unavailable=missing()
                note="before tax"
            />
        </KpiStrip>
    }
}

#[component]
fn Largest(
    positions: Vec<Position>,
    currency: Currency,
    portfolio: domain::portfolio::PortfolioId,
) -> impl IntoView {
    let rest = positions.len().saturating_sub(SHOWN);
    let rows = positions
        .into_iter()
        .take(SHOWN)
        .map(|position| {
            view! {
                <tr>
                    <th scope="row" class="cell-key">
                        <a class="symbol-link" href=routes::symbol(&position.symbol)>
                            <strong>{position.symbol.to_string()}</strong>
                            <span class="muted">{position.name}</span>
                        </a>
                    </th>
                    <td class="cell-num">{share(position.weight)}</td>
                    <td class="cell-num cell-main">{money(position.value, currency)}</td>
                    <td class="cell-num cell-sub">
                        <ChangePill percent=Signal::stored(position.day_change_ratio.map(|r| r * 100.0)) />
                    </td>
                    <td class="cell-num cell-side"><Gain value=position.unrealised currency /></td>
                </tr>
            }
        })
        .collect_view();
    let columns = [
        Column::words("Symbol"),
        Column::figures("Weight"),
        Column::figures("Value"),
        Column::figures("Day"),
        Column::figures("Unrealised"),
    ];
    view! {
        <section class="card" aria-labelledby="largest-title">
            <header class="card-head">
                <h2 id="largest-title">"Largest positions"</h2>
                <ButtonLink href=routes::portfolio(portfolio, "holdings") small=true>
                    {if rest > 0 { format!("All, {rest} more") } else { "All figures".to_string() }}
                </ButtonLink>
            </header>
            <DataTable caption="The largest positions" columns>{rows}</DataTable>
        </section>
    }
}

/// As large as what is held, coloured by the day.
#[component]
fn Map(positions: Vec<Position>) -> impl IntoView {
    let cells: Vec<HeatCell> = positions
        .into_iter()
        .filter_map(|position| {
            Some(HeatCell {
                weight: position.weight.filter(|weight| *weight > 0.0)?,
                label: position.symbol.to_string(),
                name: format!("{}, {}", position.name, share(position.weight)),
                change: position.day_change_ratio.map(|ratio| ratio * 100.0),
                href: Some(routes::symbol(&position.symbol)),
            })
        })
        .collect();
    (!cells.is_empty()).then(|| {
        view! {
            <section class="card portfolio-map" aria-labelledby="map-title">
                <header class="card-head">
                    <h2 id="map-title">"Allocation" <span class="muted">" by value, day's change"</span></h2>
                </header>
                <div class="card-body">
                    <Heatmap cells=Signal::stored(cells) label="Size is the value held, colour the day's change" />
                    <HeatKey full=3.0 />
                </div>
            </section>
        }
    })
}

/// What moved the portfolio most since the close before.
#[component]
fn Movers(positions: Vec<Position>, currency: Currency) -> impl IntoView {
    let mut moved: Vec<Position> =
        positions.into_iter().filter(|position| position.day_change.is_some_and(|c| !c.is_zero())).collect();
    moved.sort_by_key(|position| std::cmp::Reverse(position.day_change.map(|change| change.abs())));
    let rows = moved
        .into_iter()
        .take(5)
        .map(|position| {
            view! {
                <li>
                    <a class="mover portfolio-mover" href=routes::symbol(&position.symbol)>
                        <span class="mover-symbol">{position.symbol.to_string()}</span>
                        <span class="mover-name">{position.name}</span>
                        <Gain value=position.day_change currency />
                        <ChangePill percent=Signal::stored(position.day_change_ratio.map(|r| r * 100.0)) />
                    </a>
                </li>
            }
        })
        .collect::<Vec<_>>();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="moved-title">
                <header class="card-head">
                    <h2 id="moved-title">"What moved it"</h2>
                </header>
                <ol class="movers">{rows}</ol>
            </section>
        }
    })
}

/// Sector, kind and currency as bars.
#[component]
fn Split(allocation: Allocation) -> impl IntoView {
    let Allocation { by_sector, by_kind, by_currency, .. } = allocation;
    view! {
        <section class="card" aria-labelledby="split-title">
            <header class="card-head">
                <h2 id="split-title">
                    "Made of" <Tooltip text=HOW_SPLIT subject="the split" href=routes::how("allocation") />
                </h2>
            </header>
            <div class="card-body stack">
                <Bars title="Sector" slices=by_sector />
                <Bars title="Kind" slices=by_kind />
                <Bars title="Currency" slices=by_currency />
            </div>
        </section>
    }
}

/// Shares of the whole, largest first.
#[component]
pub fn Bars(title: &'static str, slices: Vec<Slice>) -> impl IntoView {
    let most = slices.iter().filter_map(|slice| slice.weight).fold(0.0, f64::max);
    let rows = slices
        .into_iter()
        .map(|slice| {
            let width = slice.weight.filter(|weight| *weight > 0.0 && most > 0.0);
            let width = format!("{:.2}%", width.map_or(0.0, |weight| weight / most * 100.0));
            view! {
                <li class="bar">
                    <span class="bar-name">{slice.label}</span>
                    <svg class="bar-line" aria-hidden="true">
                        <rect class="bar-track" width="100%" height="100%" rx="2" />
                        <rect class="bar-fill" width=width height="100%" rx="2" />
                    </svg>
                    <span class="num">{share(slice.weight)}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="bars">
            <h3>{title}</h3>
            <ul>{rows}</ul>
        </div>
    }
}
