//! A key of two halves: whoever has the public one seals, and only the other one opens (HPKE in its base mode,
//! RFC 9180: X25519, HKDF-SHA256, ChaCha20-Poly1305).

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{
    Deserializable as _, Kem, OpModeR, OpModeS, Serializable as _, single_shot_open,
    single_shot_seal_with_rng,
};
use rand::CryptoRng;
use zeroize::Zeroizing;

use super::key::Key;

/// What this is used for (RFC 9180 §5.1).
const INFO: &[u8] = b"balie.seal-to-half/1";
/// The bytes of an encapsulated key.
const ENCAPSULATED: usize = 32;

type Public = <X25519HkdfSha256 as Kem>::PublicKey;
type Private = <X25519HkdfSha256 as Kem>::PrivateKey;

/// The halves.
pub(super) struct Halves {
    public: [u8; 32],
    open: Option<Key>,
}

/// The seal wasn't made for these halves, or for this.
pub(super) struct DoesNotHold;

impl Halves {
    /// Halves that belong together; nothing where they don't.
    pub(super) fn new(public: [u8; 32], open: Option<Key>) -> Option<Self> {
        Public::from_bytes(&public).ok()?;
        if let Some(open) = &open {
            let private = Private::from_bytes(open.as_slice()).ok()?;
            if X25519HkdfSha256::sk_to_pk(&private).to_bytes().as_slice() != public {
                return None;
            }
        }
        Some(Self { public, open })
    }

    /// Fresh ones.
    pub(super) fn draw(mut rng: &mut dyn CryptoRng) -> Self {
        let (private, public) = X25519HkdfSha256::gen_keypair_with_rng(&mut rng);
        Self {
            public: public.to_bytes().into(),
            open: Some(Zeroizing::new(private.to_bytes().into())),
        }
    }

    /// What whoever only seals has.
    pub(super) const fn without_opening(&self) -> Self {
        Self {
            public: self.public,
            open: None,
        }
    }

    /// The public half.
    pub(super) const fn public(&self) -> &[u8] {
        &self.public
    }

    /// The other one, where it's here.
    pub(super) const fn open(&self) -> Option<&Key> {
        self.open.as_ref()
    }

    /// Seals for whoever has the opening half: the encapsulated key, then the ciphertext with its tag.
    pub(super) fn seal(
        &self,
        secret: &[u8],
        aad: &[u8],
        mut rng: &mut dyn CryptoRng,
    ) -> Result<Vec<u8>, DoesNotHold> {
        let public = Public::from_bytes(&self.public).map_err(|_| DoesNotHold)?;
        let sealed = single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeS::Base,
            &public,
            INFO,
            secret,
            aad,
            &mut rng,
        );
        let (encapsulated, ciphertext) = sealed.map_err(|_| DoesNotHold)?;
        Ok([encapsulated.to_bytes().as_slice(), &ciphertext].concat())
    }

    /// Opens what [`Self::seal`] made, with the opening half.
    pub(super) fn unseal(
        open: &Key,
        sealed: &[u8],
        aad: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, DoesNotHold> {
        let private = Private::from_bytes(open.as_slice()).map_err(|_| DoesNotHold)?;
        let (encapsulated, ciphertext) = sealed
            .split_first_chunk::<ENCAPSULATED>()
            .ok_or(DoesNotHold)?;
        let encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(encapsulated)
            .map_err(|_| DoesNotHold)?;
        single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &private,
            &encapsulated,
            INFO,
            ciphertext,
            aad,
        )
        .map(Zeroizing::new)
        .map_err(|_| DoesNotHold)
    }
}
