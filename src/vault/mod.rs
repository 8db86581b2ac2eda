//! Keys, and what is sealed and signed with them. Holds no rule of the desk and no table.

mod key_file;
mod seal;
mod signing;

pub use key_file::{KeyFileError, PublicKey, Vault};
pub use seal::{Bound, SealError, SealedSecret};
pub use signing::{ReceiptError, verify_receipt};
