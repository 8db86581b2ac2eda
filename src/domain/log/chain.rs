//! The lines of the log, and the hash that ties each to the one before.
//!
//! `hash = SHA-256("balie.event/1" ‖ length-prefixed fields ‖ prev_hash)`. The detail is bound by a
//! salted commitment, so that it can be erased and the chain still holds.

use sha2::{Digest, Sha256};

use super::event::Hash;
use crate::domain::timestamp::Timestamp;

/// A line as the database has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'l> {
    /// Its number.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// The login of the operator.
    pub operator: &'l str,
    /// What was done.
    pub action: &'l str,
    /// The account.
    pub account: Option<i64>,
    /// The request.
    pub request: Option<&'l str>,
    /// What binds the detail.
    pub detail_commitment: &'l [u8],
    /// The hash of the line before.
    pub prev_hash: &'l [u8],
}

impl Line<'_> {
    /// The hash over the canonical bytes.
    #[must_use]
    pub fn hash(&self) -> Hash {
        let mut hasher = Sha256::new();
        hasher.update(b"balie.event/1");
        let mut field = |bytes: &[u8]| {
            hasher.update((bytes.len() as u64).to_be_bytes());
            hasher.update(bytes);
        };
        field(&self.seq.to_be_bytes());
        field(&self.at.as_micros().to_be_bytes());
        field(self.operator.as_bytes());
        field(self.action.as_bytes());
        field(
            self.account
                .map(i64::to_be_bytes)
                .as_ref()
                .map_or(&[], |bytes| bytes.as_slice()),
        );
        field(self.request.unwrap_or_default().as_bytes());
        field(self.detail_commitment);
        hasher.update(self.prev_hash);
        hasher.finalize().into()
    }
}

/// What the first line of a desk's log follows.
#[must_use]
pub fn genesis(desk_uid: &str) -> Hash {
    Sha256::new()
        .chain_update(b"balie.genesis/1")
        .chain_update(desk_uid)
        .finalize()
        .into()
}

/// The commitment to a detail: `salt` is 32 random bytes.
#[must_use]
pub fn commitment(salt: &[u8], json: &str) -> Hash {
    Sha256::new()
        .chain_update(b"balie.detail/1")
        .chain_update((salt.len() as u64).to_be_bytes())
        .chain_update(salt)
        .chain_update(json)
        .finalize()
        .into()
}
