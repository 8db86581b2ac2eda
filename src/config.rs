//! The config file (TOML), with `BALIE_SECTION_KEY` from the environment on top.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::{Table, Value};

use crate::domain::policy::Policy;
use crate::domain::retention::Retention;

/// Every key that there is.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Config {
    /// Where the database is.
    pub database: DatabaseSection,
    /// Where the keys are.
    pub keys: KeysSection,
    /// Who works here.
    pub operator: OperatorSection,
    /// Which DNS server to ask.
    pub dns: DnsSection,
    /// How mail goes out.
    pub smtp: SmtpSection,
    /// How mail comes in.
    pub imap: ImapSection,
    /// What is trusted in a mail.
    pub mail: MailSection,
    /// The numbers of the desk's rules.
    pub policy: Policy,
    /// How long personal detail is kept.
    pub retention: Retention,
}

macro_rules! section {
    ($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident: $type:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, Deserialize)]
        #[serde(default)]
        pub struct $name { $($(#[$fdoc])* pub $field: $type),* }
    };
}

section!(
    /// `[database]`
    DatabaseSection {
        /// A file, `sqlite:FILE` or `postgres://…`.
        url: Option<String>,
        /// How long to wait for somebody else's write, in seconds.
        wait_seconds: Option<u32>,
    }
);
section!(
    /// `[keys]`
    KeysSection {
        /// The key file.
        file: Option<PathBuf>,
        /// A command that prints what the key file would hold; it goes before the file.
        command: Option<KeyCommand>,
    }
);

/// `[keys] command`.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum KeyCommand {
    /// One line, for `sh -c`.
    Shell(String),
    /// A program and its arguments; no shell reads them.
    Program(Vec<String>),
}
section!(
    /// `[operator]`
    OperatorSection {
        /// The login to work under, instead of the system user's.
        login: Option<String>,
    }
);
section!(
    /// `[dns]`
    DnsSection {
        /// `ADDRESS:PORT`; the system's resolver when absent.
        server: Option<String>,
    }
);
section!(
    /// `[smtp]`
    SmtpSection {
        /// `smtps://host`, `smtp://host` (STARTTLS required), or, on loopback only, `smtp+plain://host`.
        url: Option<String>,
        /// The sender of every mail.
        from: Option<String>,
        /// The name that the server is greeted with (EHLO); the sender's domain when absent.
        ehlo: Option<String>,
        /// A file with the password, readable by its owner only.
        password_file: Option<PathBuf>,
    }
);
section!(
    /// `[imap]`
    ImapSection {
        /// Where the mailbox is.
        url: Option<String>,
        /// Its user.
        user: Option<String>,
        /// A file with the password.
        password_file: Option<PathBuf>,
        /// What becomes of a message once it was taken: `leave`, `seen` or `move:FOLDER`.
        after: Option<String>,
    }
);
section!(
    /// `[mail]`
    MailSection {
        /// Hosts whose Authentication-Results are read.
        authserv_ids: Vec<String>,
        /// Domains whose ARC seals count.
        trusted_arc_sealers: Vec<String>,
        /// Microsoft is asked whether a mail that it signed came from inside the school.
        microsoft_origin: Option<bool>,
    }
);

#[derive(Clone, Copy)]
enum Kind {
    Text,
    Number,
    List,
    Switch,
}

