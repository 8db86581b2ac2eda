//! Reading that is broken off when it takes too long: whoever searches holds SQLite's one write lock meanwhile,
//! and a long enough text would hold it for as long as it likes.

use std::time::{Duration, Instant};

use super::{Result, StoreError, Tx};

/// How many steps SQLite takes between two looks at the clock: some hundred microseconds.
const STEPS: i32 = 20_000;

impl Tx {
    /// Runs `read` and breaks it off after `limit`; on PostgreSQL each of its statements.
    pub async fn bounded<T, E: From<StoreError>>(
        &mut self,
        limit: Duration,
        read: impl AsyncFnOnce(&mut Self) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.set_limit(Some(limit)).await?;
        let found = read(self).await;
        // After an error a transaction on PostgreSQL takes nothing but its end.
        if found.is_ok() || matches!(self, Self::Sqlite(_)) {
            self.set_limit(None).await?;
        }
        found
    }

    async fn set_limit(&mut self, limit: Option<Duration>) -> Result<()> {
        match self {
            Self::Sqlite(tx) => {
                let mut handle = tx.lock_handle().await?;
                match limit {
                    Some(limit) => {
                        let until = Instant::now() + limit;
                        handle.set_progress_handler(STEPS, move || Instant::now() < until);
                    }
                    None => handle.remove_progress_handler(),
                }
            }
            // A limit of the role's own that is shorter stays.
            Self::Postgres(tx) => match limit.map(|limit| format!("{}ms", limit.as_millis())) {
                Some(limit) => {
                    sqlx::query(
                        "SELECT set_config('statement_timeout', $1, true)
                         WHERE CAST(current_setting('statement_timeout') AS interval)
                               NOT BETWEEN interval '1 ms' AND CAST($1 AS interval)",
                    )
                    .bind(limit)
                    .execute(&mut **tx)
                    .await?;
                }
                None => {
                    sqlx::query("SET LOCAL statement_timeout TO DEFAULT")
                        .execute(&mut **tx)
                        .await?;
                }
            },
        }
        Ok(())
    }
}
