//! The pieces of a table: a frame that scrolls inside itself, a sticky head, sortable columns.
//!
//! A page gives the columns and its own `<tr>`s. Classes of cells: `cell-num` aligns right with tabular figures; below
//! 560 px a row becomes two lines, where `cell-key` (top left), `cell-main` (top right), `cell-sub` (bottom
//! left) and `cell-side` (bottom right) say what stays; every other cell is hidden there. `cell-narrow` are words inside
//! a cell that are shown only there.

use super::{Glyph, Icon};
use leptos::prelude::*;
use std::borrow::Cow;

/// A table in its frame.
///
/// - `caption`: what it holds, for screen readers. `columns`: from left to right.
/// - `unseen_head`: the names of the columns are for screen readers alone. `foot`: a `<tfoot>`.
/// - `children`: the rows.
#[component]
pub fn DataTable(
    #[prop(into)] caption: String,
    #[prop(into)] columns: Vec<Column>,
    #[prop(optional)] unseen_head: bool,
    #[prop(optional_no_strip)] foot: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let name = caption.clone();
    view! {
        <div class="table-frame" tabindex="0" role="region" aria-label=name>
            <table class="table">
                <caption class="sr-only">{caption}</caption>
                <TableHead columns unseen=unseen_head />
                <tbody>{children()}</tbody>
                {foot}
            </table>
        </div>
    }
}

/// The head of a table that is not a [`DataTable`].
///
/// - `columns`: from left to right. `unseen`: for screen readers alone.
#[component]
pub fn TableHead(#[prop(into)] columns: Vec<Column>, #[prop(optional)] unseen: bool) -> impl IntoView {
    let heads = columns.into_iter().map(Column::head).collect_view();
    view! {
        <thead class:sr-only=unseen>
            <tr>{heads}</tr>
        </thead>
    }
}

/// Which way a column is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Sorted {
    Ascending,
    Descending,
}

impl Sorted {
    fn as_str(self) -> &'static str {
        match self {
            Sorted::Ascending => "ascending",
            Sorted::Descending => "descending",
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Sorting {
    href: Signal<String>,
    sorted: Signal<Option<Sorted>>,
}

/// A column: its name, and what the name does.
#[derive(Debug)]
pub struct Column {
    name: Cow<'static, str>,
    numeric: bool,
    unseen: bool,
    how: Option<String>,
    meaning: Option<&'static str>,
    sorting: Option<Sorting>,
}

impl Column {
    /// A column of words, aligned left.
    pub fn words(name: impl Into<Cow<'static, str>>) -> Column {
        Column { name: name.into(), numeric: false, unseen: false, how: None, meaning: None, sorting: None }
    }

    /// A column of figures: its name is aligned right, as they are.
    pub fn figures(name: impl Into<Cow<'static, str>>) -> Column {
        Column { numeric: true, ..Column::words(name) }
    }

    /// A column that speaks for itself, as one of buttons: its name is for screen readers alone.
    pub fn unseen(name: impl Into<Cow<'static, str>>) -> Column {
        Column { unseen: true, ..Column::words(name) }
    }

    /// Where its figures are explained in full: the name leads there, or an icon beside it where the name sorts.
    pub fn how(self, href: String) -> Column {
        Column { how: Some(href), ..self }
    }

    /// What it is, in a sentence shown on hover.
    pub fn meaning(self, sentence: &'static str) -> Column {
        Column { meaning: Some(sentence), ..self }
    }

    /// The name sorts: `href` is an address, so it works as a plain link. `sorted`: how the table is sorted by it now.
    pub fn sorts(
        self,
        href: impl Fn() -> String + Send + Sync + 'static,
        sorted: impl Fn() -> Option<Sorted> + Send + Sync + 'static,
    ) -> Column {
        let sorting = Sorting { href: Signal::derive(href), sorted: Signal::derive(sorted) };
        Column { sorting: Some(sorting), ..self }
    }

    fn head(self) -> impl IntoView {
        let Column { name, numeric, unseen, how, meaning, sorting } = self;
        let order = sorting.map(|Sorting { sorted, .. }| move || sorted.get().map(Sorted::as_str));
        let words = match (sorting, how) {
            (Some(Sorting { href, sorted }), how) => {
                let glyph = Signal::derive(move || match sorted.get() {
                    Some(Sorted::Ascending) => Glyph::Up,
                    Some(Sorted::Descending) | None => Glyph::Down,
                });
                // The words sort, so what they mean is a link of its own; on the far side of the figures, which end
                // where the words do.
                let how = how.map(|href| {
                    let label = format!("How this is made: {}", meaning.unwrap_or(&name));
                    view! {
                        <span class="tooltip">
                            <a class="tooltip-button" href=href aria-label=label>
                                <Icon glyph=Glyph::Info />
                            </a>
                        </span>
                    }
                });
                let (before, after) = if numeric { (how, None) } else { (None, how) };
                view! {
                    {before}
                    <a class="table-sort" href=move || href.get()>
                        {name}
                        <Icon glyph=glyph />
                    </a>
                    {after}
                }
                .into_any()
            }
            (None, Some(how)) => view! { <a class="how-link" href=how>{name}</a> }.into_any(),
            (None, None) if unseen => view! { <span class="sr-only">{name}</span> }.into_any(),
            (None, None) => name.into_any(),
        };
        view! { <th scope="col" class:cell-num=numeric aria-sort=order title=meaning>{words}</th> }
    }
}
