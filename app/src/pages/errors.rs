//! Pages for what went wrong: nothing here, or a fault of ours. Each offers a way back.

use crate::{components::Wordmark, error::AppError, routes};
use leptos::prelude::*;
use leptos_meta::Title;

/// No page at this address.
#[component]
pub fn NotFound() -> impl IntoView {
    crate::backend::not_found();
    view! {
        <Title text="Not found" />
        <main class="error-page" id="main">
            <a href=routes::LANDING aria-label="Candlewick, home">
                <Wordmark />
            </a>
            <p class="error-code num">"404"</p>
            <h1>"There is nothing here"</h1>
            <p class="muted">"The address may be mistyped, or what it led to is gone."</p>
            <p class="row">
                <a class="button" data-look="primary" href=routes::OVERVIEW>
                    "Go to the overview"
                </a>
                <a class="button" href=routes::SEARCH>
                    "Search for a symbol"
                </a>
            </p>
        </main>
    }
}

/// Something failed while a page was fetched; the rest of the program goes on.
#[component]
pub fn Failed(error: AppError) -> impl IntoView {
    let missing = error.status == 404;
    let title = if missing { "There is nothing here" } else { "This did not work" };
    view! {
        <Title text=title />
        <section class="error-page error-inside" role="alert">
            <p class="error-code num">{error.status}</p>
            <h1>{title}</h1>
            <p class="muted">{error.to_string()}</p>
            <p class="row">
                <a class="button" data-look="primary" href=routes::OVERVIEW>
                    "Go to the overview"
                </a>
                <a class="button" href=routes::ABOUT>
                    "See how the data is doing"
                </a>
            </p>
        </section>
    }
}
