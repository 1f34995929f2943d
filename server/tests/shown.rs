//! What was collected, on the pages that the server writes: the close that counts and the record that was kept out.
#![allow(clippy::unwrap_used)] // in a test a panic is the report

mod support;

use domain::{Bar, Instrument, Interval, Symbol, etl::EtlSource, source::Source};
use engine::{
    bars::Range,
    ingest::{Ask, Silent},
    provider::{BarsAnswer, ProviderError, Urgency, bundled},
    store::Db,
    testing::{self, FakeProvider},
};
use support::{Candlewick, OPERATOR};

fn scaled(bar: Bar, by: f64) -> Bar {
    let times = |price: Option<f64>| price.map(|price| price * by);
    Bar {
        open: times(bar.open),
        high: times(bar.high),
        low: times(bar.low),
        close: bar.close * by,
        adj_close: times(bar.adj_close),
        ..bar
    }
}

/// A year of a company that is priced at twice AAPL, with a bad tick on 8 March 2022.
fn told() -> Vec<Bar> {
    let all = bundled::bars();
    let apple = all.iter().find(|series| series.symbol.as_str() == "AAPL").unwrap();
    let mut bars: Vec<Bar> =
        apple.bars[apple.bars.len() - 300..].iter().map(|bar| scaled(*bar, 2.0)).collect();
    bars[297] = scaled(bars[297], 1.3);
    bars[297].volume = bars[297].volume.map(|volume| volume / 2.0);
    bars
}

#[tokio::test]
async fn pages_hold_the_last_stored_close_and_the_record_that_was_kept_out() {
    let app = Candlewick::start_with(&[("JOBS", "off")]).await;
    let newco = Symbol::parse("NEWCO").unwrap();
    let (bars, known) = (told(), newco.clone());
    let provider = FakeProvider::new(Source::Yahoo).bars(move |ask| match ask.symbol == known {
        true => Ok(BarsAnswer { bars: bars.clone(), ..BarsAnswer::default() }),
        false => Err(ProviderError::NotFound),
    });
    // Collected as a worker of its own does, on the evening of the day on which the bundled market stands.
    let db = Db::open(&app.server.state.config.data.database_url).await.unwrap();
    let evening = "2022-03-10T22:30:00Z".parse().unwrap();
    let worker = testing::live_engine_on(db, evening, vec![provider.shared()]);
    let instruments = bundled::instruments();
    let apple = instruments.iter().find(|each| each.symbol.as_str() == "AAPL").unwrap();
    let listed = Instrument { symbol: newco.clone(), name: "Newco".into(), ..apple.clone() };
    testing::listed(&worker, &[listed]).await;
    let symbols = Some(vec![newco.clone()]);
    let ask = Ask { source: EtlSource::Prices, symbols, intraday: false, urgency: Urgency::Manual };
    let run = worker.ingest().run(&ask, &Silent).await.unwrap();
    assert_eq!(run.rejected, 1, "{run:?}");
    let stored = worker.bars().series(&newco, Interval::Day1, Range::default()).await.unwrap();
    assert_eq!(stored.bars.last().unwrap().close, 2.0 * 158.52);
    worker.close().await;

    let page = async |email: &str, path: &str| {
        let login = app.visitor(email).await;
        let cookie = format!("candlewick_session={}", login.session_token);
        app.get(path).header("accept", "text/html").header("cookie", &cookie).send().await
    };
    let shown = page("ada@example.org", "/symbols/NEWCO").await;
    assert_eq!(shown.status, 200);
    let shown = shown.text();
    assert!(shown.contains("Newco") && shown.contains("317.04"), "the close of the last stored day");
    let shown = page(OPERATOR, "/operations/quality").await;
    assert_eq!(shown.status, 200);
    let shown = shown.text();
    let held = shown.rsplit("quarantine-title").next().unwrap();
    for words in ["NEWCO", "8 Mar 2022 · Unexplained jump", "taken back"] {
        assert!(held.contains(words), "{words}: {held}");
    }
}
