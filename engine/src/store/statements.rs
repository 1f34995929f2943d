//! Every statement must be understood by both databases, and none may be forgotten.

use super::{Db, STATEMENTS};
use crate::testing::for_each_db;
use sqlx::{AssertSqlSafe, Executor, SqlSafeStr};
use std::{collections::BTreeSet, fs, path::Path};

#[tokio::test]
async fn both_databases_understand_every_statement() {
    for_each_db(|db| async move {
        for (file, statements) in STATEMENTS {
            for (name, text) in *statements {
                let sql = AssertSqlSafe(*text).into_sql_str();
                let done = match &db {
                    Db::Sqlite { write, .. } => write.prepare(sql).await.map(|_| ()),
                    Db::Postgres(pool) => pool.prepare(sql).await.map(|_| ()),
                };
                if let Err(error) = done {
                    panic!("store/{file}.rs, {name}: {error}");
                }
            }
        }
    })
    .await;
}

/// Files of the store without statements of their own for both databases.
const WITHOUT: &[&str] = &[
    "bar_months",
    "bars_bulk",
    "conformance",
    "mod",
    "money",
    "pool",
    "rows",
    "scratch",
    "second_lock",
    "star_schema",
    "statements",
    "upkeep",
];

#[test]
fn no_statement_is_missing_from_the_list_of_its_file() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let mut missing = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let file = path.file_stem().unwrap().to_str().unwrap().to_string();
        if path.extension().is_none_or(|ending| ending != "rs") || WITHOUT.contains(&file.as_str()) {
            continue;
        }
        let Some((_, listed)) = STATEMENTS.iter().find(|(listed, _)| *listed == file) else {
            missing.push(format!("store/{file}.rs is not in STATEMENTS of store/mod.rs"));
            continue;
        };
        let listed: BTreeSet<&str> = listed.iter().map(|(name, _)| *name).collect();
        for name in sql_consts(&fs::read_to_string(&path).unwrap()) {
            if !listed.contains(name.as_str()) {
                missing.push(format!("{name} of store/{file}.rs is not in its STATEMENTS"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// Names of the text constants of a file whose text starts with a word of SQL.
fn sql_consts(source: &str) -> Vec<String> {
    source
        .split("const ")
        .skip(1)
        .filter_map(|rest| {
            let (name, after) = rest.split_once(": &str =")?;
            let text = after.split_once('"')?.1.trim_start().trim_start_matches("\\n").trim_start();
            let word = text.split(|letter: char| !letter.is_alphabetic()).next()?;
            let sql = ["select", "insert", "update", "delete", "with", "copy", "create"].contains(&word);
            (sql && !name.contains(char::is_whitespace)).then(|| name.to_string())
        })
        .collect()
}

#[test]
fn a_statement_is_recognised_however_it_is_written() {
    let source = "const A: &str = \"select 1\";\npub(crate) const B: &str = concat!(\n  \"\ninsert into t\", x!());\n\
                  const NOT: &str = \"hello\";\nconst N: i64 = 1;";
    assert_eq!(sql_consts(source), ["A", "B"]);
}
