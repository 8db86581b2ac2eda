//! SQLite's transaction, and what it touches.

use std::ops::{Deref, DerefMut};

use sqlx::{Sqlite, SqliteConnection, Transaction};

use super::watch::Watch;

/// A transaction on SQLite that knows which rows it touched.
#[derive(Debug)]
pub struct Watched {
    tx: Transaction<'static, Sqlite>,
    watch: Watch,
}

impl Watched {
    pub(in crate::store) const fn new(tx: Transaction<'static, Sqlite>, watch: Watch) -> Self {
        Self { tx, watch }
    }

    pub(in crate::store) const fn watch(&self) -> &Watch {
        &self.watch
    }

    /// Forgets what the temporary triggers noted.
    pub(in crate::store) async fn forget_notes(&mut self) -> sqlx::Result<()> {
        sqlx::query("DELETE FROM temp.touched WHERE true")
            .execute(&mut **self)
            .await?;
        self.watch.begin();
        Ok(())
    }

    /// Keeps the work.
    pub(in crate::store) async fn commit(self) -> sqlx::Result<()> {
        self.tx.commit().await
    }
}

impl Deref for Watched {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.tx
    }
}

impl DerefMut for Watched {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.tx
    }
}
