//! How a command ends: its exit code, and output that nobody reads any more.

use std::ffi::OsString;
use std::io;

use crate::cli::Failure;
use crate::cli::language::said;
use crate::cli::output::{Out, View};
use crate::world::World;

/// Runs a command line to its exit code, for commands that type others.
pub(in crate::cli) type Runs = fn(&[OsString], &mut World<'_>) -> u8;

/// How a command ended, when it didn't fail.
pub(in crate::cli) type Outcome = Result<Exit, Failure>;

/// An exit code that isn't an error's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Exit {
    /// 0.
    Done,
    /// 3: there is no such thing.
    NotFound,
    /// 4: refused by a rule.
    Refused,
    /// 5: conflict with the state found.
    Conflict,
    /// 6: some were done, some not.
    Partial,
    /// 2: the call, or the config, is wrong.
    Unusable,
    /// 7: done as far as it goes; something couldn't be reached.
    Unreachable,
    /// 8: the record doesn't hold.
    Tampered,
    /// What the command ended with that was typed for the operator.
    As(u8),
    /// 130: stopped; what was done stands.
    Interrupted,
}

/// Every exit code, with what it means.
pub(in crate::cli) const CODES: [(u8, &str); 10] = [
    (0, "Done."),
    (1, "An unexpected failure."),
    (
        2,
        "The call or the config is wrong, or something that it needs is missing.",
    ),
    (3, "There is no such thing, or more than one fits."),
    (
        4,
        "Refused by a rule of the desk, or by the operator's role.",
    ),
    (
        5,
        "A conflict with the state that was found: used already, expired, or changed by a colleague.",
    ),
    (
        6,
        "A run over many ended with some that weren't done. Run again, it goes on with these.",
    ),
    (
        7,
        "Something that is needed can't be reached: the database, DNS, a mail server, the keys. Try again.",
    ),
    (
        8,
        "Verification failed: the log, a seal or a row doesn't hold.",
    ),
    (
        130,
        "Interrupted. What was committed stands and can be resumed.",
    ),
];

impl Exit {
    pub(in crate::cli) const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Unusable => 2,
            Self::NotFound => 3,
            Self::Refused => 4,
            Self::Conflict => 5,
            Self::Partial => 6,
            Self::Unreachable => 7,
            Self::Tampered => 8,
            Self::As(code) => code,
            Self::Interrupted => 130,
        }
    }
}

/// Turns a closed standard output into a quiet end (`balie audit log | head`).
pub(in crate::cli) fn written(result: io::Result<()>) -> Outcome {
    match result {
        Ok(()) => Ok(Exit::Done),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Exit::Done),
        Err(error) => Err(error.into()),
    }
}

/// Ends a stream quietly when nobody reads it any more (`balie audit export | head`).
pub(in crate::cli) fn streamed(result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(Failure {
            exit: 0,
            code: "broken_pipe",
            reasons: Vec::new(),
            message: String::new(),
            hint: String::new(),
        }),
        other => Ok(other?),
    }
}

/// Shows a view, and that is that.
pub(in crate::cli) fn show(out: &mut Out<'_>, view: &dyn View) -> Outcome {
    written(out.show(view))
}

/// Shows a list of `shown` of at most `limit`. One that stops there in silence reads as if that were all.
pub(in crate::cli) fn show_some(
    out: &mut Out<'_>,
    view: &dyn View,
    shown: usize,
    limit: impl TryInto<usize>,
) -> Outcome {
    let done = show(out, view)?;
    if !out.format.is_json() && limit.try_into().is_ok_and(|limit| limit == shown) {
        out.say(&said!(
            "These are the first {shown}, and there may be more: pass --limit N.",
            shown = shown
        ));
    }
    Ok(done)
}
