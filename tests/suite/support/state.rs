//! The rows against the log, as `audit verify --state` holds them, without a login.

use balie::desk::audit::check_state;
use balie::domain::log::row::Checked;
use balie::store::{Database, Tx};

use super::Desk;

impl Desk {
    /// Its database, opened as `balie` opens it.
    pub(crate) async fn database(&self) -> Database {
        let url = self.url.parse().expect("a URL");
        Database::open(&url, None).await.expect("it opens")
    }

    /// How its rows stand to its log.
    pub(crate) fn state(&self) -> Checked {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let database = self.database().await;
            let mut look = database.look().await.expect("a transaction");
            let found = check_state(&mut look).await.expect("the records hold");
            drop(look);
            database.close().await;
            found
        })
    }

    /// Every row is as the log says, and nothing is unexplained.
    #[track_caller]
    pub(crate) fn assert_state_holds(&self) {
        let found = self.state();
        assert_eq!(
            (found.false_rows, found.unexplained.len()),
            (0, 0),
            "{found:#?}"
        );
        assert!(found.checked > 0);
    }
}

/// Runs SQL within a transaction of `balie`'s own.
pub(crate) async fn within(tx: &mut Tx, sql: &str) -> Result<(), String> {
    let sql = sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned()));
    match tx {
        Tx::Sqlite(tx) => sql.execute(&mut **tx).await.map(drop),
        Tx::Postgres(tx) => sql.execute(&mut **tx).await.map(drop),
    }
    .map_err(|error| error.to_string())
}
