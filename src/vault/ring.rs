//! The ring of keys in memory: sealing keys, each with two halves, and the desk's signing key. A ring without opening
//! halves resets and signs, and opens no account's secret.

use data_encoding::{BASE64, HEXLOWER};
use ed25519_dalek::SigningKey;
use hkdf::Hkdf;
use rand::CryptoRng;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::halves::Halves;
use super::key::Key;

/// The desk's keys, in memory.
pub struct Vault {
    pub(super) seal: Vec<SealingKey>,
    pub(super) sign: SigningKey,
}

/// A sealing key.
pub(super) struct SealingKey {
    /// The first 4 bytes of a digest, in hexadecimal.
    pub(super) id: String,
    /// Operators' authenticators are sealed with it: whoever logs in opens one. So is everything else, where there are
    /// no halves.
    pub(super) key: Key,
    /// What accounts' secrets and codes by mail are sealed with; nothing in a key of 0.1.0.
    pub(super) halves: Option<Halves>,
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
        let halves = Halves::draw(rng);
        let digest = Sha256::new()
            .chain_update(key.as_slice())
            .chain_update(halves.public());
        let id = HEXLOWER.encode(&digest.finalize()[..4]);
        self.seal.push(SealingKey {
            id: id.clone(),
            key,
            halves: Some(halves),
        });
        id
    }

    /// Takes a sealing key out; no when it isn't there.
    pub fn remove_key(&mut self, id: &str) -> bool {
        let before = self.seal.len();
        self.seal.retain(|known| known.id != id);
        self.seal.len() < before
    }

    /// The ids of the sealing keys, the newest last.
    #[must_use]
    pub fn key_ids(&self) -> Vec<String> {
        self.seal.iter().map(|key| key.id.clone()).collect()
    }

    /// Seals under the key with that id from now on; no when it isn't there.
    pub fn seal_under(&mut self, id: &str) -> bool {
        let Some(at) = self.seal.iter().position(|known| known.id == id) else {
            return false;
        };
        let key = self.seal.remove(at);
        self.seal.push(key);
        true
    }

    /// Whether secrets of accounts that are sealed from now on can be opened with this ring.
    #[must_use]
    pub fn can_open(&self) -> bool {
        let newest = self.seal.last().map(|key| key.halves.as_ref());
        newest.is_some_and(|halves| halves.is_none_or(|halves| halves.open().is_some()))
    }

    /// The ring of a machine that only seals: the key with that id alone, without its opening half. Nothing for a key
    /// that has no halves.
    #[must_use]
    pub fn without_opening(&self, id: &str) -> Option<Self> {
        let key = self.seal.iter().find(|key| key.id == id)?;
        Some(Self {
            seal: vec![SealingKey {
                id: key.id.clone(),
                key: key.key.clone(),
                halves: Some(key.halves.as_ref()?.without_opening()),
            }],
            sign: self.sign.clone(),
        })
    }

    /// Each sealing key's id, and a value that tells another key of the same id apart.
    #[must_use]
    pub fn check_values(&self) -> Vec<(String, Vec<u8>)> {
        let value = |key: &SealingKey| {
            let mut value = vec![0; 16];
            let about = match &key.halves {
                None => b"balie.check/1".to_vec(),
                Some(halves) => [b"balie.check-of-halves/1".as_slice(), halves.public()].concat(),
            };
            // 16 bytes are always within what HKDF gives out.
            let expanded = Hkdf::<Sha256>::new(None, key.key.as_slice()).expand(&about, &mut value);
            debug_assert!(expanded.is_ok());
            value
        };
        self.seal
            .iter()
            .map(|key| (key.id.clone(), value(key)))
            .collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_key_reads_back() {
        let vault = Vault::generate(&mut rand::rand_core::UnwrapErr(rand::rngs::SysRng));
        let key = vault.public_key();
        assert_eq!(PublicKey::from_text(&key.to_text()), Some(key));
    }
}
