//! What is expected, how much such words were worth so far, and what came of earlier ones.

use crate::{
    api::market::{Outlook, read_forecast},
    charts::SpecChart,
    components::{Column, DataTable, EmptyState, Glyph, Tooltip},
    format,
    live::use_live,
    routes,
};
use domain::{
    Kind, Symbol,
    forecast::{Direction, Horizon, ModelKind, Past, Prediction, Record, Sheet, Skill, Target},
};
use leptos::prelude::*;

const HOW: &str = "Days are daily bars of the symbol. The model sees the last 90 log returns and corrects a random walk with \
                   drift as far as that proved right before. The range held what came in 80 % of earlier forecasts.";
const HOW_SKILL: &str = "Forecasts of the past, each made with what was known by then. Error: the miss of the log price over the \
                         usual change in as many days (MASE), less is better. Skill means: better than both random walks \
                         beyond chance (Diebold and Mariano, one-sided 5 %).";
const HOW_BULLISH: &str = "The probability, in percent, that the price is higher on day 30 than now.";

/// The card of a forecast with its cone; a new forecast takes the place of the old one.
#[component]
pub fn Forecast(outlook: Outlook, symbol: Symbol, kind: Kind) -> impl IntoView {
    let tick = use_live().prediction(&symbol);
    let shown = RwSignal::new(outlook);
    let newer = LocalResource::new(move || {
        let (arrived, symbol) = (tick.get().is_some(), symbol.clone());
        async move { if arrived { read_forecast(symbol).await.ok() } else { None } }
    });
    Effect::new(move |_| {
        if let Some(Some(outlook)) = newer.get() {
            shown.set(outlook);
        }
    });
    let body = move || {
        let Outlook { sheet, chart, svg } = shown.get();
        let (Some(prediction), Some(spec)) = (sheet.prediction.clone(), chart) else {
            let (title, text) = match kind {
                Kind::Custom => (
                    "Your own prices are not forecast",
                    "The models learn from the market's prices and are judged by them alone.",
                ),
                _ => ("Not enough history for a forecast", "It takes 91 daily closes without a hole."),
            };
            return view! { <EmptyState title text glyph=Glyph::Chart /> }.into_any();
        };
        let of_model = move |past: &Past| past.horizon == Horizon::Medium;
        let past = sheet.past.iter().copied().filter(of_model).take(8).collect::<Vec<_>>();
        view! {
            <Targets prediction=prediction.clone() />
            <SpecChart id="forecast-chart" spec svg />
            <SkillTable prediction sheet />
            <Earlier past />
        }
        .into_any()
    };
    let badge = move || shown.read().sheet.prediction.as_ref().map(skill_badge);
    view! {
        <section class="card forecast" aria-labelledby="forecast-title">
            <header class="card-head">
                <h2 id="forecast-title">
                    "Forecast" <Tooltip text=HOW subject="the forecast" href=routes::how("targets") />
                </h2>
                {badge}
            </header>
            {body}
        </section>
    }
}

/// What the record comes to, calmly.
fn skill_badge(prediction: &Prediction) -> impl IntoView + use<> {
    let better: Vec<String> = prediction
        .skill
        .iter()
        .filter(|skill| skill.has_skill)
        .map(|skill| format!("day {}", skill.horizon_days))
        .collect();
    let (words, tone) = match () {
        () if prediction.skill.is_empty() => ("Not enough history to judge".to_string(), "none"),
        () if better.is_empty() => ("No skill against a random walk".to_string(), "none"),
        () => (format!("Beat a random walk so far: {}", better.join(", ")), "neutral"),
    };
    view! {
        <span class="badge forecast-badge" data-tone=tone>
            {words}
        </span>
    }
}

#[component]
fn Targets(prediction: Prediction) -> impl IntoView {
    let names = ["Day 7", "Day 30", "Day 90"];
    let bullish = prediction.bullish_score;
    let rows = names.into_iter().zip(prediction.targets()).map(|(name, target)| {
        let Target { target_price, change, trend, low80, high80 } = target;
        let way = match trend {
            Direction::Uptrend => "up",
            Direction::Downtrend => "down",
            Direction::Sideways => "flat",
        };
        view! {
            <div class="target">
                <dt>{name}</dt>
                <dd class="target-price">{format::price(target_price)}</dd>
                <dd class="target-trend" data-trend=way>
                    <a class="how-link" href=routes::how("direction")>{trend.as_str()}</a>
                    {format!(" {}", format::change_percent(change))}
                </dd>
                <dd class="target-range">
                    <a class="how-link" href=routes::how("range80")>"80 %"</a>
                    {format!(": {} to {}", format::price(low80), format::price(high80))}
                </dd>
            </div>
        }
    });
    view! {
        <dl class="targets">
            {rows.collect_view()}
            <div class="target">
                <dt>
                    "Bullish score" <Tooltip text=HOW_BULLISH subject="the bullish score" href=routes::how("bullish") />
                </dt>
                <dd class="target-price">{format::number(bullish, 0)}</dd>
                <dd class="target-range">
                    {format!("from {} on {}", format::price(prediction.current_price), format::date(prediction.as_of))}
                </dd>
                <dd class="target-range">{prediction.model.name()}</dd>
            </div>
        </dl>
    }
}

