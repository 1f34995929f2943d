use super::*;
use crate::{
    Cx,
    store::Db,
    testing::{TestDb, engine, engine_on, member},
};

/// Names of the member's lists in a restored file.
async fn lists(file: &Path, cx: &Cx) -> Vec<String> {
    let restored = engine_on(Db::open(file.to_str().unwrap()).await.unwrap());
    restored.watchlists().list(cx).await.unwrap().into_iter().map(|list| list.name).collect()
}

/// Rows enough for many blocks, which do not change any more.
async fn filled() -> (crate::testing::TestEngine, Cx) {
    let engine = engine().await;
    engine.load_bundled().await.unwrap();
    let cx = member(&engine, "ada@example.org").await;
    engine.watchlists().create(&cx, "Before").await.unwrap();
    (engine, cx)
}

#[tokio::test]
async fn each_copy_restores_to_what_was_there_then_and_later_ones_are_small() {
    let ((engine, cx), folder) = (filled().await, tempfile::tempdir().unwrap());
    let whole = engine.backups().make(false).await.unwrap().expect("the first is always made");
    assert!(whole.whole && whole.kind == Kind::Sqlite && whole.stored_bytes > 500_000, "{whole:?}");
    assert_eq!(engine.backups().make(false).await.unwrap(), None, "nothing changed");
    engine.watchlists().create(&cx, "Later").await.unwrap();
    let next = engine.backups().make(false).await.unwrap().expect("something changed");
    assert!(!next.whole && next.stored_bytes * 4 < whole.stored_bytes, "{next:?} after {whole:?}");
    assert_eq!(engine.backups().list().await.unwrap(), [whole.clone(), next.clone()]);

    let (first, second) = (folder.path().join("first.db"), folder.path().join("second.db"));
    assert_eq!(engine.backups().restore(Some(whole.id), &first).await.unwrap(), whole);
    assert_eq!(engine.backups().restore(None, &second).await.unwrap(), next);
    assert_eq!(lists(&first, &cx).await, ["Before"]);
    assert_eq!(lists(&second, &cx).await, ["Before", "Later"]);
    // A restored database is a database.
    let restored = engine_on(Db::open(second.to_str().unwrap()).await.unwrap());
    restored.db().migrate().await.unwrap();
    assert!(restored.watchlists().list(&cx).await.unwrap().iter().any(|list| list.name == "Later"));
}

#[tokio::test]
async fn what_was_damaged_in_the_store_is_told_and_leaves_no_file() {
    let ((engine, _), folder) = (filled().await, tempfile::tempdir().unwrap());
    let made = engine.backups().make(true).await.unwrap().unwrap();
    let to = folder.path().join("restored.db");
    let key = Key::backup(made.id, "part-0");
    let good = engine.objects().get(&key).await.unwrap().unwrap();
    let mut bad = good.to_vec();
    let middle = bad.len() / 2;
    bad[middle] ^= 1;
    engine.objects().put(&key, bad.into()).await.unwrap();
    assert!(matches!(engine.backups().restore(None, &to).await, Err(Error::Internal(_))));
    engine.objects().put(&key, good.slice(..good.len() - 1)).await.unwrap();
    assert!(matches!(engine.backups().restore(None, &to).await, Err(Error::Internal(_))));
    engine.objects().delete(&key).await.unwrap();
    assert!(matches!(engine.backups().restore(None, &to).await, Err(Error::Internal(_))));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "not even a part of it");
    engine.objects().put(&key, good).await.unwrap();
    engine.backups().restore(None, &to).await.unwrap();
    assert!(matches!(engine.backups().restore(None, &to).await, Err(Error::Conflict(_))), "it is there");
    let nobody = Some(Uuid::nil());
    let elsewhere = folder.path().join("elsewhere.db");
    assert!(matches!(engine.backups().restore(nobody, &elsewhere).await, Err(Error::NotFound(_))));
}

#[tokio::test]
async fn four_whole_copies_are_kept_with_what_stands_on_them() {
    let engine = engine().await;
    let cx = member(&engine, "ada@example.org").await;
    let mut made = Vec::new();
    for week in 0..6 {
        made.push(engine.backups().make(true).await.unwrap().unwrap());
        engine.watchlists().create(&cx, &format!("Week {week}")).await.unwrap();
        made.push(engine.backups().make(false).await.unwrap().unwrap());
    }
    let kept = engine.backups().list().await.unwrap();
    assert_eq!(kept, made[4..], "two weeks went");
    let folder = tempfile::tempdir().unwrap();
    for (number, each) in kept.iter().enumerate() {
        let to = folder.path().join(number.to_string());
        engine.backups().restore(Some(each.id), &to).await.unwrap();
    }
}

#[tokio::test]
async fn a_copy_without_its_manifest_is_none_and_the_next_one_stands_on_the_one_before() {
    let engine = engine().await;
    let cx = member(&engine, "ada@example.org").await;
    let whole = engine.backups().make(true).await.unwrap().unwrap();
    engine.watchlists().create(&cx, "Lost").await.unwrap();
    let lost = engine.backups().make(false).await.unwrap().unwrap();
    engine.objects().delete(&manifest_key(lost.id)).await.unwrap();
    engine.watchlists().create(&cx, "Kept").await.unwrap();
    let next = engine.backups().make(false).await.unwrap().unwrap();
    assert_eq!(engine.backups().list().await.unwrap(), [whole, next]);
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("restored.db");
    engine.backups().restore(None, &to).await.unwrap();
    assert!(lists(&to, &cx).await.contains(&"Kept".to_string()));
}

#[tokio::test]
async fn postgres_is_dumped_whole_with_the_rows_of_every_tenant() {
    let Some(temporary) = TestDb::postgres().await else { return };
    let engine = engine_on(temporary.db());
    for (email, list) in [("ada@example.org", "Ada's list"), ("eve@example.org", "Eve's list")] {
        let cx = member(&engine, email).await;
        engine.watchlists().create(&cx, list).await.unwrap();
    }
    assert_eq!(engine.backups().make(false).await.unwrap(), None, "its own archive does that");
    let made = engine.backups().make(true).await.unwrap().unwrap();
    assert_eq!(made.kind, Kind::PgDump);
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("restored.dump");
    engine.backups().restore(None, &to).await.unwrap();
    let shown =
        std::process::Command::new("pg_restore").args(["--data-only", "-f", "-"]).arg(&to).output().unwrap();
    let text = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(text.contains("Ada's list") && text.contains("Eve's list"));
    temporary.finish().await;
}
