//! How users lay out their charts. The symbol '' is every symbol without a layout of its own.

use crate::{
    Cx,
    error::Result,
    store::{Db, Tx, execute, on_read},
};
use chrono::{DateTime, Utc};
use domain::Symbol;

/// The word in the column of symbols.
fn word(symbol: Option<&Symbol>) -> &str {
    symbol.map_or("", Symbol::as_str)
}

const OF: &str = "
select symbol, layout
from chart_layouts
where tenant_id = $1 and user_id = $2 and symbol in ('', $3)
order by symbol desc
limit 1";

/// The caller's layout of a symbol, and whether it is that symbol's own.
pub(crate) async fn of(db: &Db, cx: &Cx, symbol: &Symbol) -> Result<Option<(bool, String)>> {
    let found: Option<(String, String)> = on_read!(db, cx, |conn| {
        sqlx::query_as(OF).bind(cx.tenant.0).bind(cx.user.0).bind(symbol.as_str()).fetch_optional(conn).await
    })?;
    Ok(found.map(|(symbol, layout)| (!symbol.is_empty(), layout)))
}

const KEEP: &str = "
insert into chart_layouts (tenant_id, user_id, symbol, layout, updated_at)
values ($1, $2, $3, $4, $5)
on conflict (tenant_id, user_id, symbol) do update
set layout = excluded.layout, updated_at = excluded.updated_at";

/// The caller's layout of a symbol, or of all without one of their own.
pub(crate) async fn keep(
    tx: &mut Tx,
    cx: &Cx,
    symbol: Option<&Symbol>,
    layout: &str,
    at: DateTime<Utc>,
) -> Result<()> {
    execute!(tx, KEEP, cx.tenant.0, cx.user.0, word(symbol), layout, at)?;
    Ok(())
}

const FORGET: &str = "
delete from chart_layouts
where tenant_id = $1 and user_id = $2 and symbol = $3";

/// Whether there was one to forget.
pub(crate) async fn forget(tx: &mut Tx, cx: &Cx, symbol: Option<&Symbol>) -> Result<bool> {
    Ok(execute!(tx, FORGET, cx.tenant.0, cx.user.0, word(symbol))? > 0)
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[("OF", OF), ("KEEP", KEEP), ("FORGET", FORGET)];
