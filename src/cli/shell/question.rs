//! Questions that more than one command asks.

use crate::cli::language;
use crate::cli::language::said;

/// What is approved, and for how many.
pub(in crate::cli) fn approval(id: &str, accounts: impl TryInto<u64>) -> String {
    let accounts = language::accounts(accounts);
    said!("Approve {id} for {accounts}", id = id, accounts = accounts)
}
