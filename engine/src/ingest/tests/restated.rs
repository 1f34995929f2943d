//! Whole histories that take the place of stored ones: on one basis, and never shorter by years.

use super::*;

/// An engine that has stored AAPL as it was before a split of 4:1 on the last of these days.
async fn before_a_split(db: store::Db, count: usize) -> (World, Engine, Vec<Bar>) {
    let old: Vec<Bar> = apple(count).into_iter().map(|bar| scaled(bar, 4.0)).collect();
    let world = World::of(old.clone());
    let engine = engine_of(db, world.provider().shared()).await;
    let run = prices(&engine).await;
    assert_eq!((run.status, run.rejected), (RunStatus::Done, 0), "{run:?}");
    assert_eq!(stored(&engine).await, old);
    (world, engine, old)
}

/// From now on the source tells of the split, and these bars.
fn split_and_tell(world: &World, bars: Vec<Bar>) {
    let date = apple(1)[0].date();
    world.change(|told| {
        told.bars = bars;
        told.splits = vec![Split { symbol: symbol("AAPL"), date, numerator: 4.0, denominator: 1.0 }];
    });
}

#[tokio::test]
async fn what_a_restated_history_lacks_or_spoils_is_not_left_on_the_old_basis() {
    for_each_db(|db| async move {
        let (world, engine, _) = before_a_split(db, 100).await;
        let mut told = apple(100);
        told[60].close = f64::NAN;
        told.remove(40);
        split_and_tell(&world, told.clone());
        let run = prices(&engine).await;
        assert_eq!((run.upserted, run.rejected), (98, 1), "{run:?}");
        // One place earlier, because one is missing before it.
        told.remove(59);
        assert_eq!(stored(&engine).await, told, "one basis");
    })
    .await;
}

#[tokio::test]
async fn a_bar_that_is_told_wrongly_stays_as_it_is_stored_where_nothing_was_restated() {
    for_each_db(|db| async move {
        let clean = apple(300);
        let world = World::of(clean.clone());
        let engine = engine_of(db, world.provider().shared()).await;
        prices(&engine).await;
        // A bad tick within the days that are asked for again, without the volume of such a move.
        world.change(|told| {
            told.bars[297] = scaled(told.bars[297], 1.3);
            told.bars[297].volume = told.bars[297].volume.map(|volume| volume / 2.0);
        });
        let run = prices(&engine).await;
        assert_eq!((run.read, run.upserted, run.rejected), (300, 0, 1), "the whole history again: {run:?}");
        assert_eq!(stored(&engine).await, clean);
    })
    .await;
}

#[tokio::test]
async fn a_history_that_begins_much_later_than_the_stored_one_is_refused_and_nothing_is_lost() {
    for_each_db(|db| async move {
        let (world, engine, old) = before_a_split(db, 400).await;
        let operator = operator(&engine).await;
        split_and_tell(&world, apple(60));
        for _ in 0..2 {
            let run = prices(&engine).await;
            assert_eq!((run.read, run.upserted, run.rejected), (60, 0, 60), "{run:?}");
            let why = run.error.unwrap();
            assert!(why.contains(&format!("begins on {}", apple(60)[0].date())), "{why}");
            assert_eq!(stored(&engine).await, old);
            let splits = store::splits::of(engine.db(), &symbol("AAPL")).await.unwrap();
            assert!(splits.is_empty(), "the next run finds it new: {splits:?}");
            let report = engine.ingest().quality(&operator).await.unwrap();
            let [held] = &report.quarantine[..] else { panic!("{:?}", report.quarantine) };
            assert_eq!((held.rule, held.date), (Rule::MissingSession, apple(60)[0].date()));
            let weak = report.weakest.iter().find(|weak| weak.dimension == Dimension::Completeness);
            assert_eq!(weak.map(|weak| weak.score), Some(0.0));
        }
        let alerts = engine.alerts().list(&operator, true, None, 10).await.unwrap();
        assert!(alerts.iter().any(|alert| alert.notice.key == "quality:prices"), "{alerts:?}");
        // Whole again, but for a few of the oldest days.
        split_and_tell(&world, apple(390));
        let run = prices(&engine).await;
        assert_eq!((run.upserted, run.rejected), (390, 0), "{run:?}");
        assert_eq!(stored(&engine).await, apple(390));
        assert!(engine.ingest().quality(&operator).await.unwrap().quarantine.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_shorter_history_takes_the_place_of_the_stored_one_once_an_operator_accepts_its_beginning() {
    for_each_db(|db| async move {
        let (world, engine, old) = before_a_split(db, 400).await;
        let operator = operator(&engine).await;
        split_and_tell(&world, apple(60));
        prices(&engine).await;
        let held = engine.ingest().quality(&operator).await.unwrap().quarantine.remove(0);
        engine.ingest().decide(&operator, held.id, true).await.unwrap();
        assert_eq!(stored(&engine).await, old, "no bar of the new basis between the old ones");
        let run = prices(&engine).await;
        assert_eq!((run.upserted, run.rejected), (60, 0), "{run:?}");
        assert_eq!(stored(&engine).await, apple(60));
        assert_eq!(counts(&prices(&engine).await), (6, 0, 6, 0, 0), "and only once");
    })
    .await;
}
