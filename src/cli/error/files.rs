//! What the config and the key file say, as the caller sees it.

use std::path::Path;

use super::Failure;
use crate::cli::language::{said, told};
use crate::config::{ConfigError, SYSTEM};
use crate::vault::KeyFileError;

impl From<KeyFileError> for Failure {
    fn from(error: KeyFileError) -> Self {
        let (exit, code) = match &error {
            KeyFileError::CommandFailed { .. } => (7, "keys_unavailable"),
            _ => (2, "invalid_input"),
        };
        let hint = match &error {
            KeyFileError::OpenToOthers { path, .. } => format!("chmod 600 {}", path.display()),
            KeyFileError::Unreadable { .. } => {
                said!("restore it from the safe, or point `[keys] file` to it")
            }
            // Only where it was to be made: the keys that are in use stay where they are.
            KeyFileError::Unwritable { source, .. }
                if source.kind() == std::io::ErrorKind::AlreadyExists =>
            {
                said!(
                    "name a file that isn't there yet (for `init`: --key-file FILE); don't move this one away: it may hold a desk's keys"
                )
            }
            KeyFileError::Unwritable { .. } => {
                said!(
                    "free some space and make its folder writable, then run the same command again; the old file is unchanged"
                )
            }
            KeyFileError::Malformed { .. } => said!("restore it from the safe"),
            KeyFileError::CommandFailed { .. } => {
                said!(
                    "run the command of `[keys] command` by hand to see why (it gets only PATH and HOME, in /), then try again"
                )
            }
            KeyFileError::NoKeys { .. } => {
                said!("it has to print what `balie init` wrote to the key file, and nothing else")
            }
        };
        Self {
            exit,
            code,
            reasons: Vec::new(),
            message: told(&error.to_string()),
            hint,
        }
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        let hint = match &error {
            ConfigError::CommandNotOurs { path, .. } => {
                said!(
                    "have root own it: sudo chown root {path}",
                    path = path.display()
                )
            }
            ConfigError::NotRoots { path } => {
                format!("chown root {0} && chmod 644 {0}", path.display())
            }
            ConfigError::OnlyInSystem => said!("remove them here, or have root write them there"),
            ConfigError::CommandOpenToOthers { path, .. } => {
                format!("chmod go-w {}", path.display())
            }
            ConfigError::CommandInVariable { key } => {
                said!(
                    "write `{key}` into the config, and remove the variable",
                    key = key
                )
            }
            ConfigError::Variable { name, .. } => said!("correct or remove {name}", name = name),
            // Another config isn't a way round: root's is read first on every machine.
            error if error.file() == Some(Path::new(SYSTEM)) => {
                said!(
                    "have root correct {file}: it's read before any other config",
                    file = SYSTEM
                )
            }
            _ => said!("correct it, or pass another --config"),
        };
        Self::invalid(told(&error.to_string()), hint)
    }
}
