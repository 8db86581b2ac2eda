//! What can be wrong with a config. Nothing of it is ever quoted: what is there may be a password.

use std::path::{Path, PathBuf};

/// A syntax error by line and column. The line itself may hold a password, and isn't shown (rule 16).
pub(super) fn at_its_place(text: &str, error: &toml::de::Error) -> String {
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
pub(super) fn without_the_value(error: &toml::de::Error) -> String {
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
pub(super) fn as_shown(key: &str) -> String {
    let is_plain = key
        .chars()
        .all(|c| c.is_ascii_lowercase() || "._".contains(c));
    if is_plain && key.len() <= 48 {
        key.to_owned()
    } else {
        "(not shown)".to_owned()
    }
}

/// What is wrong, before it's known with which file.
pub(super) enum Problem {
    Syntax(String),
    UnknownKey { key: String, nearest: String },
    Variable { name: String, message: String },
}

impl Problem {
    /// The same, of a variable rather than of a file.
    pub(super) fn of_variable(self, name: &str) -> Self {
        match self {
            Self::Syntax(message) => Self::Variable {
                name: name.to_owned(),
                message,
            },
            other => other,
        }
    }

    /// The same, of the config at `path`.
    pub(super) fn of(self, path: &Path) -> ConfigError {
        let path = path.to_owned();
        match self {
            Self::Syntax(message) => ConfigError::Malformed { path, message },
            Self::UnknownKey { key, nearest } => ConfigError::UnknownKey { path, key, nearest },
            Self::Variable { name, message } => ConfigError::Variable { name, message },
        }
    }
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
    /// It's a folder, a device, a pipe, or larger than any config.
    #[error("{} isn't a config: it has to be a plain file of at most 256 KiB", path.display())]
    NotAConfig {
        /// Where it is.
        path: PathBuf,
    },
    /// Root's config isn't root's.
    #[error("{} has to belong to root, and nobody else may write to it", path.display())]
    NotRoots {
        /// Where it is.
        path: PathBuf,
    },
    /// Somebody else says which desk everybody gets.
    #[error("`[desk] only` and `files` count in root's /etc/balie/balie.toml alone")]
    OnlyInSystem,
    /// A file of somebody else names a command.
    #[error("the config {} names a command (`{key}`), but belongs neither to root nor to this account", path.display())]
    CommandNotOurs {
        /// Where it is.
        path: PathBuf,
        /// Under which key.
        key: &'static str,
    },
    /// A file that others can write names a command.
    #[error("the config {} names a command (`{key}`), but others can write to it", path.display())]
    CommandOpenToOthers {
        /// Where it is.
        path: PathBuf,
        /// Under which key.
        key: &'static str,
    },
    /// A variable names a command.
    #[error(
        "{} isn't used: a command has to be in a config that belongs to root or to this account",
        super::variable(key)
    )]
    CommandInVariable {
        /// Whose variable it is.
        key: &'static str,
    },
    /// It isn't TOML, or a value has the wrong type.
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

impl ConfigError {
    /// The file that is at fault; none where a variable is.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::Unreadable { path, .. }
            | Self::NotAConfig { path }
            | Self::NotRoots { path }
            | Self::CommandNotOurs { path, .. }
            | Self::CommandOpenToOthers { path, .. }
            | Self::Malformed { path, .. }
            | Self::UnknownKey { path, .. } => Some(path),
            Self::OnlyInSystem | Self::CommandInVariable { .. } | Self::Variable { .. } => None,
        }
    }
}
