//! Headlines, scored.

use super::rows;
use crate::{
    error::{Error, Result},
    store::{Db, Tx, on_read, on_tx},
};
use chrono::{DateTime, Utc};
use domain::{Symbol, news::Article, sentiment::Label, source::Source};
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    symbol: Option<String>,
    title: String,
    description: Option<String>,
    publisher: String,
    url: Option<String>,
    published_at: DateTime<Utc>,
    score: f64,
    source: String,
}

impl Row {
    fn article(self) -> Result<Article> {
        Ok(Article {
            id: self.id,
            symbol: self.symbol.as_deref().and_then(Symbol::parse),
            title: self.title,
            description: self.description,
            publisher: self.publisher,
            url: self.url,
            published_at: self.published_at,
            score: self.score,
            label: Label::of(self.score),
            source: Source::parse(&self.source)
                .ok_or_else(|| Error::Internal(format!("article by {}", self.source)))?,
        })
    }
}

const LATEST: &str = "
select id, symbol, title, description, publisher, url, published_at, score, source
from articles
order by published_at desc, id desc
limit $1";

/// The latest of all, newest first.
pub(crate) async fn latest(db: &Db, limit: i64) -> Result<Vec<Article>> {
    let found: Vec<Row> = on_read!(db, |pool| sqlx::query_as(LATEST).bind(limit).fetch_all(pool).await)?;
    found.into_iter().map(Row::article).collect()
}

const OF_SYMBOL: &str = "
select id, symbol, title, description, publisher, url, published_at, score, source
from articles
where symbol = $1
order by published_at desc, id desc
limit $2";

/// The latest about a symbol, newest first.
pub(crate) async fn of(db: &Db, symbol: &Symbol, limit: i64) -> Result<Vec<Article>> {
    let found: Vec<Row> = on_read!(db, |pool| {
        sqlx::query_as(OF_SYMBOL).bind(symbol.as_str()).bind(limit).fetch_all(pool).await
    })?;
    found.into_iter().map(Row::article).collect()
}

const SCORES_SINCE: &str = "
select published_at, score
from articles
where symbol = $1 and published_at > $2 and published_at <= $3
order by published_at";

/// When headlines about a symbol were published and how they scored, oldest first.
pub(crate) async fn scores_between(
    db: &Db,
    symbol: &Symbol,
    after: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<(DateTime<Utc>, f64)>> {
    Ok(on_read!(db, |pool| {
        sqlx::query_as(SCORES_SINCE).bind(symbol.as_str()).bind(after).bind(until).fetch_all(pool).await
    })?)
}

const SCORES: &str = "
select symbol, score
from (
  select a.symbol, a.score, row_number() over (partition by a.symbol order by a.published_at desc, a.id desc) as place
  from articles a
  where $1 like '%,' || a.symbol || ',%'
) ranked
where place <= $2
order by symbol, place";

/// The scores of the latest `count` headlines of each symbol, newest first; symbols without any are left out.
pub(crate) async fn scores(db: &Db, symbols: &[Symbol], count: i64) -> Result<Vec<(Symbol, Vec<f64>)>> {
    let text = rows::one_text(symbols);
    let found: Vec<(String, f64)> =
        on_read!(db, |pool| { sqlx::query_as(SCORES).bind(text).bind(count).fetch_all(pool).await })?;
    let of_one = found.chunk_by(|a, b| a.0 == b.0);
    Ok(of_one
        .filter_map(|all| Some((Symbol::parse(&all[0].0)?, all.iter().map(|each| each.1).collect())))
        .collect())
}

const INSERT: &str = "
insert into articles (id, symbol, title, description, publisher, url, published_at, score, source)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict (id) do update set
  symbol = excluded.symbol,
  title = excluded.title,
  description = excluded.description,
  publisher = excluded.publisher,
  url = excluded.url,
  published_at = excluded.published_at,
  score = excluded.score,
  source = excluded.source";

/// Inserts or replaces; each id at most once in `articles`.
pub(crate) async fn upsert(tx: &mut Tx, articles: &[Article]) -> Result<()> {
    for some in articles.chunks(rows::ROWS) {
        let sql = rows::many(tx, INSERT, some.len());
        on_tx!(tx, |conn| {
            let mut query = sqlx::query(sql);
            for article in some {
                query = query
                    .bind(article.id)
                    .bind(article.symbol.as_ref().map(Symbol::as_str))
                    .bind(&article.title)
                    .bind(article.description.as_deref())
                    .bind(&article.publisher)
                    .bind(article.url.as_deref())
                    .bind(article.published_at)
                    .bind(article.score)
                    .bind(article.source.as_str());
            }
            query.execute(conn).await.map(|_| ())
        })?;
    }
    Ok(())
}

const COLLECT: &str = "
insert into articles (id, symbol, title, description, publisher, url, published_at, score, source, fetched_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict do nothing";

/// Inserts collected articles; those whose address is known for the symbol already are left out. How many were
/// new.
pub(crate) async fn collect(tx: &mut Tx, articles: &[Article], now: DateTime<Utc>) -> Result<u64> {
    let mut changed = 0;
    for some in articles.chunks(rows::ROWS) {
        let sql = rows::many(tx, COLLECT, some.len());
        changed += on_tx!(tx, |conn| {
            let mut query = sqlx::query(sql);
            for article in some {
                query = query
                    .bind(article.id)
                    .bind(article.symbol.as_ref().map(Symbol::as_str))
                    .bind(&article.title)
                    .bind(article.description.as_deref())
                    .bind(&article.publisher)
                    .bind(article.url.as_deref())
                    .bind(article.published_at)
                    .bind(article.score)
                    .bind(article.source.as_str())
                    .bind(now);
            }
            query.execute(conn).await.map(|done| done.rows_affected())
        })?;
    }
    Ok(changed)
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

const ARCHIVE: &str = "
update articles
set description = null, archived_at = $2
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
    Ok(on_tx!(tx, |conn| {
        sqlx::query(ARCHIVE).bind(before).bind(now).execute(conn).await.map(|done| done.rows_affected())
    })?)
}

const FORGET: &str = "delete from articles where source = $1";

/// Removes every article that came from `source`.
pub(crate) async fn forget(tx: &mut Tx, source: Source) -> Result<()> {
    on_tx!(tx, |conn| sqlx::query(FORGET).bind(source.as_str()).execute(conn).await.map(|_| ()))?;
    Ok(())
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("INSERT", INSERT),
    ("LATEST", LATEST),
    ("OF_SYMBOL", OF_SYMBOL),
    ("SCORES", SCORES),
    ("SCORES_SINCE", SCORES_SINCE),
    ("FORGET", FORGET),
    ("COLLECT", COLLECT),
    ("TITLES", TITLES),
    ("ARCHIVE", ARCHIVE),
    ("ARCHIVED", ARCHIVED),
];
