//! A copy is put back where no desk is: on SQLite in a private folder beside the place, on PostgreSQL in one transaction. Until
//! the very last step nobody finds a desk there.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::{TempDir, TempPath};

use super::file::{beside, folder_of};
use super::{CopyError, Kind, Result, load};
use crate::store::connect::PATIENCE;
use crate::store::{Altered, Database, DatabaseUrl, StoreError, Tx};

/// What the database is called in the private folder.
const NAME: &str = "balie.db";

/// A copy on its way back. Dropped, it leaves nothing behind.
#[derive(Debug)]
pub struct Restoring {
    /// The database that it becomes. On PostgreSQL nothing is in it before [`Restoring::load`].
    pub database: Database,
    from: PathBuf,
    place: Place,
}

/// Where it's to be.
#[derive(Debug)]
enum Place {
    File { private: TempDir, target: PathBuf },
    Server(String),
}

/// Refuses where a desk is, or anything else: nothing is ever replaced.
pub fn check_free(url: &DatabaseUrl, kind: Kind, from: &Path) -> Result<()> {
    match (url, kind) {
        (DatabaseUrl::Sqlite(path), Kind::Sqlite) => {
            let there = beside(path)
                .into_iter()
                .find(|path| fs::symlink_metadata(path).is_ok());
            there.map_or(Ok(()), |there| {
                Err(CopyError::Occupied(there.display().to_string()))
            })
        }
        // What is there is asked of the server, once nobody else can change it.
        (DatabaseUrl::Postgres(_), Kind::Dump) => Ok(()),
        (_, kind) => Err(CopyError::OtherEngine {
            path: from.to_owned(),
            is_dump: kind == Kind::Dump,
        }),
    }
}

impl Restoring {
    /// Makes ready what the copy is to be put into. On SQLite it's copied here, into a folder that only this account can enter.
    pub async fn begin(url: &DatabaseUrl, from: &Path) -> Result<Self> {
        let (database, place) = match url {
            DatabaseUrl::Sqlite(target) => {
                let private = private_beside(target)?;
                let copy = private.path().join(NAME);
                fs::copy(from, &copy).map_err(CopyError::file(private.path()))?;
                own_mode(&copy)?;
                let place = Place::File {
                    private,
                    target: target.clone(),
                };
                let database = Database::open(&DatabaseUrl::Sqlite(copy), None).await;
                (database.map_err(CopyError::of_version(from))?, place)
            }
            DatabaseUrl::Postgres(_) => {
                let database = Database::connect(url, false, PATIENCE).await?;
                (database, Place::Server(url.to_string()))
            }
        };
        Ok(Self {
            database,
            from: from.to_owned(),
            place,
        })
    }

    /// The transaction in which all of the copy is there, and nobody else sees it yet.
    pub async fn load(&self) -> Result<Tx> {
        let mut tx = self.database.begin().await?;
        if let Place::Server(name) = &self.place {
            if !tx.take_empty_schema().await? {
                return Err(CopyError::Occupied(name.clone()));
            }
            load::load(&mut tx, &self.from).await?;
            let fits = tx.check_version(self.database.known_version()).await;
            fits.map_err(CopyError::of_version(&self.from))?;
        }
        Ok(tx)
    }

    /// What of it isn't as Balie makes it, where that can be told before anybody works with it.
    pub async fn altered(&self) -> Result<Vec<Altered>> {
        match self.place {
            Place::File { .. } => Ok(self.database.altered().await?.unwrap_or_default()),
            Place::Server(_) => Ok(Vec::new()),
        }
    }

    /// Puts a database that was committed where it's to be, unless something came there meanwhile.
    pub async fn put(self) -> Result<()> {
        let Place::File { private, target } = self.place else {
            self.database.close().await;
            return Ok(());
        };
        self.database.log_ahead().await?;
        // Closing folds the write-ahead log into the file.
        self.database.close().await;
        let copy = private.path().join(NAME);
        if beside(&copy).iter().skip(1).any(|left| left.exists()) {
            let why = "SQLite left a log beside the database that it closed";
            return Err(StoreError::Unexpected(why.into()).into());
        }
        File::open(&copy)
            .and_then(|file| file.sync_all())
            .map_err(CopyError::file(&copy))?;
        check_free(
            &DatabaseUrl::Sqlite(target.clone()),
            Kind::Sqlite,
            &self.from,
        )?;
        // What another program put there this very moment stays.
        let copy = TempPath::try_from_path(copy).map_err(CopyError::file(&target))?;
        copy.persist_noclobber(&target)
            .map_err(|failed| match failed.error.kind() {
                io::ErrorKind::AlreadyExists => CopyError::Occupied(target.display().to_string()),
                _ => CopyError::file(&target)(failed.error),
            })?;
        let folder = folder_of(&target);
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(CopyError::file(folder))
    }
}

/// A folder beside `target` that only this account can enter.
fn private_beside(target: &Path) -> Result<TempDir> {
    use std::os::unix::fs::DirBuilderExt as _;
    let folder = folder_of(target);
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(CopyError::file(folder))?;
    tempfile::Builder::new()
        .prefix(".balie-")
        .suffix(".part")
        .tempdir_in(folder)
        .map_err(CopyError::file(folder))
}

/// A copy on a shared disk may have been made readable for others.
fn own_mode(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).map_err(CopyError::file(path))
}
