//! A mail given back as it came in, byte for byte.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use super::output::Out;
use super::{Exit, Failure, Outcome, written};

/// Writes `raw` to a new file that only its owner can read, or to standard output for `-`.
pub(super) fn give(out: &mut Out<'_>, raw: &[u8], file: &Path) -> Outcome {
    if file.as_os_str() == "-" {
        // What a stranger wrote would steer it (rule 13).
        if out.terminal.stdout {
            return Err(Failure::invalid(
                "a mail as it came in isn't written to a terminal",
                "pass --eml FILE, or pipe it on",
            ));
        }
        return written(out.stdout.write_all(raw).and_then(|()| out.stdout.flush()));
    }
    let mut options = OpenOptions::new();
    let opened = options.write(true).create_new(true).mode(0o600).open(file);
    opened
        .and_then(|mut file| file.write_all(raw))
        .map_err(|error| {
            Failure::invalid(
                format!("{} can't be written: {error}", file.display()),
                "pass a file that isn't there yet, in a folder that is",
            )
        })?;
    out.say(&format!("{} bytes are in {}", raw.len(), file.display()));
    Ok(Exit::Done)
}
