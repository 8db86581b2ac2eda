//! Files as they're handed in (rule 18): each is looked at for what it is before a byte of it is used. A folder, a device
//! or a pipe that somebody named isn't a file, and a pipe that nobody writes to isn't waited for.

use std::fs::File;
use std::io;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;

/// Why a file isn't read.
#[derive(Debug, thiserror::Error)]
pub enum NotPlain {
    /// It can't be opened or read.
    #[error("{0}")]
    Unreadable(#[from] io::Error),
    /// A folder, a device, a pipe.
    #[error("it isn't a plain file")]
    NotAFile,
    /// It leads elsewhere, in a folder whose files were meant.
    #[error("it's a link to something else: put the file itself there")]
    Link,
    /// It has more bytes than its kind has.
    #[error("it's too large")]
    TooLarge,
}

/// Where all that a command line names lies, on a machine that runs balie for others.
static FOLDER: OnceLock<PathBuf> = OnceLock::new();

/// From now on, what lies in this folder is opened beneath it and through no link, as whoever puts files there may turn
/// one into a link between a look at it and its opening.
pub fn hold_to(folder: &Path) {
    FOLDER.get_or_init(|| folder.to_owned());
}

/// Opens a path: beneath the folder that this process is held to, where it lies there.
pub fn open_with(path: &Path, flags: OFlags, mode: u32) -> io::Result<File> {
    let mode = Mode::from_raw_mode(mode);
    let flags = flags | OFlags::CLOEXEC;
    if let Some(folder) = FOLDER.get()
        && let Ok(within) = folder.join(path).strip_prefix(folder)
    {
        return open_beneath(folder, within, flags, mode);
    }
    Ok(rustix::fs::open(path, flags, mode)?.into())
}

#[cfg(target_os = "linux")]
fn open_beneath(folder: &Path, within: &Path, flags: OFlags, mode: Mode) -> io::Result<File> {
    use rustix::fs::ResolveFlags;

    let folder = rustix::fs::open(folder, OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
    let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS;
    Ok(rustix::fs::openat2(folder, within, flags, mode, resolve)?.into())
}

/// Elsewhere the file itself may not be a link; balie runs for others on Linux.
#[cfg(not(target_os = "linux"))]
fn open_beneath(folder: &Path, within: &Path, flags: OFlags, mode: Mode) -> io::Result<File> {
    Ok(rustix::fs::open(folder.join(within), flags | OFlags::NOFOLLOW, mode)?.into())
}

/// Opens the file that was named, of at most so many bytes.
pub fn open(path: &Path, most: u64) -> Result<File, NotPlain> {
    opened(path, OFlags::empty(), most)
}

/// Opens a file of a folder that was named. A link there isn't followed: nobody named what it leads to.
pub fn open_in(folder: &Path, name: &Path, most: u64) -> Result<File, NotPlain> {
    opened(&folder.join(name), OFlags::NOFOLLOW, most)
}

fn opened(path: &Path, flags: OFlags, most: u64) -> Result<File, NotPlain> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | flags;
    let file = open_with(path, flags, 0).map_err(|error| match Errno::from_io_error(&error) {
        Some(Errno::LOOP) => NotPlain::Link,
        _ => error.into(),
    })?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(NotPlain::NotAFile);
    }
    if metadata.len() > most {
        return Err(NotPlain::TooLarge);
    }
    Ok(file)
}

/// Reads all of it. One that grows meanwhile is measured once more.
pub fn read(from: &mut dyn io::Read, most: u64) -> Result<Vec<u8>, NotPlain> {
    let mut bytes = Vec::new();
    from.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(NotPlain::TooLarge);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn what_a_link_in_a_folder_leads_to_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("secret"), "SECRET").unwrap();
        symlink(at("secret"), at("link")).unwrap();
        let in_folder = |name: &str| open_in(folder.path(), Path::new(name), 100);
        assert!(in_folder("secret").is_ok());
        assert!(matches!(in_folder("link"), Err(NotPlain::Link)));
        assert!(
            open(&at("link"), 100).is_ok(),
            "who names a link means what it leads to"
        );
    }

    #[test]
    fn nothing_else_is_taken_for_a_file() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(open(folder.path(), 100), Err(NotPlain::NotAFile)));
        assert!(matches!(
            open(Path::new("/dev/zero"), 100),
            Err(NotPlain::NotAFile)
        ));
        let file = folder.path().join("file");
        assert!(matches!(open(&file, 100), Err(NotPlain::Unreadable(_))));
        std::fs::write(&file, "123").unwrap();
        assert!(matches!(open(&file, 2), Err(NotPlain::TooLarge)));
        assert!(matches!(
            read(&mut io::repeat(b'x'), 2),
            Err(NotPlain::TooLarge)
        ));
        assert_eq!(read(&mut &b"12"[..], 2).unwrap(), b"12");
    }
}
