//! Where the keys come from: a file of the owner's, or a command of the administrator's that prints
//! what the file would hold (a password store, a keyring, a hardware module).

use std::fmt;
use std::path::{Path, PathBuf};

use super::key_file::{KeyFileError, LONGEST};
use super::ring::Vault;
use crate::secret_command::{PATIENCE, printed};

/// Where the keys come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeySource {
    /// A file, readable by its owner only.
    File(PathBuf),
    /// A program and its arguments. No shell reads them, unless the program is one.
    Command {
        /// The program, then its arguments.
        words: Vec<String>,
        /// The home of the account that it's run as.
        home: Option<PathBuf>,
    },
}

impl KeySource {
    /// The file, where it is one.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Command { .. } => None,
        }
    }

    /// Reads the keys.
    pub fn load(&self) -> Result<Vault, KeyFileError> {
        match self {
            Self::File(path) => Vault::load(path),
            Self::Command { words, home } => {
                let text = printed(words, home.as_deref(), PATIENCE, LONGEST);
                let text = text.map_err(|error| KeyFileError::CommandFailed {
                    program: program(words),
                    why: error.why,
                })?;
                let text = std::str::from_utf8(&text).ok();
                text.and_then(Vault::from_text)
                    .ok_or_else(|| KeyFileError::NoKeys {
                        program: program(words),
                    })
            }
        }
    }
}

impl fmt::Display for KeySource {
    /// A command by its program alone: its arguments are nobody's business.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "the key file {}", path.display()),
            Self::Command { words, .. } => write!(f, "the key command `{}`", program(words)),
        }
    }
}

fn program(command: &[String]) -> String {
    command.first().cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_command_says_is_not_passed_on() {
        for line in ["echo SECRET; echo SECRET >&2; exit 1", "echo SECRET"] {
            let words = ["sh", "-c", line].map(str::to_owned).into();
            let error = KeySource::Command { words, home: None }.load().unwrap_err();
            assert!(!format!("{error} {error:?}").contains("SECRET"));
        }
    }
}
