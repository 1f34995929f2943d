//! The front door: what Candlewick is, in one screen. Those who are logged in go straight to the dashboard.

use super::Me;
use crate::{
    api::market::{Front, read_front},
    components::{ButtonLink, ButtonLook, ChangePill, PriceCell, ProvenanceChip, Wordmark},
    routes,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::Redirect;

const POINTS: [(&str, &str); 4] = [
    (
        "Real prices, no key",
        "Decades of daily history ship inside the program. It starts with no network at all.",
    ),
    (
        "Signals with reasons",
        "Indicators equal to TA-Lib's last digit, each signal with the bars it looked at.",
    ),
    ("Yours alone", "One binary and one file on a machine of your own. Nobody else sees your lists."),
    ("Says where it comes from", "Every number names its source and its age. Simulated prices are labelled."),
];

/// The landing page.
#[component]
pub fn Landing() -> impl IntoView {
    let Me(me) = expect_context::<Me>();
    let front = Resource::new_blocking(|| (), |()| read_front());
    view! {
        <Title text="" />
        <Suspense>
            {move || Suspend::new(async move {
                matches!(me.await, Ok(Some(_))).then(|| view! { <Redirect path=routes::OVERVIEW /> })
            })}
        </Suspense>
        <div class="landing">
            <header class="landing-bar">
                <Wordmark />
                <nav class="row" aria-label="Account">
                    <a class="button" data-look="quiet" href=routes::LOGIN>
                        "Log in"
                    </a>
                </nav>
            </header>
            <main id="main">
            <section class="hero"><div class="hero-words">
                <h1>"The market, on a machine of your own"</h1>
                <p class="hero-lead">
                    "Prices, indicators, signals, news and mood in one quiet dashboard that you host yourself. Open it in the morning, keep it open all day."
                </p>
                <p class="row hero-actions">
                    <ButtonLink href=routes::REGISTER look=ButtonLook::Primary>
                        "Create an account"
                    </ButtonLink>
                    <ButtonLink href=routes::LOGIN>"Log in"</ButtonLink>
                </p>
            </div></section>
            <Suspense>
                {move || Suspend::new(async move {
                    front.await.ok().flatten().map(|front| view! { <Picture front /> })
                })}
            </Suspense>
            <section class="points">
                {POINTS
                    .iter()
                    .map(|(title, text)| {
                        view! {
                            <article class="point">
                                <h2>{*title}</h2>
                                <p class="muted">{*text}</p>
                            </article>
                        }
                    })
                    .collect_view()}
            </section></main>
            <footer class="landing-foot">
                "Not investment advice. Bundled data is as of 10 Mar 2022 and says so on every page."
            </footer>
        </div>
    }
}

/// A real chart, so that one sees what one gets.
#[component]
fn Picture(front: Front) -> impl IntoView {
    let Front { instrument, close, svg } = front;
    view! {
        <section class="hero-picture" aria-label="An example">
            <header class="hero-quote">
                <strong>{instrument.symbol.to_string()}</strong>
                <span class="muted">{instrument.name}</span>
                <PriceCell price=Signal::stored(Some(close.price)) />
                <ChangePill percent=Signal::stored(close.change_percent) amount=Signal::stored(close.change) />
                <ProvenanceChip source=Signal::stored(close.source) as_of=Signal::stored(close.as_of) />
            </header>
            <div class="chart hero-chart">
                <div class="chart-picture" inner_html=svg></div>
            </div>
        </section>
    }
}
