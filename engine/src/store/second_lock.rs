//! PostgreSQL's row-level security: what a statement without a tenant shows, and that nobody goes around it.

use super::Db;
use crate::{
    Engine,
    testing::{TestDb, engine_on, member},
};
use sqlx::{AssertSqlSafe, PgPool};
use std::{fs, path::Path};
use uuid::Uuid;

/// Tables of people, who log in before their tenant is known and may be in several.
const OF_PEOPLE: [&str; 2] = ["sessions.rs", "refresh_tokens.rs"];

/// Runs a test on PostgreSQL, where there is one.
async fn on_postgres<F: Future<Output = ()>>(test: impl FnOnce(Engine, PgPool) -> F) {
    let Some(temporary) = TestDb::postgres().await else { return };
    let Db::Postgres(pool) = temporary.db() else { unreachable!("was opened as PostgreSQL") };
    test(engine_on(temporary.db()), pool).await;
    temporary.finish().await;
}

/// Names of all lists, asked for without a tenant, in a transaction that begins with `set`.
async fn lists(pool: &PgPool, set: &str) -> Vec<String> {
    let mut tx = pool.begin_with(AssertSqlSafe(format!("begin; {set}"))).await.unwrap();
    sqlx::query_scalar("select name from watchlists order by name").fetch_all(&mut *tx).await.unwrap()
}

#[tokio::test]
async fn a_statement_that_forgets_its_tenant_sees_only_that_tenant() {
    on_postgres(|engine, pool| async move {
        assert_eq!(engine.db().second_lock().await.unwrap(), Some(true));
        let (ada, eve) = (member(&engine, "a@b.co").await, member(&engine, "b@b.co").await);
        for (cx, name) in [(&ada, "Ada's"), (&eve, "Eve's")] {
            engine.watchlists().create(cx, name).await.unwrap();
        }
        let set = |tenant: &str| format!("set local app.tenant = '{tenant}'");
        assert_eq!(lists(&pool, &set(&ada.tenant.0.to_string())).await, ["Ada's"]);
        assert_eq!(lists(&pool, &set(&eve.tenant.0.to_string())).await, ["Eve's"]);
        assert_eq!(lists(&pool, &set("system")).await, ["Ada's", "Eve's"]);
        let nobody =
            ["", "SYSTEM", "*", "' or true --".trim_start_matches('\''), &Uuid::now_v7().to_string()];
        for wrong in nobody {
            assert!(lists(&pool, &set(wrong)).await.is_empty(), "{wrong:?}");
        }
        assert!(lists(&pool, "reset app.tenant").await.is_empty(), "a connection that nobody prepared");

        // Writing is behind the same lock.
        let mut tx = engine.db().begin_for(&eve).await.unwrap();
        let super::Tx::Postgres(open) = &mut tx else { unreachable!("was opened as PostgreSQL") };
        let stolen = sqlx::query("update watchlists set name = 'Taken'").execute(&mut **open).await.unwrap();
        assert_eq!(stolen.rows_affected(), 1, "only eve's own");
        let planted = sqlx::query("insert into watchlists values ($1, $2, 'Planted', 9, $3)")
            .bind(Uuid::now_v7())
            .bind(ada.tenant.0)
            .bind(engine.clock().now())
            .execute(&mut **open)
            .await;
        assert!(planted.unwrap_err().to_string().contains("row-level security"));
        drop(tx);
        assert_eq!(lists(&pool, &set("system")).await, ["Ada's", "Eve's"]);
    })
    .await;
}

#[tokio::test]
async fn every_table_with_a_tenant_is_behind_the_lock() {
    on_postgres(|_, pool| async move {
        let open: Vec<String> = sqlx::query_scalar(
            "select c.relname::text
             from pg_class c
             join pg_namespace n on n.oid = c.relnamespace and n.nspname = current_schema()
             join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
             where c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)",
        )
        .fetch_all(&pool)
        .await
        .unwrap();
        assert!(open.is_empty(), "without row-level security: {open:?}");
        // A table that a later migration makes is found too, and asking again changes nothing.
        sqlx::query("create table later (id bigint, tenant_id uuid)").execute(&pool).await.unwrap();
        for _ in 0..2 {
            sqlx::query("select guard_tenants()").execute(&pool).await.unwrap();
        }
        let forced: bool =
            sqlx::query_scalar("select relforcerowsecurity from pg_class where relname = 'later'")
                .fetch_one(&pool)
                .await
                .unwrap();
        assert!(forced);
    })
    .await;
}

/// The functions of a source file: what stands from each `fn` to the next.
fn functions(source: &str) -> impl Iterator<Item = &str> {
    source.split("fn ").skip(1)
}

#[test]
fn who_has_a_caller_goes_through_the_lock() {
    let mut around = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_string();
            let is_test = ["tests", "tests.rs", "testing", "conformance.rs", "second_lock.rs", "pool.rs"]
                .contains(&name.as_str());
            if is_test || OF_PEOPLE.contains(&name.as_str()) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            for function in functions(&fs::read_to_string(&path).unwrap()) {
                let Some((signature, body)) = function.split_once('{') else { continue };
                let around_it = body.contains(".begin().await") || body.contains("on_read!(db, |");
                if signature.contains("cx: &Cx") && around_it {
                    let called = signature.split('(').next().unwrap_or_default();
                    around.push(format!("{}: {called}", path.display()));
                }
            }
        }
    }
    assert!(
        around.is_empty(),
        "a function with a caller begins with `db.begin_for(cx)` and reads with `on_read!(db, cx, |conn| ..)`:\n{}",
        around.join("\n")
    );
}
