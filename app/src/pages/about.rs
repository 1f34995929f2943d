//! About the data: who is asked for it and how they are doing; every bundled set with its package, licence, range and
//! what one should know.

mod providers;

use super::Failed;
use crate::{
    api,
    components::{Banner, Column, DataTable, Shape, Skeleton, Tone},
    format, routes,
};
use domain::about::SourceInfo;
use leptos::prelude::*;
use leptos_meta::Title;
use providers::Providers;

/// The page "About the data".
#[component]
pub fn AboutPage() -> impl IntoView {
    let sources = Resource::new(|| (), |()| api::market::read_sources());
    view! {
        <Title text="About the data" />
        <header class="page-head">
            <h1>"About the data"</h1>
            <p>
                "Market data is collected from the sources below, or ships with the program. Bundled market time began at the close of 10 Mar 2022, the newest day on which all starter symbols have prices; later bundled rows are not loaded, and prices after it are simulated from a seed, labelled, and never written into the history."
            </p>
        </header>
        <p>
            <a class="link" href=routes::HOW>
                "How each number is made from it"
            </a>
        </p>
        <Providers />
        <h2>"Bundled data"</h2>
        <Banner tone=Tone::Info>
            "Bundled prices are on the split basis of 10 Mar 2022. Sample headlines were written for Candlewick and are not news. Nothing here is investment advice."
        </Banner>
        <Transition fallback=|| {
            view! { <Skeleton shape=Shape::Rows count=12 /> }
        }>
            {move || Suspend::new(async move {
                match sources.await {
                    Ok(sources) => view! { <Sources sources /> }.into_any(),
                    Err(error) => view! { <Failed error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Sources(sources: Vec<SourceInfo>) -> impl IntoView {
    let columns = [
        Column::words("Data set"),
        Column::words("From"),
        Column::words("Licence"),
        Column::figures("Rows"),
        Column::words("Range"),
        Column::words("Note"),
    ];
    view! {
        <div class="card">
            <DataTable caption="Data sets with package, licence and range" columns>
                {sources
                    .into_iter()
                    .map(|source| {
                        let range = match (source.first, source.last) {
                            (Some(first), Some(last)) => {
                                format!("{} – {}", format::date(first), format::date(last))
                            }
                            _ => format::NONE.to_string(),
                        };
                        view! {
                            <tr>
                                <th scope="row" class="cell-key">
                                    {source.dataset}
                                </th>
                                <td class="cell-sub">
                                    {format!("{} {}", source.package, source.version)}
                                </td>
                                <td>{source.licence}</td>
                                <td class="cell-num cell-main num">
                                    {format::number(f64::from(source.rows), 0)}
                                </td>
                                <td class="cell-side">{range}</td>
                                <td class="muted">{source.note}</td>
                            </tr>
                        }
                    })
                    .collect_view()}
            </DataTable>
        </div>
    }
}
