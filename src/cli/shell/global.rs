//! What may be passed to every command.

use std::path::PathBuf;

use crate::cli::language::Spoken;
use crate::cli::output::Format;

/// Which colours to use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Color {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[command(next_help_heading = "Everywhere")]
pub(in crate::cli) struct Global {
    /// The config file
    #[arg(long, global = true, value_name = "FILE")]
    pub(in crate::cli) config: Option<PathBuf>,
    /// The database: a file, sqlite:FILE or postgres://…
    #[arg(long, global = true, value_name = "URL")]
    pub(in crate::cli) database: Option<String>,
    /// How data is written
    #[arg(long, global = true, value_enum)]
    pub(in crate::cli) format: Option<Format>,
    /// Never ask: fail, and name the flag to pass (this isn't a yes)
    #[arg(long, global = true)]
    pub(in crate::cli) no_input: bool,
    /// Go on without asking: the yes that a step of weight needs where nobody can be asked
    #[arg(long, global = true, overrides_with = "yes")]
    pub(in crate::cli) yes: bool,
    /// Show what would be done, and change nothing
    #[arg(short = 'n', long, global = true)]
    pub(in crate::cli) dry_run: bool,
    /// When to use colours
    #[arg(long, global = true, value_enum)]
    pub(in crate::cli) color: Option<Color>,
    /// The language to read and write in; else the config's, else the locale's
    #[arg(long, global = true, value_enum, value_name = "LANGUAGE")]
    pub(in crate::cli) lang: Option<Spoken>,
    /// Say less
    #[arg(short, long, global = true)]
    pub(in crate::cli) quiet: bool,
    /// Say more (twice: even more)
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub(in crate::cli) verbose: u8,
}
