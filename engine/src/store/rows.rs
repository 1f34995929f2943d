//! Many rows in one statement, and many symbols in one value.

/// Rows per statement: few round trips, and far below the 32,766 placeholders SQLite allows.
pub(super) const ROWS: usize = 500;

/// The statement for so many rows out of the one for a single row: `values ($1, $2)` becomes
/// `values ($1, $2), ($3, $4)`. Only numbers are put into the text. The first `)` after `values` ends the row.
pub(super) fn many(one: &'static str, rows: usize) -> sqlx::AssertSqlSafe<String> {
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
        let one = "insert into t (a, b) values ($1, $2) on conflict (a) do nothing";
        let sql = super::many(one, 2).0;
        assert_eq!(sql, "insert into t (a, b) values ($1, $2), ($3, $4) on conflict (a) do nothing");
    }
}
