//! Why a copy can't be made or used.

use std::io;
use std::path::{Path, PathBuf};

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
    /// A copy can only be put back where nothing is.
    #[error("something is at {0} already")]
    Occupied(String),
    /// An older balie made it.
    #[error("{} is at version {found} of the database; this balie works with version {known}", path.display())]
    Older {
        /// Which file.
        path: PathBuf,
        /// The copy's version.
        found: i64,
        /// The version that this program needs.
        known: i64,
    },
    /// It's of the other engine.
    #[error("{} is a copy of a {} database", path.display(), if *is_dump { "PostgreSQL" } else { "SQLite" })]
    OtherEngine {
        /// Which file.
        path: PathBuf,
        /// It's a dump.
        is_dump: bool,
    },
    /// It's of a desk that has other keys.
    #[error("{} is a copy of the desk {found}, and the keys here are of another one", path.display())]
    OtherKeys {
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
    /// An older copy is put back by the program that made it.
    pub(super) fn of_version(path: &Path) -> impl FnOnce(StoreError) -> Self {
        move |error| match error {
            StoreError::Outdated { found, known } => Self::Older {
                path: path.to_owned(),
                found,
                known,
            },
            error => error.into(),
        }
    }

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
