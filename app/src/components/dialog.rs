//! Windows over the page: the native `<dialog>`, which traps focus, closes on Escape and restores focus.

use super::{Button, ButtonLook, Glyph};
use leptos::{ev, html, prelude::*};

/// A dialog in the middle of the page.
///
/// - `id`: unique; the title is `<id>-title`.
/// - `title`: what it is about. `open`: shows it. `on_close`: it wants to be closed (Escape, cross, backdrop).
/// - `footer`: the actions, right-aligned. `children`: the body.
#[component]
pub fn Dialog(
    #[prop(into)] id: String,
    #[prop(into)] title: String,
    #[prop(into)] open: Signal<bool>,
    #[prop(into)] on_close: Callback<()>,
    #[prop(optional, into)] footer: Option<ViewFn>,
    children: Children,
) -> impl IntoView {
    view! { <Modal id=id title=title open=open on_close=on_close footer=footer look="dialog" children=children /> }
}

/// The same at the right edge of the page, full height: details and settings of what stays visible behind it.
/// Props as in [`Dialog`].
#[component]
pub fn Drawer(
    #[prop(into)] id: String,
    #[prop(into)] title: String,
    #[prop(into)] open: Signal<bool>,
    #[prop(into)] on_close: Callback<()>,
    #[prop(optional, into)] footer: Option<ViewFn>,
    children: Children,
) -> impl IntoView {
    view! { <Modal id=id title=title open=open on_close=on_close footer=footer look="drawer" children=children /> }
}

#[component]
fn Modal(
    id: String,
    title: String,
    open: Signal<bool>,
    on_close: Callback<()>,
    footer: Option<ViewFn>,
    look: &'static str,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    // Whether the owner takes it for open. The browser tells of closing a moment after it closed, and by then the owner
    // may have asked for it again: what was told once is not told twice.
    let shown = StoredValue::new(false);
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        let wanted = open.get();
        shown.set_value(wanted);
        match (wanted, dialog.open()) {
            // Fails only when the element has left the page, and then there is nothing to show.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let tell = move || {
        if shown.get_value() {
            shown.set_value(false);
            on_close.run(());
        }
    };
    let title_id = format!("{id}-title");
    let named_by = title_id.clone();
    view! {
        <dialog
            class=look
            id=id
            node_ref=node
            aria-labelledby=named_by
            closedby="any"
            on:cancel=move |_: ev::Event| tell()
            on:close=move |_| {
                if !node.get_untracked().is_some_and(|dialog| dialog.open()) {
                    tell();
                }
            }
        >
            <div class="dialog-head">
                <h2 id=title_id>{title}</h2>
                <Button look=ButtonLook::Ghost small=true icon=Glyph::Close label="Close" on_click=on_close />
            </div>
            <div class="dialog-body">{children()}</div>
            {footer.map(|footer| view! { <div class="dialog-foot">{footer.run()}</div> })}
        </dialog>
    }
}
