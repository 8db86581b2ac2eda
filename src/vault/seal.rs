//! Sealing: XChaCha20-Poly1305, bound to the account and the enrollment, so that a sealed secret
//! that is copied to another row doesn't open there (rule 7).

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use rand::CryptoRng;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::key_file::{Key, Vault};

const NONCE: usize = 24;

/// A secret as the database holds it: the nonce, then the ciphertext with its tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedSecret {
    /// The id of the key it is sealed under.
    pub key_id: String,
    /// Nonce and ciphertext.
    pub bytes: Vec<u8>,
}

impl Vault {
    /// Seals `secret` for one enrollment of one account, under the newest key.
    pub fn seal(
        &self,
        secret: &[u8],
        account: i64,
        enrollment: &[u8; 16],
        rng: &mut dyn CryptoRng,
    ) -> Result<SealedSecret, SealError> {
        let (key_id, key) = self.seal.last().ok_or(SealError::NoKey)?;
        let mut nonce = [0; NONCE];
        rng.fill_bytes(&mut nonce);
        let aad = bound_to(account, enrollment);
        let ciphertext = cipher(key)
            .encrypt(
                &XNonce::from(nonce),
                Payload {
                    msg: secret,
                    aad: &aad,
                },
            )
            .map_err(|_| SealError::Broken)?;
        let bytes = [nonce.as_slice(), &ciphertext].concat();
        Ok(SealedSecret {
            key_id: key_id.clone(),
            bytes,
        })
    }

    /// Opens what was sealed for this enrollment of this account.
    pub fn open(
        &self,
        sealed: &SealedSecret,
        account: i64,
        enrollment: &[u8; 16],
    ) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let known = self.seal.iter().find(|(id, _)| *id == sealed.key_id);
        let (_, key) = known.ok_or(SealError::NoKey)?;
        let (nonce, ciphertext) = sealed
            .bytes
            .split_first_chunk::<NONCE>()
            .ok_or(SealError::Broken)?;
        let aad = bound_to(account, enrollment);
        cipher(key)
            .decrypt(
                &XNonce::from(*nonce),
                Payload {
                    msg: ciphertext,
                    aad: &aad,
                },
            )
            .map(Zeroizing::new)
            .map_err(|_| SealError::Broken)
    }

    /// Each sealing key's id, and a value that tells another key of the same id apart.
    #[must_use]
    pub fn check_values(&self) -> Vec<(String, Vec<u8>)> {
        let value = |key: &Key| {
            let mut value = vec![0; 16];
            // 16 bytes are always within what HKDF gives out.
            let expanded =
                Hkdf::<Sha256>::new(None, key.as_ref()).expand(b"balie.check/1", &mut value);
            debug_assert!(expanded.is_ok());
            value
        };
        self.seal
            .iter()
            .map(|(id, key)| (id.clone(), value(key)))
            .collect()
    }
}

fn cipher(key: &Key) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new((&**key).into())
}

fn bound_to(account: i64, enrollment: &[u8; 16]) -> Vec<u8> {
    [
        b"balie.totp/1".as_slice(),
        &account.to_be_bytes(),
        enrollment,
    ]
    .concat()
}

/// Why a seal can't be made or opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The key file doesn't have that key.
    #[error("the key file doesn't have the key that this was sealed under")]
    NoKey,
    /// The seal is broken, or was made for another account.
    #[error("the seal doesn't hold: it was changed, or made for another account")]
    Broken,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_opens_for_its_own_row_only() {
        let rng = &mut rand::rand_core::UnwrapErr(rand::rngs::SysRng);
        let vault = Vault::generate(rng);
        let sealed = vault
            .seal(b"12345678901234567890", 7, &[1; 16], rng)
            .unwrap();
        assert_eq!(
            *vault.open(&sealed, 7, &[1; 16]).unwrap(),
            b"12345678901234567890"
        );
        assert_eq!(vault.open(&sealed, 8, &[1; 16]), Err(SealError::Broken));
        assert_eq!(vault.open(&sealed, 7, &[2; 16]), Err(SealError::Broken));
        assert_eq!(
            Vault::generate(rng).open(&sealed, 7, &[1; 16]),
            Err(SealError::NoKey)
        );
        for at in 0..sealed.bytes.len() {
            let mut bytes = sealed.bytes.clone();
            bytes[at] ^= 1;
            let changed = SealedSecret {
                bytes,
                ..sealed.clone()
            };
            assert_eq!(
                vault.open(&changed, 7, &[1; 16]),
                Err(SealError::Broken),
                "byte {at}"
            );
        }
    }
}
