//! Where a database is, as somebody wrote it down. What isn't understood is refused and never quoted: it may
//! hold a password (rule 16).

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use sqlx::postgres::PgConnectOptions;

use crate::domain::scheme::scheme;

/// What `sslmode` may say (libpq's words).
const SSL_MODES: [&str; 6] = [
    "disable",
    "allow",
    "prefer",
    "require",
    "verify-ca",
    "verify-full",
];

/// The words of libpq's `key=value` form, which isn't taken.
const KEYS: [&str; 8] = [
    "host", "hostaddr", "port", "dbname", "user", "password", "service", "sslmode",
];

/// Where the database is.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file.
    Sqlite(PathBuf),
    /// A server, by its URL.
    Postgres(String),
}

impl FromStr for DatabaseUrl {
    type Err = NotADatabaseUrl;

    fn from_str(text: &str) -> Result<Self, NotADatabaseUrl> {
        let rest = |scheme: &str| &text[scheme.len() + 1..];
        match scheme(text) {
            Some(found @ ("postgres" | "postgresql")) => {
                let rest = rest(found);
                let rest = rest.strip_prefix("//").ok_or(NotADatabaseUrl::Postgres)?;
                check_postgres(rest)?;
                Ok(Self::Postgres(format!("{found}://{rest}")))
            }
            Some("sqlite") => {
                let path = rest("sqlite");
                let path = path.strip_prefix("//").unwrap_or(path);
                if path.contains('?') {
                    return Err(NotADatabaseUrl::Parameters);
                }
                file(path)
            }
            Some(_) => Err(NotADatabaseUrl::Other),
            None if looks_like_a_url(text) => Err(NotADatabaseUrl::Other),
            None if is_key_value(text) => Err(NotADatabaseUrl::KeyValue),
            None => file(text),
        }
    }
}

fn file(path: &str) -> Result<DatabaseUrl, NotADatabaseUrl> {
    if path.starts_with('~') {
        return Err(NotADatabaseUrl::Tilde);
    }
    if path.is_empty() || path.contains("://") || path.contains(":memory:") {
        return Err(NotADatabaseUrl::Other);
    }
    Ok(DatabaseUrl::Sqlite(path.into()))
}

/// Whether the driver takes it, and reads as user and password what was meant as such: what is before
/// an `@` is either, wherever an unescaped `/`, `?` or `#` may have ended it.
fn check_postgres(rest: &str) -> Result<(), NotADatabaseUrl> {
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    if rest[end..].contains('@') || rest.contains('#') || rest[..end].matches('@').count() > 1 {
        return Err(NotADatabaseUrl::Postgres);
    }
    let modes = parameters(rest).filter(|(key, _)| matches!(*key, "sslmode" | "ssl-mode"));
    if modes
        .map(|(_, mode)| mode)
        .any(|mode| !SSL_MODES.contains(&mode))
    {
        return Err(NotADatabaseUrl::SslMode);
    }
    let parsed: Result<PgConnectOptions, _> = format!("postgres://{rest}").parse();
    parsed.map(drop).map_err(|_| NotADatabaseUrl::Postgres)
}

/// Whether a URL says as whom to connect.
pub(super) fn names_user(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    rest[..end].contains('@') || parameters(rest).any(|(key, _)| key == "user")
}

fn parameters(rest: &str) -> impl Iterator<Item = (&str, &str)> {
    let query = rest.split_once('?').map_or("", |(_, query)| query);
    query.split('&').filter_map(|pair| pair.split_once('='))
}

/// `word:` at the beginning, which no file of a desk is called.
fn looks_like_a_url(text: &str) -> bool {
    let word = text.split_once(':').map_or("", |(word, _)| word);
    word.len() > 1
        && word
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

fn is_key_value(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        let key = word.split_once('=').map(|(key, _)| key);
        key.is_some_and(|key| KEYS.contains(&key))
    })
}

