//! A call that clap turned away, or that asked for help.

use std::ffi::OsString;

use clap::error::ErrorKind;

use super::mistyped;
use crate::cli::language;
use crate::cli::language::said;
use crate::cli::output::Format;
use crate::domain::language::Language;
use crate::world::World;

/// What clap turned away, or what asked for help, in the language of whoever typed it. `whole` declares every command.
pub(in crate::cli) fn turned_away(
    error: clap::Error,
    command: &mut clap::Command,
    whole: fn() -> clap::Command,
    args: &[OsString],
    world: &mut World<'_>,
) -> u8 {
    if is_help(error.kind()) && language::spoken(args, world) == Language::Nl {
        // Only now is everything declared: it takes longer than a run that isn't about help.
        let mut command = language::in_dutch(whole());
        if let Err(told) = command.try_get_matches_from_mut(args) {
            let page = language::headings(&told.render().to_string());
            return help(&page, told.kind(), world);
        }
    }
    usage(&error.format(command), args, world)
}

const fn is_help(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    )
}

/// What was asked for goes to standard output, what is told instead of doing nothing doesn't.
fn help(page: &str, kind: ErrorKind, world: &mut World<'_>) -> u8 {
    if kind == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = write!(world.stderr, "{page}");
        return 2;
    }
    // `balie --help | head` may close the pipe.
    let _ = write!(world.stdout, "{page}").and_then(|()| world.stdout.flush());
    0
}

/// Help and version go to standard output; a wrong call is one error, as JSON where that was asked.
pub(in crate::cli) fn usage(error: &clap::Error, args: &[OsString], world: &mut World<'_>) -> u8 {
    let text = error.render();
    if is_help(error.kind()) || error.kind() == ErrorKind::DisplayVersion {
        return help(&text.to_string(), error.kind(), world);
    }
    let failure = mistyped::failure(error);
    if matches!(language::format_asked(args, world), Some("json" | "ndjson")) {
        failure.report(Format::Json, world.stderr);
    } else {
        failure.report(Format::Table, world.stderr);
        if let Some(usage) = mistyped::usage(error) {
            let _ = writeln!(world.stderr, "{}: {usage}", said!("usage"));
        }
    }
    2
}
