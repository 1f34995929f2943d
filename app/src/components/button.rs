//! Buttons, and links that look like them.

use super::{Glyph, Icon};
use leptos::prelude::*;

/// How much a button asks for attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ButtonLook {
    /// The one main action of a page or dialog.
    Primary,
    /// Everything else.
    #[default]
    Secondary,
    /// Without a frame, inside rows and heads.
    Ghost,
    /// Takes something away for good.
    Danger,
}

impl ButtonLook {
    /// The word of the style.
    pub fn as_str(self) -> &'static str {
        match self {
            ButtonLook::Primary => "primary",
            ButtonLook::Secondary => "secondary",
            ButtonLook::Ghost => "ghost",
            ButtonLook::Danger => "danger",
        }
    }
}

/// A button.
///
/// - `look`, `small`: see [`ButtonLook`]; small is 26 px high.
/// - `kind`: the `type` attribute; `button` unless said, `submit` in forms.
/// - `icon`: before the words. With `label` and no children it is an icon button.
/// - `name`, `value`: sent with the form when this button submits it.
/// - `busy`: shows that the action is under way and refuses a second click.
/// - `on_click`: called with nothing.
#[component]
pub fn Button(
    #[prop(optional)] look: ButtonLook,
    #[prop(optional)] small: bool,
    #[prop(default = "button")] kind: &'static str,
    #[prop(optional)] icon: Option<Glyph>,
    #[prop(optional, into)] label: Option<String>,
    #[prop(optional, into)] name: Option<String>,
    #[prop(optional, into)] value: Option<String>,
    #[prop(optional, into)] busy: Signal<bool>,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional, into)] on_click: Option<Callback<()>>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let click = move |_| {
        if let Some(on_click) = on_click.filter(|_| !busy.get_untracked()) {
            on_click.run(());
        }
    };
    let icon_only = children.is_none();
    view! {
        <button
            type=kind
            class="button"
            class:button-small=small
            class:button-icon=icon_only
            data-look=look.as_str()
            name=name
            value=value
            aria-label=label.clone()
            title=label
            aria-busy=move || busy.get().then_some("true")
            disabled=move || disabled.get() || busy.get()
            on:click=click
        >
            {icon.map(|glyph| view! { <Icon glyph=glyph /> })}
            {children.map(|children| view! { <span>{children()}</span> })}
        </button>
    }
}

/// A link that looks like a [`Button`]; props as there.
#[component]
pub fn ButtonLink(
    #[prop(into)] href: String,
    #[prop(optional)] look: ButtonLook,
    #[prop(optional)] small: bool,
    #[prop(optional)] icon: Option<Glyph>,
    #[prop(optional, into)] label: Option<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let icon_only = children.is_none();
    view! {
        <a
            href=href
            class="button"
            class:button-small=small
            class:button-icon=icon_only
            data-look=look.as_str()
            aria-label=label.clone()
            title=label
        >
            {icon.map(|glyph| view! { <Icon glyph=glyph /> })}
            {children.map(|children| view! { <span>{children()}</span> })}
        </a>
    }
}
