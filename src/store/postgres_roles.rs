//! The grants, triggers and policies under which operators' logins to PostgreSQL work. One text, printed
//! or applied.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Database, Result, StoreError};

const SCRIPT: &str = include_str!("postgres_roles.sql");

/// The script, with a login for each of these operators.
#[must_use]
pub fn postgres_roles(logins: &[String]) -> String {
    let mut script = SCRIPT.to_owned();
    for login in logins {
        let name = format!("\"{}\"", login.replace('"', "\"\""));
        let text = format!("'{}'", login.replace('\'', "''"));
        // Writing to a string doesn't fail.
        let _ = write!(
            script,
            "\nDO $$ BEGIN\n  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {text}) THEN\n    \
             CREATE ROLE {name} LOGIN;\n  END IF;\nEND $$;\nGRANT balie_operator TO {name};\n"
        );
    }
    script
}

impl Database {
    /// Runs the script, as the owner of the database.
    pub async fn apply_postgres_roles(&self, script: &str) -> Result<()> {
        let Self::Postgres(pool, _) = self else {
            return Err(StoreError::NotBalie(
                "a SQLite file has no roles; this".into(),
            ));
        };
        sqlx::raw_sql(sqlx::AssertSqlSafe(script.to_owned()))
            .execute(pool)
            .await?;
        Ok(())
    }
}

/// The functions that the script makes, by name: their bodies.
pub(super) fn role_functions() -> BTreeMap<&'static str, &'static str> {
    let functions = SCRIPT.split("CREATE OR REPLACE FUNCTION ").skip(1);
    let function = |text: &'static str| {
        let (name, rest) = text.split_once('(')?;
        Some((name, rest.split("$$").nth(1)?))
    };
    functions.filter_map(function).collect()
}
