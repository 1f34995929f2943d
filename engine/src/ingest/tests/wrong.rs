//! Wrong records: kept out, repaired, decided about.

use super::*;

/// AAPL with a day in cents and a bad tick, and its operator.
async fn muddled(db: store::Db) -> (World, Engine, Operator, Vec<Bar>) {
    let clean = apple(300);
    let mut bad = clean.clone();
    bad[150] = scaled(bad[150], 100.0);
    bad[297] = scaled(bad[297], 1.3);
    // 7 March 2022 was a busy day.
    bad[297].volume = bad[297].volume.map(|volume| volume / 2.0);
    let world = World::of(bad);
    let engine = engine_of(db, world.provider().shared()).await;
    let operator = operator(&engine).await;
    (world, engine, operator, clean)
}

#[tokio::test]
async fn repairs_keep_the_raw_value_and_rejects_wait_for_a_decision() {
    for_each_db(|db| async move {
        let (world, engine, operator, clean) = muddled(db).await;
        for _ in 0..2 {
            prices(&engine).await;
            let bars = stored(&engine).await;
            assert_eq!(bars.len(), 299);
            assert!((bars[150].close / clean[150].close - 1.0).abs() < 1e-9);
            let report = engine.ingest().quality(&operator).await.unwrap();
            // This source tells no dividends: the five of the year are read from the adjusted close.
            let (read, mended): (Vec<_>, Vec<_>) =
                report.repairs.iter().partition(|each| each.rule == Rule::MissingDividend);
            assert_eq!((read.len(), mended.len()), (5, 1), "{:?}", report.repairs);
            assert!(read.iter().all(|each| each.raw.is_null()));
            let repair = mended[0];
            assert_eq!((repair.symbol.as_str(), repair.date), ("AAPL", clean[150].date()));
            assert_eq!(repair.rule, Rule::Hundredfold);
            let close = |value: &serde_json::Value| value["close"].as_f64().unwrap();
            assert!((close(&repair.raw) / close(&repair.value) - 100.0).abs() < 1e-9);
            assert_eq!(report.quarantine.len(), 1, "{:?}", report.quarantine);
            let held = &report.quarantine[0];
            assert_eq!((held.date, held.rule), (clean[297].date(), Rule::Jump));
            assert!(held.reason.contains("taken back"), "{}", held.reason);
        }
        // The source mends it: stored, and nothing waits any more.
        world.change(|told| told.bars = clean.clone());
        let run = prices(&engine).await;
        assert_eq!((run.upserted, run.rejected), (1, 0), "{run:?}");
        assert!(engine.ingest().quality(&operator).await.unwrap().quarantine.is_empty());
        assert_eq!(stored(&engine).await.len(), 300);
    })
    .await;
}

