//! Collections that wait or run, with their progress live.

use crate::{api::quality::COLLECTS, components::ProgressLine, live::use_live};
use domain::{
    etl::EtlSource,
    event::JobProgress,
    job::{JobInfo, JobState},
};
use leptos::prelude::*;
use std::collections::HashMap;
use uuid::Uuid;

/// What collecting jobs have said of themselves since the page was opened.
pub type Told = RwSignal<HashMap<Uuid, JobProgress>>;

/// Keeps up with what collecting jobs tell, and has the page read again when one starts or ends.
pub fn follow(looked: RwSignal<u32>) -> Told {
    let (told, news) = (Told::new(HashMap::new()), use_live().job);
    Effect::new(move |_| {
        let Some(news) = news.get().filter(|news| news.kind == COLLECTS) else { return };
        let moved = news.state == JobState::Running && news.percent > 0;
        told.update(|known| drop(known.insert(news.id, news)));
        if !moved {
            looked.update(|count| *count += 1);
        }
    });
    told
}

/// A bar for each; nothing when nothing is under way.
#[component]
pub fn UnderWay(jobs: Vec<JobInfo>, told: Told) -> impl IntoView {
    jobs.into_iter().map(|job| view! { <Line job told /> }).collect_view()
}

#[component]
fn Line(job: JobInfo, told: Told) -> impl IntoView {
    let JobInfo { id, state, percent, step, payload, .. } = job;
    let source = payload["source"].as_str().and_then(EtlSource::parse);
    let title = source.map_or("Everything", EtlSource::title);
    let read = (state, percent, step);
    // What was told later than the page was read counts more.
    let now = Memo::new(move |_| {
        told.with(|known| {
            known
                .get(&id)
                .filter(|news| news.percent >= read.1)
                .map_or_else(|| read.clone(), |news| (news.state, news.percent, news.step.clone()))
        })
    });
    let percent = Signal::derive(move || now.get().1);
    let step = Signal::derive(move || {
        let (state, percent, step) = now.get();
        format!("{percent} % · {}", in_words(title, state, step))
    });
    view! { <ProgressLine percent step /> }
}

/// What a job is at; its own words begin with the source.
fn in_words(title: &str, state: JobState, step: String) -> String {
    match state {
        JobState::Queued => format!("{title}: waits for its turn"),
        JobState::Running if step.is_empty() => format!("{title}: begins"),
        JobState::Running => step,
        JobState::Done => format!("{title}: done"),
        JobState::Dead | JobState::Cancelled => format!("{title}: ended early"),
    }
}
