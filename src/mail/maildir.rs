//! Maildir (<https://cr.yp.to/proto/maildir.html>): a file a message, in `new` and `cur`.

use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};

use super::delivered::{After, BATCH, BATCH_BYTES, Delivered, MailboxError, NotTaken};
use super::gate::MAX_BYTES;
use crate::domain::request::evidence::Intake;
use crate::plain_file;
use crate::plain_file::NotPlain;

/// An open Maildir.
pub struct Maildir {
    place: String,
    folder: PathBuf,
    after: After,
    files: VecDeque<PathBuf>,
}

impl Maildir {
    /// Opens `folder`.
    pub fn open(folder: &Path, after: After) -> Result<Self, MailboxError> {
        let unreadable = |source| MailboxError::Unreadable {
            path: folder.display().to_string(),
            source,
        };
        let folder = folder.canonicalize().map_err(unreadable)?;
        let mut files = Vec::new();
        for part in ["new", "cur"] {
            for entry in fs::read_dir(folder.join(part)).map_err(unreadable)? {
                let entry = entry.map_err(unreadable)?;
                let is_file = entry.file_type().map_err(unreadable)?.is_file();
                if is_file && !entry.file_name().as_encoded_bytes().starts_with(b".") {
                    files.push(entry.path());
                }
            }
        }
        files.sort_by(|a, b| a.file_name().cmp(&b.file_name()));
        Ok(Self {
            place: format!("maildir:{}", folder.display()),
            folder,
            after,
            files: files.into(),
        })
    }

    pub(super) fn place(&self) -> &str {
        &self.place
    }

    pub(super) fn left(&self) -> u64 {
        self.files.len() as u64
    }

    pub(super) fn next(&mut self, is_known: &(dyn Fn(&str) -> bool + Sync)) -> Vec<Delivered> {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while batch.len() < BATCH && bytes < BATCH_BYTES {
            let Some(path) = self.files.pop_front() else {
                break;
            };
            let item = unique(&path);
            if is_known(&item) {
                continue;
            }
            let (size, raw) = read(&path);
            bytes += size.min(MAX_BYTES as u64);
            let intake = Intake::Maildir { file: item.clone() };
            batch.push(Delivered {
                item,
                intake,
                size,
                raw,
                as_it_stands: None,
            });
        }
        batch
    }

    /// Marks as seen what was new: the file goes from `new` to `cur`.
    pub(super) fn done_with(&self, taken: &[Intake]) -> Result<(), MailboxError> {
        if self.after != After::MarkSeen {
            return Ok(());
        }
        for intake in taken {
            let Intake::Maildir { file } = intake else {
                continue;
            };
            let new = self.folder.join("new").join(file);
            let seen = self.folder.join("cur").join(format!("{file}:2,S"));
            if new.exists() {
                fs::rename(&new, seen).map_err(|source| MailboxError::Unreadable {
                    path: new.display().to_string(),
                    source,
                })?;
            }
        }
        Ok(())
    }
}

/// The name without what a reader adds to it (`:2,S`).
fn unique(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.split(':').next().unwrap_or_default().to_owned()
}

fn read(path: &Path) -> (u64, Result<Vec<u8>, NotTaken>) {
    let most = MAX_BYTES as u64;
    let withheld = |error: NotPlain| NotTaken::ForNow(format!("it can't be read: {error}"));
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return (0, Err(withheld(NotPlain::NotAFile)));
    };
    // What was a file when the folder was listed may be a link by now.
    let mut file = match plain_file::open_in(folder, name.as_ref(), u64::MAX) {
        Ok(file) => file,
        Err(error) => return (0, Err(withheld(error))),
    };
    let size = file.metadata().map_or(0, |metadata| metadata.len());
    if size > most {
        return (size, Err(NotTaken::too_big(size)));
    }
    match plain_file::read(&mut file, most) {
        Ok(raw) => (raw.len() as u64, Ok(raw)),
        Err(NotPlain::TooLarge) => (most + 1, Err(NotTaken::too_big(most + 1))),
        Err(error) => (size, Err(withheld(error))),
    }
}
