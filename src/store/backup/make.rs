//! A copy is made.

use std::path::Path;

use super::file::new_in;
use super::{CopyError, NewCopy, Result, dump, sqlite};
use crate::store::{Database, DatabaseUrl};

impl Database {
    /// Makes a copy of everything that is committed now, in a new file of that folder which only its owner can read. Others
    /// go on working. Dropped, it leaves nothing behind.
    pub async fn copy_into(&self, url: &DatabaseUrl, folder: &Path) -> Result<NewCopy> {
        let file = new_in(folder)?;
        let head = match (self, url) {
            (Self::Sqlite(..), DatabaseUrl::Sqlite(path)) => {
                sqlite::copy(path, file.path()).await?;
                sqlite::head(file.path()).await?
            }
            (_, DatabaseUrl::Postgres(url)) => dump::make(self, url, file.path()).await?,
            (_, DatabaseUrl::Sqlite(path)) => return Err(CopyError::NotACopy(path.clone())),
        };
        NewCopy::of(file, head)
    }
}