const KEYS: &[(&str, &str, Kind)] = &[
    ("database", "url", Kind::Text),
    ("database", "wait_seconds", Kind::Number),
    ("keys", "file", Kind::Text),
    ("keys", "command", Kind::Text),
    ("operator", "login", Kind::Text),
    ("dns", "server", Kind::Text),
    ("smtp", "url", Kind::Text),
    ("smtp", "from", Kind::Text),
    ("smtp", "ehlo", Kind::Text),
    ("smtp", "password_file", Kind::Text),
    ("imap", "url", Kind::Text),
    ("imap", "user", Kind::Text),
    ("imap", "password_file", Kind::Text),
    ("imap", "after", Kind::Text),
    ("mail", "authserv_ids", Kind::List),
    ("mail", "trusted_arc_sealers", Kind::List),
    ("mail", "microsoft_origin", Kind::Switch),
    ("policy", "challenge", Kind::Text),
    ("policy", "new_signer", Kind::Text),
    ("policy", "max_age_hours", Kind::Number),
    ("policy", "request_ttl_hours", Kind::Number),
    ("policy", "enrollment_window_hours", Kind::Number),
    ("policy", "undo_hours", Kind::Number),
    ("policy", "fresh_address_days", Kind::Number),
    ("policy", "four_eyes_rows", Kind::Number),
    ("policy", "max_rows", Kind::Number),
    ("policy", "repeat_reset_days", Kind::Number),
    ("policy", "privileged_roles", Kind::List),
    ("policy", "screen_delivery", Kind::Text),
    ("policy", "session_idle_minutes", Kind::Number),
    ("policy", "session_hours", Kind::Number),
    ("policy", "lookups_per_minute", Kind::Number),
    ("policy", "resets_per_hour", Kind::Number),
    ("policy", "language", Kind::Text),
    ("policy", "issuer", Kind::Text),
    ("retention", "log_months", Kind::Number),
    ("retention", "mails_days", Kind::Number),
];

impl Config {
    /// Reads `path` (no file at all is an empty one) and lays `env` over it.
    pub fn load(path: &Path, env: &BTreeMap<String, String>) -> Result<Self, ConfigError> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(source) => {
                return Err(ConfigError::Unreadable {
                    path: path.to_owned(),
                    source,
                });
            }
        };
        Self::parse(&text, env).map_err(|problem| match problem {
            Problem::Syntax(message) => ConfigError::Malformed {
                path: path.to_owned(),
                message,
            },
            Problem::UnknownKey { key, nearest } => ConfigError::UnknownKey {
                path: path.to_owned(),
                key,
                nearest,
            },
            Problem::Variable { name, message } => ConfigError::Variable { name, message },
        })
    }

    fn parse(text: &str, env: &BTreeMap<String, String>) -> Result<Self, Problem> {
        let mut table: Table =
            toml::from_str(text).map_err(|error| Problem::Syntax(at_its_place(text, &error)))?;
        refuse_unknown_keys(&table)?;
        for (section, key, kind) in KEYS {
            let name = format!("BALIE_{}_{}", section.to_uppercase(), key.to_uppercase());
            let Some(text) = env.get(&name) else { continue };
            let value = match kind {
                Kind::Text => Value::String(text.clone()),
                Kind::Switch => match text.as_str() {
                    "true" => Value::Boolean(true),
                    "false" => Value::Boolean(false),
                    // Told where the section is read, as in the file.
                    _ => Value::String(text.clone()),
                },
                Kind::Number => {
                    text.parse()
                        .map(Value::Integer)
                        .map_err(|_| Problem::Variable {
                            name,
                            message: "it isn't a whole number".into(),
                        })?
                }
                Kind::List => Value::Array(
                    text.split(',')
                        .map(|item| Value::String(item.trim().into()))
                        .collect(),
                ),
            };
            let entry = table
                .entry(*section)
                .or_insert_with(|| Value::Table(Table::new()));
            if let Value::Table(entry) = entry {
                entry.insert((*key).to_owned(), value);
            }
        }
        refuse_tilde(&table)?;
        Value::Table(table)
            .try_into()
            .map_err(|error: toml::de::Error| Problem::Syntax(without_the_value(&error)))
    }
}

