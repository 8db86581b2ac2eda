//! Everything that comes from outside: clock, chance, streams, environment. `main` builds the real
//! one; a test builds its own.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use rand::CryptoRng;

use crate::domain::timestamp::Timestamp;

/// What a command may touch besides database, network and the files that it is given.
pub struct World<'w> {
    /// The clock. Read once a command.
    pub clock: &'w dyn Fn() -> Timestamp,
    /// The system's generator.
    pub rng: &'w mut dyn CryptoRng,
    /// Standard input.
    pub stdin: &'w mut dyn Read,
    /// Where data goes.
    pub stdout: &'w mut dyn Write,
    /// Where messages, progress and prompts go.
    pub stderr: &'w mut dyn Write,
    /// The environment variables that are text.
    pub env: BTreeMap<String, String>,
    /// The names of those that aren't, as far as they can be read.
    pub not_text: Vec<String>,
    /// The login name of the system's user. Asked for only where the config names no operator.
    pub user: &'w dyn Fn() -> String,
    /// The account that this process acts as (its effective user id).
    pub account: u32,
    /// That account's home, as the system knows it. Asked for only where a caller's isn't used.
    pub home: &'w dyn Fn() -> Option<PathBuf>,
    /// Where root's config is.
    pub system: &'w Path,
    /// What the streams are.
    pub terminal: Terminal,
}

impl World<'_> {
    /// Whether there is such a variable, whatever it holds.
    #[must_use]
    pub fn has_variable(&self, name: &str) -> bool {
        self.env.contains_key(name) || self.not_text.iter().any(|other| other == name)
    }
}

/// Which streams are terminals, and how large they are.
#[derive(Clone, Copy, Debug, Default)]
pub struct Terminal {
    /// Standard input is one.
    pub stdin: bool,
    /// Standard output is one.
    pub stdout: bool,
    /// Standard error is one.
    pub stderr: bool,
    /// Columns, where that is known.
    pub width: Option<u16>,
    /// Rows, where that is known.
    pub height: Option<u16>,
}
