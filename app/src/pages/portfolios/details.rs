//! What a portfolio is called and how it counts; taking it out whole, and taking it away.

use super::{changes, fetched, head::Head, list::MethodField, named};
use crate::{
    api::portfolios::{self, Delete, Update},
    components::{Button, ButtonLook, Field},
    pages::form::{FormProblem, Outcome, answer, go_on, problem, typed_or},
};
use domain::portfolio::Portfolio;
use leptos::{form::ActionForm, prelude::*};

/// The page of details.
#[component]
pub fn DetailsPage() -> impl IntoView {
    let (update, delete) = (ServerAction::<Update>::new(), ServerAction::<Delete>::new());
    go_on(answer(delete));
    let id = named();
    let changes = changes(id);
    fetched(
        move || (id.get(), changes.get(), update.version().get()),
        |(id, _, _)| portfolios::one(id),
        move |portfolio| view! { <Details portfolio update delete /> },
    )
}

#[component]
fn Details(
    portfolio: Portfolio,
    update: ServerAction<Update>,
    delete: ServerAction<Delete>,
) -> impl IntoView {
    let (changed, deleted) = (answer(update), answer(delete));
    let id = portfolio.id;
    let typed = |field: &str, otherwise: String| typed_or::<Update>(field, otherwise);
    let [name, currency, method, benchmark] = [
        typed("details[name]", portfolio.name.clone()),
        typed("details[currency]", portfolio.currency.to_string()),
        typed("details[cost_method]", portfolio.cost_method.as_str().to_string()),
        typed("details[benchmark]", portfolio.benchmark.to_string()),
    ];
    let form = view! {
        <ActionForm action=update attr:class="card-body stack form">
            <input type="hidden" name="id" value=id.to_string() />
            <Field
                label="Name"
                name="details[name]"
                id="details-name"
                required=true
                max_length=80
                value=name
                error=problem(changed, "name")
            />
            <Field
                label="Currency"
                name="details[currency]"
                id="details-currency"
                required=true
                max_length=3
                hint="Every total is counted in it, at the rates of the days."
                value=currency
                error=problem(changed, "currency")
            />
            <MethodField selected=method />
            <Field
                label="Benchmark"
                name="details[benchmark]"
                id="details-benchmark"
                required=true
                max_length=20
                value=benchmark
                error=problem(changed, "benchmark")
            />
            <FormProblem answer=changed />
            <Outcome answer=changed done="Saved." />
            <Button kind="submit" look=ButtonLook::Primary busy=update.pending()>
                "Save details"
            </Button>
        </ActionForm>
    }
    .into_any();
    let export = |format: &str| format!("/api/portfolio/portfolios/{id}/export?format={format}");
    let away = format!("Delete {}", portfolio.name);
    view! {
        <Head portfolio here="details" />
        <div class="grid">
            <section class="card span-6" aria-labelledby="details-title">
                <header class="card-head">
                    <h2 id="details-title">"Details"</h2>
                </header>
                {form}
            </section>
            <div class="span-6 stack">
                <section class="card" aria-labelledby="export-title">
                    <header class="card-head">
                        <h2 id="export-title">"Take it with you"</h2>
                    </header>
                    <div class="card-body stack">
                        <p class="muted">
                            "Every transaction, exactly as entered. The JSON file can be imported again without a difference."
                        </p>
                        <p class="row">
                            <a class="button" href=export("csv") download>"Export CSV"</a>
                            <a class="button" href=export("json") download>"Export JSON"</a>
                        </p>
                    </div>
                </section>
                <section class="card" aria-labelledby="delete-title">
                    <header class="card-head">
                        <h2 id="delete-title">"Delete"</h2>
                    </header>
                    <ActionForm action=delete attr:class="card-body stack">
                        <input type="hidden" name="id" value=id.to_string() />
                        <p class="muted">"The portfolio and all its transactions, for good. Export it first."</p>
                        <p class="row">
                            <Button kind="submit" look=ButtonLook::Danger busy=delete.pending()>
                                {away}
                            </Button>
                        </p>
                        <FormProblem answer=deleted />
                    </ActionForm>
                </section>
            </div>
        </div>
    }
}
