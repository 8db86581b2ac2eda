//! Whether the database's tables, columns, indexes, triggers, functions and views are the ones that the
//! migrations make. SQLite's are made once more in memory, PostgreSQL's in a schema that is never kept.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection};

use super::migrate::{POSTGRES, SQLITE};
use super::postgres_roles::role_functions;
use super::{Database, Result};

/// How an object differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HowAltered {
    /// It isn't there.
    Missing,
    /// It isn't as the migrations make it, or it's switched off.
    Changed,
    /// No migration makes it.
    Unknown,
}

/// An object of the schema that isn't as it should be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Altered {
    /// A table, column, index, trigger, …
    pub kind: String,
    /// Its name.
    pub name: String,
    /// How it differs.
    pub how: HowAltered,
}

/// An object: its kind, its name, the table that it's on, and how it's defined.
type Object = (String, String, String, String);

/// Every object by its kind and name.
type Objects = BTreeMap<(String, String), (String, String)>;

fn by_name(objects: Vec<Object>) -> Objects {
    let entry = |(kind, name, on, definition)| ((kind, name), (on, definition));
    objects.into_iter().map(entry).collect()
}

/// SQLite's own tables aside, by name: whoever writes the schema past SQL can call a trigger `sqlite_…` as well.
const OF_SQLITE: &str = "
    SELECT type, name, tbl_name, sql FROM sqlite_schema
    WHERE sql IS NOT NULL AND name <> '_sqlx_migrations'
      AND NOT (type = 'table' AND name IN ('sqlite_sequence', 'sqlite_stat1', 'sqlite_stat4'))";

/// Names are as they're seen from the schema $1, which comes first in the search path. A function's body is kept as it
/// was written: it may name the schema itself.
const OF_POSTGRES: &str = "
    WITH own AS (SELECT c.oid, c.relname, c.relkind FROM pg_class c
                 WHERE c.relnamespace = $1::regnamespace AND c.relname <> '_sqlx_migrations'),
    objects (kind, name, relation, definition) AS (
      SELECT 'column', o.relname || '.' || a.attname, o.relname,
             concat_ws(' ', format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
                       pg_get_expr(d.adbin, d.adrelid))
      FROM own o JOIN pg_attribute a ON a.attrelid = o.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE o.relkind = 'r'
      UNION ALL
      SELECT 'constraint', o.relname || '.' || c.conname, o.relname, pg_get_constraintdef(c.oid)
      FROM own o JOIN pg_constraint c ON c.conrelid = o.oid AND c.contype IN ('p', 'u', 'f', 'c')
      UNION ALL
      SELECT 'index', o.relname, t.relname, pg_get_indexdef(o.oid)
      FROM own o JOIN pg_index i ON i.indexrelid = o.oid JOIN own t ON t.oid = i.indrelid
      UNION ALL
      SELECT 'trigger', o.relname || '.' || t.tgname, o.relname, pg_get_triggerdef(t.oid) || ' ' || t.tgenabled::text
      FROM own o JOIN pg_trigger t ON t.tgrelid = o.oid AND NOT t.tgisinternal
      UNION ALL
      SELECT 'view', o.relname, o.relname, pg_get_viewdef(o.oid) FROM own o WHERE o.relkind = 'v'
      UNION ALL
      SELECT 'function', p.proname, '', concat_ws(' ', p.prosecdef, p.prosrc)
      FROM pg_proc p WHERE p.pronamespace = $1::regnamespace
        AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    )
    SELECT kind, name::text, relation::text,
           CASE WHEN kind = 'function' THEN definition ELSE replace(definition, quote_ident($1) || '.', '') END
    FROM objects";

/// The schema that's made to compare with.
const FRESH: &str = "balie_fresh_schema";

