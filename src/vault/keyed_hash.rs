//! Keyed hashes of short codes: HMAC-SHA256 under a key of the vault, so that whoever reads the
//! database can't try codes against it.

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::key_file::{Key, Vault};
use super::seal::SealError;

impl Vault {
    /// The keyed hash of `bytes` under the newest key, and that key's id.
    pub fn keyed_hash(&self, bytes: &[u8]) -> Result<(String, Vec<u8>), SealError> {
        let (key_id, key) = self.seal.last().ok_or_else(|| no_key("none"))?;
        let hash = mac(key, bytes)?.finalize().into_bytes().to_vec();
        Ok((key_id.clone(), hash))
    }

    /// Whether `hash` is that of `bytes`, in a time that doesn't tell how much of it fits.
    pub fn keyed_hash_fits(
        &self,
        key_id: &str,
        bytes: &[u8],
        hash: &[u8],
    ) -> Result<bool, SealError> {
        let known = self.seal.iter().find(|(id, _)| id == key_id);
        let (_, key) = known.ok_or_else(|| no_key(key_id))?;
        Ok(mac(key, bytes)?.verify_slice(hash).is_ok())
    }
}

fn no_key(id: &str) -> SealError {
    SealError::NoKey { key_id: id.into() }
}

fn mac(key: &Key, bytes: &[u8]) -> Result<Hmac<Sha256>, SealError> {
    let mut derived = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(None, key.as_ref())
        .expand(b"balie.keyed-hash/1", derived.as_mut())
        .map_err(|_| SealError::Broken)?;
    let mut mac =
        Hmac::<Sha256>::new_from_slice(derived.as_ref()).map_err(|_| SealError::Broken)?;
    mac.update(bytes);
    Ok(mac)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_fits_its_own_bytes_under_its_own_key_only() {
        let rng = &mut rand::rand_core::UnwrapErr(rand::rngs::SysRng);
        let vault = Vault::generate(rng);
        let (key, hash) = vault.keyed_hash(b"code").unwrap();
        assert_eq!(vault.keyed_hash_fits(&key, b"code", &hash), Ok(true));
        assert_eq!(vault.keyed_hash_fits(&key, b"cod", &hash), Ok(false));
        assert_eq!(vault.keyed_hash_fits(&key, b"code", &hash[..31]), Ok(false));
        assert_eq!(
            Vault::generate(rng).keyed_hash_fits(&key, b"code", &hash),
            Err(no_key(&key))
        );
    }
}
