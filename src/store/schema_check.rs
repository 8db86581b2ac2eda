//! Whether the database's tables, columns, indexes, triggers, functions and views are the ones that the
//! migrations make, and on PostgreSQL who may do what with them. SQLite's are made once more in memory, PostgreSQL's in
//! a schema that is never kept, with the roles' script where that was applied: what is expected comes from the program
//! itself, and nobody who owns the database has a say in it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection};

use super::migrate::{POSTGRES, SQLITE};
use super::postgres_roles::{role_functions, roles_in};
use super::{Database, Result};
use crate::domain::log::row::{Class, TABLES, Table};

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

/// SQLite's own tables aside, by name: whoever writes the schema past SQL can call a trigger `sqlite_…` as well. The table
/// that a trigger is on is kept as it was typed, in whatever case, so every trigger counts.
const OF_SQLITE: &str = "
    SELECT type, name, CASE type WHEN 'trigger' THEN '' ELSE lower(tbl_name) END, sql FROM sqlite_schema
    WHERE sql IS NOT NULL AND name <> '_sqlx_migrations'
      AND NOT (type = 'table' AND name IN ('sqlite_sequence', 'sqlite_stat1', 'sqlite_stat4'))";

/// What is in a schema, and who may do what with it.
const OBJECTS: &str = include_str!("schema_check/objects.sql");
/// What gets round that.
const SURROUNDINGS: &str = include_str!("schema_check/surroundings.sql");
const PARAMETERS: &str = include_str!("schema_check/parameters.sql");

/// The schema that's made to compare with.
const FRESH: &str = "balie_fresh_schema";

