//! `balie backup`: a copy of all that is committed, and its event.

use std::fs;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use serde::Serialize;
use serde_json::json;

use crate::desk::{Desk, Result};
use crate::domain::log::event::Action;
use crate::domain::timestamp::Timestamp;
use crate::store::backup::{CopyError, CopyHead, check_place, look_into};
use crate::store::{DatabaseUrl, StoreError};

/// What copies in a folder are called, before and behind the moment that they were made.
const NAMED: (&str, &str) = ("balie-", ".backup");

/// Where a copy is to be.
#[derive(Debug)]
pub enum Place {
    /// In this file.
    File(PathBuf),
    /// In this folder, under a name of its own; so many of them are kept.
    Folder(PathBuf, usize),
}

/// A copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Copied {
    /// Where it is.
    pub file: PathBuf,
    /// The desk that it's of.
    pub desk: String,
    /// How many events its log has.
    pub events: i64,
    /// The hash of the last one, in hexadecimal.
    pub head: String,
    /// When it was made; of one that is only read, when its last event was.
    pub at: Timestamp,
    /// How large it is.
    pub bytes: u64,
    /// Which older ones it took the place of.
    #[serde(skip)]
    pub removed: Vec<PathBuf>,
}

impl Copied {
    pub(super) fn new(file: PathBuf, head: &CopyHead, at: Timestamp, bytes: u64) -> Self {
        Self {
            file,
            desk: head.desk.clone(),
            events: head.events,
            head: HEXLOWER.encode(&head.head),
            at,
            bytes,
            removed: Vec::new(),
        }
    }
}

/// Copies all that is committed, while others work. The event comes after the copy is in its place: what the log calls a copy
/// is one.
pub async fn back_up(desk: &mut Desk<'_>, url: &DatabaseUrl, place: &Place) -> Result<Copied> {
    let (mut tx, _) = desk.begin(Action::Backup).await?;
    let uid = tx.desk_uid().await?;
    drop(tx);
    let target = match place {
        Place::File(file) => file.clone(),
        Place::Folder(folder, _) => folder.join(name_of(desk.now)),
    };
    let in_use = match url {
        DatabaseUrl::Sqlite(path) => Some(path.as_path()),
        DatabaseUrl::Postgres(_) => None,
    };
    let folder = check_place(&target, &uid, in_use).await?;
    let copy = desk.database.copy_into(url, &folder).await?;
    let mut copied = Copied::new(target.clone(), &copy.head, desk.now, copy.bytes);
    if copied.desk != uid {
        let why = "the copy isn't of the desk that was opened";
        return Err(StoreError::Unexpected(why.into()).into());
    }
    copy.put(&target)?;
    if let Place::Folder(folder, keep) = place {
        copied.removed = turn_over(folder, &uid, *keep).await?;
    }
    let (tx, _) = desk.begin(Action::Backup).await?;
    let name = target.file_name().map(|name| name.to_string_lossy());
    let detail = json!({
        "file": name,
        "events": copied.events,
        "head": copied.head,
        "bytes": copied.bytes,
        "removed": copied.removed.len(),
    });
    let event = desk.event(Action::Backup, detail);
    desk.commit(tx, event).await?;
    Ok(copied)
}

/// The name of a copy that is made now: by name is by age.
fn name_of(now: Timestamp) -> String {
    let (before, behind) = NAMED;
    let moment = format!("{now:.0}").replace(['-', ':'], "");
    format!("{before}{moment}{behind}")
}

fn is_named_so(name: &str) -> bool {
    let (before, behind) = NAMED;
    let moment = name
        .strip_prefix(before)
        .and_then(|name| name.strip_suffix(behind));
    moment.is_some_and(|moment| {
        moment.len() == "20261201T023500Z".len()
            && moment
                .bytes()
                .all(|c| c.is_ascii_digit() || c == b'T' || c == b'Z')
    })
}

/// Takes the oldest copies away, down to so many. What isn't a copy of this desk stays, whatever it's called (rule 18).
async fn turn_over(folder: &Path, desk: &str, keep: usize) -> Result<Vec<PathBuf>> {
    let unreadable = |error| CopyError::File {
        path: folder.to_owned(),
        error,
    };
    let mut named = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let is_file = entry.file_type().map_err(unreadable)?.is_file();
        if is_file && entry.file_name().to_str().is_some_and(is_named_so) {
            named.push(entry.path());
        }
    }
    named.sort();
    let mut ours = Vec::new();
    for path in named {
        let is_ours = look_into(&path)
            .await
            .is_ok_and(|(_, head)| head.desk == desk);
        if is_ours {
            ours.push(path);
        }
    }
    ours.truncate(ours.len().saturating_sub(keep));
    for path in &ours {
        fs::remove_file(path).map_err(|error| CopyError::File {
            path: path.clone(),
            error,
        })?;
    }
    Ok(ours)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_in_a_folder_is_named_by_its_moment() {
        let now: Timestamp = "2026-12-01T02:35:09.5Z".parse().unwrap();
        assert_eq!(name_of(now), "balie-20261201T023509Z.backup");
        assert!(is_named_so(&name_of(now)));
        for other in [
            "balie-.backup",
            "balie.db",
            "balie-20261201T023509Z.backup.old",
            "balie-2026120_T023509Z.backup",
        ] {
            assert!(!is_named_so(other), "{other}");
        }
    }
}
