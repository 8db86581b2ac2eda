//! The token of the last run, in a file that its owner alone can read: it's written whole or not at all, and what isn't
//! whole counts as nothing.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use data_encoding::HEXLOWER;
use rustix::fs::{FlockOperation, OFlags, flock};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;
use tokio::time::{sleep, timeout};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::plain_file;

/// More than two tokens have, in bytes.
const LONGEST: usize = 256 * 1024;
/// How long another run may take to get a token, before it isn't waited for any longer.
const OTHER_RUN: Duration = Duration::from_secs(30);

/// What is kept.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
pub(super) struct Record {
    /// The token.
    pub(super) access_token: String,
    /// When it was asked for, and when it ends, in microseconds by this machine's clock.
    pub(super) asked_at: i64,
    pub(super) ends_at: i64,
    /// What the next one is got by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) refresh_token: Option<String>,
    /// Of which refresh token of the administrator's it all came, as a hash: with another one it's nothing.
    #[serde(default)]
    pub(super) began_with: String,
}

/// Where it's kept.
pub(super) struct Cache(PathBuf);

/// Nobody else asks for a token as long as it lives.
pub(super) struct Turn(#[expect(dead_code, reason = "held, not used")] Option<File>);

impl Cache {
    /// A file of its own for each combination of what makes a token another one.
    pub(super) fn new(folder: &Path, what: &[&str]) -> Self {
        let mut hash = Sha256::new();
        for part in what {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let name = HEXLOWER.encode(&hash.finalize());
        Self(folder.join(format!("oauth-{}", &name[..16])))
    }

    /// Waits for another run that is asking for a token, so that one refresh token isn't used twice. Where there's no
    /// folder for it, there's nothing to wait for.
    pub(super) async fn turn(&self) -> Turn {
        let Ok(file) = self.lock_file() else {
            return Turn(None);
        };
        let waiting = async {
            while flock(&file, FlockOperation::NonBlockingLockExclusive).is_err() {
                sleep(Duration::from_millis(50)).await;
            }
        };
        // One that hangs keeps nobody from mails.
        let _ = timeout(OTHER_RUN, waiting).await;
        Turn(Some(file))
    }

    fn lock_file(&self) -> io::Result<File> {
        if let Some(folder) = self.0.parent() {
            DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(folder)?;
        }
        let nofollow = OFlags::NOFOLLOW.bits().cast_signed();
        let mut options = OpenOptions::new();
        let options = options.create(true).truncate(false).write(true).mode(0o600);
        options
            .custom_flags(nofollow)
            .open(self.0.with_extension("lock"))
    }

    /// What the last run left. What is broken, not a plain file, or open to others isn't used.
    pub(super) fn read(&self) -> Option<Record> {
        let (folder, name) = (self.0.parent()?, self.0.file_name()?);
        let file = plain_file::open_in(folder, Path::new(name), LONGEST as u64).ok()?;
        if file.metadata().ok()?.mode() & 0o077 != 0 {
            return None;
        }
        let mut text = Zeroizing::new(Vec::with_capacity(LONGEST + 1));
        file.take(LONGEST as u64 + 1).read_to_end(&mut text).ok()?;
        serde_json::from_slice(&text).ok()
    }

    /// Keeps it in place of what was there.
    pub(super) fn write(&self, record: &Record) -> io::Result<()> {
        let folder = self.0.parent().unwrap_or(Path::new("/"));
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
        let text = Zeroizing::new(serde_json::to_vec(record).map_err(io::Error::other)?);
        // Nobody else can read it from the first byte on.
        let mut file = NamedTempFile::with_prefix_in(".oauth-", folder)?;
        file.write_all(&text)?;
        file.as_file().sync_all()?;
        file.persist(&self.0)?;
        Ok(())
    }
}

/// A token by its hash.
pub(super) fn hash(token: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(token.as_bytes()))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    fn record() -> Record {
        Record {
            access_token: "tok".into(),
            asked_at: 1,
            ends_at: 7,
            refresh_token: None,
            began_with: String::new(),
        }
    }

    #[test]
    fn what_isnt_whole_or_isnt_private_counts_as_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(&folder.path().join("state/balie"), &["a", "b"]);
        assert!(cache.read().is_none());
        cache.write(&record()).unwrap();
        let text = std::fs::read(&cache.0).unwrap();
        assert_eq!(std::fs::metadata(&cache.0).unwrap().mode() & 0o777, 0o600);
        assert_eq!(cache.read().unwrap().access_token, "tok");
        for length in 0..text.len() {
            std::fs::write(&cache.0, &text[..length]).unwrap();
            assert!(cache.read().is_none(), "{length} bytes");
        }
        cache.write(&record()).unwrap();
        std::fs::set_permissions(&cache.0, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(cache.read().is_none(), "others may have read it");
        cache.write(&record()).unwrap();
        assert_eq!(std::fs::metadata(&cache.0).unwrap().mode() & 0o777, 0o600);
        let elsewhere = folder.path().join("elsewhere");
        std::fs::rename(&cache.0, &elsewhere).unwrap();
        symlink(&elsewhere, &cache.0).unwrap();
        assert!(cache.read().is_none(), "a link isn't ours");
        cache.write(&record()).unwrap();
        assert!(!std::fs::symlink_metadata(&cache.0).unwrap().is_symlink());
        let left = std::fs::read_dir(cache.0.parent().unwrap()).unwrap();
        assert_eq!(left.count(), 1, "nothing half written is left");
    }

    #[test]
    fn what_makes_another_token_makes_another_file() {
        let folder = Path::new("/x");
        let names = [&["a", "b"][..], &["ab", ""], &["a", "b", ""]];
        let names = names.map(|what| Cache::new(folder, what).0);
        assert!(names[0] != names[1] && names[0] != names[2] && names[1] != names[2]);
    }
}
