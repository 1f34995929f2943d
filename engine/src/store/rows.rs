//! Many rows in one statement, and many symbols in one value.

use crate::store::Tx;

/// Rows per statement: few round trips, and far below the 32,766 placeholders SQLite allows.
pub(super) const ROWS: usize = 500;

/// The statement for so many rows out of the one for a single row: `values ($1, $2)` becomes
/// `values ($1, $2), ($3, $4)`, for SQLite `values (?, ?), (?, ?)`: there a numbered placeholder is a name, and
/// binding looks through all names for each of them. The first `)` after `values` ends the row.
pub(super) fn many(tx: &Tx, one: &'static str, rows: usize) -> sqlx::AssertSqlSafe<String> {
    expand(one, rows, matches!(tx, Tx::Postgres(_)))
}

fn expand(one: &'static str, rows: usize, numbered: bool) -> sqlx::AssertSqlSafe<String> {
    use std::fmt::Write;
    let (head, rest) = one.split_once("values (").unwrap_or((one, ""));
    let (row, tail) = rest.split_once(')').unwrap_or((rest, ""));
    let columns = row.split(',').count();
    let mut sql = String::with_capacity(one.len() + rows * columns * 7);
    sql.push_str(head);
    sql.push_str("values ");
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { "), (" });
        for column in 0..columns {
            let comma = if column == 0 { "" } else { ", " };
            // Writing into a string can not fail.
            let _ = match numbered {
                true => write!(sql, "{comma}${}", row * columns + column + 1),
                false => write!(sql, "{comma}?"),
            };
        }
    }
    sql.push(')');
    sql.push_str(tail);
    sqlx::AssertSqlSafe(sql)
}

/// Inserts everything by the statement for a single row, some hundreds a statement. How many rows were written:
/// `insert_all!(tx, INSERT, splits, |split| (split.symbol.as_str(), split.date))`. Ends the function when it fails.
macro_rules! insert_all {
    ($tx:expr, $one:expr, $all:expr, |$each:pat_param| ($($value:expr),+ $(,)?)) => {{
        let mut written = 0;
        for some in $all.chunks($crate::store::rows::ROWS) {
            let sql = $crate::store::rows::many($tx, $one, some.len());
            written += $crate::store::on_tx!($tx, |conn| {
                let mut query = sqlx::query(sql);
                for $each in some {
                    query = query$(.bind($value))+;
                }
                query.execute(conn).await.map(|done| done.rows_affected())
            })?;
        }
        written
    }};
}

pub(super) use insert_all;

/// Symbols as one text to be looked for by `$1 like '%,' || symbol || ',%'`: one SQL text for any number of
/// symbols on both databases. No symbol holds a comma or a wildcard of `like`.
pub(super) fn one_text(symbols: &[domain::Symbol]) -> String {
    symbols.iter().fold(String::from(","), |text, symbol| text + symbol.as_str() + ",")
}

#[cfg(test)]
mod tests {
    #[test]
    fn placeholders_count_through_all_rows() {
        let one = "insert into t (a, b) values ($1, $2) on conflict (a) do nothing";
        let sql = |numbered| super::expand(one, 2, numbered).0;
        assert_eq!(sql(true), "insert into t (a, b) values ($1, $2), ($3, $4) on conflict (a) do nothing");
        assert_eq!(sql(false), "insert into t (a, b) values (?, ?), (?, ?) on conflict (a) do nothing");
    }
}
