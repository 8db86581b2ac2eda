//! The short codes and usernames that people type.

use super::text_value::text_value;

text_value! {
    /// A region's code: `utrecht`.
    RegionCode, BadRegionCode,
    "`{0}` isn't a valid region code: 1 to 32 lower-case letters, digits, `-`, `_` or `.`", code
}
text_value! {
    /// An organisation's code: `sch-0042`.
    OrganisationCode, BadOrganisationCode,
    "`{0}` isn't a valid organisation code: 1 to 32 lower-case letters, digits, `-`, `_` or `.`", code
}
text_value! {
    /// An account's username: what its holder logs in with.
    Username, BadUsername,
    "`{0}` isn't a valid username: 1 to 64 lower-case letters, digits, `.`, `-`, `_` or `@`", username
}
text_value! {
    /// A role at a school: `teacher`, `director`, whatever the directory calls it.
    RoleName, BadRoleName,
    "`{0}` isn't a valid role name: 1 to 32 lower-case letters, digits, `-` or `_`", role
}

fn code(text: &str) -> Option<String> {
    shaped(text, 32, b"-_.")
}

fn username(text: &str) -> Option<String> {
    shaped(text, 64, b".-_@")
}

fn role(text: &str) -> Option<String> {
    shaped(text, 32, b"-_")
}

/// Lower-cases; starts with a letter or digit, so that none is taken for an option.
fn shaped(text: &str, longest: usize, signs: &[u8]) -> Option<String> {
    let fits = |b: u8| b.is_ascii_alphanumeric() || signs.contains(&b);
    let starts_well = text
        .bytes()
        .next()
        .is_some_and(|b| b.is_ascii_alphanumeric());
    (starts_well && text.len() <= longest && text.bytes().all(fits))
        .then(|| text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usernames_are_plain_and_lower_case() {
        assert_eq!("J.Jansen".parse::<Username>().unwrap().as_str(), "j.jansen");
        for text in ["", "-n", "a b", "a;b", "é", "=cmd", &"a".repeat(65)] {
            assert!(text.parse::<Username>().is_err(), "{text:?} was taken");
        }
    }
}
