//! Work in the background, for operators: queues, what runs, what died of what, and the schedule.
//!
//! Read again when a job tells of itself, whichever process does it, and every ten seconds for what nobody tells.

mod dead;
mod latest;
mod queues;
mod running;
mod schedule;

use super::Failed;
use crate::{
    api::jobs::{self, Discard, Pause, Retry},
    components::{Shape, Skeleton},
    live::use_live,
};
use dead::DeadLetters;
use domain::{
    event::JobProgress,
    job::{JobBoard, JobState},
};
use latest::Latest;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use queues::Queues;
use running::Running;
use schedule::Schedule;
use std::{collections::HashMap, time::Duration};
use uuid::Uuid;

/// What can be done; kept above what is drawn anew after each change.
#[derive(Clone, Copy)]
struct Actions {
    retry: ServerAction<Retry>,
    discard: ServerAction<Discard>,
    pause: ServerAction<Pause>,
}

/// What running jobs have said of themselves since the page was read.
type Progress = RwSignal<HashMap<Uuid, JobProgress>>;

/// The jobs page.
#[component]
pub fn JobsPage() -> impl IntoView {
    let actions =
        Actions { retry: ServerAction::new(), discard: ServerAction::new(), pause: ServerAction::new() };
    let query = use_query_map();
    let state = Memo::new(move |_| query.with(|query| query.get("state").unwrap_or_default()));
    let looks = RwSignal::new(0_u32);
    let asked = move || {
        (
            state.get(),
            looks.get(),
            [actions.retry.version().get(), actions.discard.version().get(), actions.pause.version().get()],
        )
    };
    let board = Resource::new(asked, |(state, ..)| jobs::board(state));
    let progress = follow(looks);
    let problem = move || {
        fn error<T>(answer: &Option<Result<T, crate::error::AppError>>) -> Option<String> {
            answer.as_ref()?.as_ref().err().map(ToString::to_string)
        }
        error(&actions.retry.value().read())
            .or_else(|| error(&actions.discard.value().read()))
            .or_else(|| error(&actions.pause.value().read()))
    };
    view! {
        <Title text="Jobs" />
        <header class="page-head">
            <h1>"Jobs"</h1>
            <p>"Work in the background of the whole installation, of all tenants. Seen by operators only."</p>
        </header>
        <div class="form-problem" role="alert">
            {problem}
        </div>
        <Transition fallback=|| {
            view! { <Skeleton shape=Shape::Rows count=12 /> }
        }>
            {move || Suspend::new(async move {
                match board.await {
                    Ok(board) => view! { <Board board state progress actions /> }.into_any(),
                    Err(error) => view! { <Failed error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Board(board: JobBoard, state: Memo<String>, progress: Progress, actions: Actions) -> impl IntoView {
    let now = board.at;
    view! {
        <div class="stack">
            <Queues queues=board.queues now actions />
            <div class="grid">
                <div class="span-6">
                    <Running jobs=board.running now progress actions />
                </div>
                <div class="span-6">
                    <DeadLetters jobs=board.dead now actions />
                </div>
            </div>
            <Schedule lines=board.schedule now />
            <Latest jobs=board.latest now state actions />
        </div>
    }
}

/// Keeps up with what jobs tell, and has the page read again soon after one starts or ends.
fn follow(looks: RwSignal<u32>) -> Progress {
    const SOON: Duration = Duration::from_millis(400);
    const NOW_AND_THEN: Duration = Duration::from_secs(10);
    let progress = Progress::new(HashMap::new());
    let (news, waiting) = (use_live().job, RwSignal::new(false));
    Effect::new(move |_| {
        let Some(news) = news.get() else { return };
        let moved = news.state == JobState::Running && news.percent > 0;
        progress.update(|known| drop(known.insert(news.id, news)));
        if !moved && !waiting.get_untracked() {
            waiting.set(true);
            set_timeout(
                move || {
                    waiting.set(false);
                    looks.update(|looks| *looks += 1);
                },
                SOON,
            );
        }
    });
    Effect::new(move |_| {
        if let Ok(every) = set_interval_with_handle(move || looks.update(|looks| *looks += 1), NOW_AND_THEN) {
            on_cleanup(move || every.clear());
        }
    });
    progress
}