impl Database {
    /// What of the schema isn't as the migrations make it; nothing where this login may not find out.
    pub async fn altered(&self) -> Result<Option<Vec<Altered>>> {
        let (expected, found, migrator) = match self {
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
                let Some(own) = Place::own(&mut tx).await? else {
                    return Ok(None);
                };
                let mut found = objects(&mut tx, &own.name).await?;
                let with_roles = has_roles(&found);
                found.extend(surroundings(&mut tx, &own, with_roles).await?);
                let expected = fresh_objects(&mut tx, &own, with_roles).await?;
                tx.rollback().await?;
                (expected, found, &POSTGRES)
            }
        };
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

/// The schema that the desk is in.
struct Place {
    name: String,
    /// As it stands in SQL.
    quoted: String,
}

impl Place {
    /// Nothing where this login may not make another one to compare with.
    async fn own(connection: &mut PgConnection) -> Result<Option<Self>> {
        let (name, quoted, may): (String, String, bool) = sqlx::query_as(
            "SELECT current_schema()::text, quote_ident(current_schema()),
                    has_database_privilege(current_database(), 'CREATE')",
        )
        .fetch_one(connection)
        .await?;
        Ok(may.then_some(Self { name, quoted }))
    }
}

async fn objects(connection: &mut PgConnection, schema: &str) -> Result<Vec<Object>> {
    Ok(sqlx::query_as(OBJECTS)
        .bind(schema)
        .bind(of_portals())
        .fetch_all(connection)
        .await?)
}

/// What a portal's login may write by its contract, as a grant names it.
fn of_portals() -> Vec<String> {
    let of_table = |table: &Table| {
        let columns = table.columns.iter();
        let written = columns.filter(|column| {
            let class = column.class;
            matches!(
                class,
                Class::Portal | Class::PortalSets | Class::PortalClears
            )
        });
        let name = table.name;
        let update = written.map(move |column| format!("UPDATE on {name}.{}", column.name));
        let columns = table.columns.iter();
        let insert = columns.map(move |column| format!("INSERT on {name}.{}", column.name));
        let insert = insert.chain([format!("INSERT on {name}")]);
        update
            .chain(insert.filter(|_| table.portal_adds))
            .collect::<Vec<_>>()
    };
    TABLES.iter().flat_map(of_table).collect()
}

async fn surroundings(
    connection: &mut PgConnection,
    own: &Place,
    with_roles: bool,
) -> Result<Vec<Object>> {
    let mut found: Vec<(String, String)> = sqlx::query_as(SURROUNDINGS)
        .bind(&own.name)
        .bind(with_roles)
        .fetch_all(&mut *connection)
        .await?;
    let has_parameters: bool =
        sqlx::query_scalar("SELECT to_regclass('pg_catalog.pg_parameter_acl') IS NOT NULL")
            .fetch_one(&mut *connection)
            .await?;
    if has_parameters {
        let granted = sqlx::query_as(PARAMETERS);
        found.extend(granted.fetch_all(connection).await?);
    }
    let object = |(kind, name)| (kind, name, String::new(), String::new());
    Ok(found.into_iter().map(object).collect())
}

/// Whether anything is there of what the roles' script makes: then all of it has to be. Where nothing is left of it,
/// operators' logins can do nothing either.
fn has_roles(found: &[Object]) -> bool {
    let functions = role_functions();
    found
        .iter()
        .any(|(kind, name, _, definition)| match kind.as_str() {
            "grant" => name.ends_with(" to balie_operator"),
            "policy" => definition.contains("balie_operator"),
            "function" => functions.contains(bare(name)),
            _ => false,
        })
}

/// A function's name without its arguments.
fn bare(function: &str) -> &str {
    function.split('(').next().unwrap_or_default()
}

/// Makes everything once more beside what is there, in a transaction that isn't kept.
async fn fresh_objects(
    connection: &mut PgConnection,
    own: &Place,
    with_roles: bool,
) -> Result<Vec<Object>> {
    let quoted = &own.quoted;
    let path = format!(
        "CREATE SCHEMA {FRESH}; SET LOCAL search_path = {FRESH}, {quoted};
         CREATE TABLE _sqlx_migrations (LIKE {quoted}._sqlx_migrations INCLUDING ALL)"
    );
    sqlx::raw_sql(AssertSqlSafe(path))
        .execute(&mut *connection)
        .await?;
    for migration in POSTGRES.iter() {
        sqlx::raw_sql(migration.sql.clone())
            .execute(&mut *connection)
            .await?;
    }
    if with_roles {
        sqlx::raw_sql(AssertSqlSafe(roles_in(FRESH)))
            .execute(&mut *connection)
            .await?;
    }
    let mut made = objects(connection, FRESH).await?;
    for (kind, _, _, definition) in &mut made {
        // Which says where it looks.
        if kind == "function" {
            *definition = definition.replace(FRESH, quoted);
        }
    }
    Ok(made)
}

fn differences(expected: &Objects, found: &Objects) -> Vec<Altered> {
    let tables: BTreeSet<&String> = expected.values().map(|(on, _)| on).collect();
    let of_kind = |kind: &str| {
        let keys = expected.keys().filter(move |(of, _)| of == kind);
        keys.map(|(_, name)| bare(name)).collect::<BTreeSet<_>>()
    };
    let functions = of_kind("function");
    let mut known_functions = role_functions();
    known_functions.extend(functions);
    // One of ours with other arguments, one that may stand in for PostgreSQL's own, or one with the owner's rights.
    let function = |name: &str, definition: &str| {
        known_functions.contains(bare(name)) || definition.starts_with('!')
    };
    let unknown = found.iter().filter(|((kind, name), (on, definition))| {
        let watched = match kind.as_str() {
            "index" | "column" | "constraint" | "policy" | "rule" => tables.contains(on),
            "trigger" => on.is_empty() || tables.contains(on),
            "function" => function(name, definition),
            "grant" => {
                let of_function = found.get(&("function".to_owned(), on.clone()));
                let of_function = of_function.is_some_and(|(_, text)| function(on, text));
                on.is_empty() || tables.contains(on) || of_function
            }
            "operator" | "role" | "default privilege" | "event trigger" | "setting" => true,
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
