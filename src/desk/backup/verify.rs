//! `balie backup verify`: whether a copy is whole, and its log holds. Nothing of it is changed, and no desk is needed.

use std::path::Path;

use super::Copied;
use crate::desk::audit::{Against, Walked, walk};
use crate::desk::{Error, Result};
use crate::domain::timestamp::Timestamp;
use crate::store::Database;
use crate::store::backup::{CopyError, Kind, look_into, read_through};

/// A copy that is whole.
#[derive(Clone, Debug)]
pub struct Checked {
    /// What it is.
    pub copy: Copied,
    /// Its log was walked and holds. A dump's can only be walked where it was put back.
    pub log_walked: bool,
}

/// Reads all of a copy.
pub async fn verify_copy(path: &Path, now: Timestamp) -> Result<Checked> {
    let (kind, head) = look_into(path).await?;
    let bytes = std::fs::metadata(path).map_err(|error| CopyError::File {
        path: path.to_owned(),
        error,
    })?;
    match kind {
        Kind::Sqlite => {
            let database = Database::open_copy(path).await?;
            let mut look = database.look().await?;
            let walked = walk(&mut look, now, &Against::default()).await?;
            drop(look);
            database.close().await;
            if let Walked::Broken(_, (seq, why)) = walked {
                return Err(Error::LogBroken { seq, why });
            }
        }
        Kind::Dump => read_through(path)?,
    }
    Ok(Checked {
        copy: Copied::new(path.to_owned(), &head, head.last_at, bytes.len()),
        log_walked: kind == Kind::Sqlite,
    })
}
