//! The key file: sealing keys and the desk's signing key, TOML, readable by its owner only.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use data_encoding::{BASE64, HEXLOWER};
use ed25519_dalek::SigningKey;
use rand::CryptoRng;
use rustix::fs::OFlags;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

const HEADER: &str = "\
# Balie's keys. Without this file no enrollment can be opened and no receipt signed: keep a copy in a safe,
# and never in the same place as the database.
";

/// More than a key file with a thousand keys holds, in bytes.
pub(super) const LONGEST: usize = 128 * 1024;

/// A key of 256 bits.
pub(super) type Key = Zeroizing<[u8; 32]>;

/// The desk's keys, in memory.
pub struct Vault {
    pub(super) seal: Vec<(String, Key)>,
    pub(super) sign: SigningKey,
}

/// The public half of the desk's signing key, to check receipts with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey(pub [u8; 32]);

impl PublicKey {
    /// The key's id: the first 8 bytes of its SHA-256, in hexadecimal.
    #[must_use]
    pub fn id(&self) -> String {
        HEXLOWER.encode(&Sha256::digest(self.0)[..8])
    }

    /// The key as text, for a `desk.pub` file.
    #[must_use]
    pub fn to_text(&self) -> String {
        format!("balie-desk {} {}\n", self.id(), BASE64.encode(&self.0))
    }

    /// Reads what [`Self::to_text`] wrote.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let mut parts = text.split_whitespace();
        let (tag, id, key) = (parts.next()?, parts.next()?, parts.next()?);
        let key = Self(BASE64.decode(key.as_bytes()).ok()?.try_into().ok()?);
        (tag == "balie-desk" && key.id() == id && parts.next().is_none()).then_some(key)
    }
}

#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
struct KeyText {
    id: String,
    key: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileText {
    seal: Vec<KeyText>,
    sign: KeyText,
}

impl Vault {
    /// Fresh keys.
    pub fn generate(rng: &mut dyn CryptoRng) -> Self {
        let mut vault = Self {
            seal: Vec::new(),
            sign: SigningKey::from_bytes(&fresh(rng)),
        };
        vault.add_key(rng);
        vault
    }

    /// Adds a fresh sealing key behind the others, and gives its id back.
    pub fn add_key(&mut self, rng: &mut dyn CryptoRng) -> String {
        let key = fresh(rng);
        let id = HEXLOWER.encode(&Sha256::digest(key.as_slice())[..4]);
        self.seal.push((id.clone(), key));
        id
    }

    /// Takes a sealing key out; no when it isn't there.
    pub fn remove_key(&mut self, id: &str) -> bool {
        let before = self.seal.len();
        self.seal.retain(|(known, _)| known != id);
        self.seal.len() < before
    }

    /// The ids of the sealing keys, the newest last.
    #[must_use]
    pub fn key_ids(&self) -> Vec<String> {
        self.seal.iter().map(|(id, _)| id.clone()).collect()
    }

    /// Seals under the key with that id from now on; no when it isn't there.
    pub fn seal_under(&mut self, id: &str) -> bool {
        let Some(at) = self.seal.iter().position(|(known, _)| known == id) else {
            return false;
        };
        let key = self.seal.remove(at);
        self.seal.push(key);
        true
    }

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
        let decode = |text: &KeyText| -> Option<Key> {
            let bytes = Zeroizing::new(BASE64.decode(text.key.as_bytes()).ok()?);
            Some(Zeroizing::new(bytes.as_slice().try_into().ok()?))
        };
        let seal = keys
            .seal
            .iter()
            .map(|key| Some((key.id.clone(), decode(key)?)))
            .collect::<Option<Vec<_>>>()?;
        let sign = decode(&keys.sign)?;
        (!seal.is_empty()).then(|| Self {
            seal,
            sign: SigningKey::from_bytes(&sign),
        })
    }

    fn to_text(&self) -> Result<Zeroizing<String>, io::Error> {
        let text = |id: &str, key: &[u8; 32]| KeyText {
            id: id.into(),
            key: BASE64.encode(key),
        };
        let keys = FileText {
            seal: self.seal.iter().map(|(id, key)| text(id, key)).collect(),
            sign: text(
                &self.public_key().id(),
                &Zeroizing::new(self.sign.to_bytes()),
            ),
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
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    }

    /// The public half of the signing key.
    #[must_use]
    pub fn public_key(&self) -> PublicKey {
        PublicKey(self.sign.verifying_key().to_bytes())
    }
}

fn fresh(rng: &mut dyn CryptoRng) -> Key {
    let mut key = Zeroizing::new([0; 32]);
    rng.fill_bytes(key.as_mut());
    key
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(..)")
    }
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
        // An interrupted run's rest, open to others, is no way in.
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

    #[test]
    fn the_public_key_reads_back() {
        let key = vault().public_key();
        assert_eq!(PublicKey::from_text(&key.to_text()), Some(key));
    }
}
