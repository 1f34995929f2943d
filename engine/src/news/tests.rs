use super::*;
use crate::{
    Engine,
    jobs::{Order, ScoreNews},
    store::Db,
    testing::{FakeProvider, for_each_db, live_engine_on, now},
};
use domain::{
    event::Resync,
    news::{Headline, MOST_WORDS, search_words},
    sentiment::Label,
    source::Source,
};
use uuid::Uuid;

fn symbol(text: &str) -> Symbol {
    Symbol::parse(text).unwrap()
}

/// An article of its own story, so many minutes before [`now`].
fn article(of: &str, title: &str, score: f64, minutes: i64) -> Article {
    Article {
        id: Uuid::now_v7(),
        symbol: Symbol::parse(of),
        also: Vec::new(),
        title: title.into(),
        description: None,
        publisher: "Wire".into(),
        url: None,
        published_at: now() - Duration::minutes(minutes),
        score,
        label: Label::of(score),
        source: Source::Yahoo,
        fetched_at: Some(now()),
    }
}

async fn stored(engine: &Engine, articles: &[Article]) {
    let mut tx = engine.db().begin().await.unwrap();
    let own: Vec<(Article, Uuid)> = articles.iter().map(|each| (each.clone(), each.id)).collect();
    store::articles::collect(&mut tx, &own).await.unwrap();
    tx.commit().await.unwrap();
}

fn engine_of(db: Db) -> Engine {
    live_engine_on(db, now(), Vec::new())
}

async fn titles(engine: &Engine, search: Search) -> Vec<String> {
    let found = engine.news().find(Search { limit: 50, ..search }).await.unwrap();
    found.articles.into_iter().map(|each| each.title).collect()
}

fn words(text: &str) -> Search {
    Search { words: search_words(text), ..Search::default() }
}

#[tokio::test]
async fn articles_are_found_by_words_label_and_symbol() {
    for_each_db(|db| async move {
        let engine = engine_of(db);
        let mut described = article("AAPL", "Apple opens a shop", 0.0, 3);
        described.description = Some("In ZÜRICH, 100% glass_walls".into());
        let others = [
            article("AAPL", "Apple shares fall", -0.5, 1),
            article("MSFT", "Microsoft shares rise", 0.05, 2),
        ];
        stored(&engine, &others).await;
        stored(&engine, &[described]).await;
        let found = |search| titles(&engine, search);
        assert_eq!(found(words("SHARES apple")).await, ["Apple shares fall"]);
        assert_eq!(found(words("zürich")).await, ["Apple opens a shop"]);
        assert_eq!(found(words("msft")).await, ["Microsoft shares rise"]);
        assert_eq!(found(words("wire")).await.len(), 3, "publishers are searched too");
        // What means something to `like` means itself.
        for (text, count) in [("100%", 1), ("s_w", 1), ("1%0", 0), ("sh_res", 0), ("!", 0), ("'", 0)] {
            assert_eq!(found(words(text)).await.len(), count, "{text}");
        }
        for (label, title) in [
            (Label::Positive, "Microsoft shares rise"),
            (Label::Neutral, "Apple opens a shop"),
            (Label::Negative, "Apple shares fall"),
        ] {
            assert_eq!(found(Search { label: Some(label), ..Search::default() }).await, [title]);
        }
        let apple = Search { symbol: Some(symbol("AAPL")), ..Search::default() };
        assert_eq!(found(apple.clone()).await, ["Apple shares fall", "Apple opens a shop"]);
        assert_eq!(found(Search { label: Some(Label::Negative), ..apple }).await, ["Apple shares fall"]);
        let many = "apple shop in 100% glass_walls wire nonsense";
        assert_eq!(search_words(many).len(), MOST_WORDS);
    })
    .await;
}

