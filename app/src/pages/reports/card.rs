//! One report of the list.

use crate::{
    api::reports::Delete,
    components::{Button, ButtonLook, Glyph, Icon, ProgressLine},
    format,
    live::use_live,
};
use domain::report::{Fact, Made, ReportInfo, State, Tone};
use leptos::{form::ActionForm, prelude::*};

#[component]
pub(super) fn ReportCard(report: ReportInfo, delete: ServerAction<Delete>) -> impl IntoView {
    let id = report.id.0;
    let title = match report.subject.is_empty() {
        true => "Report".to_string(),
        false => report.subject.clone(),
    };
    let mut about = vec![format::new_york(report.created_at)];
    about.push(if report.scheduled { "Morning report" } else { "On demand" }.to_string());
    about.extend(report.made.as_ref().map(|made| format!("{} kB", (made.size_bytes + 999) / 1000)));
    about.extend(report.mailed_at.map(|at| format!("mailed {}", format::new_york(at))));
    let body = match (report.state, report.made) {
        (State::Ready, Some(made)) => view! { <Preview made /> }.into_any(),
        (State::Failed, _) => view! {
            <p class="report-problem">
                <Icon glyph=Glyph::Failed />
                {report.problem.unwrap_or_else(|| "It could not be made.".into())}
            </p>
        }
        .into_any(),
        _ => view! { <Progress job=report.job_id /> }.into_any(),
    };
    let ready = report.state == State::Ready;
    let pdf = format!("/api/portfolio/reports/{id}/pdf");
    view! {
        <li class="card report">
            <header class="card-head report-head">
                <div>
                    <h2>{title}</h2>
                    <p class="muted">{about.join(" · ")}</p>
                </div>
                <div class="report-do">
                    {ready
                        .then(|| {
                            view! {
                                <a class="button" data-look="primary" href=pdf.clone() rel="external" download>
                                    "Download PDF"
                                </a>
                                <a class="button" data-look="secondary" href=pdf rel="external" target="_blank">
                                    "Open"
                                </a>
                            }
                        })} <ActionForm action=delete>
                        <input type="hidden" name="id" value=id.to_string() />
                        <Button
                            kind="submit"
                            look=ButtonLook::Ghost
                            icon=Glyph::Close
                            label=format!("Remove the report of {}", format::new_york(report.created_at))
                        />
                    </ActionForm>
                </div>
            </header>
            <div class="card-body">{body}</div>
        </li>
    }
}

/// The head of the report: its lead and its key figures.
#[component]
fn Preview(made: Made) -> impl IntoView {
    let fact = |fact: Fact| {
        let tone = match fact.tone {
            Tone::Up => Some("up"),
            Tone::Down => Some("down"),
            Tone::Plain | Tone::Muted => None,
        };
        view! {
            <div class="report-fact">
                <dt>{fact.label}</dt>
                <dd data-tone=tone>{fact.value}</dd>
                <dd class="muted">{fact.note}</dd>
            </div>
        }
    };
    view! {
        <p>{made.lead}</p>
        <dl class="report-facts">{made.facts.into_iter().map(fact).collect_view()}</dl>
    }
}

/// How far it is, as the job tells; without the stream, that it is on its way.
#[component]
fn Progress(job: Option<uuid::Uuid>) -> impl IntoView {
    let live = use_live();
    let now = Memo::new(move |_| live.job.get().filter(|progress| Some(progress.id) == job));
    let percent = Signal::derive(move || now.get().map_or(0, |progress| progress.percent));
    let step = Signal::derive(move || {
        now.get().map_or_else(|| "It is being made.".to_string(), |progress| progress.step)
    });
    view! { <ProgressLine percent step /> }
}
