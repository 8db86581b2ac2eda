//! Receipts: signed with the desk's Ed25519 key, checked with its public half (RFC 8032).

use ed25519_dalek::{Signature, Signer as _, VerifyingKey};

use super::key_file::{PublicKey, Vault};
use crate::domain::receipt::{Receipt, Statement};

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
