//! Portfolios: the list of all, and for each the pages that say what is in it, what it is worth, how it did and where
//! it leans. Every change is a form that works without WebAssembly too.

mod check_up;
mod details;
mod entry;
mod figures;
mod head;
mod holdings;
mod import;
mod list;
mod order;
mod overview;
mod performance;
mod risk;
mod share;
mod transactions;

pub use check_up::CheckUpPage;
pub use details::DetailsPage;
pub use holdings::HoldingsPage;
pub use import::ImportPage;
pub use list::PortfoliosPage;
pub use overview::PortfolioPage;
pub use performance::PerformancePage;
pub use risk::RiskPage;
pub use share::SharePage;
pub use transactions::TransactionsPage;

use super::Failed;
use crate::{
    backend,
    components::{Shape, Skeleton},
    error::AppError,
    live::use_live,
};
use domain::portfolio::{PortfolioId, Range};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use std::future::Future;

/// The portfolio the address names; one that can be none is the one nobody has.
fn named() -> Memo<PortfolioId> {
    let params = use_params_map();
    Memo::new(move |_| {
        let text = params.read().get("portfolio").unwrap_or_default();
        PortfolioId(text.parse().unwrap_or_default())
    })
}

/// The range the address asks for.
fn ranged() -> Memo<Option<Range>> {
    let query = use_query_map();
    Memo::new(move |_| query.read().get("range").and_then(|word| Range::parse(&word)))
}

/// Grows whenever a page of the portfolio has to be read again: it was changed, by whomever, or news was missed.
fn changes(id: Memo<PortfolioId>) -> Memo<u32> {
    let live = use_live();
    Memo::new(move |before: Option<&u32>| {
        live.resyncs.track();
        let ours = live.portfolio.read().as_ref().is_none_or(|changed| changed.portfolio_id == id.get().0);
        before.copied().unwrap_or_default() + u32::from(ours)
    })
}

/// Fetches what a page shows and draws it; `key` says when to fetch again.
fn fetched<K, T, Fut, V>(
    key: impl Fn() -> K + Send + Sync + 'static,
    fetch: impl Fn(K) -> Fut + Send + Sync + 'static,
    draw: impl Fn(T) -> V + Clone + Send + Sync + 'static,
) -> impl IntoView
where
    K: PartialEq + Clone + Send + Sync + 'static,
    T: Clone + Send + Sync + serde::Serialize + serde::de::DeserializeOwned + 'static,
    Fut: Future<Output = Result<T, AppError>> + Send + 'static,
    V: IntoView + 'static,
{
    let found = Resource::new(key, fetch);
    view! {
        <Transition fallback=|| {
            view! {
                <Skeleton shape=Shape::Tiles count=4 />
                <Skeleton shape=Shape::Chart />
            }
        }>
            {move || {
                let draw = draw.clone();
                Suspend::new(async move {
                    match found.await {
                        Ok(data) => draw(data).into_any(),
                        Err(error) => {
                            if error.status == 404 {
                                backend::not_found();
                            }
                            view! { <Failed error /> }.into_any()
                        }
                    }
                })
            }}
        </Transition>
    }
}
