//! Whose notes they are, what is kept of them, and what is noted when they change.

use super::*;
use crate::{
    custom::About,
    provider::bundled,
    testing::{colleague, for_each_engine, listed, member},
};
use chrono::Duration;
use domain::{Role, note::MAX_CHARS};

fn symbol(text: &str) -> Symbol {
    Symbol::parse(text).unwrap()
}

/// A member, on a market whose symbols are known.
async fn ada(engine: &Engine) -> Cx {
    listed(engine, &bundled::instruments()).await;
    member(engine, "ada@example.org").await
}

async fn texts(engine: &Engine, cx: &Cx, about: &str) -> Vec<String> {
    let all = engine.notes().of(cx, &symbol(about)).await.unwrap();
    all.into_iter().map(|note| note.text).collect()
}

#[tokio::test]
async fn a_note_is_kept_edited_and_removed_and_each_change_leaves_a_line_without_its_text() {
    for_each_engine(|engine| async move {
        let (ada, aapl) = (ada(&engine).await, symbol("AAPL"));
        let notes = engine.notes();
        let first = notes.add(&ada, &aapl, "  Watch the margin.\r\n\tAnd the debt. \n").await.unwrap();
        assert_eq!(first.text, "Watch the margin.\n\tAnd the debt.");
        assert_eq!((first.author_id, first.author.as_str()), (ada.user, "Test Person"));
        engine.clock().advance(Duration::hours(1));
        let second = notes.add(&ada, &aapl, "Sold half of the debt").await.unwrap();
        assert_eq!(notes.of(&ada, &aapl).await.unwrap(), [second.clone(), first.clone()], "the newest first");
        assert_eq!(texts(&engine, &ada, "MSFT").await, Vec::<String>::new());

        engine.clock().advance(Duration::hours(1));
        notes.edit(&ada, first.id, "Watch the debt").await.unwrap();
        notes.edit(&ada, second.id, " Sold half of the debt\r\n").await.unwrap();
        let edited_at = Some(engine.clock().now());
        let edited = Note { text: "Watch the debt".into(), edited_at, ..first };
        assert_eq!(notes.of(&ada, &aapl).await.unwrap(), [second.clone(), edited]);

        notes.remove(&ada, second.id).await.unwrap();
        assert_eq!(texts(&engine, &ada, "AAPL").await, ["Watch the debt"]);
        assert!(matches!(notes.remove(&ada, second.id).await, Err(Error::NotFound(_))));
        assert!(matches!(notes.edit(&ada, second.id, "Again").await, Err(Error::NotFound(_))));

        let lines = store::audit::latest(engine.db(), &ada, 20).await.unwrap();
        let lines: Vec<_> = lines.iter().filter(|line| line.action.starts_with("note.")).collect();
        let actions: Vec<&str> = lines.iter().map(|line| line.action.as_str()).collect();
        assert_eq!(actions, ["note.remove", "note.edit", "note.add", "note.add"]);
        for line in lines {
            assert_eq!(line.subject, "AAPL");
            assert!(!line.detail.0.to_string().contains("debt"), "{line:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn texts_that_can_not_be_kept_are_refused_and_hostile_ones_do_no_harm() {
    for_each_engine(|engine| async move {
        let (ada, aapl) = (ada(&engine).await, symbol("AAPL"));
        let notes = engine.notes();
        let kept = notes.add(&ada, &aapl, "Fine").await.unwrap();
        let long = "ü".repeat(MAX_CHARS + 1);
        for bad in ["", " ", "\r\n\t", "a\u{0}b", "a\rb", "\u{1b}[31mred", "a\u{85}b", &long] {
            let refused = [
                notes.add(&ada, &aapl, bad).await.map(drop).unwrap_err(),
                notes.edit(&ada, kept.id, bad).await.unwrap_err(),
            ];
            for error in refused {
                let Error::Invalid(fields) = &error else { panic!("{bad:?}: {error}") };
                assert_eq!(fields[0].field, "text", "{bad:?}");
            }
        }
        assert_eq!(texts(&engine, &ada, "AAPL").await, ["Fine"]);
        let longest = "\u{1f56f}".repeat(MAX_CHARS);
        for fine in ["'; drop table notes; --", "</textarea><script>", "a\n\n\tb", "日本", &longest] {
            assert_eq!(notes.add(&ada, &aapl, fine).await.unwrap().text, fine);
            assert!(texts(&engine, &ada, "AAPL").await.iter().any(|text| text == fine));
        }
    })
    .await;
}

#[tokio::test]
async fn a_stranger_sees_and_changes_nothing_a_viewer_reads_and_an_analyst_changes_every_note() {
    for_each_engine(|engine| async move {
        let (ada, aapl) = (ada(&engine).await, symbol("AAPL"));
        let eve = member(&engine, "eve@example.org").await;
        let viewer = colleague(&engine, &ada, "vic@example.org", Role::Viewer).await;
        let analyst = colleague(&engine, &ada, "ann@example.org", Role::Analyst).await;
        let notes = engine.notes();
        let note = notes.add(&ada, &aapl, "Ours").await.unwrap();
        assert_eq!(texts(&engine, &eve, "AAPL").await, Vec::<String>::new());
        assert!(matches!(notes.edit(&eve, note.id, "Taken over").await, Err(Error::NotFound(_))));
        assert!(matches!(notes.remove(&eve, note.id).await, Err(Error::NotFound(_))));
        notes.add(&eve, &aapl, "Mine").await.unwrap();

        assert_eq!(notes.of(&viewer, &aapl).await.unwrap(), std::slice::from_ref(&note));
        assert!(matches!(notes.add(&viewer, &aapl, "Mine too").await, Err(Error::Forbidden(_))));
        assert!(matches!(notes.edit(&viewer, note.id, "Mine").await, Err(Error::Forbidden(_))));
        assert!(matches!(notes.remove(&viewer, note.id).await, Err(Error::Forbidden(_))));
        assert_eq!(notes.of(&ada, &aapl).await.unwrap(), std::slice::from_ref(&note), "nothing was changed");

        notes.edit(&analyst, note.id, "Ours, put better").await.unwrap();
        let all = notes.of(&ada, &aapl).await.unwrap();
        assert_eq!((all[0].author_id, all[0].text.as_str()), (ada.user, "Ours, put better"));
        notes.remove(&analyst, note.id).await.unwrap();
        assert_eq!(texts(&engine, &ada, "AAPL").await, Vec::<String>::new());
        assert_eq!(texts(&engine, &eve, "AAPL").await, ["Mine"]);
    })
    .await;
}

#[tokio::test]
async fn a_note_stays_when_its_author_has_left() {
    for_each_engine(|engine| async move {
        let (ada, aapl) = (ada(&engine).await, symbol("AAPL"));
        let analyst = colleague(&engine, &ada, "ann@example.org", Role::Analyst).await;
        let note = engine.notes().add(&analyst, &aapl, "Farewell").await.unwrap();
        engine.members().remove(&ada, analyst.user).await.unwrap();
        assert_eq!(engine.notes().of(&ada, &aapl).await.unwrap(), [note]);
    })
    .await;
}

#[tokio::test]
async fn notes_are_about_symbols_of_the_market_and_the_tenants_own_and_no_others() {
    for_each_engine(|engine| async move {
        let (ada, fund) = (ada(&engine).await, symbol("MYFUND"));
        let eve = member(&engine, "eve@example.org").await;
        let (notes, custom) = (engine.notes(), engine.custom());
        assert!(matches!(notes.add(&ada, &fund, "Not yet").await, Err(Error::NotFound(_))));
        assert!(matches!(notes.of(&ada, &fund).await, Err(Error::NotFound(_))));
        let bring = || custom.import(&ada, &fund, About::default(), "date,close\n2025-02-03,5\n".to_string());
        bring().await.unwrap();
        notes.add(&ada, &fund, "Ours alone").await.unwrap();
        assert_eq!(texts(&engine, &ada, "MYFUND").await, ["Ours alone"]);
        assert!(matches!(notes.add(&eve, &fund, "What is it?").await, Err(Error::NotFound(_))));
        assert!(matches!(notes.of(&eve, &fund).await, Err(Error::NotFound(_))));
        custom.remove(&ada, &fund).await.unwrap();
        assert!(matches!(notes.of(&ada, &fund).await, Err(Error::NotFound(_))));
        bring().await.unwrap();
        assert_eq!(texts(&engine, &ada, "MYFUND").await, ["Ours alone"], "there again with its prices");
    })
    .await;
}

#[tokio::test]
async fn a_symbol_has_at_most_two_hundred_also_when_many_are_written_at_once() {
    for_each_engine(|engine| async move {
        let (ada, aapl) = (ada(&engine).await, symbol("AAPL"));
        let first = engine.notes().add(&ada, &aapl, "The first").await.unwrap();
        let mut tx = engine.db().begin_for(&ada).await.unwrap();
        for _ in 0..MAX_NOTES - 4 {
            let note = Note { id: NoteId(Uuid::now_v7()), ..first.clone() };
            store::notes::insert(&mut tx, &ada, &note).await.unwrap();
        }
        tx.commit().await.unwrap();
        let written = futures::future::join_all((0..8).map(|n| {
            let (engine, ada, aapl) = (engine.clone(), ada.clone(), aapl.clone());
            async move { engine.notes().add(&ada, &aapl, &format!("Note {n}")).await }
        }))
        .await;
        assert_eq!(written.iter().filter(|each| each.is_ok()).count(), 3);
        let refused = written.into_iter().find_map(Result::err).unwrap();
        let words = "text: there are 200 notes about AAPL, which is the most; remove one";
        assert_eq!(refused.to_string(), words);
        assert_eq!(engine.notes().of(&ada, &aapl).await.unwrap().len(), MAX_NOTES);
        engine.notes().add(&ada, &symbol("MSFT"), "There is room elsewhere").await.unwrap();
        engine.notes().remove(&ada, first.id).await.unwrap();
        engine.notes().add(&ada, &aapl, "In its place").await.unwrap();
    })
    .await;
}