#[tokio::test]
async fn what_is_accepted_is_stored_as_it_came_and_not_asked_about_again() {
    for_each_db(|db| async move {
        let (_, engine, operator, clean) = muddled(db).await;
        prices(&engine).await;
        let held = engine.ingest().quality(&operator).await.unwrap().quarantine.remove(0);
        engine.ingest().decide(&operator, held.id, true).await.unwrap();
        let again = engine.ingest().decide(&operator, held.id, false).await;
        assert!(matches!(again, Err(crate::Error::NotFound(_))), "{again:?}");
        let bar = stored(&engine).await[297];
        assert!((bar.close / clean[297].close - 1.3).abs() < 1e-9);
        // What went through JSON may differ in its last digit from what is told again.
        assert_eq!(prices(&engine).await.rejected, 0);
        let run = prices(&engine).await;
        assert_eq!((run.upserted, run.rejected), (0, 0), "{run:?}");
        assert!(engine.ingest().quality(&operator).await.unwrap().quarantine.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_is_rejected_stays_out_without_being_shown_again() {
    for_each_db(|db| async move {
        let (_, engine, operator, _) = muddled(db).await;
        prices(&engine).await;
        let held = engine.ingest().quality(&operator).await.unwrap().quarantine.remove(0);
        engine.ingest().decide(&operator, held.id, false).await.unwrap();
        prices(&engine).await;
        assert!(engine.ingest().quality(&operator).await.unwrap().quarantine.is_empty());
        assert_eq!(stored(&engine).await.len(), 299);
    })
    .await;
}

#[tokio::test]
async fn a_bar_that_can_not_be_stored_can_not_be_accepted() {
    for_each_db(|db| async move {
        let mut bars = apple(50);
        bars[20].close = f64::NAN;
        let engine = engine_of(db, World::of(bars).provider().shared()).await;
        let operator = operator(&engine).await;
        prices(&engine).await;
        let held = engine.ingest().quality(&operator).await.unwrap().quarantine.remove(0);
        assert_eq!(held.rule, Rule::MissingField);
        let refused = engine.ingest().decide(&operator, held.id, true).await;
        assert!(matches!(refused, Err(crate::Error::Conflict(_))), "{refused:?}");
        assert_eq!(engine.ingest().quality(&operator).await.unwrap().quarantine.len(), 1, "still waits");
    })
    .await;
}

#[tokio::test]
async fn prices_in_another_currency_are_refused_as_a_whole() {
    for_each_db(|db| async move {
        let bars = apple(50);
        let provider = FakeProvider::new(Source::Yahoo).bars(move |_| {
            Ok(BarsAnswer { bars: bars.clone(), currency: Some("GBP".into()), ..BarsAnswer::default() })
        });
        let engine = engine_of(db, provider.shared()).await;
        let run = prices(&engine).await;
        assert_eq!((run.upserted, run.rejected), (0, 50));
        assert!(run.error.unwrap().contains("GBP"));
        assert!(stored(&engine).await.is_empty());
        let operator = operator(&engine).await;
        let held = engine.ingest().quality(&operator).await.unwrap().quarantine;
        assert_eq!((held.len(), held[0].rule), (1, Rule::Currency));
        assert!(engine.ingest().decide(&operator, held[0].id, true).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_quote_far_from_the_last_close_is_not_believed() {
    for_each_db(|db| async move {
        let world = World::of(apple(50));
        let close = apple(1)[0].close;
        let provider = world.provider().quotes(move |asked| {
            let quote = |word: &str, price| {
                domain::Quote::new(symbol(word), price, None, None, evening(), Source::Yahoo)
            };
            if asked != [symbol("AAPL")] {
                return Ok(vec![]);
            }
            Ok(vec![quote("AAPL", close * 100.0), quote("AAPL", close * 1.01), quote("AAPL", f64::NAN)])
        });
        let engine = engine_of(db, provider.shared()).await;
        prices(&engine).await;
        let stop = CancellationToken::new();
        assert_eq!(engine.ingest().quotes(Urgency::Scheduled, &stop).await.unwrap(), (1, 2));
        let shown = engine.quotes().one(&symbol("AAPL")).await.unwrap().unwrap();
        assert_eq!(shown.price, close * 1.01);
    })
    .await;
}

#[tokio::test]
async fn nothing_old_of_the_shipped_data_ever_goes() {
    for_each_db(|db| async move {
        let engine = engine_of(db, World::of(apple(50)).provider().shared()).await;
        engine.load_bundled().await.unwrap();
        let mut tx = engine.db().begin().await.unwrap();
        let ancient = Bar { time: evening() - Duration::days(60 * 366), ..apple(1)[0] };
        let minute = Bar { time: evening() - Duration::days(100), ..apple(1)[0] };
        for (interval, bar) in [(Interval::Day1, ancient), (Interval::Minute1, minute)] {
            store::bars::upsert(&mut tx, &symbol("AAPL"), interval, Source::Yahoo, &[bar]).await.unwrap();
        }
        tx.commit().await.unwrap();
        engine.clock().advance(Duration::days(365));
        let rows = |removed: Vec<crate::retention::Removed>| {
            removed
                .iter()
                .filter(|each| each.rows > 0)
                .map(|each| (each.table, each.rows))
                .collect::<Vec<_>>()
        };
        let expected = [("bars 1d", 1), ("bars 1m", 1)];
        assert_eq!(rows(engine.retention().clean_up(true).await.unwrap()), expected);
        assert_eq!(
            rows(engine.retention().clean_up(true).await.unwrap()),
            expected,
            "counting removes nothing"
        );
        let bars = stored(&engine).await.len();
        assert_eq!(rows(engine.retention().clean_up(false).await.unwrap()), expected);
        assert_eq!(rows(engine.retention().clean_up(false).await.unwrap()), []);
        assert_eq!(stored(&engine).await.len(), bars - 1);
    })
    .await;
}
