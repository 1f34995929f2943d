//! The price chart of a symbol's page.

use super::{
    bars::Bars,
    bridge,
    controls::Controls,
    layouts::{KeepButtons, KeepForms, Keeping},
    legend::legend_part,
    option::{self, Look},
};
use crate::theme;
use domain::{
    Series, Symbol,
    chart::{
        ChartSpec, Developing, PriceChartOptions, PriceStudy,
        palette::{Palette, rules},
    },
    layout::{ChartLayout, KeptLayout, Span},
};
use leptos::prelude::*;
use std::{ops::Range, sync::Arc, time::Duration};

const ID: &str = "price-chart";
/// A slider that did not move for so long rests.
const REST: Duration = Duration::from_millis(150);

/// What a reader looks at, in bars: those in view, and those shared out among the places of the chart.
#[derive(Debug, Clone, PartialEq, Eq)]
struct View {
    /// Of which range of which history.
    of: (Span, usize),
    seen: Range<usize>,
    drawn: Range<usize>,
}

/// The price chart of a symbol: the server's picture, taken over in the same box by the interactive chart.
///
/// - `series`: daily bars, oldest first. `now`: the bar a live price develops behind them.
/// - `kept`: the reader's layout. `svg`: the picture of it.
#[component]
pub fn PriceChart(
    #[prop(into)] series: Signal<Series>,
    #[prop(into)] now: Signal<Option<Developing>>,
    symbol: Symbol,
    kept: KeptLayout,
    svg: String,
) -> impl IntoView {
    let layout = RwSignal::new(kept.layout);
    let keeping = Keeping::new(layout, kept.kept, symbol.clone());
    // A study has no equality of its own; a new series is a new study.
    let study = Memo::new_with_compare(move |_| series.with(PriceStudy::of), |_, _| true);
    let view = RwSignal::new(None::<View>);
    let sliding = RwSignal::new(None::<usize>);
    // While a slider moves, the lines of its study alone are drawn; the chart follows when it rests.
    let settled = Memo::new(move |before: Option<&ChartLayout>| match (sliding.get(), before) {
        (Some(_), Some(before)) => before.clone(),
        _ => layout.get(),
    });
    let of = Memo::new(move |_| (settled.read().span, study.with(PriceStudy::count)));
    let whole = Memo::new(move |_| {
        let options = series.with(|series| settled.read().options(series));
        PriceChartOptions { most: Some(rules::MOST_PLACES), ..options }
    });
    let options = Memo::new(move |_| {
        let options = whole.get();
        let near = view.get().filter(|view| view.of == of.get());
        match near {
            Some(near) => {
                PriceChartOptions { window: study.with(|study| study.window_of(&near.drawn)), ..options }
            }
            None => options,
        }
    });
    let spec = Memo::new(move |_| {
        now.with(|now| {
            study.with(|study| options.with(|options| Arc::new(study.chart(options, now.as_ref()))))
        })
    });
    let told = bridge::attend(ID, move |places| {
        view.set(study.with_untracked(|study| {
            let grain = options.with_untracked(|options| study.grain(options));
            let whole = whole.with_untracked(|whole| study.grain(whole).bars);
            let seen = grain.bars_of(&places);
            let drawn = grain.refined(&seen, &whole, rules::MOST_PLACES).unwrap_or(grain.bars);
            Some(View { of: of.get_untracked(), seen, drawn })
        }));
    });
    let is_sliding = Memo::new(move |_| sliding.get().is_some());
    Effect::new(move |before: Option<Option<Drawn>>| {
        let looks = told.looks.get();
        if !bridge::is_ready() {
            return None;
        }
        if is_sliding.get() {
            return before.flatten();
        }
        let drawn = Drawn { options: options.get(), of: of.get(), looks, spec: spec.get() };
        let seen = view.get().filter(|view| view.of == drawn.of).map(|view| view.seen);
        let shown = study.with(|study| places(study, &drawn, seen));
        draw(drawn, before.flatten(), shown)
    });
    let mut rest = debounce(REST, move |()| sliding.set(None));
    Effect::new(move |_| {
        let Some(at) = sliding.get() else { return };
        rest(());
        let Some(moved) = layout.read().studies.get(at).copied().filter(|_| bridge::is_ready()) else {
            return;
        };
        let sketch = study.with_untracked(|study| {
            let now = now.get_untracked();
            options.with_untracked(|options| study.sketch(options, at, moved, now.as_ref()))
        });
        if let Some(sketch) = sketch {
            bridge::sketch(ID, &option::sketch(&sketch, colours()));
        }
    });
    let legend = move || {
        let spec = spec.get();
        let last = spec.times.len().saturating_sub(1);
        let at = told.cursor.get().map_or(last, |at| last.min(at));
        spec.legend(at).into_iter().map(legend_part).collect_view()
    };
    let own = symbol.clone();
    view! {
        <Controls layout sliding>
            <KeepButtons keeping symbol=own />
        </Controls>
        <KeepForms keeping symbol />
        <p class="chart-legend" id="price-chart-legend">
            {legend}
        </p>
        <div
            class="chart chart-large"
            id=ID
            role="img"
            tabindex="0"
            aria-label=move || spec.read().alternative.clone()
        >
            <div class="chart-picture" inner_html=svg></div>
            <div class="chart-canvas"></div>
        </div>
        <details class="chart-table">
            <summary>
                <span>"Table"</span>
                <span class="chart-hint" aria-hidden="true">
                    "Drag moves, Ctrl and the wheel zoom, arrows step"
                </span>
            </summary>
            <Bars series />
        </details>
    }
}

/// What the chart on the page was drawn from; while it stays the same, only what moves is sent.
#[derive(Debug, Clone)]
struct Drawn {
    options: PriceChartOptions,
    of: (Span, usize),
    looks: u32,
    spec: Arc<ChartSpec>,
}

/// The places in view: those of the bars in view, or all of them.
fn places(study: &PriceStudy, drawn: &Drawn, seen: Option<Range<usize>>) -> Range<usize> {
    let all = 0..drawn.spec.times.len();
    let Some(seen) = seen else { return all };
    let grain = study.grain(&drawn.options);
    let places = grain.places_of(&seen);
    // The bar of now stands behind the last one.
    let end = if places.end == grain.places() { all.end } else { places.end };
    places.start..end
}

fn colours() -> &'static Palette {
    Palette::of(theme::is_dark(), theme::current("data-colours").as_deref() == Some("safe"))
}

/// Draws anew, or changes what moved. `None` while there is nothing to draw into.
fn draw(drawn: Drawn, before: Option<Drawn>, shown: Range<usize>) -> Option<Drawn> {
    let spec = &*drawn.spec;
    let (width_px, height_px) = bridge::size_px(ID).filter(|_| !spec.times.is_empty())?;
    let look = Look { colours: colours(), width_px, height_px };
    let before = before.filter(|before| {
        (before.of, before.looks) == (drawn.of, drawn.looks)
            && before.options.style == drawn.options.style
            && before.spec.has_shape_of(spec)
    });
    match before {
        Some(before) if before.options == drawn.options => {
            bridge::change(ID, &option::moving(spec, look, shown));
        }
        Some(before) => bridge::change(ID, &option::changed(&before.spec, spec, look, shown)),
        None => bridge::draw(ID, &option::of(spec, look, shown)),
    }
    Some(drawn)
}
