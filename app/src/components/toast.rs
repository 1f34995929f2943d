//! Short messages at the corner of the page.

use super::{Button, ButtonLook, Glyph, Icon, Tone, Trend};
use leptos::prelude::*;

/// One message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Toast {
    /// Tells messages apart.
    pub id: u32,
    /// How serious it is.
    pub tone: Tone,
    /// Which way it points: its arrow and colour stand in place of those of the tone.
    pub trend: Option<Trend>,
    /// What it is about, before everything else; may be empty.
    pub title: String,
    /// Whom it is about, after the title: words and address.
    pub links: Vec<(String, String)>,
    /// What happened, what still works, what to do; may be empty where there is a title.
    pub text: String,
}

/// The corner where messages appear and are read out. Always on the page, mostly empty.
///
/// - `toasts`: oldest first. `on_close`: called with the id of a message to take away.
/// - `children`: what else is said there, below them.
#[component]
pub fn Toasts(
    #[prop(into)] toasts: Signal<Vec<Toast>>,
    #[prop(into)] on_close: Callback<u32>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For
                each=move || toasts.get()
                key=|toast| toast.id
                children=move |toast: Toast| view! { <Message toast on_close /> }
            />
            {children.map(|children| children())}
        </div>
    }
}

#[component]
fn Message(toast: Toast, on_close: Callback<u32>) -> impl IntoView {
    let Toast { id, tone, trend, title, links, text } = toast;
    let glyph = trend.map_or(tone.glyph(), Trend::glyph);
    let titled = !title.is_empty();
    let links = links
        .into_iter()
        .enumerate()
        .map(|(at, (words, href))| {
            let before = if at == 0 { ": " } else { ", " };
            view! {
                {before}
                <a class="link" href=href>
                    {words}
                </a>
            }
        })
        .collect_view();
    view! {
        <div class="toast" data-tone=tone.as_str() data-trend=trend.map(Trend::as_str)>
            <Icon glyph=glyph />
            <p>
                {titled.then(|| view! { <strong>{title}</strong> })} {links}
                {(!text.is_empty()).then(|| view! { <span class:toast-more=titled>{text}</span> })}
            </p>
            <Button
                look=ButtonLook::Ghost
                small=true
                icon=Glyph::Close
                label="Dismiss"
                on_click=move |()| on_close.run(id)
            />
        </div>
    }
}
