//! A copy as a file: made beside where it's to be, and put there whole or not at all.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::{CopyError, CopyHead, Result, dump, sqlite};

/// What a SQLite database begins with.
const SQLITE: &[u8] = b"SQLite format 3\0";
/// What a dump of PostgreSQL in the custom format begins with.
const DUMP: &[u8] = b"PGDMP";
/// Where SQLite's header says how the file is written; 2 is write-ahead logging, which no copy has.
const WRITE_VERSION: usize = 18;

/// What kind of copy a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A SQLite database.
    Sqlite,
    /// A dump of PostgreSQL, in the custom format.
    Dump,
}

/// A copy that isn't in its place yet. Dropped, it's gone.
#[derive(Debug)]
pub struct NewCopy {
    file: NamedTempFile,
    /// Which desk it's of, and how far it goes.
    pub head: CopyHead,
    /// How large it is.
    pub bytes: u64,
}

impl NewCopy {
    /// Takes a file that was written under its name by another.
    pub(super) fn of(file: NamedTempFile, head: CopyHead) -> Result<Self> {
        let path = file.path().to_owned();
        // What SQLite or `pg_dump` wrote has to be on the disk before it takes an older copy's place.
        let synced = File::open(&path).and_then(|file| {
            file.sync_all()?;
            Ok(file.metadata()?.len())
        });
        let bytes = synced.map_err(CopyError::file(path))?;
        Ok(Self { file, head, bytes })
    }

    /// Puts it where it's to be: either what was there stands or all of this, never half of it.
    pub fn put(self, target: &Path) -> Result<()> {
        self.file
            .persist(target)
            .map_err(|failed| CopyError::file(target)(failed.error))?;
        let folder = folder_of(target);
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(CopyError::file(folder))
    }
}

/// A SQLite database, and what may lie beside it: a log of one that is gone would be taken for its own.
pub(super) fn beside(path: &Path) -> Vec<PathBuf> {
    let named = |end: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    };
    ["", "-wal", "-shm", "-journal"].map(named).into()
}

/// The folder that a file is named in.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// A new file that only its owner can read.
pub(super) fn new_in(folder: &Path) -> Result<NamedTempFile> {
    tempfile::Builder::new()
        .prefix(".balie-")
        .suffix(".part")
        .tempfile_in(folder)
        .map_err(CopyError::file(folder))
}

/// Whether a copy of the desk may be put at `target`: nothing is there, or an earlier copy of this desk. Whatever else is there
/// stays as it is: `in_use`, the database itself, another desk's copy, a link, a file of somebody else. The folder comes back.
pub async fn check_place(target: &Path, desk: &str, in_use: Option<&Path>) -> Result<PathBuf> {
    let folder = folder_of(target).to_owned();
    let found = match fs::symlink_metadata(target) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(folder),
        Err(error) => return Err(CopyError::file(target)(error)),
    };
    let is_same = |other: &Path| {
        fs::metadata(other).is_ok_and(|o| (o.dev(), o.ino()) == (found.dev(), found.ino()))
    };
    if in_use.is_some_and(is_same) {
        return Err(CopyError::InUse(target.to_owned()));
    }
    if !found.is_file() {
        return Err(CopyError::NotACopy(target.to_owned()));
    }
    let (_, head) = look_into(target).await?;
    if head.desk != desk {
        return Err(CopyError::OtherDesk {
            path: target.to_owned(),
            found: head.desk,
        });
    }
    Ok(folder)
}

/// What a file is a copy of. Nothing of it is changed.
pub async fn look_into(path: &Path) -> Result<(Kind, CopyHead)> {
    match kind_of(path)? {
        Kind::Sqlite => Ok((Kind::Sqlite, sqlite::head(path).await?)),
        Kind::Dump => Ok((Kind::Dump, dump::head(path)?)),
    }
}

fn kind_of(path: &Path) -> Result<Kind> {
    let not_a_copy = || CopyError::NotACopy(path.to_owned());
    let found = fs::metadata(path).map_err(CopyError::file(path))?;
    if !found.is_file() {
        return Err(not_a_copy());
    }
    let mut beginning = Vec::new();
    File::open(path)
        .and_then(|file| file.take(100).read_to_end(&mut beginning))
        .map_err(CopyError::file(path))?;
    if beginning.starts_with(DUMP) {
        return Ok(Kind::Dump);
    }
    if !beginning.starts_with(SQLITE) {
        return Err(not_a_copy());
    }
    match beginning.get(WRITE_VERSION) {
        Some(1) => Ok(Kind::Sqlite),
        Some(_) => Err(CopyError::InUse(path.to_owned())),
        None => Err(not_a_copy()),
    }
}
