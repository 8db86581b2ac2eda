//! The key file: sealing keys and the desk's signing key, TOML, readable by its owner only.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use data_encoding::{BASE64, HEXLOWER};
use ed25519_dalek::SigningKey;
use rand::CryptoRng;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

const HEADER: &str = "\
# Balie's keys. Without this file no enrollment can be opened and no receipt signed: keep a copy in a safe,
# and never in the same place as the database.
";

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
        let mut fresh = || {
            let mut key = Zeroizing::new([0; 32]);
            rng.fill_bytes(key.as_mut());
            key
        };
        let (seal, sign) = (fresh(), fresh());
        let id = HEXLOWER.encode(&Sha256::digest(seal.as_slice())[..4]);
        Self {
            seal: vec![(id, seal)],
            sign: SigningKey::from_bytes(&sign),
        }
    }

    /// Reads the key file, and refuses one that others can read.
    pub fn load(path: &Path) -> Result<Self, KeyFileError> {
        let failed = |source| KeyFileError::Unreadable {
            path: path.to_owned(),
            source,
        };
        let mut file = File::open(path).map_err(failed)?;
        let metadata = file.metadata().map_err(failed)?;
        if metadata.mode() & 0o077 != 0 {
            let mode = metadata.mode() & 0o777;
            return Err(KeyFileError::OpenToOthers {
                path: path.to_owned(),
                mode,
            });
        }
        let mut text = Zeroizing::new(String::new());
        file.read_to_string(&mut text).map_err(failed)?;
        // What the parser would say may quote the file: it isn't passed on.
        let broken = || KeyFileError::Malformed {
            path: path.to_owned(),
        };
        let keys: FileText = toml::from_str(&text).map_err(|_| broken())?;
        let decode = |text: &KeyText| -> Option<Key> {
            let bytes = Zeroizing::new(BASE64.decode(text.key.as_bytes()).ok()?);
            Some(Zeroizing::new(bytes.as_slice().try_into().ok()?))
        };
        let seal = keys
            .seal
            .iter()
            .map(|key| Some((key.id.clone(), decode(key)?)));
        let seal = seal.collect::<Option<Vec<_>>>().ok_or_else(broken)?;
        let sign = decode(&keys.sign).ok_or_else(broken)?;
        if seal.is_empty() {
            return Err(broken());
        }
        Ok(Self {
            seal,
            sign: SigningKey::from_bytes(&sign),
        })
    }

    /// Writes a new key file with mode 0600; an existing one is never overwritten.
    pub fn create(&self, path: &Path) -> Result<(), KeyFileError> {
        let failed = |source| KeyFileError::Unwritable {
            path: path.to_owned(),
            source,
        };
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
        let toml = toml::to_string(&keys).map_err(|e| failed(io::Error::other(e)))?;
        let toml = Zeroizing::new(toml);
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)
            .map_err(failed)?;
        file.write_all(HEADER.as_bytes()).map_err(failed)?;
        file.write_all(toml.as_bytes()).map_err(failed)?;
        file.sync_all().map_err(failed)
    }

    /// The public half of the signing key.
    #[must_use]
    pub fn public_key(&self) -> PublicKey {
        PublicKey(self.sign.verifying_key().to_bytes())
    }
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
