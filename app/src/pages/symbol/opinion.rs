//! What the signals say together, and how those of each rule did in the past.

use crate::{
    components::{Column, EmptyState, Glyph, TableHead, Tooltip},
    format, routes,
};
use domain::{
    signal::{Part, Score, SignalKind},
    trend::{Lay, Level},
};
use leptos::prelude::*;

const HOW_COMPOSITE: &str = "From -100 (sell) to 100 (buy): RSI counts 20, MACD 20, trend 25, Bollinger 10, breakout 15 and \
                             sentiment 10, each from -1 to 1; what is missing is left out and the rest rescaled.";
const HOW_LEVELS: &str = "Prices where the last 252 sessions turned at least twice: highs and lows of five sessions on each \
                          side, merged within half an ATR.";

/// The composite and its parts.
#[component]
pub fn Opinion(composite: Option<f64>, parts: Vec<Part>) -> impl IntoView {
    let rows = parts
        .into_iter()
        .map(|part| {
            let score = part.score;
            // The bar starts in the middle of a width of 100.
            let (from, width) = (50.0 + 50.0 * score.min(0.0), 50.0 * score.abs());
            view! {
                <li class="part" data-trend=trend_of(score)>
                    <span class="part-name">{part.kind.as_str()}</span>
                    <svg class="part-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                        <rect class="part-track" width="100" height="6" />
                        <rect class="part-fill" x=format!("{from:.1}") width=format!("{width:.1}") height="6" />
                        <rect class="part-middle" x="49.7" width="0.6" height="6" />
                    </svg>
                    <span class="part-score">{format::signed(score, 2)}</span>
                    <span class="part-reason">{part.reason}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="opinion-title">
            <header class="card-head">
                <h2 id="opinion-title">
                    "Signal parts" <Tooltip text=HOW_COMPOSITE subject="the composite" href=routes::how("composite") />
                </h2>
                {composite
                    .map(|score| {
                        view! {
                            <strong class="part-score" data-trend=trend_of(score)>
                                {format::signed(score, 0)}
                            </strong>
                        }
                    })}
            </header>
            {if composite.is_none() {
                view! { <EmptyState title="Too little history for an opinion" glyph=Glyph::Alerts /> }.into_any()
            } else {
                view! { <ul class="parts">{rows}</ul> }.into_any()
            }}
        </section>
    }
}

/// How past signals of each rule did.
///
/// - `cost`: what one trade cost in it, as a share of its value. `pooled`: over all symbols.
#[component]
pub fn Record(
    scorecard: Vec<Score>,
    cost: f64,
    #[prop(default = "How past signals did".to_string())] title: String,
    #[prop(optional)] pooled: bool,
) -> impl IntoView {
    let none = scorecard.is_empty();
    let how = how_record(cost, pooled);
    let percent =
        |value: Option<f64>| value.map_or(format::NONE.to_string(), |value| format::signed(100.0 * value, 1));
    let share = |value: Option<f64>| {
        value.map_or(format::NONE.to_string(), |value| format::percent(100.0 * value, 0))
    };
    let rows = scorecard
        .into_iter()
        .map(|score| {
            let verdict = match (score.low, score.has_edge()) {
                (None, _) => "too few",
                (Some(_), true) => "edge",
                (Some(_), false) => "no edge",
            };
            let range = score.low.zip(score.high).map_or(format::NONE.to_string(), |(low, high)| {
                format!("{} to {}", format::signed(100.0 * low, 1), format::signed(100.0 * high, 1))
            });
            let median = percent(score.median_return);
            let below = format!(", median {median}");
            let times = format::counted(score.count as usize, "time", "times");
            view! {
                <tr>
                    <th scope="row" class="cell-key">
                        {kind_name(score.kind)}
                        <span class="muted">{format!(" {} days", score.horizon_bars)}</span>
                    </th>
                    <td class="cell-num">{score.count}</td>
                    <td class="cell-num cell-main">
                        <span class="cell-narrow">"Mean "</span>
                        {percent(score.mean_return)}
                        <span class="cell-narrow">{below}</span>
                    </td>
                    <td class="cell-num">{median}</td>
                    <td class="cell-num cell-side">
                        <span class="cell-narrow">"95 %: "</span>
                        {range}
                    </td>
                    <td class="cell-num">{percent(score.hold_return)}</td>
                    <td class="cell-num">{share(score.hit_rate)}</td>
                    <td class="cell-sub muted">
                        {verdict}
                        <span class="cell-narrow">{format!(", {times}")}</span>
                    </td>
                </tr>
            }
        })
        .collect_view();
    let columns = [
        Column::words("Signal, held"),
        Column::figures("Count"),
        Column::figures("Mean %"),
        Column::figures("Median %"),
        Column::figures("95 % range"),
        Column::figures("Holding %"),
        Column::figures("Gains"),
        Column::words("Verdict"),
    ];
    view! {
        <section class="card" aria-labelledby="record-title">
            <header class="card-head">
                <h2 id="record-title">
                    {title} <Tooltip text=how subject="the record" href=routes::how("scorecard") />
                </h2>
            </header>
            {if none {
                view! { <EmptyState title="No signal to judge yet" glyph=Glyph::Alerts /> }.into_any()
            } else {
                view! {
                    <div class="table-frame" tabindex="0" role="region" aria-label="How past signals did">
                        <table class="table">
                            <TableHead columns />
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                }
                    .into_any()
            }}
        </section>
    }
}

/// What the record says, in words.
fn how_record(cost: f64, pooled: bool) -> String {
    let (whose, periods) = match pooled {
        true => (" of every symbol", "whole weeks of the calendar"),
        false => ("", "whole periods of the history"),
    };
    format!(
        "Every past signal{whose}, bought (or sold short) at the next day's open and held for so many sessions, \
         less {} a trade, against holding as long from any day. The range is a 95 % bootstrap interval of the \
         mean, drawn by {periods}, since signals judged by the same days are not independent. An edge is more \
         than holding beyond chance.",
        format::trade_cost(cost)
    )
}

/// Trend, support and resistance.
#[component]
pub fn Levels(lay: Lay) -> impl IntoView {
    let row = |name: &'static str, level: Level| {
        view! {
            <div>
                <dt>{name} <span class="muted">{format::counted(level.touches as usize, "touch", "touches")}</span></dt>
                <dd class="num">{format::price(level.price)}</dd>
            </div>
        }
    };
    let resistance = lay.resistance.into_iter().rev().map(|level| row("Resistance", level)).collect_view();
    let support = lay.support.into_iter().map(|level| row("Support", level)).collect_view();
    view! {
        <section class="card" aria-labelledby="levels-title">
            <header class="card-head">
                <h2 id="levels-title">
                    "Trend and levels" <Tooltip text=HOW_LEVELS subject="a level" href=routes::how("levels") />
                </h2>
                <a class="how-link" href=routes::how("trend")>
                    {lay.trend.map_or(format::NONE, |trend| trend.as_str())}
                </a>
            </header>
            <dl class="facts">{resistance} {support}</dl>
        </section>
    }
}

fn trend_of(score: f64) -> &'static str {
    match score {
        score if score > 0.0 => "up",
        score if score < 0.0 => "down",
        _ => "flat",
    }
}

fn kind_name(kind: SignalKind) -> &'static str {
    match kind {
        SignalKind::Rsi => "RSI",
        SignalKind::Macd => "MACD",
        SignalKind::Bollinger => "Bollinger",
        SignalKind::Cross => "50/200 cross",
        SignalKind::Breakout => "Breakout",
    }
}