impl fmt::Display for DatabaseUrl {
    /// The URL without user, password and parameters; only where a socket is stays in.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = match self {
            Self::Sqlite(path) => return write!(f, "sqlite:{}", path.display()),
            Self::Postgres(url) => url,
        };
        let (scheme, rest) = url.split_once("://").unwrap_or(("postgres", ""));
        let place = rest.split('?').next().unwrap_or_default();
        let (authority, database) = place.split_once('/').unwrap_or((place, ""));
        let host = authority
            .rsplit_once('@')
            .map_or(authority, |(_, host)| host);
        write!(f, "{scheme}://{host}/{database}")?;
        match parameters(rest).find(|(key, _)| *key == "host") {
            Some((_, host)) => write!(f, "?host={host}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Why a text names no database. It never says which text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotADatabaseUrl {
    /// `postgres:`, and then something that the driver doesn't take.
    #[error("the PostgreSQL URL can't be understood")]
    Postgres,
    /// An unknown `sslmode`.
    #[error("the PostgreSQL URL has an unknown `sslmode`")]
    SslMode,
    /// `sqlite:FILE?…`
    #[error("the SQLite URL has parameters, but balie doesn't take any")]
    Parameters,
    /// `host=… user=…`
    #[error("the database is given as `key=value` pairs, but balie takes a URL or a file")]
    KeyValue,
    /// `~/…`
    #[error("the database's file begins with `~`, which only a shell understands")]
    Tilde,
    /// Anything else.
    #[error("the database is neither a file, nor `sqlite:FILE`, nor `postgres://…`")]
    Other,
}

impl NotADatabaseUrl {
    /// How to write it.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Postgres => {
                "write postgres://user@host:5432/database; in user and password percent-encode what isn't a letter or a digit (`@` as %40, `/` as %2F, `?` as %3F, `#` as %23), or leave the password to ~/.pgpass"
            }
            Self::SslMode => {
                "`sslmode` is disable, allow, prefer, require, verify-ca or verify-full"
            }
            Self::Parameters => "write sqlite:FILE, without `?` and what follows it",
            Self::KeyValue => "write postgres://user@host:5432/database",
            Self::Tilde => "write the full path: /home/…",
            Self::Other => {
                "pass --database URL, or correct `[database] url`; a file whose name contains a colon is written ./NAME"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_a_database_is_taken_as_it_stands() {
        for file in [
            "balie.db",
            "/srv/a b.db",
            "./postgres:x",
            "dir/host=x.db",
            "a?b",
        ] {
            assert_eq!(file.parse(), Ok(DatabaseUrl::Sqlite(file.into())));
        }
        assert_eq!(
            "sqlite:x.db".parse(),
            Ok(DatabaseUrl::Sqlite("x.db".into()))
        );
        let url: DatabaseUrl = "POSTGRES://desk:s%3Fcret@db.example:5433/balie?sslmode=require"
            .parse()
            .unwrap();
        assert_eq!(url.to_string(), "postgres://db.example:5433/balie");
        let url: DatabaseUrl = "postgres:///balie?host=/run/pg&user=desk&password=geheim"
            .parse()
            .unwrap();
        assert_eq!(url.to_string(), "postgres:///balie?host=/run/pg");
    }

    #[test]
    fn what_names_none_is_refused_and_not_quoted() {
        for text in [
            "postgres:/desk:geheim@h/db",
            "postgres:geheim",
            "postgres://sys_d:7Mr?Egeheim@127.0.0.1/db",
            "Postgres://sys_d:7?geheim@127.0.0.1/db",
            "postgres://desk:ge/heim@h/db",
            "postgres://desk:ge#heim@h/db",
            "postgres://desk:ge@heim@h/db",
            "postgres://desk:geheim@h:port/db",
            "postgres://desk:geheim@h/db?sslmode=geheim",
            "postgres://h/db?password=ge@heim",
            "mysql://desk:geheim@h/db",
            "geheim:x@h/db",
            "host=h user=desk password=geheim dbname=db",
            "password=geheim host=h",
            "sqlite:geheim.db?mode=rwc",
            "sqlite://geheim.db?key=geheim",
            "file:geheim.db",
            "~/geheim.db",
            "sqlite:~/geheim.db",
            "",
            "sqlite:",
            ":memory:",
        ] {
            let error = text.parse::<DatabaseUrl>().unwrap_err();
            let said = format!("{error} {error:?} {}", error.hint());
            assert!(
                !said.contains("heim") && !said.contains("7Mr"),
                "{text}: {said}"
            );
        }
    }
}
