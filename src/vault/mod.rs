//! Keys, what is sealed and signed with them, and password hashes. Holds no rule of the desk and no table.

mod halves;
mod key;
mod key_file;
mod key_source;
mod password;
mod ring;
mod seal;
mod sealed_letter;
mod signing;

pub use key_file::KeyFileError;
pub use key_source::KeySource;
pub use password::{HashError, Hasher, PasswordHash, check_in_vain};
pub use ring::{PublicKey, Vault};
pub use seal::{Bound, SealError, SealedSecret};
pub use sealed_letter::{AgeRecipient, NotAnAgeRecipient};
pub use signing::{CheckpointError, ReceiptError, verify_checkpoint, verify_receipt};
