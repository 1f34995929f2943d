//! Data quality, for operators: scores over time, age, what waits for a decision, what was repaired, holes against
//! the calendar of the exchange, and the runs that brought it all, those under way with their progress. Every action
//! is a plain form.

mod held;
mod scores;
mod tables;
mod under_way;

use super::{Failed, form::Outcome, form::answer};
use crate::{
    api::quality::{Collect, Decide, QualityPage as Shown, read_quality},
    components::{Button, Glyph, Shape, Skeleton},
    live::use_live,
};
use domain::etl::{EtlSource, RunStatus};
use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use under_way::{Told, UnderWay, follow};

/// The page.
#[component]
pub fn QualityPage() -> impl IntoView {
    let (collect, decide) = (ServerAction::<Collect>::new(), ServerAction::<Decide>::new());
    let resyncs = use_live().resyncs;
    let looked = RwSignal::new(0u32);
    let versions = move || (collect.version().get(), decide.version().get(), resyncs.get(), looked.get());
    let shown = Resource::new(versions, |_| read_quality());
    let told = follow(looked);
    view! {
        <Title text="Data quality" />
        <header class="page-head">
            <h1>"Data quality"</h1>
            <div class="page-actions">
                {EtlSource::ALL
                    .map(|source| {
                        view! {
                            <ActionForm action=collect>
                                <input type="hidden" name="source" value=source.as_str() />
                                <Button
                                    kind="submit"
                                    small=true
                                    icon=Glyph::Refresh
                                    busy=collect.pending()
                                >
                                    {source.title()}
                                </Button>
                            </ActionForm>
                        }
                    })
                    .collect_view()}
            </div>
        </header>
        <Outcome answer=answer(collect) done="Queued. The run shows below." />
        <Outcome answer=answer(decide) done="Decided." />
        <Transition fallback=|| {
            view! { <Skeleton shape=Shape::Rows count=12 /> }
        }>
            {move || Suspend::new(async move {
                match shown.await {
                    Ok(page) => {
                        view! {
                            <Look running=running(&page) again=looked />
                            <Content page told decide />
                        }
                            .into_any()
                    }
                    Err(error) => view! { <Failed error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

fn running(page: &Shown) -> bool {
    !page.under_way.is_empty() || page.runs.iter().any(|run| run.status == RunStatus::Running)
}

/// Looks again every other second, in the browser, while a run waits or goes on: the stream may be cut.
#[component]
fn Look(running: bool, again: RwSignal<u32>) -> impl IntoView {
    const PAUSE: std::time::Duration = std::time::Duration::from_secs(2);
    Effect::new(move |_| {
        if running {
            let waiting = set_timeout_with_handle(move || again.update(|count| *count += 1), PAUSE);
            on_cleanup(move || {
                if let Ok(waiting) = waiting {
                    waiting.clear();
                }
            });
        }
    });
}

#[component]
fn Content(page: Shown, told: Told, decide: ServerAction<Decide>) -> impl IntoView {
    let Shown { report, runs, under_way } = page;
    view! {
        <div class="stack">
            <UnderWay jobs=under_way told />
            <div class="grid">
                <div class="span-12">
                    <scores::ScoreBoard scores=report.scores freshness=report.freshness />
                </div>
                <div class="span-12">
                    <held::Quarantine held=report.quarantine decide />
                </div>
                <div class="span-12">
                    <tables::Runs runs />
                </div>
                <div class="span-6">
                    <tables::Weakest weakest=report.weakest />
                </div>
                <div class="span-6">
                    <tables::Gaps gaps=report.gaps />
                </div>
                <div class="span-12">
                    <held::Repairs repairs=report.repairs />
                </div>
            </div>
        </div>
    }
}
