//! What is wrong with a copy, as its caller hears it.

use std::io;

use crate::cli::Failure;
use crate::cli::language::{said, told};
use crate::store::backup::CopyError;

impl From<CopyError> for Failure {
    fn from(error: CopyError) -> Self {
        let message = told(&error.to_string());
        let (exit, code, hint) = match error {
            CopyError::Store(error) => return error.into(),
            CopyError::File { ref error, .. } if error.kind() == io::ErrorKind::NotFound => {
                (3, "not_found", said!("pass a path that is there"))
            }
            CopyError::File { .. } => (
                2,
                "invalid_input",
                said!("pass a place that this account can write, with room for a copy"),
            ),
            CopyError::NotACopy(_) | CopyError::InUse(_) => (
                2,
                "invalid_input",
                said!(
                    "pass another path: only a copy of this desk is replaced, and only a copy is read"
                ),
            ),
            CopyError::Occupied(_) => (
                5,
                "desk_exists",
                said!(
                    "a copy is only put back where nothing is: move what is there aside and keep it, or pass another --database"
                ),
            ),
            CopyError::OtherEngine { is_dump, .. } => (
                2,
                "invalid_input",
                if is_dump {
                    said!("pass an empty PostgreSQL database: --database postgres://…")
                } else {
                    said!("pass a file that isn't there yet: --database FILE")
                },
            ),
            CopyError::Older { .. } => (
                7,
                "database_unavailable",
                said!(
                    "work on it with the balie that made it, then upgrade, as docs/upgrade.md says"
                ),
            ),
            CopyError::OtherKeys { .. } => (
                4,
                "other_desk",
                said!(
                    "pass a copy of this desk, or point `[keys] file` to that desk's keys, from the safe"
                ),
            ),
            CopyError::OtherDesk { .. } => (
                4,
                "other_desk",
                said!("pass another path: each desk keeps its own copies"),
            ),
            CopyError::Damaged(_) => (
                8,
                "tampered",
                said!("take an older copy, and find out what happened to this one"),
            ),
            CopyError::NoProgram(program) => (
                7,
                "database_unavailable",
                said!(
                    "install PostgreSQL's client programs (`apt install postgresql-client`), or run `{program}` where they are, as docs/operations.md shows",
                    program = program
                ),
            ),
            CopyError::Program { .. } => (
                7,
                "database_unavailable",
                said!("it takes the owner's login, and programs that aren't older than the server"),
            ),
        };
        Self {
            exit,
            code,
            reasons: Vec::new(),
            message,
            hint,
        }
    }
}
