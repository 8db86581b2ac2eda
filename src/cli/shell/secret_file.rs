//! Files with a password or a token, which nobody else may read: one reader for all of them.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};

use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::cli::Failure;
use crate::cli::language::{noted, said, told};
use crate::cli::output::file::create;
use crate::domain::operator::session::Token;

/// More than any password or token has, in bytes: those of OAuth are long.
const LONGEST: usize = 64 * 1024;

/// A new file for a token. It's made first: a token that can't be kept isn't made.
pub(in crate::cli) struct NewSecret {
    file: File,
    path: PathBuf,
}

impl NewSecret {
    /// Makes it, where one is asked for. One that is there stays as it is.
    pub(in crate::cli) fn create(path: Option<PathBuf>) -> Result<Option<Self>, Failure> {
        let made = path.map(|path| match create(&path) {
            Ok(file) => Ok(Self { file, path }),
            Err(error) => Err(Failure::invalid(
                said!(
                    "{path} can't be made: {error}",
                    path = path.display(),
                    error = error
                ),
                said!("pass the name of a new file in an existing folder"),
            )),
        });
        made.transpose()
    }

    /// Takes it away again: it's empty, and of no use to anybody.
    pub(super) fn abandon(self) {
        let _ = std::fs::remove_file(self.path);
    }

    /// Writes the token, and waits until it's on disk.
    pub(in crate::cli) fn keep(mut self, token: &Token) -> std::io::Result<()> {
        writeln!(self.file, "{}", token.text())?;
        self.file.sync_all()
    }
}

/// What is shown of a token: all of it, unless a file keeps it.
pub(in crate::cli) fn keep_or_show<T>(
    made: crate::desk::Result<(T, Token)>,
    kept: Option<NewSecret>,
) -> Result<(T, Option<Token>), Failure> {
    match (made, kept) {
        (Ok((row, token)), None) => Ok((row, Some(token))),
        (Ok((row, token)), Some(kept)) => {
            kept.keep(&token)?;
            Ok((row, None))
        }
        (Err(error), kept) => {
            if let Some(kept) = kept {
                kept.abandon();
            }
            Err(error.into())
        }
    }
}

/// Where systemd keeps a service's credentials. Only root makes anything there.
const CREDENTIALS: &str = "/run/credentials";

/// Whether anybody but its owner may read it. A credential that systemd hands to a service belongs to root, and the service's
/// account reads it by an access list: what looks like the rights of root's group is that list's mask.
fn others_can_read(path: &Path, owner: (u32, u32), mode: u32) -> bool {
    let is_credential = path.starts_with(CREDENTIALS) && owner == (0, 0);
    let others = if is_credential { 0o037 } else { 0o077 };
    mode & others != 0
}

/// The first line of a file that its owner alone can read; nothing where there is no such file. A pipe
/// (`<(pass show balie)`) is nobody else's either.
pub(super) fn read_private(path: &Path) -> Result<Option<Zeroizing<String>>, Failure> {
    let unreadable = |why: &dyn std::fmt::Display| {
        let message = said!(
            "{path} can't be read: {why}",
            path = path.display(),
            why = why
        );
        Failure::invalid(message, said!("check the path and its permissions"))
    };
    // A shell's `<(…)` has somebody at its other end; a pipe that lies somewhere may have nobody, ever.
    let of_a_shell = path.starts_with("/dev/fd") || path.starts_with("/proc");
    let is_pipe = std::fs::metadata(path).is_ok_and(|found| found.file_type().is_fifo());
    if is_pipe && !of_a_shell {
        return Err(unreadable(&said!("it's a pipe")));
    }
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(&error)),
    };
    let metadata = file.metadata().map_err(|error| unreadable(&error))?;
    let kind = metadata.file_type();
    if kind.is_dir() {
        return Err(unreadable(&said!("it's a folder")));
    }
    if kind.is_char_device() || kind.is_block_device() {
        return Err(unreadable(&said!("it's a device")));
    }
    let owner = (metadata.uid(), metadata.gid());
    if metadata.is_file() && others_can_read(path, owner, metadata.mode()) {
        return Err(Failure::invalid(
            said!("others can read {path}", path = path.display()),
            format!("chmod 600 {}", path.display()),
        ));
    }
    // All of it at once: a buffer that grows leaves copies behind.
    let mut text = Zeroizing::new(Vec::with_capacity(LONGEST + 1));
    (&mut file)
        .take(LONGEST as u64 + 1)
        .read_to_end(&mut text)
        .map_err(|error| unreadable(&error))?;
    let line = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if line.len() > LONGEST {
        return Err(unreadable(&said!("it's longer than any password or token")));
    }
    let line = std::str::from_utf8(line).map_err(|_| unreadable(&said!("it isn't UTF-8")))?;
    Ok(Some(Zeroizing::new(line.to_owned())))
}

/// The password in such a file.
pub(in crate::cli) fn read_password(path: &Path) -> Result<SecretString, Failure> {
    read_named(
        path,
        noted!("password file"),
        noted!("`password_file` in the config, or the flag"),
    )
}

/// The secret in such a file, which is named at `key`.
pub(in crate::cli) fn read_named(
    path: &Path,
    what: &str,
    key: &str,
) -> Result<SecretString, Failure> {
    let line = read_private(path)?.ok_or_else(|| {
        let message = said!(
            "there is no {what} {path}",
            what = told(what),
            path = path.display()
        );
        Failure::invalid(message, said!("check the path: {key}", key = told(key)))
    })?;
    Ok(SecretString::from(line.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credential_of_systemd_is_private_and_nothing_else_is_by_its_place() {
        let credential = "/run/credentials/balie-send.service/token";
        for (path, owner, mode, open) in [
            ("/etc/balie/send", (1, 1), 0o100_600, false),
            ("/etc/balie/send", (1, 1), 0o100_640, true),
            ("/etc/balie/send", (0, 0), 0o100_440, true),
            (credential, (0, 0), 0o100_440, false),
            (credential, (0, 0), 0o100_400, false),
            (credential, (0, 0), 0o100_460, true),
            (credential, (0, 0), 0o100_444, true),
            (credential, (0, 5), 0o100_440, true),
            (credential, (1, 1), 0o100_440, true),
            ("/run/credentials-of-eve/token", (0, 0), 0o100_440, true),
        ] {
            assert_eq!(
                others_can_read(Path::new(path), owner, mode),
                open,
                "{path} {owner:?} {mode:o}"
            );
        }
    }
}
