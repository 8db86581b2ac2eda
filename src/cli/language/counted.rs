//! Things with how many there are.

use super::said::said;

/// `1 account`, `12 accounts`
pub(in crate::cli) fn accounts(number: impl TryInto<u64>) -> String {
    match number.try_into().unwrap_or_default() {
        1 => said!("1 account"),
        number => said!("{number} accounts", number = number),
    }
}
