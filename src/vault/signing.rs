//! Receipts and checkpoints: signed with the desk's Ed25519 key, checked with its public half (RFC 8032).

use ed25519_dalek::{Signature, Signer as _, VerifyingKey};

use super::ring::{PublicKey, Vault};
use crate::domain::log::checkpoint::{Checkpoint, NoteSignature, SignedCheckpoint, key_id};
use crate::domain::reset::receipt::{Receipt, Statement};

impl Vault {
    /// Signs `statement`.
    #[must_use]
    pub fn sign(&self, statement: Statement) -> Receipt {
        let signature = self.sign.sign(statement.to_string().as_bytes()).to_bytes();
        Receipt {
            statement,
            signature,
        }
    }

    /// Signs `checkpoint`, under the name of its log.
    #[must_use]
    pub fn sign_checkpoint(&self, checkpoint: Checkpoint) -> SignedCheckpoint {
        let text = checkpoint.to_string();
        let name = checkpoint.origin.clone();
        let signature = NoteSignature {
            key_id: key_id(&name, &self.public_key().0),
            name,
            bytes: self.sign.sign(text.as_bytes()).to_bytes().to_vec(),
        };
        SignedCheckpoint {
            checkpoint,
            text,
            signatures: vec![signature],
        }
    }
}

/// Checks a receipt against the desk's public key; needs no database.
pub fn verify_receipt(receipt: &Receipt, key: &PublicKey) -> Result<(), ReceiptError> {
    if receipt.statement.desk != key.id() {
        return Err(ReceiptError::OtherDesk {
            found: receipt.statement.desk.clone(),
        });
    }
    let text = receipt.statement.to_string();
    VerifyingKey::from_bytes(&key.0)
        .and_then(|key| {
            key.verify_strict(text.as_bytes(), &Signature::from_bytes(&receipt.signature))
        })
        .map_err(|_| ReceiptError::BadSignature)
}

/// Checks that the desk signed the checkpoint; signatures of others are left alone.
pub fn verify_checkpoint(
    signed: &SignedCheckpoint,
    key: &PublicKey,
) -> Result<(), CheckpointError> {
    let name = &signed.checkpoint.origin;
    let id = key_id(name, &key.0);
    let ours = |signature: &&NoteSignature| signature.name == *name && signature.key_id == id;
    let signature = signed.signatures.iter().find(ours);
    let bytes = &signature.ok_or(CheckpointError::OtherKey)?.bytes;
    Signature::from_slice(bytes)
        .and_then(|signature| {
            VerifyingKey::from_bytes(&key.0)?.verify_strict(signed.text.as_bytes(), &signature)
        })
        .map_err(|_| CheckpointError::BadSignature)
}

/// Why a checkpoint can't be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// The desk's key isn't among those that signed.
    #[error("the checkpoint isn't signed with this desk's key")]
    OtherKey,
    /// It was changed, or never signed by this desk.
    #[error(
        "the checkpoint's signature doesn't match: it was changed, or never came from this desk"
    )]
    BadSignature,
}

/// Why a receipt doesn't hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// Another desk's key signed it, or says so.
    #[error("the receipt names the desk key {found}, which isn't this one")]
    OtherDesk {
        /// The key it names.
        found: String,
    },
    /// It was changed, or never signed by this desk.
    #[error("the signature doesn't match: the receipt was changed, or never came from this desk")]
    BadSignature,
}
