//! The pieces of a table: a frame that scrolls inside itself, a sticky head, sortable columns.
//!
//! The rows are the page's own `<tr>`s. Classes of cells: `cell-num` aligns right with tabular figures; below
//! 560 px a row becomes two lines, where `cell-key` (top left), `cell-main` (top right), `cell-sub` (bottom
//! left) and `cell-side` (bottom right) say what stays; every other cell is hidden there. `cell-narrow` are words inside
//! a cell that are shown only there.

use super::{Glyph, Icon};
use leptos::prelude::*;

/// The frame of a table.
///
/// - `caption`: what the table holds, for screen readers.
/// - `children`: `<thead>` and `<tbody>`.
#[component]
pub fn DataTable(#[prop(into)] caption: String, children: Children) -> impl IntoView {
    let name = caption.clone();
    view! {
        <div class="table-frame" tabindex="0" role="region" aria-label=name>
            <table class="table">
                <caption class="sr-only">{caption}</caption>
                {children()}
            </table>
        </div>
    }
}

/// Which way a column is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Sorted {
    Ascending,
    Descending,
}

/// A column's head.
///
/// - `numeric`: aligned right, like its figures.
/// - `href`: sorts by this column, so it works as a plain link. `sorted`: how the table is sorted by it now.
/// - `how`: where its figures are explained in full; of a column that does not sort.
#[component]
pub fn ColumnHead(
    #[prop(optional)] numeric: bool,
    #[prop(optional, into)] href: Option<String>,
    #[prop(optional, into)] sorted: Signal<Option<Sorted>>,
    #[prop(optional, into)] how: Option<String>,
    children: Children,
) -> impl IntoView {
    let order = move || {
        sorted.get().map(|sorted| match sorted {
            Sorted::Ascending => "ascending",
            Sorted::Descending => "descending",
        })
    };
    let glyph = Signal::derive(move || match sorted.get() {
        Some(Sorted::Ascending) => Glyph::Up,
        Some(Sorted::Descending) | None => Glyph::Down,
    });
    let words = match (href, how) {
        (Some(href), _) => view! {
            <a class="table-sort" href=href>
                {children()}
                <Icon glyph=glyph />
            </a>
        }
        .into_any(),
        (None, Some(how)) => view! { <a class="how-link" href=how>{children()}</a> }.into_any(),
        (None, None) => children().into_any(),
    };
    view! { <th scope="col" class:cell-num=numeric aria-sort=order>{words}</th> }
}
