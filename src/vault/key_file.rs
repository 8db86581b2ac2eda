//! The key file: the ring of keys as TOML, readable by its owner only.

use std::fs::{File, OpenOptions};
use std::io;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use data_encoding::BASE64;
use ed25519_dalek::SigningKey;
use rustix::fs::OFlags;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::halves::Halves;
use super::key::Key;
use super::ring::{SealingKey, Vault};

const HEADER: &str = "\
# Balie's keys. Without this file no enrollment can be opened and no receipt signed: keep a copy in a safe,
# and never in the same place as the database.
";

/// More than a key file with a thousand keys holds, in bytes.
pub(super) const LONGEST: usize = 128 * 1024;

#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
struct KeyText {
    id: String,
    key: String,
}

/// A sealing key. One of 0.1.0 has no halves; one of a machine that only seals lacks the opening half.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
struct SealText {
    id: String,
    key: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    public: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    open: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileText {
    seal: Vec<SealText>,
    sign: KeyText,
}

impl Vault {
    /// Reads the key file, and refuses one that others can read.
    pub fn load(path: &Path) -> Result<Self, KeyFileError> {
        let failed = |source| KeyFileError::Unreadable {
            path: path.to_owned(),
            source,
        };
        // A pipe that nobody writes to isn't waited for.
        let mut file = OpenOptions::new()
            .read(true)
            .custom_flags(OFlags::NONBLOCK.bits().cast_signed())
            .open(path)
            .map_err(failed)?;
        let metadata = file.metadata().map_err(failed)?;
        if !metadata.is_file() {
            return Err(failed(io::Error::other("it isn't a plain file")));
        }
        if metadata.mode() & 0o077 != 0 {
            let mode = metadata.mode() & 0o777;
            return Err(KeyFileError::OpenToOthers {
                path: path.to_owned(),
                mode,
            });
        }
        // All of it at once: a buffer that grows leaves copies behind.
        let mut text = Zeroizing::new(String::with_capacity(LONGEST + 1));
        (&mut file)
            .take(LONGEST as u64 + 1)
            .read_to_string(&mut text)
            .map_err(failed)?;
        Self::from_text(&text).ok_or_else(|| KeyFileError::Malformed {
            path: path.to_owned(),
        })
    }

    /// Reads what a key file holds. What a parser would say may quote a key: it isn't passed on.
    pub(super) fn from_text(text: &str) -> Option<Self> {
        let keys: FileText = toml::from_str(text).ok()?;
        let seal = keys.seal.iter().map(SealingKey::from_text);
        let seal = seal.collect::<Option<Vec<_>>>()?;
        let sign = decode(&keys.sign.key)?;
        (!seal.is_empty()).then(|| Self {
            seal,
            sign: SigningKey::from_bytes(&sign),
        })
    }

    fn to_text(&self) -> Result<Zeroizing<String>, io::Error> {
        let keys = FileText {
            seal: self.seal.iter().map(SealingKey::to_text).collect(),
            sign: KeyText {
                id: self.public_key().id(),
                key: BASE64.encode(Zeroizing::new(self.sign.to_bytes()).as_slice()),
            },
        };
        let toml = Zeroizing::new(toml::to_string(&keys).map_err(io::Error::other)?);
        Ok(Zeroizing::new([HEADER, &toml].concat()))
    }

    /// Writes a new key file with mode 0600; an existing one is never overwritten.
    pub fn create(&self, path: &Path) -> Result<(), KeyFileError> {
        self.write(path).map_err(|source| KeyFileError::Unwritable {
            path: path.to_owned(),
            source,
        })
    }

    /// Puts these keys in the place of the key file's: all at once, so that it's never half written.
    pub fn replace(&self, path: &Path) -> Result<(), KeyFileError> {
        let failed = |source| KeyFileError::Unwritable {
            path: path.to_owned(),
            source,
        };
        // A link may lead to it; the file itself is replaced.
        let path = path.canonicalize().map_err(failed)?;
        let mut new = path.clone().into_os_string();
        new.push(".new");
        let new = PathBuf::from(new);
        // What an interrupted run left behind was never in use.
        match std::fs::remove_file(&new) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
            _ => {}
        }
        self.write(&new).map_err(failed)?;
        std::fs::rename(&new, &path).map_err(failed)?;
        let folder = path.parent().unwrap_or(Path::new("/"));
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(failed)
    }

    fn write(&self, path: &Path) -> io::Result<()> {
        let text = self.to_text()?;
        // Under its own name only once it's whole: of two who set a desk up at once the second reads it.
        let whole = path.with_added_extension(format!("new-{}", std::process::id()));
        // What a killed run of the same number left behind: another name of the key file, or never in use.
        match std::fs::remove_file(&whole) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        write_new(&whole, text.as_bytes())?;
        let named = match std::fs::hard_link(&whole, path) {
            // A file system without hard links.
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                write_new(path, text.as_bytes())
            }
            named => named,
        };
        std::fs::remove_file(&whole)?;
        named
    }
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

