use crate::{
    Error, store,
    testing::{colleague, for_each_engine, member},
};
use domain::{
    Role, Symbol,
    watchlist::{MAX_LISTS, MAX_SYMBOLS},
};
use uuid::Uuid;

fn symbols(text: &str) -> Vec<Symbol> {
    text.split_whitespace().map(|each| Symbol::parse(each).unwrap()).collect()
}

fn symbol(text: &str) -> Symbol {
    Symbol::parse(text).unwrap()
}

#[tokio::test]
async fn a_list_is_made_changed_and_deleted_and_each_change_leaves_a_line() {
    for_each_engine(|engine| async move {
        let cx = member(&engine, "ada@example.org").await;
        let lists = engine.watchlists();
        let list = lists.create(&cx, "  Energy ").await.unwrap();
        assert_eq!((list.name.as_str(), list.symbols.len()), ("Energy", 0));
        for each in ["XOM", "CVX", "XOM"] {
            lists.add(&cx, list.id, symbol(each)).await.unwrap();
        }
        lists.reorder(&cx, list.id, symbols("CVX XOM")).await.unwrap();
        lists.rename(&cx, list.id, "Oil").await.unwrap();
        let second = lists.create(&cx, "Energy").await.unwrap();
        let seen = lists.list(&cx).await.unwrap();
        assert_eq!(seen.iter().map(|list| list.name.as_str()).collect::<Vec<_>>(), ["Oil", "Energy"]);
        assert_eq!(seen[0].symbols, symbols("CVX XOM"));
        assert_eq!(lists.remove(&cx, list.id, &symbol("CVX")).await.unwrap().symbols, symbols("XOM"));
        assert_eq!(lists.replace(&cx, list.id, symbols("A B C")).await.unwrap().symbols, symbols("A B C"));
        assert_eq!(lists.get(&cx, list.id).await.unwrap().symbols, symbols("A B C"));
        lists.delete(&cx, list.id).await.unwrap();
        assert!(matches!(lists.get(&cx, list.id).await, Err(Error::NotFound(_))));
        assert_eq!(lists.list(&cx).await.unwrap(), [second]);
        let lines = store::audit::latest(engine.db(), &cx, 20).await.unwrap();
        let mut actions: Vec<&str> = lines.iter().map(|line| line.action.as_str()).collect();
        actions.retain(|action| action.starts_with("watchlist."));
        actions.sort();
        let mut expected =
            ["create", "add", "add", "reorder", "rename", "create", "remove", "replace", "delete"]
                .map(|verb| format!("watchlist.{verb}"));
        expected.sort();
        assert_eq!(actions, expected);
    })
    .await;
}

