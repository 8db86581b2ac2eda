//! A mail given back as it came in, byte for byte.

use std::io::Write as _;
use std::path::Path;

use crate::cli::language::said;
use crate::cli::output::{Out, file};
use crate::cli::{Exit, Failure, Outcome, written};

/// Writes `raw` to a new file that only its owner can read, or to standard output for `-`.
pub(in crate::cli) fn give(out: &mut Out<'_>, raw: &[u8], path: &Path) -> Outcome {
    if path.as_os_str() == "-" {
        // What a stranger wrote would steer it (rule 13).
        if out.terminal.stdout {
            return Err(Failure::invalid(
                said!("a mail as it came in isn't written to a terminal"),
                said!("pass --eml FILE, or pipe it to another program"),
            ));
        }
        return written(out.stdout.write_all(raw).and_then(|()| out.stdout.flush()));
    }
    file::create(path)
        .and_then(|mut file| file.write_all(raw))
        .map_err(|error| {
            Failure::invalid(
                said!(
                    "{path} can't be written: {error}",
                    path = path.display(),
                    error = error
                ),
                said!("pass a new file in an existing folder"),
            )
        })?;
    out.say(&said!(
        "{raw} bytes are in {path}",
        raw = raw.len(),
        path = path.display()
    ));
    Ok(Exit::Done)
}
