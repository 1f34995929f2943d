//! Whose screens they are, and what is kept of them.

use super::Wish;
use crate::{
    Error,
    store::audit,
    testing::{colleague, for_each_engine, member},
};
use domain::{
    Role,
    scanner::{MAX_SCREENS, Timeframe},
};

fn wish(name: &str, shared: bool) -> Wish {
    Wish { name: name.into(), filter: "rsi14 < 30".into(), timeframe: Timeframe::Daily, shared }
}

#[tokio::test]
async fn a_screen_is_seen_by_its_owner_and_once_shared_by_the_tenant_alone() {
    for_each_engine(|engine| async move {
        let ada = member(&engine, "ada@example.org").await;
        let viewer = colleague(&engine, &ada, "vera@example.org", Role::Viewer).await;
        let eve = member(&engine, "eve@example.org").await;
        let screens = engine.screens();
        let own = screens.create(&ada, wish("Mine", false)).await.unwrap();
        let shared = screens.create(&ada, wish("Ours", true)).await.unwrap();
        assert_eq!(screens.list(&ada).await.unwrap(), [own.clone(), shared.clone()]);
        let seen = screens.list(&viewer).await.unwrap();
        assert_eq!(
            seen.iter().map(|screen| (screen.name.as_str(), screen.mine)).collect::<Vec<_>>(),
            [("Ours", false)]
        );
        assert!(screens.list(&eve).await.unwrap().is_empty());

        assert!(matches!(screens.create(&viewer, wish("V", false)).await, Err(Error::Forbidden(_))));
        let analyst = colleague(&engine, &ada, "ann@example.org", Role::Analyst).await;
        for stranger in [&eve, &analyst] {
            let taken = screens.update(stranger, shared.id, wish("Taken over", true)).await;
            assert!(matches!(taken, Err(Error::NotFound(_))));
            assert!(matches!(screens.delete(stranger, shared.id).await, Err(Error::NotFound(_))));
        }
        assert_eq!(screens.list(&ada).await.unwrap()[1], shared, "nothing was changed");
    })
    .await;
}

#[tokio::test]
async fn every_change_leaves_a_line_and_no_change_leaves_none() {
    for_each_engine(|engine| async move {
        let ada = member(&engine, "ada@example.org").await;
        let before = audit::latest(engine.db(), &ada, 100).await.unwrap().len();
        let screens = engine.screens();
        let one = screens.create(&ada, wish("One", false)).await.unwrap();
        screens.update(&ada, one.id, wish("One", false)).await.unwrap();
        let other = Wish { filter: "close > 5".into(), timeframe: Timeframe::Weekly, ..wish("Other", true) };
        let changed = screens.update(&ada, one.id, other).await.unwrap();
        assert_eq!(screens.list(&ada).await.unwrap(), [changed]);
        screens.delete(&ada, one.id).await.unwrap();
        assert!(screens.list(&ada).await.unwrap().is_empty());
        let lines = audit::latest(engine.db(), &ada, 100).await.unwrap();
        let actions: Vec<&str> =
            lines[..lines.len() - before].iter().map(|line| line.action.as_str()).collect();
        assert_eq!(actions, ["screen.delete", "screen.update", "screen.create"]);
    })
    .await;
}

#[tokio::test]
async fn a_wrong_filter_is_refused_with_its_place_and_names_are_unique_among_ones_own() {
    for_each_engine(|engine| async move {
        let ada = member(&engine, "ada@example.org").await;
        let bob = colleague(&engine, &ada, "bob@example.org", Role::Analyst).await;
        let screens = engine.screens();
        let wrong = Wish { filter: "rsi14 < 30 and closs > 5".into(), ..wish("Wrong", false) };
        let refused = screens.create(&ada, wrong).await.unwrap_err();
        let words = "filter: at character 16: there is no field closs; did you mean close?";
        assert_eq!(refused.to_string(), words);
        screens.create(&ada, wish("Same", true)).await.unwrap();
        assert!(matches!(screens.create(&ada, wish(" Same ", false)).await, Err(Error::Conflict(_))));
        screens.create(&bob, wish("Same", false)).await.unwrap();
        assert!(matches!(screens.create(&ada, wish(" ", false)).await, Err(Error::Invalid(_))));
        for at in 1..MAX_SCREENS {
            screens.create(&ada, wish(&format!("S{at}"), false)).await.unwrap();
        }
        assert!(matches!(screens.create(&ada, wish("One more", false)).await, Err(Error::Invalid(_))));
    })
    .await;
}