/// A syntax error by line and column. The line itself may hold a password, and isn't shown (rule 16).
fn at_its_place(text: &str, error: &toml::de::Error) -> String {
    let at = error.span().map_or(0, |span| span.start.min(text.len()));
    let before = &text.as_bytes()[..at];
    let line = before.split(|byte| *byte == b'\n').count();
    let begun = before
        .rsplit(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let column = String::from_utf8_lossy(begun).chars().count() + 1;
    format!("line {line}, column {column}: {}", error.message())
}

/// What is wrong with a value, and under which key; the value itself, which is quoted, isn't shown.
fn without_the_value(error: &toml::de::Error) -> String {
    let mut message = error.message().to_owned();
    let whole = error.to_string();
    let key = whole
        .strip_prefix(&message)
        .unwrap_or_default()
        .trim()
        .to_owned();
    for quote in ['`', '"'] {
        if let (Some(first), Some(last)) = (message.find(quote), message.rfind(quote)) {
            message.replace_range(first..=last, "what stands there");
        }
    }
    format!("{message} ({key})")
}

/// An unknown key is shown only where it looks like one: a value that lost its key may be a password.
fn as_shown(key: &str) -> String {
    let is_plain = key
        .chars()
        .all(|c| c.is_ascii_lowercase() || "._".contains(c));
    if is_plain && key.len() <= 48 {
        key.to_owned()
    } else {
        "(not shown)".to_owned()
    }
}

fn refuse_unknown_keys(table: &Table) -> Result<(), Problem> {
    for (section, value) in table {
        let Value::Table(keys) = value else {
            return Err(unknown(section));
        };
        for key in keys.keys() {
            if !KEYS
                .iter()
                .any(|known| known.0 == section && known.1 == key)
            {
                return Err(unknown(&format!("{section}.{key}")));
            }
        }
    }
    Ok(())
}

/// A path that begins with `~` is a folder of that name here: only a shell knows whose home is meant.
fn refuse_tilde(table: &Table) -> Result<(), Problem> {
    for (section, value) in table {
        let keys = value.as_table().into_iter().flatten();
        for (key, value) in keys.filter(|(key, _)| key.ends_with("file")) {
            if value.as_str().is_some_and(|path| path.starts_with('~')) {
                let message =
                    "begins with `~`, which only a shell understands: write the whole path";
                return Err(Problem::Syntax(format!("`{section}.{key}` {message}")));
            }
        }
    }
    Ok(())
}

fn unknown(key: &str) -> Problem {
    let known = KEYS
        .iter()
        .map(|(section, name, _)| format!("{section}.{name}"));
    let nearest = known.min_by_key(|known| strsim::damerau_levenshtein(known, key));
    Problem::UnknownKey {
        nearest: nearest.unwrap_or_default(),
        key: as_shown(key),
    }
}

enum Problem {
    Syntax(String),
    UnknownKey { key: String, nearest: String },
    Variable { name: String, message: String },
}

/// Why the config can't be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file can't be read.
    #[error("the config {} can't be read: {source}", path.display())]
    Unreadable {
        /// Where it is.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It's no TOML, or a value has the wrong type.
    #[error("the config {} can't be understood: {message}", path.display())]
    Malformed {
        /// Where it is.
        path: PathBuf,
        /// What the parser says.
        message: String,
    },
    /// A key that there isn't.
    #[error("the config {} has the unknown key `{key}`; the nearest known one is `{nearest}`", path.display())]
    UnknownKey {
        /// Where it is.
        path: PathBuf,
        /// What was written.
        key: String,
        /// What may have been meant.
        nearest: String,
    },
    /// An environment variable that can't be understood.
    #[error("the environment variable {name} can't be understood: {message}")]
    Variable {
        /// Its name.
        name: String,
        /// Why.
        message: String,
    },
}

/// Where things are when nothing says otherwise (XDG Base Directory Specification).
#[derive(Clone, Debug)]
pub struct Places {
    /// The config file.
    pub config: PathBuf,
    /// The SQLite database.
    pub database: PathBuf,
}

impl Places {
    /// From the environment; none where there is no home.
    #[must_use]
    pub fn from_env(env: &BTreeMap<String, String>) -> Option<Self> {
        let absolute = |name: &str| env.get(name).map(PathBuf::from).filter(|p| p.is_absolute());
        let home = absolute("HOME");
        let base = |name, below: &str| {
            absolute(name).or_else(|| home.as_ref().map(|home| home.join(below)))
        };
        Some(Self {
            config: base("XDG_CONFIG_HOME", ".config")?.join("balie/config.toml"),
            database: base("XDG_DATA_HOME", ".local/share")?.join("balie/balie.db"),
        })
    }
}

#[cfg(test)]
mod tests;
