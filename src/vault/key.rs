//! A symmetric key.

use zeroize::Zeroizing;

/// A key of 256 bits, wiped when it goes.
pub(super) type Key = Zeroizing<[u8; 32]>;