#[tokio::test]
async fn pages_tell_every_article_once_also_those_of_one_moment() {
    for_each_db(|db| async move {
        let engine = engine_of(db);
        let all: Vec<Article> = (0..23).map(|n| article("AAPL", &format!("No {n}"), 0.0, n / 4)).collect();
        stored(&engine, &all).await;
        let (mut after, mut seen) = (None, Vec::new());
        loop {
            let page = engine.news().find(Search { after, limit: 5, ..Search::default() }).await.unwrap();
            seen.extend(page.articles.iter().map(|each| (each.published_at, each.id)));
            // As a cursor goes over the wire.
            after = page.next.map(|place| Place::parse(&place.to_string()).unwrap());
            if after.is_none() {
                break;
            }
        }
        let mut expected: Vec<_> = all.iter().map(|each| (each.published_at, each.id)).collect();
        expected.sort_unstable_by(|a, b| b.cmp(a));
        assert_eq!(seen, expected);
    })
    .await;
}

fn headline(title: &str, url: &str) -> Headline {
    Headline {
        symbol: None,
        title: title.into(),
        description: None,
        publisher: "Wire".into(),
        url: Some(url.into()),
        published_at: now() - Duration::hours(2),
    }
}

/// Collects the news about these symbols and does the jobs that follow.
async fn collect(engine: &Engine, symbols: &[&str]) {
    let ask = crate::ingest::Ask {
        source: domain::etl::EtlSource::News,
        symbols: Some(symbols.iter().map(|each| symbol(each)).collect()),
        urgency: crate::provider::Urgency::Manual,
        intraday: false,
    };
    engine.ingest().run(&ask, &crate::ingest::Silent).await.unwrap();
    engine.run_due_jobs().await.unwrap();
}

#[tokio::test]
async fn a_story_about_two_symbols_is_told_once_overall_and_once_for_each() {
    for_each_db(|db| async move {
        let provider = FakeProvider::new(Source::Yahoo).news(|ask| {
            let tail =
                if ask.symbol.as_ref().is_some_and(|each| each.as_str() == "AAPL") { "" } else { " - Wire" };
            let title = format!("Chip maker lifts its outlook for the whole coming year{tail}");
            Ok(vec![
                headline(&title, &format!("https://news.example/{tail}")),
                headline("Rates", "https://b.example/"),
            ])
        });
        let engine = live_engine_on(db, now(), vec![provider.shared()]);
        collect(&engine, &["AAPL", "MSFT"]).await;
        let all = engine.news().latest(10).await.unwrap();
        assert_eq!(all.len(), 2, "{all:?}");
        assert!(all.iter().all(|each| each.symbol == Some(symbol("AAPL")) && each.also == [symbol("MSFT")]));
        assert!(all.iter().all(|each| each.fetched_at == Some(now())));
        assert_eq!(engine.news().of(&symbol("MSFT"), 10).await.unwrap().len(), 2);
        assert_eq!(engine.news().trend(None).await.unwrap().len(), 1);
    })
    .await;
}

/// The moods pushed since the subscription began.
fn pushed(subscription: &mut crate::bus::Subscription) -> Vec<(String, f64, u32)> {
    let mut all = Vec::new();
    while let Some(frame) = subscription.try_next() {
        match &frame.event {
            Event::Sentiment(tick) => all.push((tick.symbol.to_string(), tick.score, tick.count)),
            Event::Resync(Resync { reason }) => panic!("{reason}"),
            _ => {}
        }
    }
    all
}

#[tokio::test]
async fn a_changed_mood_is_pushed_once_however_often_the_job_runs() {
    for_each_db(|db| async move {
        let provider = FakeProvider::new(Source::Yahoo)
            .news(|_| Ok(vec![headline("Great profits delight investors", "https://news.example/1")]));
        let engine = live_engine_on(db, now(), vec![provider.shared()]);
        let reader = crate::testing::member(&engine, "reader@example.org").await;
        let mut live = engine.bus().subscribe(reader.tenant, vec![symbol("AAPL")], None);
        collect(&engine, &["AAPL"]).await;
        let moods = engine.news().mood(&[symbol("AAPL")]).await.unwrap();
        let first = vec![("AAPL".to_string(), moods[0].1.score, 1)];
        assert_eq!(pushed(&mut live), first);
        for _ in 0..2 {
            let again = ScoreNews { symbols: Some(vec![symbol("AAPL")]) };
            engine.jobs().enqueue(Order::new(&again).unwrap()).await.unwrap();
            engine.run_due_jobs().await.unwrap();
        }
        collect(&engine, &["AAPL"]).await;
        assert_eq!(pushed(&mut live), [], "nothing new was written");
        stored(&engine, &[article("AAPL", "Terrible losses", -0.7, 1)]).await;
        let again = ScoreNews { symbols: Some(vec![symbol("AAPL")]) };
        engine.jobs().enqueue(Order::new(&again).unwrap()).await.unwrap();
        engine.run_due_jobs().await.unwrap();
        let second = pushed(&mut live);
        assert_eq!((second.len(), second[0].2), (1, 2), "{second:?}");
        assert!(second[0].1 < first[0].1);
    })
    .await;
}

