//! Figures in tiles and cells: money, ratios, and why one is not there.

use crate::{
    components::{ChangePill, Icon, Tooltip, Trend},
    format, routes,
};
use domain::portfolio::{Currency, Decimal, Figure, Unavailable};
use leptos::prelude::*;

/// A ratio in percent points.
pub fn percent(ratio: Option<f64>) -> Option<f64> {
    ratio.map(|ratio| ratio * 100.0)
}

/// `12.34%`, or a dash.
pub fn share(ratio: Option<f64>) -> String {
    percent(ratio).map_or_else(|| format::NONE.to_string(), |value| format::percent(value, 1))
}

/// Money, or a dash.
pub fn money(value: Option<Decimal>, currency: Currency) -> String {
    value.map_or_else(|| format::NONE.to_string(), |value| format::money(value, currency))
}

fn trend(value: Option<Decimal>) -> Trend {
    match value {
        Some(value) if value > Decimal::ZERO => Trend::Up,
        Some(value) if value < Decimal::ZERO => Trend::Down,
        _ => Trend::Flat,
    }
}

/// A gain in money: sign, arrow and colour together.
#[component]
pub fn Gain(value: Option<Decimal>, currency: Currency) -> impl IntoView {
    let trend = trend(value);
    let words = value.map_or_else(|| format::NONE.to_string(), |value| format::money_signed(value, currency));
    view! {
        <span class="change num" data-trend=trend.as_str()>
            {value.map(|_| view! { <Icon glyph=trend.glyph() /> })}
            <span>{words}</span>
        </span>
    }
}

/// What a tile shows.
#[derive(Debug, Clone)]
pub enum Shown {
    /// Money without a direction.
    Money(Option<Decimal>, Currency),
    /// Money won or lost.
    Gain(Option<Decimal>, Currency),
    /// A ratio with a direction, as a return.
    Return(Option<f64>),
    /// A ratio without one, as a volatility.
    Share(Option<f64>),
    /// A plain number.
    Number(Option<f64>),
}

/// A tile of a figure, with its formula on hover and focus; where it can not be told, with the reason.
///
/// - `change`: a ratio under the value. `note`: small words there.
#[component]
pub fn FigureTile(
    figure: Figure,
    shown: Shown,
    unavailable: Vec<Unavailable>,
    #[prop(optional_no_strip)] change: Option<f64>,
    #[prop(optional, into)] note: Option<String>,
) -> impl IntoView {
    let formula = figure.formula();
    let explained = format!("{} = {}. From {}.", formula.name, formula.formula, formula.inputs);
    let reason =
        unavailable.into_iter().find(|each| each.figure == figure).map(|each| sentence(&each.reason));
    let (text, trend) = match &shown {
        Shown::Money(value, currency) => (money(*value, *currency), None),
        Shown::Gain(value, currency) => {
            let text = value
                .map_or_else(|| format::NONE.to_string(), |value| format::money_signed(value, *currency));
            (text, Some(trend(*value)))
        }
        Shown::Return(ratio) => {
            let text = percent(*ratio).map_or_else(|| format::NONE.to_string(), format::change_percent);
            (text, Some(Trend::of(percent(*ratio))))
        }
        Shown::Share(ratio) => {
            let text =
                percent(*ratio).map_or_else(|| format::NONE.to_string(), |value| format::percent(value, 2));
            (text, None)
        }
        Shown::Number(value) => {
            (value.map_or_else(|| format::NONE.to_string(), |value| format::number(value, 2)), None)
        }
    };
    let missing = text == format::NONE;
    view! {
        <div class="kpi" data-figure=format!("{figure:?}")>
            <div class="kpi-label">
                <span>{formula.name}</span>
                <Tooltip text=explained subject=formula.name href=routes::how(figure.anchor()) />
            </div>
            <div class="kpi-value num" data-trend=trend.filter(|_| !missing).map(Trend::as_str)>
                {if missing { "Unavailable".to_string() } else { text }}
            </div>
            <div class="kpi-foot">
                {change.map(|ratio| view! { <ChangePill percent=Signal::stored(Some(ratio * 100.0)) /> })}
                {note.map(|note| view! { <span class="kpi-note">{note}</span> })}
                {reason.filter(|_| missing).map(|reason| view! { <span class="kpi-reason">{reason}</span> })}
            </div>
        </div>
    }
}

/// What can not be told on this page, and why, in one place.
#[component]
pub fn Gaps(unavailable: Vec<Unavailable>) -> impl IntoView {
    let lines = unavailable
        .into_iter()
        .map(|each| {
            view! {
                <li>
                    <strong>
                        <a class="how-link" href=routes::how(each.figure.anchor())>
                            {each.figure.formula().name}
                        </a>
                    </strong>
                    ": "
                    {sentence(&each.reason)}
                </li>
            }
        })
        .collect::<Vec<_>>();
    (!lines.is_empty()).then(|| {
        view! {
            <details class="card gaps">
                <summary>{format::counted(lines.len(), "figure is not available", "figures are not available")}</summary>
                <ul>{lines}</ul>
            </details>
        }
    })
}

/// A reason as a sentence.
pub fn sentence(reason: &str) -> String {
    let mut letters = reason.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}
