//! Sealing: to the public half of a key (RFC 9180), or with XChaCha20-Poly1305; bound to the row that it is in, so that a sealed secret that is
//! copied to another row doesn't open there (rule 7).

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use rand::CryptoRng;
use zeroize::Zeroizing;

use super::halves::{DoesNotHold, Halves};
use super::key::Key;
use super::ring::Vault;

const NONCE: usize = 24;

/// A secret as the database holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedSecret {
    /// The id of the key it is sealed under.
    pub key_id: String,
    /// The nonce or the encapsulated key, then the ciphertext with its tag.
    pub bytes: Vec<u8>,
}

/// What a seal is bound to.
#[derive(Clone, Copy, Debug)]
pub enum Bound<'b> {
    /// One enrollment of one account.
    Enrollment {
        /// The account's internal id.
        account: i64,
        /// The enrollment's own id.
        uid: &'b [u8; 16],
    },
    /// One authenticator of one operator.
    Operator {
        /// The operator's internal id.
        operator: i64,
        /// The authenticator's own id.
        uid: &'b [u8; 16],
    },
    /// One mail of the outbox.
    Mail {
        /// Its Message-ID.
        message_id: &'b str,
    },
}

impl Bound<'_> {
    const fn is_operators(&self) -> bool {
        matches!(self, Self::Operator { .. })
    }

    fn as_bytes(&self) -> Vec<u8> {
        match self {
            Self::Enrollment { account, uid } => {
                [b"balie.totp/1".as_slice(), &account.to_be_bytes(), *uid].concat()
            }
            Self::Operator { operator, uid } => [
                b"balie.operator/1".as_slice(),
                &operator.to_be_bytes(),
                *uid,
            ]
            .concat(),
            Self::Mail { message_id } => {
                [b"balie.mail/1".as_slice(), message_id.as_bytes()].concat()
            }
        }
    }
}

impl Vault {
    /// Seals `secret` for that row alone, under the newest key. Whoever logs in opens an operator's authenticator; what
    /// is an account's or goes by mail is sealed to the public half.
    pub fn seal(
        &self,
        secret: &[u8],
        bound: &Bound<'_>,
        rng: &mut dyn CryptoRng,
    ) -> Result<SealedSecret, SealError> {
        let no_key = || SealError::NoKey {
            key_id: "none".into(),
        };
        let key = self.seal.last().ok_or_else(no_key)?;
        let aad = bound.as_bytes();
        let bytes = match &key.halves {
            Some(halves) if !bound.is_operators() => halves
                .seal(secret, &aad, rng)
                .map_err(|DoesNotHold| SealError::Broken)?,
            _ => sealed_with(&key.key, secret, &aad, rng)?,
        };
        Ok(SealedSecret {
            key_id: key.id.clone(),
            bytes,
        })
    }

    /// Opens what was sealed for that row.
    pub fn open(
        &self,
        sealed: &SealedSecret,
        bound: &Bound<'_>,
    ) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let known = self.seal.iter().find(|key| key.id == sealed.key_id);
        let key = known.ok_or_else(|| SealError::NoKey {
            key_id: sealed.key_id.clone(),
        })?;
        let aad = bound.as_bytes();
        match &key.halves {
            Some(halves) if !bound.is_operators() => {
                let open = halves.open().ok_or_else(|| SealError::OnlySeals {
                    key_id: key.id.clone(),
                })?;
                Halves::unseal(open, &sealed.bytes, &aad).map_err(|DoesNotHold| SealError::Broken)
            }
            _ => opened_with(&key.key, &sealed.bytes, &aad),
        }
    }
}

fn sealed_with(
    key: &Key,
    secret: &[u8],
    aad: &[u8],
    rng: &mut dyn CryptoRng,
) -> Result<Vec<u8>, SealError> {
    let mut nonce = [0; NONCE];
    rng.fill_bytes(&mut nonce);
    let payload = Payload { msg: secret, aad };
    let ciphertext = cipher(key)
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| SealError::Broken)?;
    Ok([nonce.as_slice(), &ciphertext].concat())
}

fn opened_with(key: &Key, sealed: &[u8], aad: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let (nonce, msg) = sealed
        .split_first_chunk::<NONCE>()
        .ok_or(SealError::Broken)?;
    cipher(key)
        .decrypt(&XNonce::from(*nonce), Payload { msg, aad })
        .map(Zeroizing::new)
        .map_err(|_| SealError::Broken)
}

fn cipher(key: &Key) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new((&**key).into())
}

/// Why a seal can't be made or opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The keys don't have that one.
    #[error("this was sealed under the key {key_id}, which isn't among the keys here")]
    NoKey {
        /// Its id.
        key_id: String,
    },
    /// The keys here seal, and don't open.
    #[error("this was sealed under the key {key_id}, whose opening half isn't on this machine")]
    OnlySeals {
        /// Its id.
        key_id: String,
    },
    /// The seal is broken, or was made for another row.
    #[error("the seal doesn't hold: it was changed, or made for another account or mail")]
    Broken,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_opens_for_its_own_row_only() {
        let rng = &mut rand::rand_core::UnwrapErr(rand::rngs::SysRng);
        let vault = Vault::generate(rng);
        let own = Bound::Enrollment {
            account: 7,
            uid: &[1; 16],
        };
        let sealed = vault.seal(b"12345678901234567890", &own, rng).unwrap();
        assert_eq!(*vault.open(&sealed, &own).unwrap(), b"12345678901234567890");
        for other in [
            Bound::Enrollment {
                account: 8,
                uid: &[1; 16],
            },
            Bound::Enrollment {
                account: 7,
                uid: &[2; 16],
            },
            Bound::Operator {
                operator: 7,
                uid: &[1; 16],
            },
            Bound::Mail { message_id: "7" },
        ] {
            assert_eq!(vault.open(&sealed, &other), Err(SealError::Broken));
        }
        assert_eq!(
            Vault::generate(rng).open(&sealed, &own),
            Err(SealError::NoKey {
                key_id: sealed.key_id.clone()
            })
        );
        for at in 0..sealed.bytes.len() {
            let mut bytes = sealed.bytes.clone();
            bytes[at] ^= 1;
            let changed = SealedSecret {
                bytes,
                ..sealed.clone()
            };
            assert_eq!(
                vault.open(&changed, &own),
                Err(SealError::Broken),
                "byte {at}"
            );
        }
    }
}
