//! Many rows in one statement: the tail of an `insert` for so many rows of so many columns.

/// Rows per statement: few round trips, and far below the 32,766 placeholders SQLite allows.
pub(super) const ROWS: usize = 500;

/// `head values ($1, $2), ($3, $4) tail`. Only numbers are put into the text.
pub(super) fn insert(head: &str, columns: usize, rows: usize, tail: &str) -> sqlx::AssertSqlSafe<String> {
    use std::fmt::Write;
    let mut sql = String::with_capacity(head.len() + tail.len() + rows * columns * 7 + 16);
    sql.push_str(head);
    sql.push_str(" values ");
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { "), (" });
        for column in 0..columns {
            let comma = if column == 0 { "" } else { ", " };
            // Writing into a string can not fail.
            let _ = write!(sql, "{comma}${}", row * columns + column + 1);
        }
    }
    sql.push(')');
    sql.push_str(tail);
    sqlx::AssertSqlSafe(sql)
}

/// Symbols as one text to be looked for by `$1 like '%,' || symbol || ',%'`: one SQL text for any number of
/// symbols on both databases. No symbol holds a comma or a wildcard of `like`.
pub(super) fn one_text(symbols: &[domain::Symbol]) -> String {
    symbols.iter().fold(String::from(","), |text, symbol| text + symbol.as_str() + ",")
}

#[cfg(test)]
mod tests {
    #[test]
    fn placeholders_count_through_all_rows() {
        let sql = super::insert("insert into t (a, b)", 2, 2, " on conflict do nothing").0;
        assert_eq!(sql, "insert into t (a, b) values ($1, $2), ($3, $4) on conflict do nothing");
    }
}
