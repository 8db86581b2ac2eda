//! What a command says of itself, beside its arguments.
use crate::cli::language::noted;

/// What `--dry-run` does with a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Rehearsal {
    /// It only reads: there is nothing to rehearse.
    OnlyReads,
    /// It shows what it would do.
    Shows,
    /// It has no half that could be shown, for this reason. It's refused, and never done all the same.
    Impossible(&'static str),
}

impl Rehearsal {
    /// A step that is done or not.
    pub(in crate::cli) const ONE_STEP: Self = Self::Impossible(noted!("it's a single step"));
    /// A file for somebody, and nothing else.
    pub(in crate::cli) const ONLY_A_FILE: Self =
        Self::Impossible(noted!("it changes nothing but the file that it writes"));
    /// A code that is tried is used up, or counts against whoever guesses.
    pub(in crate::cli) const EACH_TRY_COUNTS: Self =
        Self::Impossible(noted!("each try of a code counts"));
}

/// Who may call a command on a closed desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Login {
    /// Whoever has logged in.
    Needed,
    /// Whoever calls it.
    NotNeeded,
}

/// What Ctrl-C does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Interruption {
    /// The command is broken off, and what it holds is let go of.
    BreaksOff,
    /// The command listens itself, and ends where it can go on later.
    IsHeard,
}

/// A command's own properties. Whether it can be rehearsed is asked of each; the rest has what a new command needs.
pub(in crate::cli) trait Verb {
    fn rehearsal(&self) -> Rehearsal;

    fn login(&self) -> Login {
        Login::Needed
    }

    fn interruption(&self) -> Interruption {
        Interruption::BreaksOff
    }
}
