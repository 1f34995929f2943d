//! A line across the page that says what is different today.

use super::{Glyph, Icon};
use leptos::prelude::*;

/// How serious a message is; shared by banners and toasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Good to know.
    #[default]
    Info,
    /// Done.
    Success,
    /// Works, but not as usual.
    Warning,
    /// Did not work.
    Failed,
}

impl Tone {
    /// The value of `data-tone`.
    pub fn as_str(self) -> &'static str {
        match self {
            Tone::Info => "info",
            Tone::Success => "success",
            Tone::Warning => "warning",
            Tone::Failed => "failed",
        }
    }

    /// The icon that says it without colour.
    pub fn glyph(self) -> Glyph {
        match self {
            Tone::Info => Glyph::Info,
            Tone::Success => Glyph::Check,
            Tone::Warning => Glyph::Warning,
            Tone::Failed => Glyph::Failed,
        }
    }
}

/// A banner, as "Bundled data, as of 10 Mar 2022".
///
/// - `tone`: see [`Tone`]; warnings and failures are announced.
/// - `action`: a link or button at the end. `children`: the words.
#[component]
pub fn Banner(
    #[prop(optional)] tone: Tone,
    #[prop(optional, into)] action: Option<ViewFn>,
    children: Children,
) -> impl IntoView {
    let role = matches!(tone, Tone::Warning | Tone::Failed).then_some("status");
    view! {
        <div class="banner" data-tone=tone.as_str() role=role>
            <Icon glyph=tone.glyph() />
            <p>{children()}</p>
            {action.map(|action| view! { <div class="banner-action">{action.run()}</div> })}
        </div>
    }
}