#[tokio::test]
async fn every_half_hour_the_moods_of_what_is_watched_are_told() {
    for_each_db(|db| async move {
        let provider = FakeProvider::new(Source::Yahoo).news(|ask| {
            let about = ask.symbol.as_ref().map_or("the market", Symbol::as_str);
            let title = format!("Great profits of {about} delight investors");
            Ok(vec![headline(&title, &format!("https://news.example/{about}"))])
        });
        let engine = live_engine_on(db, now(), vec![provider.shared()]);
        let reader = crate::testing::member(&engine, "reader@example.org").await;
        let list = engine.watchlists().create(&reader, "Mine").await.unwrap();
        engine.watchlists().add(&reader, list.id, symbol("IBM")).await.unwrap();
        let mut live = engine.bus().subscribe(reader.tenant, vec![symbol("IBM")], None);
        engine.run_due_jobs().await.unwrap();
        pushed(&mut live);
        let order = Order::new(&crate::jobs::SyncNews {}).unwrap();
        engine.jobs().enqueue(order).await.unwrap();
        engine.run_due_jobs().await.unwrap();
        let told = pushed(&mut live);
        assert_eq!(told.iter().map(|each| each.0.as_str()).collect::<Vec<_>>(), ["IBM"]);
    })
    .await;
}

#[tokio::test]
async fn the_star_schema_keeps_the_compound_of_vader() {
    for_each_db(|db| async move {
        let engine = engine_of(db);
        stored(&engine, &[article("AAPL", "Apple shares fall", -0.25, 5)]).await;
        let basis = engine.news().bases(&[symbol("AAPL")]).await.unwrap().remove(0);
        let judged = Mood { score: 0.9, analyser: Analyser::Gemini, ..basis.mood().unwrap() };
        assert!(engine.news().tell(&basis, judged).await.unwrap());
        assert_eq!(store::star_schema::compounds(engine.db(), "AAPL").await, [-0.25]);
        let told = store::moods::of(engine.db(), &[symbol("AAPL")]).await.unwrap();
        assert!(told[0].mood.score == 0.9 && stands(&told[0], &basis));
    })
    .await;
}

#[tokio::test]
async fn a_mood_is_made_of_the_latest_ten_headlines_of_just_that_symbol() {
    for_each_db(|db| async move {
        let engine = engine_of(db);
        // Of the last four of one moment the one with the greatest id still counts.
        let apple = |n: i64| article("AAPL", &format!("Apple {n}"), 0.1, n.min(9));
        let mut all: Vec<Article> = (0..13).map(apple).collect();
        let edge = all[9..].iter().max_by_key(|each| each.id).unwrap().title.clone();
        all.extend([article("A", "Agilent", 0.2, 1), article("MSFT", "Microsoft", 0.3, 1)]);
        all.push(Article { symbol: None, ..article("AAPL", "The market", 0.0, 0) });
        stored(&engine, &all).await;
        let asked = [symbol("MSFT"), symbol("IBM"), symbol("AAPL")];
        let bases = engine.news().bases(&asked).await.unwrap();
        let found: Vec<(&str, Vec<&str>)> = bases
            .iter()
            .map(|basis| {
                let titles = basis.headlines.iter().map(|each| each.title.as_str()).collect();
                (basis.symbol.as_str(), titles)
            })
            .collect();
        let latest: Vec<String> = (0..9).map(|n| format!("Apple {n}")).chain([edge]).collect();
        let latest: Vec<&str> = latest.iter().map(String::as_str).collect();
        assert_eq!(found, [("MSFT", vec!["Microsoft"]), ("AAPL", latest)]);
    })
    .await;
}
