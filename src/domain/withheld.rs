//! Messages that a mailbox lists and doesn't hand over. Each is set aside under a name of its own, so
//! that it can still be taken under its plain one once its text can be had.

/// What the name of such a message ends in.
pub const WITHHELD: &str = " withheld";

/// The name under which a message is set aside whose text can't be had now.
#[must_use]
pub fn withheld(item: &str) -> String {
    format!("{item}{WITHHELD}")
}

/// The plain name of a message that is set aside as [`withheld`].
#[must_use]
pub fn plain_name(item: &str) -> Option<&str> {
    item.strip_suffix(WITHHELD)
}
