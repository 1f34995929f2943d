//! How a portfolio did: returns beside a benchmark, and where the money came from.

use super::{
    changes, fetched,
    figures::{FigureTile, Gaps, Shown},
    head::{Head, Ranges},
    named, ranged,
};
use crate::{
    api::portfolios::{self, PerformanceData},
    charts::SpecChart,
    components::{Button, EmptyState, Glyph, KpiStrip},
    format, routes,
};
use domain::{
    Symbol,
    portfolio::{Decimal, Figure, Performance, Range},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The page of performance.
#[component]
pub fn PerformancePage() -> impl IntoView {
    let (id, range) = (named(), ranged());
    let changes = changes(id);
    let query = use_query_map();
    let benchmark = Memo::new(move |_| query.read().get("benchmark").and_then(|text| Symbol::parse(&text)));
    fetched(
        move || (id.get(), range.get(), benchmark.get(), changes.get()),
        |(id, range, benchmark, _)| portfolios::read_performance(id, range, benchmark),
        move |data| {
            let range = range.get_untracked().unwrap_or_default();
            view! { <Shows data range /> }
        },
    )
}

#[component]
fn Shows(data: PerformanceData, range: Range) -> impl IntoView {
    let PerformanceData { portfolio, performance, growth, value } = data;
    if performance.from.is_none() {
        return view! {
            <Head portfolio here="performance" />
            <section class="card">
                <EmptyState
                    title="No performance yet"
                    glyph=Glyph::Trends
                    text="It begins with the first transaction."
                />
            </section>
        }
        .into_any();
    }
    let benchmark = performance.benchmark.as_ref().map(ToString::to_string).unwrap_or_default();
    let growth =
        growth.map(|drawn| view! { <SpecChart id="portfolio-growth" spec=drawn.spec svg=drawn.svg /> });
    let value = value.map(|drawn| view! { <SpecChart id="portfolio-value" spec=drawn.spec svg=drawn.svg /> });
    let (gaps, as_of) = (performance.unavailable.clone(), performance.to);
    let compare = view! {
        <form class="row" method="get" action=routes::portfolio(portfolio.id, "performance")>
            <input type="hidden" name="range" value=range.as_str() />
            <label class="sr-only" for="benchmark">
                "Compare with"
            </label>
            <input
                class="input input-short"
                id="benchmark"
                name="benchmark"
                maxlength="20"
                autocomplete="off"
                value=benchmark
            />
            <Button kind="submit" small=true>
                "Compare"
            </Button>
        </form>
    }
    .into_any();
    let charts = view! {
        <section class="card chart-card" aria-labelledby="growth-title">
            <header class="card-head">
                <h2 id="growth-title">"Growth"</h2>
                <div class="card-actions">{compare} <Ranges portfolio=portfolio.clone() here="performance" range /></div>
            </header>
            {growth}
        </section>
        <section class="card chart-card" aria-labelledby="worth-title">
            <header class="card-head">
                <h2 id="worth-title">"Value"</h2>
            </header>
            {value}
        </section>
    }
    .into_any();
    view! {
        <Head portfolio here="performance" as_of=Some(as_of) />
        <Returns performance=performance.clone() />
        <div class="grid">
            <div class="span-8 stack">{charts}</div>
            <div class="span-4 stack">
                <Bridge performance />
            </div>
        </div>
        <Gaps unavailable=gaps />
    }
    .into_any()
}

#[component]
fn Returns(performance: Performance) -> impl IntoView {
    let missing = performance.unavailable.clone();
    let tile = move |figure: Figure, ratio: Option<f64>, note: &'static str| {
        let unavailable = missing.clone();
        view! { <FigureTile figure shown=Shown::Return(ratio) unavailable note /> }
    };
    let apart = performance.twr.zip(performance.benchmark_return).map(|(own, other)| own - other);
    let beside = match (&performance.benchmark, apart) {
        (Some(symbol), Some(apart)) => {
            format!("{symbol}; you {}", format::change_percent(apart * 100.0))
        }
        (Some(symbol), None) => symbol.to_string(),
        (None, _) => String::new(),
    };
    view! {
        <KpiStrip>
            {tile(Figure::Twr, performance.twr, "in the range")}
            {tile(Figure::TwrAnnualised, performance.twr_annualised, "per year")}
            {tile(Figure::Irr, performance.irr, "per year, money-weighted")}
            <FigureTile
                figure=Figure::BenchmarkReturn
                shown=Shown::Return(performance.benchmark_return)
                unavailable=performance.unavailable.clone()
                note=beside
            />
            {tile(Figure::Roai, performance.roai, "since the start")}
        </KpiStrip>
    }
}

/// From what was put in to what it is worth, line by line; it adds up to the cent.
#[component]
fn Bridge(performance: Performance) -> impl IntoView {
    let currency = performance.currency;
    let line = move |figure: Figure, value: Option<Decimal>, look: &'static str| {
        let formula = figure.formula();
        let shown = match (value, look) {
            (None, _) => format::NONE.to_string(),
            (Some(value), "sum") => format::money(value, currency),
            (Some(value), _) => format::money_signed(value, currency),
        };
        view! {
            <div data-look=look>
                <dt>
                    {formula.name}
                    <crate::components::Tooltip
                        text=format!("{}. From {}.", formula.formula, formula.inputs)
                        subject=formula.name
                        href=crate::routes::how(figure.anchor())
                    />
                </dt>
                <dd class="num">{shown}</dd>
            </div>
        }
    };
    let less = |value: Option<Decimal>| value.map(|value| -value);
    view! {
        <section class="card" aria-labelledby="bridge-title">
            <header class="card-head">
                <h2 id="bridge-title">"Where it comes from" <span class="muted">" since the start"</span></h2>
            </header>
            <dl class="facts bridge">
                {line(Figure::Invested, performance.invested, "sum")}
                {line(Figure::Realised, performance.realised, "part")}
                {line(Figure::Unrealised, performance.unrealised, "part")}
                {line(Figure::Dividends, performance.dividends, "part")}
                {line(Figure::Interest, performance.interest, "part")}
                {line(Figure::Fees, less(performance.fees), "part")}
                {line(Figure::Taxes, less(performance.taxes), "part")}
                {line(Figure::CurrencyAndRounding, performance.currency_and_rounding, "part")}
                {line(Figure::Value, performance.value, "sum")}
            </dl>
        </section>
    }
}
