//! One symbol: price, chart, signals, news, lists, notes.

mod aside;
mod compare;
mod forecast;
mod head;
mod no_prices;
mod notes;
mod opinion;

pub use compare::ComparePage;
pub use opinion::Record;

use super::{Failed, news::NewsList};
use crate::{
    api::{self, market::SymbolPage as Data},
    backend,
    charts::{PriceChart, when_touched},
    components::{ButtonLink, Shape, Skeleton},
    error::AppError,
    format,
    live::use_live,
    routes,
};
use domain::{
    Series, Symbol,
    chart::Developing,
    event::QuoteTick,
    layout::{ChartLayout, KeptLayout},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The symbol the address names.
pub(super) fn named() -> Memo<Option<Symbol>> {
    let params = use_params_map();
    Memo::new(move |_| {
        let text = params.read().get("symbol").unwrap_or_default();
        Symbol::parse(&text.replace("%5E", "^").replace("%3D", "="))
    })
}

/// Said where the address names none.
pub(super) fn no_symbol() -> AppError {
    AppError::new(404, "This is not a symbol. A symbol is 1 to 20 letters, digits or . ^ = -")
}

/// The page of one symbol.
#[component]
pub fn SymbolPage() -> impl IntoView {
    let resyncs = use_live().resyncs;
    let looks = RwSignal::new(0_u32);
    let wanted = named();
    let writing = notes::Writing::new(wanted);
    let query = use_query_map();
    let chart = Memo::new(move |_| {
        query.with(|query| ChartLayout::from_query(|key| query.get_all(key).unwrap_or_default()))
    });
    let page = Resource::new(
        move || (wanted.get(), chart.get(), resyncs.get(), looks.get()),
        |(symbol, chart, ..)| async move {
            match symbol {
                Some(symbol) => api::market::read_symbol(symbol, chart).await,
                None => Err(no_symbol()),
            }
        },
    );
    view! {
        <Transition fallback=|| {
            view! {
                <Skeleton shape=Shape::Tiles count=1 />
                <Skeleton shape=Shape::Chart />
            }
        }>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(data) => view! { <Page data looks writing /> }.into_any(),
                    Err(error) => {
                        if error.status == 404 {
                            backend::not_found();
                        }
                        view! { <Failed error /> }.into_any()
                    }
                }
            })}
        </Transition>
    }
}

#[component]
fn Page(data: Data, looks: RwSignal<u32>, writing: notes::Writing) -> impl IntoView {
    let priced = !data.series.bars.is_empty();
    let (unpriced, standing) = (data.instrument.clone(), data.standing);
    let live = use_live();
    let symbol = data.instrument.symbol.clone();
    Effect::new({
        let (live, symbol) = (live.clone(), symbol.clone());
        move |_| live.watch([symbol.clone()])
    });
    let tick = live.quote(&symbol);
    let now = developing(&data, tick.clone());
    let first = data.quote.as_ref().map(|quote| quote.price);
    let title = {
        let (tick, symbol) = (tick.clone(), symbol.clone());
        move || match tick.read().as_ref().map(|tick| tick.price).or(first) {
            Some(price) => format!("({}) {symbol}", format::price(price)),
            None => symbol.to_string(),
        }
    };
    let as_of = data.quote.as_ref().map(|quote| quote.as_of);
    let all_news = routes::symbol_news(&symbol);
    let (signalled, noted) = (symbol.clone(), symbol.clone());
    let articles = data.news.into_iter().take(8).collect::<Vec<_>>();
    view! {
        <Title text=title />
        <head::Head
            instrument=data.instrument.clone()
            quote=data.quote.clone()
            badge=priced.then(|| data.sheet.badge.clone())
            lists=data.lists
        />
        <div class="symbol-body">
            <div class="stack">
                {if priced {
                    view! {
                        <section class="card chart-card" aria-label="Price chart">
                            <Chart series=data.series.clone() now kept=data.layout svg=data.svg symbol />
                        </section>
                        <forecast::Forecast
                            outlook=data.outlook.clone()
                            symbol=data.instrument.symbol.clone()
                            kind=data.instrument.kind
                        />
                        <opinion::Record scorecard=data.sheet.scorecard cost=data.trade_cost />
                    }
                        .into_any()
                } else {
                    view! { <no_prices::NoPrices instrument=unpriced standing looks /> }.into_any()
                }}
                <section class="card" aria-labelledby="symbol-news">
                    <header class="card-head">
                        <h2 id="symbol-news">"News"</h2>
                        <ButtonLink href=all_news small=true>
                            "All news and the mood of 30 days"
                        </ButtonLink>
                    </header>
                    <NewsList articles as_of=as_of.unwrap_or_default() />
                </section>
            </div>
            <div class="symbol-side stack">
                <aside::Figures series=data.series quote=data.quote instrument=data.instrument mood=data.mood />
                {priced
                    .then(|| {
                        view! {
                            <opinion::Opinion composite=data.sheet.composite parts=data.sheet.parts />
                            <opinion::Levels lay=data.lay />
                            <aside::Signals symbol=signalled signals=data.sheet.history />
                        }
                    })}
                <notes::Notes symbol=noted notes=data.notes may_edit=data.may_edit writing />
            </div>
        </div>
    }
}

/// The bar that the newest price develops behind the history: the quote of the page first, then every tick.
fn developing(data: &Data, tick: ArcRwSignal<Option<QuoteTick>>) -> Signal<Option<Developing>> {
    let last = data.series.bars.last().copied();
    let first = data.quote.as_ref().map(|quote| (quote.price, quote.as_of, quote.simulated));
    Signal::derive(move || {
        let tick = tick.read().as_ref().map(|tick| (tick.price, tick.timestamp, tick.simulated));
        let (price, time, simulated) = tick.or(first)?;
        Developing::of(last.as_slice(), price, time, simulated)
    })
}

/// The chart of the bars at hand; the whole history follows once somebody stirs.
#[component]
fn Chart(
    series: Series,
    now: Signal<Option<Developing>>,
    kept: KeptLayout,
    svg: String,
    symbol: Symbol,
) -> impl IntoView {
    let shown = RwSignal::new(series);
    let asked = symbol.clone();
    let wanted = RwSignal::new(false);
    let whole = LocalResource::new(move || {
        let asked = wanted.get().then(|| asked.clone());
        async move { Some(api::market::read_history(asked?).await) }
    });
    Effect::new(move |_| when_touched(move || wanted.set(true)));
    Effect::new(move |_| {
        if let Some(Some(Ok(all))) = whole.get() {
            shown.set(all);
        }
    });
    view! { <PriceChart series=shown now symbol kept svg /> }
}
