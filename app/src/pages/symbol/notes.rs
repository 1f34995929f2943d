//! What the workspace wrote about the symbol: read by everybody in it, written, edited and removed by whoever may edit.
//!
//! The notes come with the page. After a change they alone are read again: the chart stays where its reader left it.

use crate::{
    api::notes::{AddNote, EditNote, RemoveNote, all_notes},
    components::{AreaField, Button, ButtonLook},
    format,
    pages::form::{FormProblem, answer, problem, refusal, sent_back, typed},
};
use domain::{
    Symbol,
    note::{Note, NoteId},
};
use leptos::{form::ActionForm, html, prelude::*};
use std::collections::HashMap;
use uuid::Uuid;

/// What is being written, kept above the page: that is drawn anew when it is read again.
#[derive(Clone, Copy)]
pub struct Writing {
    add: ServerAction<AddNote>,
    remove: ServerAction<RemoveNote>,
    /// How many edits were kept.
    edited: RwSignal<usize>,
    /// Of a new note.
    text: RwSignal<String>,
    drafts: StoredValue<HashMap<NoteId, Draft>>,
}

/// An edit that was begun.
#[derive(Clone)]
struct Draft {
    text: String,
    /// Why it was refused, where it came back without WebAssembly.
    wrong: Option<String>,
}

impl Writing {
    /// Nothing yet, or what came back; anew with every symbol.
    pub fn new(symbol: Memo<Option<Symbol>>) -> Writing {
        let (add, remove) = (ServerAction::<AddNote>::new(), ServerAction::<RemoveNote>::new());
        let text = RwSignal::new(typed::<AddNote>("text"));
        let drafts = StoredValue::new(came_back().into_iter().collect::<HashMap<_, _>>());
        Effect::new(move |_| {
            if let Some(Ok(())) = add.value().get() {
                text.set(String::new());
            }
        });
        Effect::new(move |before: Option<Option<Symbol>>| {
            let now = symbol.get();
            if before.is_some_and(|before| before != now) {
                text.set(String::new());
                drafts.set_value(HashMap::new());
                add.clear();
                remove.clear();
            }
            now
        });
        Writing { add, remove, edited: RwSignal::new(0), text, drafts }
    }

    /// Why an edit was refused that has no note to stand at.
    fn homeless(self, notes: &[Note]) -> Option<String> {
        let is_stray = |id: &NoteId| notes.iter().all(|note| note.id != *id);
        self.drafts.with_value(|drafts| {
            drafts.iter().find_map(|(id, draft)| draft.wrong.clone().filter(|_| is_stray(id)))
        })
    }
}

/// An edit that was refused without WebAssembly.
fn came_back() -> Option<(NoteId, Draft)> {
    let sent = sent_back::<EditNote>()?;
    let wrong = Some(sent.outcome.as_ref().err()?.words());
    // Of one that was too long to come back the refusal alone is known: it is at home nowhere.
    let id = sent.value("id").and_then(|id| id.parse().ok()).map_or(NoteId(Uuid::nil()), NoteId);
    Some((id, Draft { text: sent.value("text").unwrap_or_default(), wrong }))
}

/// The card of the notes, newest first.
#[component]
pub fn Notes(symbol: Symbol, notes: Vec<Note>, may_edit: bool, writing: Writing) -> impl IntoView {
    let Writing { add, remove, edited, .. } = writing;
    let none = StoredValue::new(format!("Nobody has noted anything about {symbol} yet."));
    let homeless = writing.homeless(&notes);
    let shown = RwSignal::new(notes);
    let asked = symbol.clone();
    let newer = LocalResource::new(move || {
        let changes = add.version().get() + remove.version().get() + edited.get();
        let symbol = asked.clone();
        async move { if changes > 0 { all_notes(symbol).await.ok() } else { None } }
    });
    Effect::new(move |_| {
        if let Some(Some(notes)) = newer.get() {
            shown.set(notes);
        }
    });
    let removed = refusal(answer(remove));
    let refused = move || removed.get().or_else(|| homeless.clone());
    view! {
        <section class="card notes-card" aria-labelledby="notes-title">
            <header class="card-head">
                <h2 id="notes-title">"Notes"</h2>
            </header>
            {may_edit.then(|| view! { <NewNote symbol writing /> })}
            <div class="form-problem" role="alert">
                {refused}
            </div>
            <Show
                when=move || !shown.read().is_empty()
                fallback=move || view! { <p class="card-body muted">{none.get_value()}</p> }
            >
                <ul class="notes">
                    <For
                        each=move || shown.get()
                        key=|note: &Note| (note.id, note.edited_at)
                        children=move |note: Note| view! { <Row note may_edit writing /> }
                    />
                </ul>
            </Show>
        </section>
    }
}

