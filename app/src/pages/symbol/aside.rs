//! Key figures and the signals that fired.

use crate::{
    components::{EmptyState, Glyph, MoodChip, Tooltip, Trend},
    format,
    live::use_live,
    pages::news::HOW_MOOD,
    routes,
};
use chrono::{DateTime, NaiveTime, Utc};
use domain::{
    Instrument, Quote, Series, Symbol,
    bar::year_range,
    event::SignalFired,
    sentiment::Mood,
    signal::{Action, Signal as Fired, SignalKind},
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

/// Rows of the list of signals.
const MOST_ROWS: usize = 10;

/// Signals, newest first, with their reasons; one that fires while the page is open stands at the top at once.
///
/// - `signals`: what is kept, newest first.
#[component]
pub fn Signals(symbol: Symbol, signals: Vec<Fired>) -> impl IntoView {
    let told = use_live().fired;
    // The server's HTML holds what is kept and nothing else, so the browser begins with the same.
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    let rows = Memo::new(move |_| match alive.get() {
        true => listed(&symbol, &told.read(), &signals),
        false => listed(&symbol, &[], &signals),
    });
    view! {
        <section class="card" aria-labelledby="signals-title">
            <header class="card-head">
                <h2 id="signals-title">"Signals"</h2>
            </header>
            <Show
                when=move || !rows.read().is_empty()
                fallback=|| view! { <EmptyState title="No signal has fired yet" glyph=Glyph::Alerts /> }
            >
                <ul class="parts">
                    <For each=move || rows.get() key=Listed::key children=row />
                </ul>
            </Show>
        </section>
    }
}

/// A signal of the list.
#[derive(Debug, Clone, PartialEq)]
struct Listed {
    signal: Fired,
    simulated: bool,
}

impl Listed {
    fn key(&self) -> (DateTime<Utc>, SignalKind, Action, bool) {
        (self.signal.time, self.signal.kind, self.signal.action, self.simulated)
    }

    /// The day of its bar, and the minute where it fired before the close.
    fn time(&self) -> String {
        let time = self.signal.time;
        let time = match time.time() == NaiveTime::MIN {
            true => format::date(time.date_naive()),
            false => format::new_york(time),
        };
        if self.simulated { format!("{time}, simulated") } else { time }
    }
}

/// What was told of the symbol, the last one first, then what is kept. What a rule says of one day is listed once: of two
/// tellings the later, and neither once it is kept. What is simulated is never kept.
fn listed(symbol: &Symbol, told: &[SignalFired], kept: &[Fired]) -> Vec<Listed> {
    let what = |signal: &Fired| (signal.kind, signal.action, signal.time.date_naive());
    let mut rows: Vec<Listed> = Vec::new();
    for SignalFired { signal, simulated, .. } in told.iter().filter(|fired| fired.symbol == *symbol) {
        let is_kept = !simulated && kept.iter().any(|kept| what(kept) == what(signal));
        let is_there =
            rows.iter().any(|row| row.simulated == *simulated && what(&row.signal) == what(signal));
        if !is_kept && !is_there {
            rows.push(Listed { signal: signal.clone(), simulated: *simulated });
        }
    }
    rows.extend(kept.iter().map(|kept| Listed { signal: kept.clone(), simulated: false }));
    rows.truncate(MOST_ROWS);
    rows
}

fn row(listed: Listed) -> impl IntoView {
    let time = listed.time();
    let Fired { kind, action, reason, .. } = listed.signal;
    let word = match action {
        Action::Buy => "BUY",
        Action::Sell => "SELL",
        Action::Neutral | Action::NoData => "NEUTRAL",
    };
    view! {
        <li class="part fired">
            <span class="part-name" data-trend=Trend::of_action(action).as_str()>
                {word}
            </span>
            <span class="part-reason">
                <a class="how-link" href=routes::how_signal(kind)>
                    {reason}
                </a>
            </span>
            <time class="part-time">{time}</time>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::{Fired, listed};
    use domain::{
        Symbol,
        event::SignalFired,
        signal::{Action, SignalKind},
    };

    fn fired(time: &str, kind: SignalKind) -> Fired {
        let time = time.parse().expect("an instant");
        Fired { time, kind, action: Action::Buy, strength: None, reason: String::new(), bars_used: 15 }
    }

    fn told(symbol: &str, time: &str, kind: SignalKind, simulated: bool) -> SignalFired {
        let symbol = Symbol::parse(symbol).expect("a symbol");
        SignalFired { symbol, signal: fired(time, kind), simulated }
    }

    /// Rule and time of each row for AAPL.
    fn rows(told: &[SignalFired], kept: &[Fired]) -> Vec<(&'static str, String)> {
        let symbol = Symbol::parse("AAPL").expect("a symbol");
        let rows = listed(&symbol, told, kept);
        rows.iter().map(|row| (row.signal.kind.as_str(), row.time())).collect()
    }

    #[test]
    fn what_is_told_of_the_symbol_stands_above_what_is_kept() {
        let told = [
            told("AAPL", "2022-03-11T15:30:00Z", SignalKind::Macd, true),
            told("MSFT", "2022-03-11T15:00:00Z", SignalKind::Rsi, true),
        ];
        let kept = [fired("2022-03-10T00:00:00Z", SignalKind::Rsi)];
        assert_eq!(
            rows(&told, &kept),
            [
                ("macd", "11 Mar 2022 10:30 New York, simulated".to_string()),
                ("rsi", "10 Mar 2022".to_string())
            ]
        );
    }

    #[test]
    fn what_was_told_and_is_kept_stands_there_once() {
        let told = [told("AAPL", "2022-03-11T15:30:00Z", SignalKind::Rsi, false)];
        let kept = [fired("2022-03-11T00:00:00Z", SignalKind::Rsi)];
        assert_eq!(rows(&told, &kept), [("rsi", "11 Mar 2022".to_string())]);
    }

    #[test]
    fn a_simulated_signal_is_not_the_one_that_is_kept() {
        let told = [told("AAPL", "2022-03-11T15:30:00Z", SignalKind::Rsi, true)];
        let kept = [fired("2022-03-11T00:00:00Z", SignalKind::Rsi)];
        assert_eq!(rows(&told, &kept).len(), 2);
    }

    #[test]
    fn of_two_tellings_of_a_day_the_later_one_stays() {
        let told = ["2022-03-11T16:00:00Z", "2022-03-11T15:30:00Z"]
            .map(|time| told("AAPL", time, SignalKind::Rsi, true));
        assert_eq!(rows(&told, &[]), [("rsi", "11 Mar 2022 11:00 New York, simulated".to_string())]);
    }
}
