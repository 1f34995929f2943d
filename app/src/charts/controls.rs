//! What a reader may change about the price chart, and the row of controls for it.

use crate::components::{CheckField, Glyph, Icon, SegmentedControl};
use chrono::Datelike;
use domain::{
    Series,
    chart::{Overlay, PriceChartOptions, PriceStyle, Window},
};
use leptos::prelude::*;

/// How far back the chart looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    Month,
    HalfYear,
    YearToDate,
    Year,
    FiveYears,
    Max,
}

impl Span {
    const ALL: [Span; 6] =
        [Span::Month, Span::HalfYear, Span::YearToDate, Span::Year, Span::FiveYears, Span::Max];

    fn word(self) -> &'static str {
        match self {
            Span::Month => "1M",
            Span::HalfYear => "6M",
            Span::YearToDate => "YTD",
            Span::Year => "1Y",
            Span::FiveYears => "5Y",
            Span::Max => "Max",
        }
    }

    /// The bars of a daily series it shows; a year has 252 sessions, as in the server's picture.
    fn window(self, series: &Series) -> Window {
        match self {
            Span::Month => Window::Last(21),
            Span::HalfYear => Window::Last(126),
            Span::Year => Window::Last(252),
            Span::FiveYears => Window::Last(1260),
            Span::Max => Window::All,
            Span::YearToDate => {
                let Some(year) = series.bars.last().map(|bar| bar.time.year()) else { return Window::All };
                let before = series.bars.partition_point(|bar| bar.time.year() < year);
                Window::From(u32::try_from(before).unwrap_or(u32::MAX))
            }
        }
    }
}

/// What is chosen now. Starts as the server paints.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    span: RwSignal<Span>,
    options: RwSignal<PriceChartOptions>,
}

impl Choice {
    pub fn new() -> Choice {
        Choice { span: RwSignal::new(Span::Year), options: RwSignal::new(PriceChartOptions::default()) }
    }

    /// The options of the domain's chart for these bars.
    pub fn options(self, series: &Series) -> PriceChartOptions {
        PriceChartOptions { window: self.span.get().window(series), ..self.options.get() }
    }
}

/// The row over the chart. It does nothing before the page is alive, and is disabled until then.
#[component]
pub fn Controls(choice: Choice) -> impl IntoView {
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    let Choice { span, options } = choice;
    let spans = Span::ALL.map(|span| (span.word().to_string(), span.word().to_string())).to_vec();
    let styles = [("candles", "Candles"), ("line", "Line")];
    let style = move || match options.read().style {
        PriceStyle::Candles => "candles".to_string(),
        PriceStyle::Line | PriceStyle::Area => "line".to_string(),
    };
    let overlays = Overlay::ALL.into_iter().map(|overlay| {
        let shown = move || options.read().overlays.contains(&overlay);
        let change = move |on: bool| {
            options.update(|options| {
                options.overlays.retain(|other| *other != overlay);
                if on {
                    options.overlays.push(overlay);
                }
            });
        };
        check(overlay.name(), overlay.as_str(), Signal::derive(shown), Callback::new(change))
    });
    view! {
        <fieldset class="chart-tools" disabled=move || !alive.get()>
            <legend class="sr-only">"Chart settings"</legend>
            <SegmentedControl
                name="chart-range"
                legend="Range"
                options=spans
                selected=Signal::derive(move || span.get().word().to_string())
                on_change=move |word: String| {
                    if let Some(chosen) = Span::ALL.into_iter().find(|span| span.word() == word) {
                        span.set(chosen);
                    }
                }
            />
            <SegmentedControl
                name="chart-style"
                legend="Prices as"
                options=styles.map(|(value, words)| (value.to_string(), words.to_string())).to_vec()
                selected=Signal::derive(style)
                on_change=move |word: String| {
                    let style = if word == "line" { PriceStyle::Line } else { PriceStyle::Candles };
                    options.update(|options| options.style = style);
                }
            />
            {switch("Log", "log", options, |options| &mut options.log)}
            <details class="menu chart-menu">
                <summary class="button button-small">
                    <Icon glyph=Glyph::Chart />
                    "Indicators"
                </summary>
                <div class="menu-panel">
                    <p class="menu-title">"Over the price"</p>
                    {overlays.collect_view()}
                    <p class="menu-title">"Below it"</p>
                    {switch("Volume", "volume", options, |options| &mut options.volume)}
                    {switch("RSI", "rsi", options, |options| &mut options.rsi)}
                    {switch("MACD", "macd", options, |options| &mut options.macd)}
                    <p class="menu-title">"Marks"</p>
                    {switch("Signals", "signals", options, |options| &mut options.signals)}
                </div>
            </details>
        </fieldset>
    }
}

/// A yes or no of the options; `part` finds it in them.
fn switch(
    words: &'static str,
    name: &'static str,
    options: RwSignal<PriceChartOptions>,
    part: fn(&mut PriceChartOptions) -> &mut bool,
) -> impl IntoView {
    let shown = Signal::derive(move || *part(&mut options.get()));
    check(words, name, shown, Callback::new(move |on| options.update(|options| *part(options) = on)))
}

fn check(
    words: &'static str,
    name: &'static str,
    shown: Signal<bool>,
    change: Callback<bool>,
) -> impl IntoView {
    view! { <CheckField label=words name=format!("chart-{name}") checked=shown on_change=change /> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Bar, Interval, Symbol};

    #[test]
    fn year_to_date_begins_with_the_first_bar_of_the_last_year() {
        let bar = |year, month, day| Bar {
            time: Bar::label(chrono::NaiveDate::from_ymd_opt(year, month, day).expect("a date")),
            open: None,
            high: None,
            low: None,
            close: 1.0,
            adj_close: None,
            volume: None,
        };
        let symbol = Symbol::parse("AAPL").expect("a symbol");
        let bars = vec![bar(2021, 12, 30), bar(2021, 12, 31), bar(2022, 1, 3), bar(2022, 1, 4)];
        let mut series = Series { symbol, interval: Interval::Day1, bars };
        assert_eq!(Span::YearToDate.window(&series), Window::From(2));
        series.bars.clear();
        assert_eq!(Span::YearToDate.window(&series), Window::All);
    }
}
