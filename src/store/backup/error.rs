//! Why a copy can't be made or used.

use std::io;
use std::path::PathBuf;

use crate::store::StoreError;

/// What is done with copies gives this back.
pub type Result<T> = std::result::Result<T, CopyError>;

/// Why a copy can't be made or used.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file can't be read or written.
    #[error("{}: {error}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// It's another file, and stays as it is (rule 18).
    #[error("{} isn't a copy of a Balie desk", .0.display())]
    NotACopy(PathBuf),
    /// It's a database that somebody works with.
    #[error("{} is a database that is in use, not a copy", .0.display())]
    InUse(PathBuf),
    /// It's of another desk.
    #[error("{} is a copy of another desk ({found})", path.display())]
    OtherDesk {
        /// Which file.
        path: PathBuf,
        /// The desk that it's of.
        found: String,
    },
    /// Its bytes don't fit together.
    #[error("the copy {} is damaged", .0.display())]
    Damaged(PathBuf),
    /// PostgreSQL's own program isn't there.
    #[error("`{0}` isn't installed on this machine")]
    NoProgram(&'static str),
    /// PostgreSQL's own program failed.
    #[error("`{program}` failed: {said}")]
    Program {
        /// Which.
        program: &'static str,
        /// The first line that it said.
        said: String,
    },
}

impl CopyError {
    /// What went wrong with a file.
    pub(super) fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |error| Self::File { path, error }
    }
}

impl From<sqlx::Error> for CopyError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}
