use super::{EntryDraft, HoldingDraft, Once, Order, PortfolioDraft};
use crate::{
    Cx, Engine, Error, store,
    testing::{colleague, for_each_engine, member},
};
use domain::{
    Event, Role,
    portfolio::{
        Decimal, MAX_PORTFOLIOS, Portfolio, TransactionKind,
        import::{Format, Mapping},
    },
};
use serde_json::json;

fn draft<T: serde::de::DeserializeOwned>(fields: serde_json::Value) -> T {
    serde_json::from_value(fields).unwrap()
}

async fn portfolio(engine: &Engine, cx: &Cx, name: &str) -> Portfolio {
    engine.portfolios().create(cx, &PortfolioDraft::typed(name, "USD", "fifo", "SPY"), None).await.unwrap()
}

fn purchase(symbol: &str, date: &str, quantity: &str, price: &str) -> EntryDraft {
    draft(json!({ "type": "buy", "symbol": symbol, "date": date, "quantity": quantity, "price": price,
        "currency": "USD" }))
}

fn fields(error: Error) -> Vec<String> {
    match error {
        Error::Invalid(errors) => errors.into_iter().map(|each| each.field).collect(),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn money_comes_back_exactly_as_it_was_entered() {
    for_each_engine(|engine| async move {
        let cx = member(&engine, "a@b.co").await;
        let id = portfolio(&engine, &cx, "Mine").await.id;
        let sent: EntryDraft =
            draft(json!({ "type": "buy", "symbol": "aapl", "date": "2021-01-04T09:30:00Z",
            "quantity": "0.123456789012", "price": "9999999999.999999999999", "fee": 1.5, "tax": "0.10",
            "currency": "eur", "fxRate": "1.2271", "note": "first" }));
        let (_, added) = engine.portfolios().add(&cx, id, &sent, None).await.unwrap();
        let found = engine.portfolios().transaction(&cx, id, added.id).await.unwrap();
        assert_eq!(found, added);
        let decimal = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(found.entry.quantity, Some(decimal("0.123456789012")));
        assert_eq!(found.entry.price, Some(decimal("9999999999.999999999999")));
        assert_eq!((found.entry.fee, found.entry.tax), (decimal("1.5"), decimal("0.1")));
        assert_eq!((found.entry.kind, found.version), (TransactionKind::Buy, 1));
        assert_eq!(found.entry.date.to_string(), "2021-01-04");
    })
    .await;
}

#[tokio::test]
async fn transactions_are_listed_by_date_in_pages_that_join_without_a_gap() {
    for_each_engine(|engine| async move {
        let cx = member(&engine, "a@b.co").await;
        let (id, portfolios) = (portfolio(&engine, &cx, "Mine").await.id, engine.portfolios());
        for (number, day) in ["04", "01", "03", "03", "02"].iter().enumerate() {
            let entry = purchase("AAPL", &format!("2021-02-{day}"), &(number + 1).to_string(), "1");
            portfolios.add(&cx, id, &entry, None).await.unwrap();
        }
        for (order, expected) in
            [(Order::OldestFirst, [2, 5, 3, 4, 1]), (Order::NewestFirst, [1, 4, 3, 5, 2])]
        {
            let (mut seen, mut after) = (Vec::new(), None);
            loop {
                let slice = portfolios.transactions(&cx, id, order, after, 2).await.unwrap();
                seen.extend(slice.items.iter().map(|each| each.entry.quantity.unwrap()));
                after = slice.items.last().map(|each| (each.entry.date, each.id));
                if !slice.more {
                    break;
                }
            }
            assert_eq!(seen, expected.map(Decimal::from));
        }
    })
    .await;
}

#[tokio::test]
async fn a_change_over_an_older_version_is_refused_and_each_grows_the_portfolio() {
    for_each_engine(|engine| async move {
        let cx = member(&engine, "a@b.co").await;
        let (before, portfolios) = (portfolio(&engine, &cx, "Mine").await, engine.portfolios());
        let id = before.id;
        let mut events = engine.bus().subscribe(cx.tenant, Vec::new(), None);
        let (_, added) =
            portfolios.add(&cx, id, &purchase("AAPL", "2021-01-04", "1", "2"), None).await.unwrap();
        assert_eq!(events.try_next().map(|frame| frame.name()), Some("portfolio"));
        let edit = purchase("AAPL", "2021-01-05", "1", "2");
        let (after, edited) = portfolios.replace(&cx, id, added.id, &edit, Some(1)).await.unwrap();
        assert_eq!((edited.version, after.version), (2, before.version + 2));
        let stale = portfolios.replace(&cx, id, added.id, &edit, Some(1)).await;
        assert!(matches!(stale, Err(Error::Stale(_))));
        assert!(matches!(portfolios.remove(&cx, id, added.id, Some(1)).await, Err(Error::Stale(_))));
        // What changes nothing is no change.
        let (same, _) = portfolios.replace(&cx, id, added.id, &edit, Some(2)).await.unwrap();
        assert_eq!(same.version, after.version);
        portfolios.remove(&cx, id, added.id, Some(2)).await.unwrap();
        let lines = store::audit::latest(engine.db(), &cx, 4).await.unwrap();
        let actions: Vec<&str> = lines.iter().map(|line| line.action.as_str()).collect();
        assert_eq!(
            actions,
            ["transaction.remove", "transaction.update", "transaction.add", "portfolio.create"]
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_created_twice_under_one_key_is_created_once() {
    for_each_engine(|engine| async move {
        let cx = member(&engine, "a@b.co").await;
        let portfolios = engine.portfolios();
        let once = |sent: &str| Once::new("key-1", "portfolios", sent.as_bytes()).unwrap();
        let details = PortfolioDraft::typed("Mine", "USD", "fifo", "SPY");
        let first = portfolios.create(&cx, &details, Some(&once("a"))).await.unwrap();
        let again = portfolios.create(&cx, &details, Some(&once("a"))).await.unwrap();
        assert_eq!((first.id, portfolios.list(&cx).await.unwrap().len()), (again.id, 1));
        let other = portfolios.create(&cx, &details, Some(&once("b"))).await.unwrap_err();
        assert_eq!(fields(other), ["Idempotency-Key"]);
        let (entry, key) = (purchase("AAPL", "2021-01-04", "1", "2"), Once::new("key-2", "x", b"y").unwrap());
        let (_, one) = portfolios.add(&cx, first.id, &entry, Some(&key)).await.unwrap();
        let (_, two) = portfolios.add(&cx, first.id, &entry, Some(&key)).await.unwrap();
        assert_eq!(one, two);
        // Keys are the user's own.
        let eve = member(&engine, "e@b.co").await;
        assert_ne!(portfolios.create(&eve, &details, Some(&once("a"))).await.unwrap().id, first.id);
        assert!(Once::new("", "x", b"").is_err() && Once::new(&"k".repeat(256), "x", b"").is_err());
    })
    .await;
}

#[tokio::test]
async fn every_wrong_field_is_named_at_once() {
    let engine = crate::testing::engine().await;
    let cx = member(&engine, "a@b.co").await;
    let (id, portfolios) = (portfolio(&engine, &cx, "Mine").await.id, engine.portfolios());
    let bad: EntryDraft = draft(json!({ "type": "gift", "symbol": "no;symbol", "date": "2021-02-30",
        "quantity": [], "price": "1,5", "currency": "dollars" }));
    let error = portfolios.add(&cx, id, &bad, None).await.unwrap_err();
    assert_eq!(fields(error), ["type", "date", "currency", "symbol", "quantity", "price"]);
    let tomorrow: EntryDraft = draft(json!({ "type": "deposit", "date": "2026-01-07", "currency": "USD" }));
    assert_eq!(fields(portfolios.add(&cx, id, &tomorrow, None).await.unwrap_err()), ["date", "amount"]);
    let details: PortfolioDraft = draft(json!({ "name": " ", "currency": 5, "costMethod": "lifo",
        "benchmark": "", "limits": { "singlePosition": 7 } }));
    let error = portfolios.update(&cx, id, &details, None).await.unwrap_err();
    assert_eq!(fields(error), ["currency", "costMethod", "limits"]);
}

#[tokio::test]
async fn viewers_see_everything_and_change_nothing() {
    for_each_engine(|engine| async move {
        let ada = member(&engine, "a@b.co").await;
        let viewer = colleague(&engine, &ada, "v@b.co", Role::Viewer).await;
        let (mine, portfolios) = (portfolio(&engine, &ada, "Mine").await, engine.portfolios());
        let entry = purchase("AAPL", "2021-01-04", "1", "2");
        let (_, added) = portfolios.add(&ada, mine.id, &entry, None).await.unwrap();
        assert_eq!(portfolios.list(&viewer).await.unwrap().len(), 1);
        assert_eq!(portfolios.transaction(&viewer, mine.id, added.id).await.unwrap(), added);
        let refused = |outcome: Result<(), Error>| assert!(matches!(outcome, Err(Error::Forbidden(_))));
        let details = PortfolioDraft::typed("Other", "USD", "fifo", "SPY");
        refused(portfolios.create(&viewer, &details, None).await.map(drop));
        refused(portfolios.update(&viewer, mine.id, &details, None).await.map(drop));
        refused(portfolios.delete(&viewer, mine.id).await.map(drop));
        refused(portfolios.add(&viewer, mine.id, &entry, None).await.map(drop));
        refused(portfolios.replace(&viewer, mine.id, added.id, &entry, None).await.map(drop));
        refused(portfolios.remove(&viewer, mine.id, added.id, None).await.map(drop));
        refused(portfolios.hold(&viewer, &HoldingDraft::default()).await.map(drop));
    })
    .await;
}

#[tokio::test]
async fn a_stranger_neither_sees_nor_changes_portfolios() {
    for_each_engine(|engine| async move {
        let (ada, eve) = (member(&engine, "a@b.co").await, member(&engine, "e@b.co").await);
        let (mine, portfolios) = (portfolio(&engine, &ada, "Mine").await, engine.portfolios());
        let entry = purchase("AAPL", "2021-01-04", "1", "2");
        let (after, added) = portfolios.add(&ada, mine.id, &entry, None).await.unwrap();
        let gone = |outcome: Result<(), Error>| assert!(matches!(outcome, Err(Error::NotFound(_))));
        assert!(portfolios.list(&eve).await.unwrap().is_empty());
        gone(portfolios.get(&eve, mine.id).await.map(drop));
        gone(portfolios.transactions(&eve, mine.id, Order::OldestFirst, None, 9).await.map(drop));
        gone(portfolios.transaction(&eve, mine.id, added.id).await.map(drop));
        let details = PortfolioDraft::typed("Other", "USD", "fifo", "SPY");
        gone(portfolios.update(&eve, mine.id, &details, None).await.map(drop));
        gone(portfolios.delete(&eve, mine.id).await.map(drop));
        gone(portfolios.add(&eve, mine.id, &entry, None).await.map(drop));
        gone(portfolios.replace(&eve, mine.id, added.id, &entry, None).await.map(drop));
        gone(portfolios.remove(&eve, mine.id, added.id, None).await.map(drop));
        // A transaction is not found under a portfolio of one's own either.
        let own = portfolio(&engine, &eve, "Eve's").await;
        gone(portfolios.transaction(&eve, own.id, added.id).await.map(drop));
        gone(portfolios.remove(&eve, own.id, added.id, None).await.map(drop));
        assert_eq!(portfolios.list(&ada).await.unwrap(), [after]);
    })
    .await;
}

#[tokio::test]
async fn holdings_are_purchases_underneath_and_one_for_each_symbol() {
    for_each_engine(|engine| async move {
        let (cx, portfolios) = (member(&engine, "a@b.co").await, engine.portfolios());
        let apple: HoldingDraft = draft(json!({ "symbol": "AAPL", "shares": 10, "averagePrice": "12.50",
            "purchaseDate": "2021-01-04", "notes": "from a gift" }));
        let held = portfolios.hold(&cx, &apple).await.unwrap();
        assert!(matches!(portfolios.hold(&cx, &apple).await, Err(Error::Conflict(_))));
        let list = portfolios.list(&cx).await.unwrap();
        assert_eq!(list.iter().map(|each| each.name.as_str()).collect::<Vec<_>>(), ["Holdings"]);
        let under = portfolios.transaction(&cx, list[0].id, held.id).await.unwrap();
        assert_eq!(under.entry.price, Some("12.5".parse().unwrap()));
        let more = draft(json!({ "shares": "11" }));
        let after = portfolios.change_holding(&cx, held.id, &more, Some(1)).await.unwrap();
        assert_eq!((after.holding.shares, after.version), (Decimal::from(11), 2));
        assert_eq!(after.holding.notes.as_deref(), Some("from a gift"));
        assert!(matches!(
            portfolios.change_holding(&cx, held.id, &more, Some(1)).await,
            Err(Error::Stale(_))
        ));
        // A colleague has holdings of their own.
        let bob = colleague(&engine, &cx, "b@b.co", Role::Analyst).await;
        assert!(portfolios.holdings(&bob).await.unwrap().is_empty());
        assert!(matches!(portfolios.release(&bob, held.id).await, Err(Error::NotFound(_))));
        portfolios.hold(&bob, &apple).await.unwrap();
        assert_eq!(portfolios.list(&cx).await.unwrap().len(), 2);
        // Sold through the portfolio, it is a holding no more, and another one may come.
        let sale: EntryDraft = draft(json!({ "type": "sell", "symbol": "AAPL", "date": "2021-01-05",
            "quantity": "1", "price": "1", "currency": "USD" }));
        portfolios.replace(&cx, list[0].id, held.id, &sale, None).await.unwrap();
        assert!(portfolios.holdings(&cx).await.unwrap().is_empty());
        let held = portfolios.hold(&cx, &apple).await.unwrap();
        portfolios.release(&cx, held.id).await.unwrap();
        assert!(portfolios.holdings(&cx).await.unwrap().is_empty());
        let error = portfolios.hold(&cx, &draft(json!({ "symbol": "MSFT" }))).await.unwrap_err();
        assert_eq!(fields(error), ["shares", "averagePrice"]);
    })
    .await;
}

#[tokio::test]
async fn there_are_limits_and_names_are_unique() {
    let engine = crate::testing::engine().await;
    let (cx, portfolios) = (member(&engine, "a@b.co").await, engine.portfolios());
    for number in 0..MAX_PORTFOLIOS {
        portfolio(&engine, &cx, &format!("Portfolio {number}")).await;
    }
    let one_more = PortfolioDraft::typed("One more", "", "", "");
    assert_eq!(fields(portfolios.create(&cx, &one_more, None).await.unwrap_err()), ["name"]);
    let taken = PortfolioDraft::typed("Portfolio 1", "EUR", "average", "QQQ");
    let first = portfolios.list(&cx).await.unwrap().remove(0);
    assert!(matches!(portfolios.update(&cx, first.id, &taken, None).await, Err(Error::Conflict(_))));
    portfolios.delete(&cx, first.id).await.unwrap();
    let made = portfolios.create(&cx, &one_more, None).await.unwrap();
    assert_eq!((made.currency.as_str(), made.benchmark.as_str()), ("USD", "SPY"), "without any history");
}

#[tokio::test]
async fn whoever_waits_for_a_file_hears_how_far_it_is_and_nobody_else() {
    for_each_engine(|engine| async move {
        let (cx, eve) = (member(&engine, "a@b.co").await, member(&engine, "e@b.co").await);
        let id = portfolio(&engine, &cx, "Mine").await.id;
        let rows = (0..6_000).map(|at| format!("2021-01-04,buy,AAPL,1,{}.5,,0,0,USD\n", at + 1));
        let file =
            format!("date,type,symbol,quantity,price,amount,fee,tax,currency\n{}", rows.collect::<String>());
        let mut own = engine.bus().subscribe(cx.tenant, Vec::new(), None);
        let mut others = engine.bus().subscribe(eve.tenant, Vec::new(), None);
        let (format, mapping) = (Format::Candlewick, Mapping::default());
        engine.portfolios().import(&cx, id, format, mapping, file.into_bytes()).await.unwrap();
        let told: Vec<u8> = std::iter::from_fn(|| own.try_next())
            .filter_map(|frame| match &frame.event {
                Event::Import(progress) => Some(progress.percent),
                _ => None,
            })
            .collect();
        assert_eq!(told, [5, 30, 57, 84, 100]);
        assert!(std::iter::from_fn(|| others.try_next()).all(|frame| frame.name() != "import"));
    })
    .await;
}
