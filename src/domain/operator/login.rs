//! An operator's login name, and the passwords that are taken.

use crate::domain::text_value::text_value;

/// Shortest password that is taken, in characters. NIST SP 800-63B-4 3.1.1.2 asks for 8 beside a second
/// factor; operators open other people's accounts.
pub const SHORTEST_PASSWORD: usize = 12;
/// Longest password that is taken, in bytes.
pub const LONGEST_PASSWORD: usize = 1_024;

text_value! {
    /// What an operator logs in with.
    Login, BadLogin,
    "`{0}` isn't a valid login: 1 to 64 lower-case letters, digits, `.`, `-`, `_` or `@`", login
}

fn login(text: &str) -> Option<String> {
    let starts_well = text
        .bytes()
        .next()
        .is_some_and(|b| b.is_ascii_alphanumeric());
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-_@".contains(&b);
    (starts_well && text.len() <= 64 && text.bytes().all(fits)).then(|| text.to_owned())
}