impl Database {
    /// What of the schema isn't as the migrations make it; nothing where this login may not find out.
    pub async fn altered(&self) -> Result<Option<Vec<Altered>>> {
        let (expected, mut found, migrator) = match self {
            Self::Sqlite(pool, _) => {
                let options = SqliteConnectOptions::new().in_memory(true);
                let options = options.disable_statement_logging();
                let mut fresh = sqlx::SqliteConnection::connect_with(&options).await?;
                for migration in SQLITE.iter() {
                    sqlx::raw_sql(migration.sql.clone())
                        .execute(&mut fresh)
                        .await?;
                }
                let expected = sqlx::query_as(OF_SQLITE).fetch_all(&mut fresh).await?;
                let found = sqlx::query_as(OF_SQLITE).fetch_all(pool).await?;
                (expected, found, &SQLITE)
            }
            Self::Postgres(pool, _) => {
                let mut tx = pool.begin().await?;
                let (own, may): (String, bool) = sqlx::query_as(
                    "SELECT current_schema()::text, has_database_privilege(current_database(), 'CREATE')",
                )
                .fetch_one(&mut *tx)
                .await?;
                if !may {
                    return Ok(None);
                }
                let found = objects(&mut tx, &own).await?;
                let expected = fresh_objects(&mut tx, &own).await?;
                tx.rollback().await?;
                (expected, found, &POSTGRES)
            }
        };
        found.retain(|object: &Object| !is_of_roles(object));
        let mut altered = differences(&by_name(expected), &by_name(found));
        altered.extend(self.other_migrations(migrator).await?);
        Ok(Some(altered))
    }

    async fn other_migrations(&self, migrator: &Migrator) -> Result<Vec<Altered>> {
        const RUN: &str =
            "SELECT version, checksum FROM _sqlx_migrations WHERE success ORDER BY version";
        let run: Vec<(i64, Vec<u8>)> = match self {
            Self::Sqlite(pool, _) => sqlx::query_as(RUN).fetch_all(pool).await?,
            Self::Postgres(pool, _) => sqlx::query_as(RUN).fetch_all(pool).await?,
        };
        let run: BTreeMap<i64, Vec<u8>> = run.into_iter().collect();
        let other = migrator.iter().filter(|known| {
            run.get(&known.version).map(Vec::as_slice) != Some(known.checksum.as_ref())
        });
        Ok(other
            .map(|known| Altered {
                kind: "migration".into(),
                name: known.version.to_string(),
                how: HowAltered::Changed,
            })
            .collect())
    }
}

async fn objects(connection: &mut PgConnection, schema: &str) -> Result<Vec<Object>> {
    Ok(sqlx::query_as(OF_POSTGRES)
        .bind(schema)
        .fetch_all(connection)
        .await?)
}

/// Makes everything once more beside what is there, in a transaction that isn't kept.
async fn fresh_objects(connection: &mut PgConnection, own: &str) -> Result<Vec<Object>> {
    let path = format!("CREATE SCHEMA {FRESH}; SET LOCAL search_path = {FRESH}, {own}");
    sqlx::raw_sql(AssertSqlSafe(path))
        .execute(&mut *connection)
        .await?;
    for migration in POSTGRES.iter() {
        sqlx::raw_sql(migration.sql.clone())
            .execute(&mut *connection)
            .await?;
    }
    objects(connection, FRESH).await
}

/// What `init --postgres-roles` makes, as it makes it.
fn is_of_roles((kind, name, _, definition): &Object) -> bool {
    let functions = role_functions();
    match kind.as_str() {
        "trigger" => {
            let called = definition.split("EXECUTE FUNCTION ").nth(1);
            let called = called.and_then(|call| call.split('(').next());
            let enabled = definition.ends_with(" O");
            enabled && called.is_some_and(|called| functions.contains_key(called))
        }
        // After whether it runs with the owner's rights.
        "function" => {
            let found = definition.split_once(' ').map(|(_, body)| body);
            functions.get(name.as_str()).copied() == found
        }
        _ => false,
    }
}

fn differences(expected: &Objects, found: &Objects) -> Vec<Altered> {
    let tables: BTreeSet<&String> = expected.values().map(|(on, _)| on).collect();
    let known_functions = role_functions();
    let unknown = found.iter().filter(|((kind, name), (on, _))| {
        let watched = match kind.as_str() {
            "trigger" | "index" | "column" | "constraint" => tables.contains(on),
            // One of ours with another body.
            "function" => known_functions.contains_key(name.as_str()),
            _ => false,
        };
        watched && !expected.contains_key(&(kind.clone(), name.clone()))
    });
    let unknown = unknown.map(|(key, _)| (key.clone(), HowAltered::Unknown));
    let other = expected
        .iter()
        .filter_map(|(key, (_, definition))| match found.get(key) {
            None => Some((key.clone(), HowAltered::Missing)),
            Some((_, other)) if other != definition => Some((key.clone(), HowAltered::Changed)),
            Some(_) => None,
        });
    let altered = |((kind, name), how)| Altered { kind, name, how };
    let mut all: Vec<_> = unknown.chain(other).map(altered).collect();
    all.sort();
    all
}
