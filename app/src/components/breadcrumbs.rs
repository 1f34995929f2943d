//! Where one is.

use super::{Glyph, Icon};
use leptos::prelude::*;

/// One step of the way; the last one has no address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crumb {
    /// What the page is called.
    pub words: String,
    /// Where it is; `None` for the page one is on.
    pub href: Option<String>,
}

impl Crumb {
    /// A step one can go back to.
    pub fn link(words: impl Into<String>, href: impl Into<String>) -> Crumb {
        Crumb { words: words.into(), href: Some(href.into()) }
    }

    /// The page one is on.
    pub fn here(words: impl Into<String>) -> Crumb {
        Crumb { words: words.into(), href: None }
    }
}

/// The way from the top to this page.
///
/// - `crumbs`: from the top; may change.
#[component]
pub fn Breadcrumbs(#[prop(into)] crumbs: Signal<Vec<Crumb>>) -> impl IntoView {
    let steps = move || {
        crumbs
            .get()
            .into_iter()
            .map(|crumb| match crumb.href {
                Some(href) => view! {
                    <li class="crumb">
                        <a href=href>{crumb.words}</a>
                        <Icon glyph=Glyph::Chevron />
                    </li>
                }
                .into_any(),
                None => {
                    view! { <li class="crumb crumb-here" aria-current="page">{crumb.words}</li> }.into_any()
                }
            })
            .collect_view()
    };
    view! { <nav class="crumbs" aria-label="Breadcrumbs"><ol>{steps}</ol></nav> }
}
