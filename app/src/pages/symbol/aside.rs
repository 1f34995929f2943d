//! Key figures and the signals that fired.

use crate::{
    components::{EmptyState, Glyph, MoodChip, Tooltip},
    format,
    live::use_live,
    pages::news::HOW_MOOD,
    routes,
};
use domain::{
    Instrument, Quote, Series,
    bar::year_range,
    sentiment::Mood,
    signal::{Action, Signal as Fired},
};
use leptos::prelude::*;

/// Key figures, each from the bars on the page.
#[component]
pub fn Figures(
    series: Series,
    quote: Option<Quote>,
    instrument: Instrument,
    mood: Option<Mood>,
) -> impl IntoView {
    let told = use_live().mood(&instrument.symbol);
    let first = mood.map(|mood| mood.score);
    let score = Signal::derive(move || told.read().as_ref().map(|told| told.score).or(first));
    let (high, low) = year_range(&series.bars).unzip();
    let last = series.bars.last();
    let or_none = |value: Option<f64>, show: fn(f64) -> String| value.map_or(format::NONE.to_string(), show);
    let figures = [
        (
            "Previous close",
            or_none(quote.as_ref().and_then(|quote| quote.previous_close), format::price),
            None,
        ),
        ("Open", or_none(last.and_then(|bar| bar.open), format::price), None),
        ("Day high", or_none(last.and_then(|bar| bar.high), format::price), None),
        ("Day low", or_none(last.and_then(|bar| bar.low), format::price), None),
        ("Volume", or_none(last.and_then(|bar| bar.volume), format::compact), None),
        ("52-week high", or_none(high, format::price), Some("Highest price of the last 252 sessions.")),
        ("52-week low", or_none(low, format::price), Some("Lowest price of the last 252 sessions.")),
        ("Market cap", or_none(instrument.market_cap, format::compact), None),
        (
            "Sector",
            instrument.sector.map_or(format::NONE.to_string(), |sector| sector.as_str().to_string()),
            None,
        ),
        ("Industry", instrument.industry.unwrap_or(format::NONE.to_string()), None),
        ("Exchange", instrument.exchange.unwrap_or(format::NONE.to_string()), None),
        ("Currency", instrument.currency, None),
    ];
    // What is not known of this kind of symbol has no row.
    let figures = figures.into_iter().filter(|(_, value, _)| value != format::NONE);
    view! {
        <section class="card" aria-labelledby="figures-title">
            <header class="card-head">
                <h2 id="figures-title">"Key figures"</h2>
                <span class="row row-fixed">
                    <MoodChip score with_label=true />
                    <Tooltip text=HOW_MOOD subject="the mood" href=routes::how("mood") />
                </span>
            </header>
            <dl class="facts">
                {figures
                    .map(|(name, value, how)| {
                        view! {
                            <div>
                                <dt>
                                    {name} {how.map(|text| view! { <Tooltip text subject=name href=routes::how("year-range") /> })}
                                </dt>
                                <dd class="num">{value}</dd>
                            </div>
                        }
                    })
                    .collect_view()}
            </dl>
        </section>
    }
}

/// Signals, newest first, with their reasons.
#[component]
pub fn Signals(signals: Vec<Fired>) -> impl IntoView {
    let none = signals.is_empty();
    let rows = signals
        .into_iter()
        .take(10)
        .map(|fired| {
            let (word, trend) = match fired.action {
                Action::Buy => ("BUY", "up"),
                Action::Sell => ("SELL", "down"),
                Action::Neutral | Action::NoData => ("NEUTRAL", "flat"),
            };
            view! {
                <li class="part fired">
                    <span class="part-name" data-trend=trend>
                        {word}
                    </span>
                    <span class="part-reason">
                        <a class="how-link" href=routes::how_signal(fired.kind)>
                            {fired.reason}
                        </a>
                    </span>
                    <time class="part-time">{format::date(fired.time.date_naive())}</time>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="signals-title">
            <header class="card-head">
                <h2 id="signals-title">"Signals"</h2>
            </header>
            {if none {
                view! { <EmptyState title="No signal has fired yet" glyph=Glyph::Alerts /> }.into_any()
            } else {
                view! { <ul class="parts">{rows}</ul> }.into_any()
            }}
        </section>
    }
}
