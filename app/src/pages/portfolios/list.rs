//! All portfolios, and how to get a first one.

use super::figures::{Gain, money};
use crate::{
    api::portfolios::{self, Create, PortfolioCard, Sample},
    components::{
        Button, ButtonLook, ChangePill, EmptyState, Field, Glyph, SelectField, Shape, Skeleton, Sparkline,
    },
    format,
    live::use_live,
    pages::{
        Failed,
        form::{FormProblem, answer, go_on, problem, typed_or},
    },
    routes,
};
use domain::portfolio::CostMethod;
use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;

/// All portfolios.
#[component]
pub fn PortfoliosPage() -> impl IntoView {
    let (create, sample) = (ServerAction::<Create>::new(), ServerAction::<Sample>::new());
    go_on(answer(create));
    go_on(answer(sample));
    let live = use_live();
    let cards = Resource::new(
        move || (live.portfolio.get().map(|changed| changed.portfolio_version), live.resyncs.get()),
        |_| portfolios::all(),
    );
    view! {
        <Title text="Portfolios" />
        <header class="page-head">
            <h1>"Portfolios"</h1>
        </header>
        <FormProblem answer=answer(sample) />
        <Transition fallback=|| {
            view! { <Skeleton shape=Shape::Rows count=4 /> }
        }>
            {move || Suspend::new(async move {
                match cards.await {
                    Ok(cards) => view! { <All cards sample /> }.into_any(),
                    Err(error) => view! { <Failed error /> }.into_any(),
                }
            })}
        </Transition>
        <NewPortfolio create />
    }
}

#[component]
fn All(cards: Vec<PortfolioCard>, sample: ServerAction<Sample>) -> impl IntoView {
    let sampled = cards.iter().any(|card| card.portfolio.sample);
    if cards.is_empty() {
        return view! {
            <section class="card">
                <EmptyState
                    title="No portfolio yet"
                    glyph=Glyph::Portfolio
                    text="Make one below and enter or import what you bought. Or look around first in a sample, bought and sold at the closes of 2018 to 2022 and clearly marked."
                >
                    <SampleButton sample look=ButtonLook::Primary />
                    <a class="button" href="#new-portfolio">
                        "Make my own"
                    </a>
                </EmptyState>
            </section>
        }
        .into_any();
    }
    view! {
        <div class="portfolio-cards">
            {cards.into_iter().map(|card| view! { <Card card /> }).collect_view()}
        </div>
        {(!sampled)
            .then(|| {
                view! {
                    <p class="row muted portfolio-offer">
                        "Want to see every page filled?" <SampleButton sample look=ButtonLook::Ghost />
                    </p>
                }
            })}
    }
    .into_any()
}

#[component]
fn SampleButton(sample: ServerAction<Sample>, look: ButtonLook) -> impl IntoView {
    view! {
        <ActionForm action=sample>
            <Button kind="submit" look busy=sample.pending()>
                "Add the sample portfolio"
            </Button>
        </ActionForm>
    }
}

#[component]
fn Card(card: PortfolioCard) -> impl IntoView {
    let PortfolioCard { portfolio, performance, spark, held } = card;
    let currency = performance.currency;
    let year = performance.twr.map(|twr| twr * 100.0);
    view! {
        <article class="card portfolio-card">
            <header>
                <h2>
                    <a class="cell-link" href=routes::portfolio(portfolio.id, "")>
                        {portfolio.name}
                    </a>
                </h2>
                {portfolio.sample.then(|| view! { <span class="portfolio-sample">"Sample"</span> })}
            </header>
            <p class="portfolio-value num">{money(performance.value, currency)}</p>
            <p class="row">
                <Gain value=performance.day_change currency />
                <ChangePill percent=Signal::stored(performance.day_change_ratio.map(|ratio| ratio * 100.0)) />
                <span class="muted">"day"</span>
            </p>
            <div class="portfolio-spark">
                <Sparkline values=Signal::stored(spark) />
            </div>
            <footer class="row row-apart muted">
                <span>{format::counted(held as usize, "position", "positions")}</span>
                <span class="row">
                    "1 year " <ChangePill percent=Signal::stored(year) />
                </span>
            </footer>
        </article>
    }
}

#[component]
fn NewPortfolio(create: ServerAction<Create>) -> impl IntoView {
    let answer = answer(create);
    let typed = |field: &str, otherwise: &str| typed_or::<Create>(field, otherwise.to_string());
    view! {
        <section class="card new-portfolio" id="new-portfolio" aria-labelledby="new-portfolio-title">
            <header class="card-head">
                <h2 id="new-portfolio-title">"A new portfolio"</h2>
            </header>
            <ActionForm action=create attr:class="card-body form portfolio-form">
                <Field
                    label="Name"
                    name="details[name]"
                    id="new-portfolio-name"
                    placeholder="Long term"
                    required=true
                    max_length=80
                    value=typed("details[name]", "")
                    error=problem(answer, "name")
                />
                <Field
                    label="Currency"
                    name="details[currency]"
                    id="new-portfolio-currency"
                    max_length=3
                    hint="Three letters; empty takes yours."
                    value=typed("details[currency]", "")
                    error=problem(answer, "currency")
                />
                <MethodField selected=typed("details[cost_method]", "fifo") />
                <div class="portfolio-form-end">
                    <Button kind="submit" look=ButtonLook::Primary busy=create.pending()>
                        "Create portfolio"
                    </Button>
                    <FormProblem answer />
                </div>
            </ActionForm>
        </section>
    }
}

/// Which shares a sale takes away.
#[component]
pub fn MethodField(selected: String) -> impl IntoView {
    let options =
        [(CostMethod::Fifo.as_str(), "First in, first out"), (CostMethod::Average.as_str(), "Average cost")];
    let options = options.map(|(value, words)| (value.to_string(), words.to_string())).to_vec();
    view! {
        <SelectField
            label="A sale takes"
            name="details[cost_method]"
            id="portfolio-cost-method"
            options
            selected=Signal::stored(selected)
        />
    }
}
