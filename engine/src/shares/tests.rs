use super::*;
use crate::{
    portfolios::{EntryDraft, PortfolioDraft},
    testing::{colleague, for_each_engine, member},
};
use chrono::Duration;
use domain::portfolio::Portfolio;

async fn portfolio(engine: &Engine, cx: &Cx) -> Portfolio {
    let details = PortfolioDraft::typed("Growth", "USD", "fifo", "SPY");
    let made = engine.portfolios().create(cx, &details, None).await.unwrap();
    let entry = serde_json::json!({ "type": "buy", "symbol": "AAPL", "date": "2021-01-04", "quantity": "73",
        "price": "129.41", "currency": "USD" });
    let entry: EntryDraft = serde_json::from_value(entry).unwrap();
    engine.portfolios().add(cx, made.id, &entry, None).await.unwrap();
    made
}

async fn is_gone(engine: &Engine, token: &str) -> bool {
    matches!(engine.shares().open(token, None).await, Err(Error::NotFound("the page")))
}

fn wish() -> Wish {
    Wish { hide_amounts: true, ..Wish::default() }
}

#[tokio::test]
async fn a_link_opens_until_it_is_taken_back_and_counts_who_came() {
    for_each_engine(async |engine| {
        let cx = member(&engine, "ada@example.org").await;
        let portfolio = portfolio(&engine, &cx).await;
        let (share, token) = engine.shares().create(&cx, portfolio.id, &wish()).await.unwrap();
        assert_eq!(token.len(), 43, "256 bits");
        let Opened::Page(shown) = engine.shares().open(&token, None).await.unwrap() else { panic!("locked") };
        assert_eq!(shown.report.subject, "Growth");
        engine.shares().seen(&token).await.unwrap();
        let listed = engine.shares().list(&cx, portfolio.id).await.unwrap();
        assert_eq!((listed.len(), listed[0].views, listed[0].revoked_at), (1, 1, None));
        assert!(!serde_json::to_string(&listed).unwrap().contains(&token), "the token is shown once");
        engine.shares().revoke(&cx, portfolio.id, share.id).await.unwrap();
        assert!(is_gone(&engine, &token).await);
        assert!(engine.shares().seen(&token).await.is_err());
        assert_eq!(engine.shares().list(&cx, portfolio.id).await.unwrap()[0].views, 1);
    })
    .await;
}

#[tokio::test]
async fn what_never_was_what_ended_and_what_was_taken_back_answer_alike() {
    for_each_engine(async |engine| {
        let cx = member(&engine, "ada@example.org").await;
        let portfolio = portfolio(&engine, &cx).await;
        let now = engine.clock().now();
        let ending = Wish { expires_at: Some(now + Duration::hours(1)), ..wish() };
        let (_, ends) = engine.shares().create(&cx, portfolio.id, &ending).await.unwrap();
        let (_, stays) = engine.shares().create(&cx, portfolio.id, &wish()).await.unwrap();
        engine.clock().advance(Duration::hours(2));
        assert!(is_gone(&engine, &ends).await && !is_gone(&engine, &stays).await);
        for guess in ["", "x", &"A".repeat(43), &"ä".repeat(43), &stays[..42], "../../etc/passwd"] {
            assert!(is_gone(&engine, guess).await, "{guess}");
        }
        engine.portfolios().delete(&cx, portfolio.id).await.unwrap();
        assert!(is_gone(&engine, &stays).await, "a portfolio takes its links along");
    })
    .await;
}

#[tokio::test]
async fn amounts_that_are_hidden_are_nowhere_in_what_is_shown() {
    for_each_engine(async |engine| {
        let cx = member(&engine, "ada@example.org").await;
        let portfolio = portfolio(&engine, &cx).await;
        let text = async |wish: &Wish| {
            let (_, token) = engine.shares().create(&cx, portfolio.id, wish).await.unwrap();
            let Opened::Page(shown) = engine.shares().open(&token, None).await.unwrap() else {
                panic!("locked")
            };
            serde_json::to_string(&shown.report).unwrap().replace(',', "")
        };
        let performance = engine
            .portfolios()
            .performance(&cx, portfolio.id, &crate::portfolios::Asked::of(domain::portfolio::Range::Year1))
            .await
            .unwrap();
        let value = performance.value.unwrap().round_dp(2).to_string();
        let (open, hidden) = (text(&Wish::default()).await, text(&wish()).await);
        assert!(open.contains(&value) && open.contains("\"73\""), "with amounts: {value}");
        let whole = value.split('.').next().unwrap();
        assert!(!hidden.contains(whole) && !hidden.contains("\"73\""), "without: {whole}");
        assert!(hidden.contains('%'));
    })
    .await;
}

#[tokio::test]
async fn a_password_opens_its_own_page_only() {
    for_each_engine(async |engine| {
        let cx = member(&engine, "ada@example.org").await;
        let portfolio = portfolio(&engine, &cx).await;
        let short = Wish { password: Some("short".into()), ..wish() };
        assert!(matches!(engine.shares().create(&cx, portfolio.id, &short).await, Err(Error::Invalid(_))));
        let locked = |word: &str| Wish { password: Some(word.into()), ..wish() };
        let (_, one) = engine.shares().create(&cx, portfolio.id, &locked("open sesame")).await.unwrap();
        let (_, other) = engine.shares().create(&cx, portfolio.id, &locked("open sesame")).await.unwrap();
        let shares = engine.shares();
        assert!(matches!(shares.open(&one, None).await, Ok(Opened::Locked)));
        assert!(matches!(shares.open(&one, Some("")).await, Ok(Opened::Locked)));
        assert_eq!(shares.unlock(&one, "open says me").await.unwrap(), None);
        let pass = shares.unlock(&one, "open sesame").await.unwrap().unwrap();
        assert!(matches!(shares.open(&one, Some(&pass)).await, Ok(Opened::Page(_))));
        assert!(matches!(shares.open(&other, Some(&pass)).await, Ok(Opened::Locked)));
    })
    .await;
}

#[tokio::test]
async fn only_those_who_may_edit_give_out_links_and_strangers_find_none() {
    for_each_engine(async |engine| {
        let cx = member(&engine, "ada@example.org").await;
        let portfolio = portfolio(&engine, &cx).await;
        let (share, _) = engine.shares().create(&cx, portfolio.id, &wish()).await.unwrap();
        let viewer = colleague(&engine, &cx, "vera@example.org", Role::Viewer).await;
        assert!(matches!(
            engine.shares().create(&viewer, portfolio.id, &wish()).await,
            Err(Error::Forbidden(_))
        ));
        assert!(engine.shares().list(&viewer, portfolio.id).await.is_ok());
        let eve = member(&engine, "eve@example.org").await;
        assert!(matches!(engine.shares().list(&eve, portfolio.id).await, Err(Error::NotFound(_))));
        assert!(matches!(engine.shares().create(&eve, portfolio.id, &wish()).await, Err(Error::NotFound(_))));
        assert!(matches!(
            engine.shares().revoke(&eve, portfolio.id, share.id).await,
            Err(Error::NotFound(_))
        ));
        let past = Wish { expires_at: Some(engine.clock().now()), ..wish() };
        assert!(matches!(engine.shares().create(&cx, portfolio.id, &past).await, Err(Error::Invalid(_))));
    })
    .await;
}
