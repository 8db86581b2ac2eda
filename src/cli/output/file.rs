//! Files that a command writes for somebody.

use std::fs;
use std::fs::File;
use std::io;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;

use crate::cli::language::{said, told};
use crate::plain_file;

/// A kind of file that Balie writes again and again: what it's called, and what it's known by.
#[derive(Clone, Copy, Debug)]
pub struct Own {
    /// With its article.
    pub what: &'static str,
    /// Its first bytes.
    pub begins: &'static str,
    /// Stands near its beginning.
    pub mark: &'static str,
}

/// How far into a file its mark is looked for, in bytes.
const BEGINNING: u64 = 4_096;

/// Puts `bytes` in place of an earlier file of the same kind, or where there's none. Any other file stays as it is, and
/// so does what a link leads to (rule 18).
pub fn replace_own(path: &Path, bytes: &[u8], own: Own) -> io::Result<()> {
    let another = || io::Error::other(said!("what is there isn't {what}", what = told(own.what)));
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
        Ok(found) if !found.is_file() => return Err(another()),
        Ok(_) => {
            let mut beginning = Vec::new();
            File::open(path)?
                .take(BEGINNING)
                .read_to_end(&mut beginning)?;
            let mark = own.mark.as_bytes();
            let is_marked = beginning.windows(mark.len()).any(|found| found == mark);
            if !(beginning.starts_with(own.begins.as_bytes()) && is_marked) {
                return Err(another());
            }
        }
    }
    replace(path, bytes)
}

/// Puts `bytes` in place of what was at `path`, which was looked at: either the old file stands or the new one, never
/// half of it. It's readable by its owner only.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

/// Makes a new file that only its owner can read. One that is there stays as it is.
pub fn create(path: &Path) -> io::Result<File> {
    let new = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL;
    plain_file::open_with(path, new, 0o600)
}

/// Puts a file in a folder that nobody else writes into: whole or not at all, and on disk with its name when
/// this comes back. What a process that died has left half is written over.
pub fn put_in(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let half = half_of(folder, name);
    remove(&half)?;
    let mut file = create(&half)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&half, folder.join(name))?;
    File::open(folder)?.sync_all()
}

/// Takes such a file away, with what was left half of it.
pub fn remove_in(folder: &Path, name: &str) -> io::Result<()> {
    remove(&half_of(folder, name))?;
    remove(&folder.join(name))
}

fn half_of(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!(".{name}.part"))
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
