//! Where an operator's session token is kept, and where a script's token is read: files that their owner
//! alone can read.

use std::collections::BTreeMap;
use std::fs::DirBuilder;
use std::io::{Read, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::secret_file::read_private;
use crate::cli::Failure;
use crate::cli::language::said;
use crate::cli::output::file;
use crate::domain::operator::session::{Token, TokenKind};
use crate::store::DatabaseUrl;

fn absolute(env: &BTreeMap<String, String>, name: &str) -> Option<PathBuf> {
    env.get(name).map(PathBuf::from).filter(|p| p.is_absolute())
}

/// Where what outlives a login is kept (XDG Base Directory Specification).
pub(super) fn state_home(env: &BTreeMap<String, String>) -> Option<PathBuf> {
    absolute(env, "XDG_STATE_HOME").or_else(|| Some(absolute(env, "HOME")?.join(".local/state")))
}

/// Where the session of a database is kept: the runtime folder, which is gone after logout, or the state
/// folder (XDG Base Directory Specification).
pub(in crate::cli) fn session_file(
    env: &BTreeMap<String, String>,
    database: &DatabaseUrl,
) -> Option<PathBuf> {
    let folder = absolute(env, "XDG_RUNTIME_DIR").or_else(|| state_home(env))?;
    // One file a database, so that two desks don't log each other out.
    let name = match database {
        DatabaseUrl::Sqlite(path) => std::path::absolute(path).ok()?.display().to_string(),
        url @ DatabaseUrl::Postgres(_) => url.to_string(),
    };
    let name = Sha256::digest(name.as_bytes());
    Some(folder.join(format!("balie/session-{}", &HEXLOWER.encode(&name)[..16])))
}

/// The session's token, where there is one.
pub(super) fn read_session(path: &Path) -> Result<Option<Token>, Failure> {
    let token = read_private(path)?.and_then(|line| Token::read(&line));
    Ok(token.filter(|token| token.kind() == TokenKind::Session))
}

/// A script's token, from its file or from standard input (`-`).
pub(super) fn read_token(path: &Path, stdin: &mut dyn Read) -> Result<Token, Failure> {
    let line = if path.as_os_str() == "-" {
        Some(first_line(stdin)?)
    } else {
        Some(read_private(path)?.ok_or_else(|| {
            let message = said!("there is no token file {path}", path = path.display());
            Failure::invalid(message, said!("correct BALIE_TOKEN_FILE"))
        })?)
    };
    line.and_then(|line| Token::read(&line))
        .filter(|token| token.kind() == TokenKind::Script)
        .ok_or_else(|| {
            Failure::invalid(
                said!("BALIE_TOKEN_FILE holds no token"),
                said!("make one with `balie operator token add`, and write it there"),
            )
        })
}

/// A line of standard input, and not a byte after it: what follows may be the command's own input.
fn first_line(stdin: &mut dyn Read) -> Result<Zeroizing<String>, Failure> {
    let mut line = Zeroizing::new(String::new());
    let mut byte = [0];
    while line.len() < 4_096 && stdin.read(&mut byte)? == 1 && byte[0] != b'\n' {
        line.push(char::from(byte[0]));
    }
    Ok(line)
}

/// Keeps a token, in place of the one before.
pub(in crate::cli) fn keep(path: &Path, token: &Token) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
    }
    let fresh = path.with_extension("new");
    // What an interrupted login left behind; that it isn't there is as well.
    let _ = std::fs::remove_file(&fresh);
    let mut file = file::create(&fresh)?;
    writeln!(file, "{}", token.text())?;
    file.sync_all()?;
    Ok(std::fs::rename(fresh, path)?)
}

/// Forgets a session.
pub(in crate::cli) fn forget(path: &Path) -> Result<(), Failure> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
