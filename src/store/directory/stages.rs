//! Where the rows of a directory are put before they're merged: for one transaction only.

use serde_json::Value;

use crate::store::{Result, Tx, on, run};

/// The stages, with their columns. SQLite keeps them in its temporary database.
const STAGES: &[(&str, &str)] = &[
    (
        "stage_regions",
        "line BIGINT, code TEXT, name TEXT, address TEXT",
    ),
    (
        "stage_organisations",
        "line BIGINT, code TEXT, kind TEXT, name TEXT, region TEXT, parent TEXT",
    ),
    ("stage_domains", "organisation TEXT, domain TEXT"),
    (
        "stage_accounts",
        "line BIGINT, username TEXT, name TEXT, work_email TEXT, status TEXT, words TEXT, \
         shared BIGINT",
    ),
    ("stage_roles", "username TEXT, organisation TEXT, role TEXT"),
    (
        "stage_requesters",
        "line BIGINT, work_email TEXT, name TEXT, capacity TEXT, organisation TEXT, \
         valid_from BIGINT, valid_until BIGINT",
    ),
];

impl Tx {
    /// Makes the stages, for this transaction only.
    pub async fn create_stages(&mut self) -> Result<()> {
        for (name, columns) in STAGES {
            let end = if matches!(self, Self::Postgres(_)) {
                " ON COMMIT DROP"
            } else {
                ""
            };
            let sql = format!("CREATE TEMPORARY TABLE {name} ({columns}){end}");
            run!(self, sqlx::AssertSqlSafe(sql));
        }
        Ok(())
    }

    /// Drops the stages. PostgreSQL does so automatically.
    pub async fn drop_stages(&mut self) -> Result<()> {
        if let Self::Sqlite(tx) = self {
            for (name, _) in STAGES {
                let sql = format!("DROP TABLE {name}");
                sqlx::query(sqlx::AssertSqlSafe(sql))
                    .execute(&mut **tx)
                    .await?;
            }
        }
        Ok(())
    }

    /// Puts a batch of rows, each a JSON array in the order of the stage's columns, into `stage`.
    pub async fn stage(&mut self, stage: &'static str, rows: Vec<Value>) -> Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        let columns = STAGES
            .iter()
            .find(|(name, _)| *name == stage)
            .map_or("", |(_, columns)| columns);
        let kinds = columns
            .split(',')
            .map(|column| column.trim().ends_with("BIGINT"));
        let batch = Value::Array(rows).to_string();
        match self {
            Self::Sqlite(tx) => {
                let cells = (0..kinds.count())
                    .map(|i| format!("value ->> {i}"))
                    .collect::<Vec<_>>();
                let sql = format!(
                    "INSERT INTO {stage} SELECT {} FROM json_each($1)",
                    cells.join(", ")
                );
                sqlx::query(sqlx::AssertSqlSafe(sql))
                    .bind(batch)
                    .execute(&mut **tx)
                    .await?;
            }
            Self::Postgres(tx) => {
                let cells = kinds
                    .enumerate()
                    .map(|(i, number)| {
                        if number {
                            format!("(r ->> {i})::bigint")
                        } else {
                            format!("r ->> {i}")
                        }
                    })
                    .collect::<Vec<_>>();
                let sql = format!(
                    "INSERT INTO {stage} SELECT {} FROM json_array_elements($1::json) AS r",
                    cells.join(", ")
                );
                sqlx::query(sqlx::AssertSqlSafe(sql))
                    .bind(batch)
                    .execute(&mut **tx)
                    .await?;
            }
        }
        Ok(())
    }

    /// Indexes what was staged, so that the merge can look things up.
    pub async fn index_stages(&mut self) -> Result<()> {
        run!(
            self,
            "CREATE INDEX stage_accounts_key ON stage_accounts (username)"
        );
        run!(
            self,
            "CREATE INDEX stage_roles_key ON stage_roles (username)"
        );
        if let Self::Postgres(tx) = self {
            for (name, _) in STAGES {
                let sql = format!("ANALYZE {name}");
                sqlx::query(sqlx::AssertSqlSafe(sql))
                    .execute(&mut **tx)
                    .await?;
            }
        }
        Ok(())
    }

    /// The keys that `stage` has twice, with the later line.
    pub async fn staged_twice(&mut self, stage: &str, key: &str) -> Result<Vec<(i64, String)>> {
        let sql = format!(
            "SELECT MAX(line), {key} FROM {stage} GROUP BY {key} HAVING COUNT(*) > 1 ORDER BY 1 LIMIT 100"
        );
        Ok(on!(self, |conn| {
            sqlx::query_as(sqlx::AssertSqlSafe(sql))
                .fetch_all(conn)
                .await?
        }))
    }
}
