//! A call that clap turned away, or that asked for help.

use std::ffi::OsString;

use clap::error::ErrorKind;

use super::Failure;
use super::output::Format;
use crate::world::World;

/// Help and version go to standard output; a wrong call is one error, as JSON where that was asked.
pub(super) fn usage(error: &clap::Error, args: &[OsString], world: &mut World<'_>) -> u8 {
    let text = error.render();
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        // `balie --help | head` may close the pipe.
        let _ = write!(world.stdout, "{text}").and_then(|()| world.stdout.flush());
        return 0;
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = write!(world.stderr, "{text}");
        return 2;
    }
    let asked = |format: &str| {
        args.windows(2)
            .any(|pair| pair[0] == "--format" && pair[1] == format)
            || args.iter().any(|arg| *arg == *format!("--format={format}"))
    };
    let missing = error.kind() == ErrorKind::MissingRequiredArgument;
    if asked("json") || asked("ndjson") {
        let text = text.to_string();
        let mut lines = text.lines().filter(|line| !line.is_empty());
        let message = lines
            .next()
            .unwrap_or_default()
            .trim_start_matches("error: ")
            .to_owned();
        let code = if missing { "input_required" } else { "usage" };
        let hint = lines.map(str::trim).collect::<Vec<_>>().join(" ");
        Failure {
            exit: 2,
            code,
            message,
            hint,
        }
        .report(Format::Json, world.stderr);
    } else {
        let _ = write!(world.stderr, "{text}");
    }
    2
}