/// The record by horizon: the model that speaks, both random walks, exponential smoothing.
#[component]
fn SkillTable(prediction: Prediction, sheet: Sheet) -> impl IntoView {
    if prediction.skill.is_empty() {
        return view! {
            <p class="card-note">
                "There is not enough history to judge forecasts of this symbol: a record needs 20 of them."
            </p>
        }
        .into_any();
    }
    let smoothed = |symbol: bool, days: u32| {
        let of = |record: &&Record| record.model == ModelKind::Ets && record.symbol.is_some() == symbol;
        let found = sheet.records.iter().find(of)?;
        found.skill.iter().find(|skill| skill.horizon_days == days).map(|skill| skill.mase)
    };
    let of_all = sheet
        .records
        .iter()
        .find(|record| record.symbol.is_none() && record.model == prediction.model)
        .map(|record| record.skill.clone())
        .unwrap_or_default();
    let own = prediction.skill.iter().map(|skill| row("", *skill, smoothed(true, skill.horizon_days)));
    let all = of_all.iter().map(|skill| row("All symbols, ", *skill, smoothed(false, skill.horizon_days)));
    let rows = own.chain(all).collect_view();
    let columns = [
        Column::words("Horizon"),
        Column::figures("Error").how(routes::how("mase")),
        Column::figures("Random walk").how(routes::how("random-walk")),
        Column::figures("With drift").how(routes::how("random-walk")),
        Column::figures("ETS").how(routes::how("mase")),
        Column::figures("Direction right").how(routes::how("directional")),
        Column::figures("In the range").how(routes::how("coverage")),
        Column::figures("Forecasts"),
        Column::words("Skill").how(routes::how("skill")),
    ];
    view! {
        <h3 class="card-subhead">
            "Record" <Tooltip text=HOW_SKILL subject="the record of the forecasts" href=routes::how("mase") />
        </h3>
        <DataTable caption="Record of the forecasts by horizon" columns>{rows}</DataTable>
    }
    .into_any()
}

fn row(of: &str, skill: Skill, smoothed: Option<f64>) -> impl IntoView + use<> {
    let share = |share: Option<f64>| {
        share.map_or(format::NONE.to_string(), |share| format::percent(100.0 * share, 0))
    };
    let error = |error: Option<f64>| error.map_or(format::NONE.to_string(), |error| format::number(error, 3));
    view! {
        <tr>
            <th class="cell-key" scope="row">{format!("{of}day {}", skill.horizon_days)}</th>
            <td class="cell-num cell-main">{error(Some(skill.mase))}</td>
            <td class="cell-num cell-side">{error(Some(skill.naive_mase))}</td>
            <td class="cell-num">{error(Some(skill.drift_mase))}</td>
            <td class="cell-num">{error(smoothed)}</td>
            <td class="cell-num">{share(skill.directional)}</td>
            <td class="cell-num">{share(Some(skill.coverage80))}</td>
            <td class="cell-num">{format::number(f64::from(skill.windows), 0)}</td>
            <td class="cell-sub">{if skill.has_skill { "beyond chance" } else { "none" }}</td>
        </tr>
    }
}

/// What was said 30 days ahead, and what came.
#[component]
fn Earlier(past: Vec<Past>) -> impl IntoView {
    if past.is_empty() {
        return ().into_any();
    }
    let rows = past
        .into_iter()
        .map(|past| {
            let Target { target_price, low80, high80, .. } = past.target;
            view! {
                <tr>
                    <th class="cell-key" scope="row">{format::date(past.as_of)}</th>
                    <td class="cell-sub">{format::date(past.due)}</td>
                    <td class="cell-num">{format::price(target_price)}</td>
                    <td class="cell-num">{format!("{} to {}", format::price(low80), format::price(high80))}</td>
                    <td class="cell-num cell-main">{format::price(past.came)}</td>
                    <td class="cell-side">{if past.is_within() { "held" } else { "missed" }}</td>
                </tr>
            }
        })
        .collect_view();
    let columns = [
        Column::words("Said on"),
        Column::words("For"),
        Column::figures("Expected"),
        Column::figures("80 % range").how(routes::how("range80")),
        Column::figures("Came"),
        Column::words("Range"),
    ];
    view! {
        <details class="chart-table">
            <summary>"Earlier forecasts for day 30, and what came"</summary>
            <DataTable caption="Earlier forecasts for day 30, and what came" columns>{rows}</DataTable>
        </details>
    }
    .into_any()
}