#[component]
fn NewNote(symbol: Symbol, writing: Writing) -> impl IntoView {
    let Writing { add, text, .. } = writing;
    let answered = answer(add);
    view! {
        <ActionForm action=add attr:class="card-body form note-form">
            <input type="hidden" name="symbol" value=symbol.to_string() />
            <AreaField
                label="A new note"
                name="text"
                id="new-note"
                rows=3
                required=true
                value=text
                hint="Everybody in your workspace reads it."
                on_input=Callback::new(move |value| text.set(value))
                error=problem(answered, "text")
            />
            <FormProblem answer=answered />
            <Button kind="submit" busy=add.pending()>
                "Keep note"
            </Button>
        </ActionForm>
    }
}

#[component]
fn Row(note: Note, may_edit: bool, writing: Writing) -> impl IntoView {
    let mut about = vec![note.author.clone(), format::new_york(note.written_at)];
    about.extend(note.edited_at.map(|at| format!("edited {}", format::new_york(at))));
    let (text, about) = (note.text.clone(), about.join(" · "));
    view! {
        <li class="note">
            <p class="note-text">{text}</p>
            <p class="note-about">{about}</p>
            {may_edit.then(|| view! { <Changes note writing /> })}
        </li>
    }
}

/// The forms of one note.
#[component]
fn Changes(note: Note, writing: Writing) -> impl IntoView {
    let Writing { remove, edited, drafts, .. } = writing;
    let Note { id, text, author, written_at, .. } = note;
    let edit = ServerAction::<EditNote>::new();
    let details = NodeRef::<html::Details>::new();
    let draft = drafts.with_value(|drafts| drafts.get(&id).cloned());
    let is_begun = draft.is_some();
    let Draft { text, wrong: before } = draft.unwrap_or(Draft { text, wrong: None });
    let text = RwSignal::new(text);
    let write = move |value: String| {
        let draft = Draft { text: value.clone(), wrong: None };
        drafts.update_value(|drafts| drop(drafts.insert(id, draft)));
        text.set(value);
    };
    let wrong = Signal::derive(move || match edit.value().get() {
        Some(answer) => answer.err().map(|error| error.words()),
        None => before.clone(),
    });
    Effect::new(move |_| {
        if let Some(Ok(())) = edit.value().get() {
            drafts.update_value(|drafts| drop(drafts.remove(&id)));
            if let Some(details) = details.get_untracked() {
                details.set_open(false);
            }
            edited.update(|edited| *edited += 1);
        }
    });
    let which = format!("the note of {author}, {}", format::new_york(written_at));
    let (edit_it, remove_it) = (format!("Edit {which}"), format!("Remove {which}"));
    view! {
        <div class="note-changes">
            <details class="note-edit" open=is_begun node_ref=details>
                <summary aria-label=edit_it>"Edit"</summary>
                <ActionForm action=edit attr:class="form note-form">
                    <input type="hidden" name="id" value=id.0.to_string() />
                    <AreaField
                        label="Text"
                        name="text"
                        id=format!("note-{}", id.0)
                        required=true
                        value=text
                        on_input=Callback::new(write)
                        error=wrong
                    />
                    <Button kind="submit" busy=edit.pending()>
                        "Keep changes"
                    </Button>
                </ActionForm>
            </details>
            <ActionForm action=remove>
                <input type="hidden" name="id" value=id.0.to_string() />
                <Button kind="submit" look=ButtonLook::Ghost small=true label=remove_it>
                    "Remove"
                </Button>
            </ActionForm>
        </div>
    }
}
