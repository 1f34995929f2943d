//! Files of prices on their way in, on both databases, and seen by nobody else.

use super::*;
use crate::testing::{colleague, for_each_engine, listed, member};
use domain::Role;

fn symbol() -> Symbol {
    Symbol::parse("MYFUND").unwrap()
}

const FILE: &str = "\
date,open,high,low,close,adj_close,volume
2025-01-02,10,11,9,10.5,10.4,100
2025-01-03,10.5,12,10,11,10.9,200
2025-01-06,11,11.5,10.8,x,11,300
2025-01-07,11,10.5,10.8,11.2,11.2,300
never,1,1,1,1,1,1
2025-01-08,11.2,11.6,11.1,11.4,,
";

async fn import(engine: &Engine, cx: &Cx, text: &str) -> Result<Imported> {
    engine.custom().import(cx, &symbol(), About::default(), text.to_string()).await
}

#[tokio::test]
async fn a_file_is_read_line_by_line_and_the_same_again_changes_nothing() {
    for_each_engine(|engine| async move {
        let cx = member(&engine, "ada@example.org").await;
        let done = import(&engine, &cx, FILE).await.unwrap();
        assert_eq!((done.read, done.upserted, done.unchanged, done.rejected), (6, 3, 0, 3), "{done:?}");
        let lines: Vec<u32> = done.rejects.iter().map(|each| each.line).collect();
        assert_eq!(lines, [4, 5, 6]);
        assert_eq!(done.rejects[0].reason, "`x` is no close");
        let again = import(&engine, &cx, FILE).await.unwrap();
        assert_eq!((again.read, again.upserted, again.unchanged, again.rejected), (6, 0, 3, 3));
        let all = engine.custom().list(&cx).await.unwrap();
        assert_eq!((all.len(), all[0].bars), (1, 3));
        assert_eq!(all[0].last, Some("2025-01-08".parse().unwrap()));
        let bars =
            engine.custom().series(&cx, &symbol(), Interval::Day1, Range::default()).await.unwrap().bars;
        assert_eq!((bars[2].close, bars[2].adj_close, bars[2].volume), (11.4, None, None));
        let weeks =
            engine.custom().series(&cx, &symbol(), Interval::Week1, Range::default()).await.unwrap().bars;
        assert_eq!(weeks.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn nobody_else_sees_changes_or_removes_what_a_tenant_brought() {
    for_each_engine(|engine| async move {
        let (ada, eve) = (member(&engine, "ada@example.org").await, member(&engine, "eve@example.org").await);
        import(&engine, &ada, FILE).await.unwrap();
        let custom = engine.custom();
        assert!(matches!(custom.find(&eve, &symbol()).await, Err(Error::NotFound(_))));
        let asked = custom.series(&eve, &symbol(), Interval::Day1, Range::default()).await;
        assert!(matches!(asked, Err(Error::NotFound(_))));
        assert!(matches!(custom.remove(&eve, &symbol()).await, Err(Error::NotFound(_))));
        // One of the same name is another one.
        let own = "date,close\n2025-02-03,5\n";
        import(&engine, &eve, own).await.unwrap();
        custom.remove(&eve, &symbol()).await.unwrap();
        assert_eq!(custom.list(&ada).await.unwrap()[0].bars, 3);
        // The market knows nothing of it.
        assert!(engine.instruments().find(&symbol()).await.unwrap().is_none());
        let viewer = colleague(&engine, &ada, "vic@example.org", Role::Viewer).await;
        assert!(matches!(import(&engine, &viewer, FILE).await, Err(Error::Forbidden(_))));
        assert_eq!(custom.list(&viewer).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_symbol_of_the_market_and_a_file_without_its_columns_are_refused() {
    for_each_engine(|engine| async move {
        let cx = member(&engine, "ada@example.org").await;
        let of_market = Instrument {
            symbol: symbol(),
            kind: Kind::Equity,
            ..instrument(CustomInstrument {
                symbol: symbol(),
                name: "Taken".into(),
                currency: "USD".into(),
                bars: 0,
                first: None,
                last: None,
            })
        };
        for bad in ["", "open,close\n1,2\n", "date;close\n2025-01-02;1\n"] {
            assert!(matches!(import(&engine, &cx, bad).await, Err(Error::Invalid(_))), "{bad:?}");
        }
        assert!(engine.custom().list(&cx).await.unwrap().is_empty());
        listed(&engine, &[of_market]).await;
        assert!(matches!(import(&engine, &cx, FILE).await, Err(Error::Conflict(_))));
    })
    .await;
}
