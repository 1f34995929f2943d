//! Keeps the layout of a chart as its reader changes it, and says whose it is.

use crate::api::layouts::{Keep, Reset};
use domain::{
    Symbol,
    layout::{ChartLayout, Kept},
};
use leptos::{form::ActionForm, prelude::*};
use std::time::Duration;

/// What is kept, and how it is changed.
#[derive(Clone, Copy)]
pub struct Keeping {
    keep: ServerAction<Keep>,
    reset: ServerAction<Reset>,
    kept: RwSignal<Kept>,
    layout: RwSignal<ChartLayout>,
}

/// A layout is kept when nothing changed for so long.
const PAUSE: Duration = Duration::from_millis(700);

impl Keeping {
    /// Keeps what becomes of `layout` from now on; one that the address asked for is kept once it is changed.
    pub fn new(layout: RwSignal<ChartLayout>, kept: Kept, symbol: Symbol) -> Keeping {
        let (keep, reset) = (ServerAction::<Keep>::new(), ServerAction::<Reset>::new());
        let kept = RwSignal::new(kept);
        let saved = StoredValue::new(layout.get_untracked());
        let waiting: StoredValue<Option<TimeoutHandle>> = StoredValue::new(None);
        Effect::new(move |_| {
            let now = layout.get();
            if let Some(waiting) = waiting.get_value() {
                waiting.clear();
            }
            if saved.with_value(|saved| *saved == now) {
                return;
            }
            let symbol = symbol.clone();
            let send = move || {
                saved.set_value(now.clone());
                let symbol = (kept.get_untracked() == Kept::Symbol).then_some(symbol);
                keep.dispatch(Keep { layout: now, symbol });
            };
            waiting.set_value(set_timeout_with_handle(send, PAUSE).ok());
        });
        on_cleanup(move || {
            if let Some(Some(waiting)) = waiting.try_get_value() {
                waiting.clear();
            }
        });
        Effect::new(move |_| {
            if let Some(Ok(now)) = keep.value().get() {
                kept.set(now);
            }
        });
        Effect::new(move |_| {
            if let Some(Ok(now)) = reset.value().get() {
                saved.set_value(now.layout.clone());
                kept.set(now.kept);
                layout.set(now.layout);
            }
        });
        Keeping { keep, reset, kept, layout }
    }
}

/// The forms of the buttons of [`KeepButtons`], outside the form those stand in.
#[component]
pub fn KeepForms(keeping: Keeping, symbol: Symbol) -> impl IntoView {
    view! {
        <ActionForm action=keeping.keep attr:id="keep-layout">
            <input type="hidden" name="layout" value=move || keeping.layout.get().to_string() />
        </ActionForm>
        <ActionForm action=keeping.reset attr:id="reset-layout">
            <input type="hidden" name="symbol" value=symbol.to_string() />
        </ActionForm>
    }
}

/// Whose layout it is, and the buttons that change that.
#[component]
pub fn KeepButtons(keeping: Keeping, symbol: Symbol) -> impl IntoView {
    let name = symbol.to_string();
    let failed = move || match &*keeping.keep.value().read() {
        Some(Err(error)) => Some(error.to_string()),
        _ => None,
    };
    let words = {
        let name = name.clone();
        move || match (failed(), keeping.kept.get()) {
            (Some(why), _) => format!("Not kept: {why}"),
            (None, Kept::Usual) => "The usual layout. What you change is kept for every symbol.".to_string(),
            (None, Kept::All) => "Your layout for every symbol.".to_string(),
            (None, Kept::Symbol) => format!("Your layout for {name} alone."),
        }
    };
    view! {
        <div class="study-keep">
            <p class="muted" role="status">
                {words}
            </p>
            <div class="row">
                <button type="submit" form="keep-layout" class="button button-small">
                    "Keep for every symbol"
                </button>
                <button
                    type="submit"
                    form="keep-layout"
                    name="symbol"
                    value=name.clone()
                    class="button button-small"
                >
                    {format!("Keep for {name} only")}
                </button>
                <button type="submit" form="reset-layout" class="button button-small" data-look="ghost">
                    "Reset"
                </button>
            </div>
        </div>
    }
}
