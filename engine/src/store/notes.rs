//! What the people of a tenant wrote about symbols.

use crate::{
    Cx,
    error::{Error, Result},
    store::{Db, Tx, execute, on_read, on_tx, tenants},
};
use chrono::{DateTime, Utc};
use domain::{
    Symbol, UserId,
    note::{Note, NoteId},
};
use uuid::Uuid;

#[derive(sqlx_macros::FromRow)]
struct Row {
    id: Uuid,
    text: String,
    author_id: Uuid,
    full_name: String,
    written_at: DateTime<Utc>,
    edited_at: Option<DateTime<Utc>>,
}

const OF: &str = "
select n.id, n.text, n.author_id, u.full_name, n.written_at, n.edited_at
from notes n
join users u on u.id = n.author_id
where n.tenant_id = $1 and n.symbol = $2
order by n.written_at desc, n.id desc";

/// The notes of the caller's tenant about a symbol, newest first.
pub(crate) async fn of(db: &Db, cx: &Cx, symbol: &Symbol) -> Result<Vec<Note>> {
    let found: Vec<Row> = on_read!(db, cx, |conn| {
        sqlx::query_as(OF).bind(cx.tenant.0).bind(symbol.as_str()).fetch_all(conn).await
    })?;
    let note = |row: Row| Note {
        id: NoteId(row.id),
        symbol: symbol.clone(),
        text: row.text,
        author_id: UserId(row.author_id),
        author: row.full_name,
        written_at: row.written_at,
        edited_at: row.edited_at,
    };
    Ok(found.into_iter().map(note).collect())
}

const COUNT: &str = "
select count(*)
from notes
where tenant_id = $1 and symbol = $2";

/// How many there are about a symbol, holding the tenant's row until the transaction ends, so that the limit holds also
/// when two are written at once.
pub(crate) async fn count_locked(tx: &mut Tx, cx: &Cx, symbol: &Symbol) -> Result<i64> {
    tenants::lock(tx, cx).await?;
    Ok(on_tx!(tx, |conn| {
        sqlx::query_scalar(COUNT).bind(cx.tenant.0).bind(symbol.as_str()).fetch_one(conn).await
    })?)
}

const FIND: &str = "
select symbol, text
from notes
where tenant_id = $1 and id = $2";

/// What a note is about and what it says, holding the tenant's row until the transaction ends; `None` also for one of
/// another tenant.
pub(crate) async fn find_locked(tx: &mut Tx, cx: &Cx, id: NoteId) -> Result<Option<(Symbol, String)>> {
    tenants::lock(tx, cx).await?;
    let found: Option<(String, String)> =
        on_tx!(tx, |conn| sqlx::query_as(FIND).bind(cx.tenant.0).bind(id.0).fetch_optional(conn).await)?;
    let parsed = |(symbol, text): (String, String)| {
        let broken = || Error::Internal(format!("note about {symbol}"));
        Ok((Symbol::parse(&symbol).ok_or_else(broken)?, text))
    };
    found.map(parsed).transpose()
}

const INSERT: &str = "
insert into notes (tenant_id, id, symbol, text, author_id, written_at)
values ($1, $2, $3, $4, $5, $6)";

/// One more.
pub(crate) async fn insert(tx: &mut Tx, cx: &Cx, note: &Note) -> Result<()> {
    execute!(
        tx,
        INSERT,
        cx.tenant.0,
        note.id.0,
        note.symbol.as_str(),
        &note.text,
        note.author_id.0,
        note.written_at
    )?;
    Ok(())
}

const UPDATE: &str = "
update notes
set text = $3, edited_at = $4
where tenant_id = $1 and id = $2";

/// Another text.
pub(crate) async fn update(tx: &mut Tx, cx: &Cx, id: NoteId, text: &str, at: DateTime<Utc>) -> Result<()> {
    execute!(tx, UPDATE, cx.tenant.0, id.0, text, at)?;
    Ok(())
}

const DELETE: &str = "
delete from notes
where tenant_id = $1 and id = $2";

/// Away with it.
pub(crate) async fn delete(tx: &mut Tx, cx: &Cx, id: NoteId) -> Result<()> {
    execute!(tx, DELETE, cx.tenant.0, id.0)?;
    Ok(())
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("OF", OF),
    ("COUNT", COUNT),
    ("FIND", FIND),
    ("INSERT", INSERT),
    ("UPDATE", UPDATE),
    ("DELETE", DELETE),
];