impl SealingKey {
    /// An opening half that isn't that of the public one opens nothing that is sealed with it: such a file is damaged.
    fn from_text(text: &SealText) -> Option<Self> {
        let halves = match (&text.public, &text.open) {
            (None, None) => None,
            (None, Some(_)) => return None,
            (Some(public), open) => Some(Halves::new(
                *decode(public)?,
                match open {
                    Some(open) => Some(decode(open)?),
                    None => None,
                },
            )?),
        };
        Some(Self {
            id: text.id.clone(),
            key: decode(&text.key)?,
            halves,
        })
    }

    fn to_text(&self) -> SealText {
        let halves = self.halves.as_ref();
        SealText {
            id: self.id.clone(),
            key: BASE64.encode(self.key.as_slice()),
            public: halves.map(|halves| BASE64.encode(halves.public())),
            open: halves
                .and_then(Halves::open)
                .map(|open| BASE64.encode(open.as_slice())),
        }
    }
}

fn decode(text: &str) -> Option<Key> {
    let bytes = Zeroizing::new(BASE64.decode(text.as_bytes()).ok()?);
    Some(Zeroizing::new(bytes.as_slice().try_into().ok()?))
}

/// Why the key file can't be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// It can't be read.
    #[error("the key file {} can't be read: {source}", path.display())]
    Unreadable {
        /// Where it is.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It can't be written.
    #[error("the key file {} can't be written: {source}", path.display())]
    Unwritable {
        /// Where it was to be.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Others on this machine can read it.
    #[error("others can read the key file {} (mode {mode:03o})", path.display())]
    OpenToOthers {
        /// Where it is.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// It isn't what `init` wrote.
    #[error("the key file {} is damaged: it isn't what `balie init` wrote", path.display())]
    Malformed {
        /// Where it is.
        path: PathBuf,
    },
    /// The key command fails.
    #[error("the key command `{program}` failed: {why}")]
    CommandFailed {
        /// Its program.
        program: String,
        /// How it ended.
        why: String,
    },
    /// The key command prints something else.
    #[error("the key command `{program}` doesn't print what a key file holds")]
    NoKeys {
        /// Its program.
        program: String,
    },
}

impl KeyFileError {
    /// The file's path, where there is none: one may be made.
    #[must_use]
    pub fn missing_file(&self) -> Option<&Path> {
        match self {
            Self::Unreadable { path, source } if source.kind() == io::ErrorKind::NotFound => {
                Some(path)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn vault() -> Vault {
        Vault::generate(&mut rand::rand_core::UnwrapErr(rand::rngs::SysRng))
    }

    #[test]
    fn a_key_file_reads_back_and_is_refused_when_others_can_read_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("keys.toml");
        let vault = vault();
        vault.create(&path).unwrap();
        assert_eq!(
            std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        let read = Vault::load(&path).unwrap();
        assert_eq!(read.public_key(), vault.public_key());
        assert!(matches!(
            vault.create(&path),
            Err(KeyFileError::Unwritable { .. })
        ));
        for mode in [0o640, 0o604, 0o620] {
            std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
            assert!(matches!(
                Vault::load(&path),
                Err(KeyFileError::OpenToOthers { .. })
            ));
        }
    }

    #[test]
    fn a_key_file_is_replaced_whole_and_stays_private() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("keys.toml");
        let mut vault = vault();
        vault.create(&path).unwrap();
        let old = vault.key_ids();
        let new = vault.add_key(&mut rand::rand_core::UnwrapErr(rand::rngs::SysRng));
        // An interrupted run's rest, open to others, isn't a way in.
        std::fs::write(dir.path().join("keys.toml.new"), "rest").unwrap();
        vault.replace(&path).unwrap();
        let mut read = Vault::load(&path).unwrap();
        assert_eq!(read.key_ids(), [old[0].clone(), new.clone()]);
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
        assert!(read.seal_under(&old[0]) && read.key_ids() == [new.clone(), old[0].clone()]);
        assert!(read.remove_key(&new) && !read.remove_key(&new));
        read.replace(&path).unwrap();
        assert_eq!(Vault::load(&path).unwrap().key_ids(), old);
    }

    #[test]
    fn a_damaged_file_is_not_quoted() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("keys.toml");
        std::fs::write(&path, "seal = [{ id = \"a\", key = \"SECRET\" }]").unwrap();
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o600)).unwrap();
        let error = Vault::load(&path).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("SECRET"));
    }
}
