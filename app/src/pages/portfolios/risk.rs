//! How much a portfolio swayed, each figure with its formula, and how alike its positions moved.

use super::{
    changes, fetched,
    figures::{FigureTile, Gaps, Shown},
    head::{Head, Ranges},
    named, ranged,
};
use crate::{
    api::portfolios::{self, RiskData},
    components::{Column, DataTable, EmptyState, Glyph, KpiStrip},
    format,
};
use domain::portfolio::{Correlation, Drawdown, Figure, Pair, Range, Risk};
use leptos::prelude::*;

/// The page of risk.
#[component]
pub fn RiskPage() -> impl IntoView {
    let (id, range) = (named(), ranged());
    let changes = changes(id);
    fetched(
        move || (id.get(), range.get(), changes.get()),
        |(id, range, _)| portfolios::read_risk(id, range),
        move |data| {
            let range = range.get_untracked().unwrap_or_default();
            view! { <Shows data range /> }
        },
    )
}

#[component]
fn Shows(data: RiskData, range: Range) -> impl IntoView {
    let RiskData { portfolio, risk, correlation } = data;
    let as_of = risk.from.map(|_| risk.to);
    if as_of.is_none() {
        return view! {
            <Head portfolio here="risk" />
            <section class="card">
                <EmptyState title="No risk yet" glyph=Glyph::Risk text="It is measured from the first transaction on." />
            </section>
        }
        .into_any();
    }
    let about = format!(
        "{} of {}",
        format::counted(risk.days as usize, "daily return", "daily returns"),
        risk.benchmark.as_ref().map_or_else(String::new, |symbol| format!("the portfolio, beside {symbol}")),
    );
    let gaps = risk.unavailable.iter().chain(&correlation.unavailable).cloned().collect::<Vec<_>>();
    view! {
        <Head portfolio=portfolio.clone() here="risk" as_of />
        <div class="row row-apart">
            <p class="muted">{about}</p>
            <Ranges portfolio here="risk" range />
        </div>
        <Figures risk />
        <Matrix correlation />
        <Gaps unavailable=gaps />
    }
    .into_any()
}

#[component]
fn Figures(risk: Risk) -> impl IntoView {
    let fall = risk.max_drawdown;
    let missing = StoredValue::new(risk.unavailable);
    let tile = move |figure: Figure, shown: Shown, note: String| {
        let unavailable = missing.get_value();
        view! { <FigureTile figure shown unavailable note /> }
    };
    let (share, number) = (Shown::Share, Shown::Number);
    let loss = |ratio: Option<f64>| Shown::Return(ratio);
    let per = |words: &str| words.to_string();
    let sway = view! {
        <KpiStrip>
            {tile(Figure::Volatility, share(risk.volatility), per("per year"))}
            {tile(Figure::Sharpe, number(risk.sharpe), per("risk-free rate 0 %"))}
            {tile(Figure::Sortino, number(risk.sortino), per("risk-free rate 0 %"))}
            {tile(Figure::Calmar, number(risk.calmar), String::new())}
            {tile(Figure::Beta, number(risk.beta), String::new())}
            {tile(Figure::Alpha, loss(risk.alpha), per("per year"))}
        </KpiStrip>
    }
    .into_any();
    let losses = view! {
        <KpiStrip>
            {tile(Figure::MaxDrawdown, loss(fall.map(|fall| fall.depth)), fall.map(fell).unwrap_or_default())}
            {tile(Figure::Var95, loss(risk.var95), per("a day"))}
            {tile(Figure::Cvar95, loss(risk.cvar95), per("a day"))}
            {tile(Figure::Var99, loss(risk.var99), per("a day"))}
            {tile(Figure::Cvar99, loss(risk.cvar99), per("a day"))}
            {tile(Figure::Hhi, number(risk.hhi), even(risk.hhi))}
        </KpiStrip>
    }
    .into_any();
    view! {
        <section class="stack stack-tight" aria-labelledby="sway-title">
            <h2 id="sway-title">"How much it sways"</h2>
            {sway}
        </section>
        <section class="stack stack-tight" aria-labelledby="loss-title">
            <h2 id="loss-title">"How much it lost"</h2>
            {losses}
        </section>
    }
}

/// When the deepest fall was.
fn fell(fall: Drawdown) -> String {
    let day = |day: Option<chrono::NaiveDate>| day.map(format::date);
    match (day(fall.peak), day(fall.trough), day(fall.recovered)) {
        (Some(peak), Some(trough), Some(back)) => format!("{peak} to {trough}, back on {back}"),
        (Some(peak), Some(trough), None) => format!("{peak} to {trough}, not back yet"),
        _ => "never fell".to_string(),
    }
}

/// How many positions of one size would be as concentrated.
fn even(hhi: Option<f64>) -> String {
    hhi.filter(|hhi| *hhi > 0.0)
        .map(|hhi| format!("as {} equal positions", format::number(1.0 / hhi, 1)))
        .unwrap_or_default()
}

#[component]
fn Matrix(correlation: Correlation) -> impl IntoView {
    let Correlation { symbols, matrix, highest, lowest, .. } = correlation;
    if symbols.len() < 2 {
        return ().into_any();
    }
    let columns = std::iter::once(Column::unseen("Symbol"))
        .chain(symbols.iter().map(|symbol| Column::figures(symbol.to_string())))
        .collect::<Vec<_>>();
    let rows = symbols
        .iter()
        .zip(matrix)
        .map(|(symbol, row)| {
            let cells = row
                .into_iter()
                .map(|value| {
                    let step = value.map(|value| format!("{}", (value * 3.0).round() as i32));
                    let words = value.map_or_else(|| format::NONE.to_string(), |v| format::number(v, 2));
                    view! { <td class="cell-num num alike" data-alike=step>{words}</td> }
                })
                .collect_view();
            view! {
                <tr>
                    <th scope="row">{symbol.to_string()}</th>
                    {cells}
                </tr>
            }
        })
        .collect_view();
    let pair = |words: &str, pair: Option<Pair>| {
        pair.map(|pair| {
            format!("{words} {} and {} ({})", pair.left, pair.right, format::number(pair.value, 2))
        })
    };
    let said = [pair("Most alike:", highest), pair("least:", lowest)];
    let said = said.into_iter().flatten().collect::<Vec<_>>().join(", ");
    view! {
        <section class="card" aria-labelledby="alike-title">
            <header class="card-head">
                <h2 id="alike-title">
                    "How alike they move"
                    <crate::components::Tooltip
                        text=Figure::Correlation.formula().formula
                        subject="Correlation"
                        href=crate::routes::how(Figure::Correlation.anchor())
                    />
                </h2>
                <span class="muted">{said}</span>
            </header>
            <DataTable caption="Correlation of daily returns" columns>{rows}</DataTable>
        </section>
    }
    .into_any()
}
