//! Files that are handed in (rule 18), by kind: what is too large is of no kind that is asked for. What is in it is
//! never quoted.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::cli::Failure;
use crate::cli::language::{noted, said, told};
use crate::plain_file;
use crate::plain_file::NotPlain;
use crate::vault::PublicKey;

/// A kind of file: what it is in words, and how large one may be, in bytes.
#[derive(Clone, Copy, Debug)]
pub(in crate::cli) struct Expected {
    /// What it is, with its article.
    pub(in crate::cli) what: &'static str,
    /// The most bytes.
    pub(in crate::cli) most: u64,
}

/// A config.
pub(in crate::cli) const CONFIG: Expected = Expected {
    what: noted!("a config"),
    most: 256 * 1024,
};

/// A mail; one byte more than the largest is read, for its own refusal.
pub(in crate::cli) const MAIL: Expected = Expected {
    what: noted!("a mail as it came in (.eml)"),
    most: 25 * 1024 * 1024 + 1,
};
/// A list of usernames.
pub(in crate::cli) const LIST: Expected = Expected {
    what: noted!("a list of usernames"),
    most: 256 * 1024 * 1024,
};
/// Tickets with receipts.
pub(in crate::cli) const RECEIPTS: Expected = Expected {
    what: noted!("a text that contains receipts, as tickets do"),
    most: 64 * 1024 * 1024,
};
/// A signed checkpoint.
pub(in crate::cli) const CHECKPOINT: Expected = Expected {
    what: noted!("a file that `balie audit checkpoint` wrote"),
    most: 64 * 1024,
};
/// The public half of a desk's key.
pub(super) const DESK_KEY: Expected = Expected {
    what: noted!("the desk's public key (desk.pub)"),
    most: 4 * 1024,
};

/// The public half of a desk's key.
pub(in crate::cli) fn desk_key(path: &Path) -> Result<PublicKey, Failure> {
    let key = PublicKey::from_text(&file_text(path, DESK_KEY)?);
    key.ok_or_else(|| wrong(path, DESK_KEY, &said!("it's another text")))
}

/// The text of a file, never of standard input.
pub(in crate::cli) fn file_text(path: &Path, expected: Expected) -> Result<String, Failure> {
    let bytes = take(path, expected, &mut open(path, expected)?)?;
    String::from_utf8(bytes).map_err(|_| wrong(path, expected, &said!("it isn't UTF-8 text")))
}

/// The bytes of a file, or of standard input (`-`).
pub(in crate::cli) fn bytes(
    path: &Path,
    expected: Expected,
    stdin: &mut dyn Read,
) -> Result<Vec<u8>, Failure> {
    if path.as_os_str() == "-" {
        return take(path, expected, stdin);
    }
    take(path, expected, &mut open(path, expected)?)
}

/// The text of one.
pub(in crate::cli) fn text(
    path: &Path,
    expected: Expected,
    stdin: &mut dyn Read,
) -> Result<String, Failure> {
    let bytes = bytes(path, expected, stdin)?;
    String::from_utf8(bytes).map_err(|_| wrong(path, expected, &said!("it isn't UTF-8 text")))
}

/// Opens a plain file.
pub(in crate::cli) fn open(path: &Path, expected: Expected) -> Result<File, Failure> {
    plain_file::open(path, expected.most).map_err(|error| refused(path, expected, &error))
}

fn take(path: &Path, expected: Expected, from: &mut dyn Read) -> Result<Vec<u8>, Failure> {
    plain_file::read(from, expected.most).map_err(|error| refused(path, expected, &error))
}

fn refused(path: &Path, expected: Expected, error: &NotPlain) -> Failure {
    match error {
        NotPlain::Unreadable(error) => Failure::invalid(
            said!(
                "{path} can't be read: {error}",
                path = path.display(),
                error = error
            ),
            said!("check the path and its permissions"),
        ),
        other => wrong(path, expected, &told(&other.to_string())),
    }
}

/// It's of another kind.
fn wrong(path: &Path, expected: Expected, why: &str) -> Failure {
    Failure::invalid(
        said!(
            "{path} isn't {what}: {why}",
            path = path.display(),
            what = told(expected.what),
            why = why
        ),
        said!("pass {what}", what = told(expected.what)),
    )
}
