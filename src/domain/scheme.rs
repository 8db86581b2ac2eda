//! What kind of URL a text is. Of one that isn't understood nothing else may be shown (rule 16): a password
//! may stand anywhere in it.

/// Those that people write into a config.
const KNOWN: [&str; 13] = [
    "postgres",
    "postgresql",
    "sqlite",
    "mysql",
    "mariadb",
    "file",
    "http",
    "https",
    "smtp",
    "smtps",
    "smtp+plain",
    "imap",
    "imaps",
];

/// The URL's scheme, in small letters, where it's a well-known one.
#[must_use]
pub fn scheme(url: &str) -> Option<&'static str> {
    let (word, _) = url.split_once(':')?;
    KNOWN
        .into_iter()
        .find(|known| known.eq_ignore_ascii_case(word))
}

/// Whether user and password stand in it, before an `@`.
#[must_use]
pub fn has_password(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.rsplit_once('@')
        .is_some_and(|(user, _)| user.contains(':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_is_told_and_nothing_else() {
        assert_eq!(scheme("SMTPS://desk:geheim@h"), Some("smtps"));
        assert_eq!(scheme("geheim:x@h"), None);
        assert!(has_password("smtps://desk:geheim@h") && !has_password("smtps://desk@h:465"));
    }
}
