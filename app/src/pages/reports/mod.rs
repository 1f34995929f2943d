//! Reports: those that were made, one made now, and the morning report by mail.

mod card;
mod wish;

use super::{
    Failed,
    form::{Outcome, answer, refusal},
};
use crate::{
    api::reports::{self, Delete, Make, Prefer},
    components::{Button, ButtonLook, EmptyState, Glyph, SelectField, Shape, Skeleton},
    live::use_live,
};
use card::ReportCard;
use domain::{
    portfolio::PortfolioId,
    report::{Paper, Preferences},
};
use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use wish::Wish;

/// The page of reports.
#[component]
pub fn ReportsPage() -> impl IntoView {
    let (make, delete, prefer) =
        (ServerAction::<Make>::new(), ServerAction::<Delete>::new(), ServerAction::<Prefer>::new());
    // A report that gets ready anywhere is seen here at once.
    let done = use_live().report;
    let versions = move || (make.version().get(), delete.version().get(), prefer.version().get(), done.get());
    let page = Resource::new(versions, |_| reports::page());
    let problem = refusal(answer(delete));
    view! {
        <Title text="Reports" />
        <header class="page-head">
            <h1>"Reports"</h1>
            <p>"Portfolio, watchlist, signals and market of a day on a few pages, as PDF."</p>
        </header>
        <div class="form-problem" role="alert">
            {move || problem.get()}
        </div>
        <Transition fallback=|| view! { <Skeleton shape=Shape::Rows count=6 /> }>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => {
                        let paper = page.preferences;
                        let empty = page.reports.is_empty();
                        let cards = page
                            .reports
                            .into_iter()
                            .map(|report| view! { <ReportCard report delete /> })
                            .collect_view();
                        view! {
                            <div class="reports">
                                <div class="reports-made">
                                    {if empty {
                                        view! {
                                            <div class="card">
                                                <EmptyState
                                                    title="No reports yet"
                                                    glyph=Glyph::Reports
                                                    text="Make one now, or have it mailed each morning."
                                                />
                                            </div>
                                        }
                                            .into_any()
                                    } else {
                                        view! { <ul class="reports-list">{cards}</ul> }.into_any()
                                    }}
                                </div>
                                <aside class="stack stack-loose">
                                    <MakeOne make portfolios=page.portfolios preferences=paper />
                                    <Wish prefer preferences=paper zone=page.zone mails=page.mails />
                                </aside>
                            </div>
                        }
                            .into_any()
                    }
                    Err(error) => view! { <Failed error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

/// Papers as a form offers them.
fn papers() -> Vec<(String, String)> {
    [(Paper::A4, "A4"), (Paper::Letter, "US Letter")]
        .map(|(paper, words)| (paper.as_str().to_string(), words.to_string()))
        .to_vec()
}

#[component]
fn MakeOne(
    make: ServerAction<Make>,
    portfolios: Vec<(PortfolioId, String)>,
    preferences: Preferences,
) -> impl IntoView {
    let market = (String::new(), "The market and your watchlist".to_string());
    let first = portfolios.first().map(|(id, _)| id.to_string()).unwrap_or_default();
    let named = portfolios.into_iter().map(|(id, name)| (id.to_string(), name));
    let subjects: Vec<_> = named.chain([market]).collect();
    view! {
        <section class="card" aria-labelledby="make-title">
            <header class="card-head">
                <h2 id="make-title">"Make one now"</h2>
            </header>
            <ActionForm action=make attr:class="card-body form stack">
                <SelectField label="About" name="portfolio" id="make-about" options=subjects selected=first />
                <SelectField
                    label="Paper"
                    name="paper"
                    id="make-paper"
                    options=papers()
                    selected=preferences.paper.as_str().to_string()
                />
                <Outcome answer=answer(make) done="It is being made." />
                <Button kind="submit" look=ButtonLook::Primary busy=make.pending()>
                    "Make report"
                </Button>
            </ActionForm>
        </section>
    }
}
