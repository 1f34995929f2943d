use crate::{
    Error, store,
    testing::{colleague, for_each_engine, member},
};
use domain::{Role, keyword::MAX_KEYWORDS};

#[tokio::test]
async fn a_keyword_is_kept_in_lower_case_once_and_each_change_leaves_a_line() {
    for_each_engine(|engine| async move {
        let cx = member(&engine, "ada@example.org").await;
        let keywords = engine.keywords();
        assert_eq!(keywords.list(&cx).await.unwrap(), Vec::<String>::new());
        for text in ["  Heat Pumps ", "heat pumps", "HEAT PUMPS"] {
            assert_eq!(keywords.add(&cx, text).await.unwrap(), "heat pumps");
        }
        assert_eq!(keywords.add(&cx, "Wärmepumpe").await.unwrap(), "wärmepumpe");
        assert_eq!(keywords.list(&cx).await.unwrap(), ["heat pumps", "wärmepumpe"]);
        keywords.remove(&cx, "Heat Pumps").await.unwrap();
        assert!(matches!(keywords.remove(&cx, "heat pumps").await, Err(Error::NotFound(_))));
        assert_eq!(keywords.list(&cx).await.unwrap(), ["wärmepumpe"]);
        let lines = store::audit::latest(engine.db(), &cx, 20).await.unwrap();
        let count = |action: &str| lines.iter().filter(|line| line.action == action).count();
        assert_eq!((count("keyword.add"), count("keyword.remove")), (2, 1));
    })
    .await;
}

#[tokio::test]
async fn words_that_are_no_keywords_are_refused_and_hostile_ones_do_no_harm() {
    for_each_engine(|engine| async move {
        let cx = member(&engine, "ada@example.org").await;
        let keywords = engine.keywords();
        for bad in ["", "  ", "x", " x ", "..", "--", "a\u{0}b", "line\nbreak", &"x".repeat(61)] {
            let Err(Error::Invalid(fields)) = keywords.add(&cx, bad).await else { panic!("{bad:?}") };
            assert_eq!(fields[0].field, "keyword");
            assert!(matches!(keywords.remove(&cx, bad).await, Err(Error::NotFound(_))), "{bad:?}");
        }
        let longest = "ü".repeat(60);
        for fine in ["'; drop table keywords; --", "<script>ok</script>", "../../etc", "日本", &longest] {
            assert_eq!(keywords.add(&cx, fine).await.unwrap(), fine);
        }
        assert_eq!(keywords.list(&cx).await.unwrap().len(), 5);
    })
    .await;
}

#[tokio::test]
async fn a_stranger_sees_and_removes_nothing_and_a_viewer_only_reads() {
    for_each_engine(|engine| async move {
        let ada = member(&engine, "ada@example.org").await;
        let bob = member(&engine, "bob@example.org").await;
        let viewer = colleague(&engine, &ada, "vic@example.org", Role::Viewer).await;
        let keywords = engine.keywords();
        keywords.add(&ada, "heat pumps").await.unwrap();
        assert_eq!(keywords.list(&bob).await.unwrap(), Vec::<String>::new());
        assert!(matches!(keywords.remove(&bob, "heat pumps").await, Err(Error::NotFound(_))));
        // The same word is free in every tenant.
        keywords.add(&bob, "heat pumps").await.unwrap();
        keywords.remove(&bob, "heat pumps").await.unwrap();
        assert_eq!(keywords.list(&viewer).await.unwrap(), ["heat pumps"]);
        assert!(matches!(keywords.add(&viewer, "solar").await, Err(Error::Forbidden(_))));
        assert!(matches!(keywords.remove(&viewer, "heat pumps").await, Err(Error::Forbidden(_))));
    })
    .await;
}

#[tokio::test]
async fn a_tenant_has_at_most_twenty_also_when_many_are_added_at_once() {
    for_each_engine(|engine| async move {
        let cx = member(&engine, "ada@example.org").await;
        let added = futures::future::join_all((0..MAX_KEYWORDS + 5).map(|n| {
            let (engine, cx) = (engine.clone(), cx.clone());
            async move { engine.keywords().add(&cx, &format!("word {n}")).await }
        }))
        .await;
        assert_eq!(added.iter().filter(|each| each.is_ok()).count(), MAX_KEYWORDS);
        let all = engine.keywords().list(&cx).await.unwrap();
        assert_eq!(all.len(), MAX_KEYWORDS);
        assert_eq!(engine.keywords().add(&cx, &all[0]).await.unwrap(), all[0], "it is there already");
        assert!(matches!(engine.keywords().add(&cx, "one more").await, Err(Error::Invalid(_))));
    })
    .await;
}
