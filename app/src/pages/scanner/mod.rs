//! The scanner: scans with a name, of today and of earlier sessions, and screens by a filter of one's own.
//!
//! Everything that is chosen stands in the address, so every view is a link one can keep or send.

mod address;
mod editor;
mod record;
mod screens;
mod table;

use super::Failed;
use crate::{
    api::scanner::{self, Screened},
    components::{EmptyState, Glyph, SegmentedLinks, Shape, Skeleton, Tooltip},
    error::AppError,
    format, routes,
};
use address::Address;
use chrono::{Datelike, NaiveDate};
use domain::{
    calendar::previous_session,
    scanner::{Fault, Scan, Sort, Timeframe},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use table::{Rows, Table};

const HOW: &str = "Every symbol with a price of the session is looked at; what fits is put in order. The other \
                   columns are fields that a filter may name.";

/// Earlier sessions offered beside the newest.
const PAST: usize = 5;

/// What the page shows below its head.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
enum Shown {
    Rows(Rows),
    Fault(Fault),
}

/// The scanner page.
#[component]
pub fn ScannerPage() -> impl IntoView {
    let query = use_query_map();
    let address = Memo::new(move |_| Address::of(&query.read()));
    let asked = Memo::new(move |_| address.read().asked());
    let shown = Resource::new(move || asked.get(), |asked| async move { fetch(asked).await });
    let newest = Resource::new(|| (), |()| scanner::newest_day());
    view! {
        <Title text="Scanner" />
        <header class="page-head scan-head">
            <h1>"Scanner"</h1>
            {move || {
                let address = address.get();
                let current = Signal::stored(address.with_frame(address.timeframe).href());
                view! { <SegmentedLinks label="Timeframe" links=frames(&address) current /> }
            }}
        </header>
        <editor::Editor address />
        <nav class="scan-tabs" aria-label="Scans">
            {move || tabs(&address.read())}
        </nav>
        <Transition fallback=|| ()>
            {move || Suspend::new(async move {
                let newest = newest.await.ok().flatten();
                view! { <Days address newest /> }
            })}
        </Transition>
        <section class="card" aria-label="Result">
            <Transition fallback=|| {
                view! { <Skeleton shape=Shape::Rows count=10 /> }
            }>
                {move || Suspend::new(async move {
                    let shown = shown.await;
                    match shown {
                        Ok(Shown::Rows(rows)) => {
                            view! { <Table rows address /> }.into_any()
                        }
                        Ok(Shown::Fault(wrong)) => {
                            let place = wrong.position + 1;
                            let text = format!("Look at character {place}, where it is underlined above.");
                            view! { <EmptyState title="The filter could not be read" glyph=Glyph::Scanner text /> }
                                .into_any()
                        }
                        Err(error) => view! { <Failed error /> }.into_any(),
                    }
                })}
            </Transition>
        </section>
        <screens::Screens address />
        <record::Record />
    }
}

async fn fetch(asked: Address) -> Result<Shown, AppError> {
    let Address { scan, timeframe, day, filter, sort } = asked;
    match filter {
        Some(filter) => {
            let (column, ascending) =
                (sort.map(|sort| sort.column().to_string()), sort.is_some_and(Sort::is_ascending));
            Ok(match scanner::read_screen(filter, timeframe, column, ascending).await? {
                Screened::Fault(fault) => Shown::Fault(fault),
                Screened::Found(found, day) => Shown::Rows(Rows::of_screen(found, day)),
            })
        }
        None => Ok(Shown::Rows(Rows::of_scan(scanner::read_scan(scan, timeframe, day).await?))),
    }
}

fn frames(address: &Address) -> Vec<(String, String)> {
    let words = |frame: Timeframe| match frame {
        Timeframe::Daily => "Daily",
        Timeframe::Weekly => "Weekly",
    };
    Timeframe::ALL.map(|frame| (address.with_frame(frame).href(), words(frame).to_string())).to_vec()
}

fn tabs(address: &Address) -> impl IntoView + use<> {
    let address = address.clone();
    Scan::ALL
        .into_iter()
        .map(move |scan| {
            let here = (address.filter.is_none() && address.scan == scan).then_some("page");
            let href = address.with_scan(scan).href();
            view! {
                <a class="scan-tab" href=href aria-current=here title=scan.meaning()>
                    {scan.title()}
                </a>
            }
        })
        .collect_view()
}

/// The newest session and those before it, for scans; what the scan means.
#[component]
fn Days(address: Memo<Address>, newest: Option<NaiveDate>) -> impl IntoView {
    let days: Vec<NaiveDate> = newest
        .into_iter()
        .flat_map(|newest| std::iter::successors(Some(newest), |day| Some(previous_session(*day).date)))
        .take(120)
        .collect();
    move || {
        let address = address.get();
        if address.filter.is_some() {
            return None;
        }
        let ends_week =
            |days: &[NaiveDate], at: usize| at == 0 || days[at].iso_week() != days[at - 1].iso_week();
        let offered: Vec<NaiveDate> = match address.timeframe {
            Timeframe::Daily => days.iter().copied().take(PAST + 1).collect(),
            Timeframe::Weekly => {
                (0..days.len()).filter(|at| ends_week(&days, *at)).map(|at| days[at]).take(PAST + 1).collect()
            }
        };
        let links = offered
            .iter()
            .map(|day| {
                let chosen = (Some(*day) != newest).then_some(*day);
                let words = format!("{} {}", day.format("%a"), format::short_date(*day));
                (address.with_day(chosen).href(), words)
            })
            .collect();
        Some(view! {
            <div class="scan-about">
                <p class="muted">
                    {address.scan.meaning()} " " <Tooltip text=HOW subject="a scan" href=routes::how("scans") />
                </p>
                <SegmentedLinks label="Session" links current=Signal::stored(address.with_day(address.day).href()) />
            </div>
        })
    }
}

/// The place of the page with nothing chosen.
pub(super) const HERE: &str = routes::SCANNER;
