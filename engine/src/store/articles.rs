//! Headlines, scored.

use super::rows;
use crate::{
    error::{Error, Result},
    store::{Db, Tx, execute, on_read, on_tx},
};
use chrono::{DateTime, Utc};
use domain::{
    Symbol,
    news::{Article, MOST_WORDS, Place, Search, folded},
    sentiment::{EDGE, Label},
    source::Source,
};
use uuid::Uuid;

#[derive(sqlx_macros::FromRow)]
struct Row {
    id: Uuid,
    symbol: Option<String>,
    also: Option<String>,
    title: String,
    description: Option<String>,
    publisher: String,
    url: Option<String>,
    published_at: DateTime<Utc>,
    score: f64,
    source: String,
    fetched_at: Option<DateTime<Utc>>,
}

impl Row {
    fn article(self) -> Result<Article> {
        let mut also: Vec<Symbol> =
            self.also.iter().flat_map(|all| all.split(',')).filter_map(Symbol::parse).collect();
        also.sort_unstable();
        also.dedup();
        Ok(Article {
            id: self.id,
            symbol: self.symbol.as_deref().and_then(Symbol::parse),
            also,
            title: self.title,
            description: self.description,
            publisher: self.publisher,
            url: self.url,
            published_at: self.published_at,
            score: self.score,
            label: Label::of(self.score),
            source: Source::parse(&self.source)
                .ok_or_else(|| Error::Internal(format!("article by {}", self.source)))?,
            fetched_at: self.fetched_at,
        })
    }
}

/// The statement for articles that are `of` somebody: of a symbol, which an index finds, or every story once.
macro_rules! find {
    ($of:literal) => {
        concat!(
            "
select id, symbol, title, description, publisher, url, published_at, score, source, fetched_at, (
    select string_agg(other.symbol, ',')
    from articles other
    where other.story = found.story and other.id <> found.id
  ) as also
from (
  select a.*, coalesce(a.folded, lower(a.title)) as words
  from articles a
  where ",
            $of,
            "
) found
where (
    $2 = ''
    or ($2 = 'Positive' and score >= $3)
    or ($2 = 'Negative' and score <= $4)
    or ($2 = 'Neutral' and score < $3 and score > $4)
  )
  and (published_at < $5 or (published_at = $5 and id < $6))
  and words like $7 escape '!'
  and words like $8 escape '!'
  and words like $9 escape '!'
  and words like $10 escape '!'
  and words like $11 escape '!'
  and words like $12 escape '!'
order by published_at desc, id desc
limit $13"
        )
    };
}

const FIND_OF_SYMBOL: &str = find!("a.symbol = $1");

const FIND_STORIES: &str = find!("$1 = '' and (a.story is null or a.story = a.id)");

/// The articles looked for, newest first. Words are found in lower case, wherever they stand.
pub(crate) async fn find(db: &Db, search: &Search) -> Result<Vec<Article>> {
    let sql = if search.symbol.is_some() { FIND_OF_SYMBOL } else { FIND_STORIES };
    // Behind every article there is.
    let after = search.after.unwrap_or(Place { published_at: DateTime::<Utc>::MAX_UTC, id: Uuid::max() });
    let far = chrono::NaiveDate::from_ymd_opt(9999, 12, 31).and_then(|day| day.and_hms_opt(0, 0, 0));
    let before = far.map_or(after.published_at, |far| after.published_at.min(far.and_utc()));
    let found: Vec<Row> = on_read!(db, |pool| {
        let mut query = sqlx::query_as(sql)
            .bind(search.symbol.as_ref().map_or("", Symbol::as_str))
            .bind(search.label.map_or("", Label::as_str))
            .bind(EDGE)
            .bind(-EDGE)
            .bind(before)
            .bind(after.id);
        for place in 0..MOST_WORDS {
            query = query.bind(anywhere(search.words.get(place).map_or("", String::as_str)));
        }
        query.bind(i64::from(search.limit)).fetch_all(pool).await
    })?;
    found.into_iter().map(Row::article).collect()
}