#[tokio::test]
async fn a_stranger_finds_nothing_and_changes_nothing() {
    for_each_engine(|engine| async move {
        let ada = member(&engine, "ada@example.org").await;
        let bob = member(&engine, "bob@example.org").await;
        let lists = engine.watchlists();
        let list = lists.create(&ada, "Mine").await.unwrap();
        lists.replace(&ada, list.id, symbols("AAPL MSFT")).await.unwrap();
        for id in [list.id, Uuid::nil()] {
            assert!(matches!(lists.get(&bob, id).await, Err(Error::NotFound(_))));
            assert!(matches!(lists.rename(&bob, id, "Yours").await, Err(Error::NotFound(_))));
            assert!(matches!(lists.delete(&bob, id).await, Err(Error::NotFound(_))));
            assert!(matches!(lists.add(&bob, id, symbol("TSLA")).await, Err(Error::NotFound(_))));
            assert!(matches!(lists.remove(&bob, id, &symbol("AAPL")).await, Err(Error::NotFound(_))));
            assert!(matches!(lists.reorder(&bob, id, symbols("MSFT AAPL")).await, Err(Error::NotFound(_))));
            assert!(matches!(lists.replace(&bob, id, symbols("MSFT")).await, Err(Error::NotFound(_))));
            assert!(matches!(engine.overview().snapshot(&bob, Some(id)).await, Err(Error::NotFound(_))));
        }
        assert_eq!(lists.list(&bob).await.unwrap(), []);
        assert_eq!(lists.get(&ada, list.id).await.unwrap().symbols, symbols("AAPL MSFT"));
        assert_eq!(lists.get(&ada, list.id).await.unwrap().name, "Mine");
        // The same name is free in every tenant.
        lists.create(&bob, "Mine").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_viewer_reads_and_an_analyst_edits() {
    for_each_engine(|engine| async move {
        let owner = member(&engine, "ada@example.org").await;
        let viewer = colleague(&engine, &owner, "vic@example.org", Role::Viewer).await;
        let analyst = colleague(&engine, &owner, "ann@example.org", Role::Analyst).await;
        let list = engine.watchlists().create(&analyst, "Shared").await.unwrap();
        assert_eq!(engine.watchlists().get(&viewer, list.id).await.unwrap(), list);
        let refused = engine.watchlists().add(&viewer, list.id, symbol("AAPL")).await;
        assert!(matches!(refused, Err(Error::Forbidden(_))));
        assert!(matches!(engine.watchlists().create(&viewer, "Own").await, Err(Error::Forbidden(_))));
        assert!(matches!(engine.watchlists().delete(&viewer, list.id).await, Err(Error::Forbidden(_))));
    })
    .await;
}

#[tokio::test]
async fn names_and_limits_hold_and_bad_input_names_its_field() {
    for_each_engine(|engine| async move {
        let cx = member(&engine, "ada@example.org").await;
        let lists = engine.watchlists();
        for bad in ["", "   ", "a\u{0}b", "line\nbreak", &"x".repeat(81)] {
            let Err(Error::Invalid(fields)) = lists.create(&cx, bad).await else { panic!("{bad:?}") };
            assert_eq!(fields[0].field, "name");
        }
        let hostile = "'; drop table watchlists; -- <script>ü 🚀";
        let list = lists.create(&cx, hostile).await.unwrap();
        assert_eq!(lists.get(&cx, list.id).await.unwrap().name, hostile);
        assert!(matches!(lists.create(&cx, hostile).await, Err(Error::Conflict(_))));
        let other = lists.create(&cx, "Other").await.unwrap();
        assert!(matches!(lists.rename(&cx, other.id, hostile).await, Err(Error::Conflict(_))));
        assert_eq!(lists.rename(&cx, other.id, "Other").await.unwrap().name, "Other");
        let many: Vec<Symbol> = (0..MAX_SYMBOLS).map(|n| symbol(&format!("S{n}"))).collect();
        assert_eq!(lists.replace(&cx, list.id, many.clone()).await.unwrap().symbols.len(), MAX_SYMBOLS);
        assert!(matches!(lists.add(&cx, list.id, symbol("ONE")).await, Err(Error::Invalid(_))));
        assert_eq!(lists.add(&cx, list.id, symbol("S7")).await.unwrap().symbols, many);
        assert!(matches!(lists.replace(&cx, list.id, symbols("A A")).await, Err(Error::Invalid(_))));
        assert!(matches!(lists.reorder(&cx, other.id, symbols("A")).await, Err(Error::Invalid(_))));
        assert!(matches!(lists.remove(&cx, other.id, &symbol("A")).await, Err(Error::NotFound(_))));
        for n in 2..MAX_LISTS {
            lists.create(&cx, &format!("List {n}")).await.unwrap();
        }
        assert!(matches!(lists.create(&cx, "One more").await, Err(Error::Invalid(_))));
    })
    .await;
}

#[tokio::test]
async fn two_changes_at_once_both_last() {
    for_each_engine(|engine| async move {
        let cx = member(&engine, "ada@example.org").await;
        let list = engine.watchlists().create(&cx, "Busy").await.unwrap();
        futures::future::try_join_all((0..20).map(|n| {
            let (engine, cx) = (engine.clone(), cx.clone());
            async move { engine.watchlists().add(&cx, list.id, symbol(&format!("S{n}"))).await }
        }))
        .await
        .unwrap();
        assert_eq!(engine.watchlists().get(&cx, list.id).await.unwrap().symbols.len(), 20);
    })
    .await;
}

#[tokio::test]
async fn name_and_symbols_change_together_with_one_line_or_not_at_all() {
    for_each_engine(|engine| async move {
        let cx = member(&engine, "ada@example.org").await;
        let lists = engine.watchlists();
        let list = lists.create(&cx, "Energy").await.unwrap();
        lists.create(&cx, "Taken").await.unwrap();
        let (id, some) = (list.id, symbols("XOM CVX"));
        for (name, symbols) in [("Oil", symbols("A A")), ("Taken", some.clone()), ("", some.clone())] {
            assert!(lists.update(&cx, id, Some(name), Some(symbols)).await.is_err());
            assert_eq!(lists.get(&cx, id).await.unwrap(), list);
        }
        let before = store::audit::latest(engine.db(), &cx, 50).await.unwrap().len();
        let changed = lists.update(&cx, id, Some(" Oil "), Some(some.clone())).await.unwrap();
        assert_eq!((changed.name.as_str(), &changed.symbols), ("Oil", &some));
        assert_eq!(lists.get(&cx, id).await.unwrap(), changed);
        lists.update(&cx, id, Some("Oil"), Some(some)).await.unwrap();
        lists.update(&cx, id, None, None).await.unwrap();
        assert_eq!(
            store::audit::latest(engine.db(), &cx, 50).await.unwrap().len(),
            before + 1,
            "as it was: no line"
        );
        let bob = member(&engine, "bob@example.org").await;
        assert!(matches!(lists.update(&bob, id, Some(""), None).await, Err(Error::NotFound(_))));
    })
    .await;
}
