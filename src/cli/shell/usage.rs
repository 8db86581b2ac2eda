//! A call that clap turned away, or that asked for help.

use std::ffi::OsString;

use clap::error::ErrorKind;

use crate::cli::Failure;
use crate::cli::output::Format;
use crate::world::World;

/// Help and version go to standard output; a wrong call is one error, as JSON where that was asked.
pub(in crate::cli) fn usage(error: &clap::Error, args: &[OsString], world: &mut World<'_>) -> u8 {
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
    let missing = error.kind() == ErrorKind::MissingRequiredArgument;
    if matches!(format_asked(args, world), Some("json" | "ndjson")) {
        let text = text.to_string();
        let (what, next) = text.split_once("\n\n").unwrap_or((&text, ""));
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let message = one_line(what.trim_start_matches("error: "));
        let code = if missing { "input_required" } else { "usage" };
        let hint = one_line(next);
        Failure {
            exit: 2,
            code,
            reasons: Vec::new(),
            message,
            hint,
        }
        .report(Format::Json, world.stderr);
    } else {
        let _ = write!(world.stderr, "{text}");
    }
    2
}

/// The format, by flag before the environment: what clap turned away has to be read once more.
fn format_asked<'a>(args: &'a [OsString], world: &'a World<'_>) -> Option<&'a str> {
    let mut words = args.iter().filter_map(|arg| arg.to_str());
    let by_flag = words.find_map(|word| word.strip_prefix("--format"));
    let by_flag = match by_flag {
        Some("") => words.next(),
        Some(rest) => rest.strip_prefix('='),
        None => None,
    };
    by_flag.or_else(|| world.env.get("BALIE_FORMAT").map(String::as_str))
}