/// A pattern of `like` that finds the word anywhere; an empty one finds everything.
fn anywhere(word: &str) -> String {
    let mut pattern = String::from("%");
    for letter in word.chars() {
        if matches!(letter, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(letter);
    }
    if pattern.len() > 1 {
        pattern.push('%');
    }
    pattern
}

/// What a search looks in.
fn searched(article: &Article) -> String {
    let Article { title, description, publisher, symbol, .. } = article;
    let description = description.as_deref().unwrap_or_default();
    folded(&format!("{title} {description} {publisher} {}", symbol.as_ref().map_or("", Symbol::as_str)))
}

const SCORES_BETWEEN: &str = "
select published_at, score
from articles
where symbol = $1 and published_at > $2 and published_at <= $3
order by published_at";

const STORY_SCORES_BETWEEN: &str = "
select published_at, score
from articles
where $1 = '' and (story is null or story = id) and published_at > $2 and published_at <= $3
order by published_at";

/// When headlines were published and how they scored, oldest first: those about a symbol, or every story once.
pub(crate) async fn scores_between(
    db: &Db,
    symbol: Option<&Symbol>,
    after: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<(DateTime<Utc>, f64)>> {
    let sql = if symbol.is_some() { SCORES_BETWEEN } else { STORY_SCORES_BETWEEN };
    let symbol = symbol.map_or("", Symbol::as_str);
    Ok(on_read!(db, |pool| {
        sqlx::query_as(sql).bind(symbol).bind(after).bind(until).fetch_all(pool).await
    })?)
}

/// From symbol to symbol through the index, and of each that is asked for only its latest articles: the cost does not
/// grow with how many are kept. `cross`, because SQLite keeps that order; `materialized`, because PostgreSQL would look
/// for the start again for every article otherwise.
const SCORES: &str = "
with recursive known(symbol) as (
  select min(symbol)
  from articles
  union all
  select (select min(a.symbol) from articles a where a.symbol > k.symbol)
  from known k
  where k.symbol is not null
),
starts as materialized (
  select k.symbol, coalesce((
    select p.published_at
    from articles p
    where p.symbol = k.symbol
    order by p.published_at desc
    limit 1 offset $3
  ), $4) as start
  from known k
  where $1 like '%,' || k.symbol || ',%'
)
select symbol, id, title, score
from (
  select a.symbol, a.id, a.title, a.score,
    row_number() over (partition by a.symbol order by a.published_at desc, a.id desc) as place
  from starts s
  cross join articles a
  where a.symbol = s.symbol and a.published_at >= s.start
) ranked
where place <= $2
order by symbol, place";

/// A headline as far as a mood is made of it.
#[derive(Debug, Clone, sqlx_macros::FromRow)]
pub(crate) struct Scored {
    symbol: String,
    pub(crate) id: Uuid,
    pub(crate) title: String,
    pub(crate) score: f64,
}

/// The latest `count` headlines of each symbol, newest first; symbols without any are left out.
pub(crate) async fn scores(db: &Db, symbols: &[Symbol], count: i64) -> Result<Vec<(Symbol, Vec<Scored>)>> {
    let text = rows::one_text(symbols);
    let found: Vec<Scored> = on_read!(db, |pool| {
        sqlx::query_as(SCORES)
            .bind(text)
            .bind(count)
            .bind(count - 1)
            .bind(DateTime::<Utc>::UNIX_EPOCH)
            .fetch_all(pool)
            .await
    })?;
    let of_one = found.chunk_by(|a, b| a.symbol == b.symbol);
    Ok(of_one.filter_map(|all| Some((Symbol::parse(&all[0].symbol)?, all.to_vec()))).collect())
}

const INSERT: &str = "
insert into articles (id, symbol, title, description, publisher, url, published_at, score, source, story, folded)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
on conflict (id) do update set
  symbol = excluded.symbol,
  title = excluded.title,
  description = excluded.description,
  publisher = excluded.publisher,
  url = excluded.url,
  published_at = excluded.published_at,
  score = excluded.score,
  source = excluded.source,
  folded = excluded.folded";

/// Inserts or replaces; each id at most once in `articles`.
pub(crate) async fn upsert(tx: &mut Tx, articles: &[Article]) -> Result<()> {
    rows::insert_all!(tx, INSERT, articles, |article| (
        article.id,
        article.symbol.as_ref().map(Symbol::as_str),
        &article.title,
        article.description.as_deref(),
        &article.publisher,
        article.url.as_deref(),
        article.published_at,
        article.score,
        article.source.as_str(),
        article.id,
        searched(article)
    ));
    Ok(())
}

const COLLECT: &str = "
insert into articles (id, symbol, title, description, publisher, url, published_at, score, source, fetched_at, story,
  folded)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
on conflict do nothing";

/// Inserts collected articles, each with the id of the first that told its story; those whose address is known for
/// the symbol already are left out. How many were new.
pub(crate) async fn collect(tx: &mut Tx, articles: &[(Article, Uuid)]) -> Result<u64> {
    Ok(rows::insert_all!(tx, COLLECT, articles, |(article, story)| (
        article.id,
        article.symbol.as_ref().map(Symbol::as_str),
        &article.title,
        article.description.as_deref(),
        &article.publisher,
        article.url.as_deref(),
        article.published_at,
        article.score,
        article.source.as_str(),
        article.fetched_at,
        story,
        searched(article)
    )))
}

const TITLES: &str = "
select title, url
from articles
where published_at >= $2 and ((symbol is null and $1 = '') or symbol = $1)";

/// Titles and addresses of the articles about a symbol, or about the market, since a moment.
pub(crate) async fn titles(
    db: &Db,
    symbol: Option<&Symbol>,
    since: DateTime<Utc>,
) -> Result<Vec<(String, Option<String>)>> {
    let symbol = symbol.map_or("", Symbol::as_str);
    Ok(on_read!(db, |pool| sqlx::query_as(TITLES).bind(symbol).bind(since).fetch_all(pool).await)?)
}

const STORIES: &str = "
select title, url, coalesce(story, id) as story
from articles
where published_at >= $1
order by published_at, id";

/// Title, address and story of every article since a moment, whomever it is about, oldest first.
pub(crate) async fn stories(db: &Db, since: DateTime<Utc>) -> Result<Vec<(String, Option<String>, Uuid)>> {
    Ok(on_read!(db, |pool| sqlx::query_as(STORIES).bind(since).fetch_all(pool).await)?)
}

const ARCHIVE: &str = "
update articles
set description = null, folded = lower(title || ' ' || publisher || ' ' || coalesce(symbol, '')), archived_at = $2
where published_at < $1 and description is not null and source <> 'sample'";

const ARCHIVED: &str = "
select count(*)
from articles
where published_at < $1 and description is not null and source <> 'sample'";

/// Lets go of the texts of collected articles from before a moment, titles and scores stay; or only counts them.
pub(crate) async fn archive(
    tx: &mut Tx,
    before: DateTime<Utc>,
    now: DateTime<Utc>,
    dry_run: bool,
) -> Result<u64> {
    if dry_run {
        let count: i64 = on_tx!(tx, |conn| sqlx::query_scalar(ARCHIVED).bind(before).fetch_one(conn).await)?;
        return Ok(count.unsigned_abs());
    }
    Ok(execute!(tx, ARCHIVE, before, now)?)
}

const FORGET: &str = "delete from articles where source = $1";

/// Removes every article that came from `source`.
pub(crate) async fn forget(tx: &mut Tx, source: Source) -> Result<()> {
    execute!(tx, FORGET, source.as_str())?;
    Ok(())
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("INSERT", INSERT),
    ("FIND_OF_SYMBOL", FIND_OF_SYMBOL),
    ("FIND_STORIES", FIND_STORIES),
    ("SCORES", SCORES),
    ("SCORES_BETWEEN", SCORES_BETWEEN),
    ("STORY_SCORES_BETWEEN", STORY_SCORES_BETWEEN),
    ("FORGET", FORGET),
    ("COLLECT", COLLECT),
    ("TITLES", TITLES),
    ("STORIES", STORIES),
    ("ARCHIVE", ARCHIVE),
    ("ARCHIVED", ARCHIVED),
];
