//! What can go wrong between Balie and its database, as a person needs to hear it.

use std::path::PathBuf;

use super::unfit::Unfit;

/// What every function of the store gives back.
pub type Result<T> = std::result::Result<T, StoreError>;

/// Why the database couldn't do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such file.
    #[error("there is no database at {}", .0.display())]
    Missing(PathBuf),
    /// The file or server holds something else.
    #[error("{0} is not a balie database")]
    NotBalie(String),
    /// A newer balie has been at work.
    #[error(
        "the database is at version {found}, newer than this balie, which knows version {known}"
    )]
    Newer {
        /// The database's version.
        found: i64,
        /// The newest that this program knows.
        known: i64,
    },
    /// An older balie made it.
    #[error("the database is at version {found}; this balie needs version {known}")]
    Outdated {
        /// The database's version.
        found: i64,
        /// The version that this program needs.
        known: i64,
    },
    /// Another program holds it.
    #[error("the database is locked by another program")]
    Locked,
    /// It can't be written.
    #[error("the database is read-only, but every lookup is written to the log")]
    ReadOnly,
    /// There is no space left.
    #[error("the disk is full: this step was undone, and earlier steps are kept")]
    Full,
    /// The disk doesn't take what is written.
    #[error(
        "the database file can't be read or written: this step was undone, and earlier steps are kept"
    )]
    Disk,
    /// The file's pages don't fit together.
    #[error("the database file is damaged")]
    Damaged,
    /// What is around it has to be changed first.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// It can't be reached.
    #[error("the database can't be reached: {0}")]
    Unreachable(String),
    /// A log or a seal doesn't hold.
    #[error("the database contains something impossible: {0}")]
    Corrupt(String),
    /// This program met what it doesn't expect, and no seal says that somebody was at it.
    #[error("something unexpected happened: {0}")]
    Unexpected(String),
    /// A rule of the desk that PostgreSQL holds an operator's own login to (see `postgres_roles`).
    #[error("the database doesn't allow this login to do that: {0}")]
    Refused(String),
    /// The log refuses to be changed.
    #[error("the log is append-only")]
    AppendOnly,
    /// Anything else.
    #[error("the database failed: {0}")]
    Sql(sqlx::Error),
}

impl StoreError {
    /// Whether it's what was to be stored that the database can't take: with something else it works.
    #[must_use]
    pub fn is_of_the_content(&self) -> bool {
        let Self::Sql(sqlx::Error::Database(error)) = self else {
            return false;
        };
        let code = error.code().unwrap_or_default();
        // SQLITE_TOOBIG; PostgreSQL's classes 22 (data that can't be) and 54 (a limit is exceeded).
        match error.try_downcast_ref::<sqlx::sqlite::SqliteError>() {
            Some(_) => code == "18",
            None => code.starts_with("22") || code.starts_with("54"),
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let code = match &error {
            sqlx::Error::Database(e) => e.code().unwrap_or_default().into_owned(),
            _ => String::new(),
        };
        let is_sqlite = matches!(&error, sqlx::Error::Database(e)
            if e.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some());
        // SQLite's extended result codes carry the plain code in their low byte.
        let plain = if is_sqlite {
            code.parse::<i32>().map_or(0, |c| c & 0xff)
        } else {
            0
        };
        match (&error, plain, code.as_str()) {
            // 40001 and 40P01: two were at the same rows, and one was turned away.
            (_, 5 | 6, _) | (_, _, "55P03" | "40001" | "40P01") => Self::Locked,
            (_, 8, _) => Self::ReadOnly,
            (_, 13, _) | (_, _, "53100") => Self::Full,
            // SQLITE_IOERR: also what a quota or a file size limit gives.
            (_, 10, _) => Self::Disk,
            (_, 14, _) => Self::Unreachable("the file can't be opened".into()),
            (_, 26, _) => Self::NotBalie("this file".into()),
            (_, 11, _) => Self::Damaged,
            (_, 9, _) => Unfit::TooSlow.into(),
            (sqlx::Error::Database(e), _, state)
                if !is_sqlite && let Some(unfit) = unfit(state, e.message()) =>
            {
                unfit.into()
            }
            (sqlx::Error::Database(e), ..) if e.message().contains("append-only") => {
                Self::AppendOnly
            }
            // A line that is there twice, or whose detail outlived it: somebody was at the log.
            (sqlx::Error::Database(e), ..)
                if e.is_unique_violation()
                    && ["event_details", "events."]
                        .iter()
                        .any(|log| e.message().contains(log)) =>
            {
                Self::Corrupt("the log has a detail without its line, or a line twice".into())
            }
            // P0001: raised by a function; ours say whose they are.
            (sqlx::Error::Database(e), _, "P0001")
                if !is_sqlite && e.message().starts_with("balie: ") =>
            {
                Self::Refused(e.message().trim_start_matches("balie: ").to_owned())
            }
            (sqlx::Error::Io(e), ..) => Self::Unreachable(e.to_string()),
            (sqlx::Error::Tls(e), ..) => Self::Unreachable(e.to_string()),
            (sqlx::Error::PoolTimedOut, ..) => Self::Unreachable("it didn't answer in time".into()),
            (sqlx::Error::Protocol(why), ..) if why.contains("authentication") => {
                Unfit::Authentication.into()
            }
            (sqlx::Error::Configuration(why), ..) => Unfit::Settings(why.to_string()).into(),
            // 08 connection, 28 authorisation, 3D no such database, 57P shut down.
            (sqlx::Error::Database(e), _, state)
                if !is_sqlite
                    && ["08", "28", "3D", "57P"]
                        .iter()
                        .any(|s| state.starts_with(s)) =>
            {
                Self::Unreachable(e.message().to_owned())
            }
            (sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_), ..) => {
                Self::Unexpected(error.to_string())
            }
            _ => Self::Sql(error),
        }
    }
}

/// What PostgreSQL's state says of the database's surroundings (PostgreSQL, appendix A).
fn unfit(state: &str, message: &str) -> Option<Unfit> {
    let said = message.to_owned();
    Some(match state {
        "25006" => Unfit::ReadsOnly,
        "42501" => Unfit::Rights(said),
        "57014" => Unfit::TooSlow,
        // A prepared statement that is there already, or no more.
        "42P05" | "26000" => Unfit::Pooler(said),
        "08P01" if message.contains("startup parameter") => Unfit::Pooler(said),
        "53300" => Unfit::Connections(said),
        "53200" | "53400" | "54000" => Unfit::Resources(said),
        "22P05" => Unfit::Encoding("not UTF8".into()),
        _ => return None,
    })
}
