//! The code of a challenge.

use rand::CryptoRng;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::id::RequestId;
use crate::domain::code::Username;
use crate::domain::code32;
use crate::domain::log::event::Hash;

/// Characters of a code: almost 40 bits, as at least one is a digit.
pub(super) const LENGTH: usize = 8;
/// A code.
#[derive(Clone, PartialEq, Eq)]
pub struct ChallengeCode(Zeroizing<String>);

/// A text that isn't a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this isn't a challenge code: it has 8 letters and digits, such as 7KQM-3X9D")]
pub struct BadChallengeCode;

impl ChallengeCode {
    /// A fresh one. It has a digit, so that it spells no word.
    pub fn draw(rng: &mut dyn CryptoRng) -> Self {
        loop {
            let code = Zeroizing::new(code32::draw(rng, LENGTH));
            if has_digit(&code) {
                return Self(code);
            }
        }
    }

    /// What was typed, as it was meant.
    pub fn read(text: &str) -> Result<Self, BadChallengeCode> {
        let code = code32::read(text).map(Zeroizing::new);
        let code = code.filter(|code| code.len() == LENGTH);
        code.map(Self).ok_or(BadChallengeCode)
    }

    /// As it's mailed: in two halves.
    #[must_use]
    pub fn in_halves(&self) -> Zeroizing<String> {
        let (left, right) = self.0.split_at(LENGTH / 2);
        Zeroizing::new(format!("{left}-{right}"))
    }

    /// What the hash on file is over: the code, for this request, for exactly these accounts, in this mail. A
    /// digest, as a request may be for thousands.
    #[must_use]
    pub fn bound_to(
        &self,
        request: &RequestId,
        accounts: &[Username],
        uid: &[u8],
    ) -> Zeroizing<Hash> {
        let mut accounts: Vec<&str> = accounts.iter().map(Username::as_str).collect();
        accounts.sort_unstable();
        let mut digest = Sha256::new().chain_update(b"balie.challenge-code/1");
        let fields = [self.0.as_bytes(), request.as_str().as_bytes(), uid];
        for field in fields
            .into_iter()
            .chain(accounts.iter().map(|name| name.as_bytes()))
        {
            digest.update((field.len() as u64).to_be_bytes());
            digest.update(field);
        }
        Zeroizing::new(digest.finalize().into())
    }
}

/// A code has one, so that it spells no word.
pub(super) fn has_digit(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

impl std::fmt::Debug for ChallengeCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ChallengeCode(..)")
    }
}
