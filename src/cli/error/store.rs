//! What the database says, as the caller sees it.

use super::Failure;
use crate::cli::language::{noted, told};
use crate::store::StoreError;

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        if let StoreError::Unfit(unfit) = &error {
            return Self {
                exit: 7,
                code: "database_unavailable",
                reasons: Vec::new(),
                message: told(&unfit.to_string()),
                hint: told(&unfit.mend()),
            };
        }
        let (exit, code, hint) = match &error {
            StoreError::Missing(_) => (
                3,
                "not_found",
                noted!("create it with `balie init`, or pass --database"),
            ),
            StoreError::NotBalie(_) => (
                2,
                "invalid_input",
                noted!("pass the right --database; `balie init` creates a new one"),
            ),
            StoreError::Newer { .. } => {
                (7, "database_unavailable", noted!("install the newer balie"))
            }
            StoreError::Outdated { .. } => (
                7,
                "database_unavailable",
                noted!("bring it up to date with `balie init`"),
            ),
            StoreError::Locked => (
                7,
                "database_unavailable",
                noted!("wait for the other program to end, then try again"),
            ),
            StoreError::ReadOnly => (
                7,
                "database_unavailable",
                noted!(
                    "make the file and its folder writable for the account that runs balie (ls -l shows who may)"
                ),
            ),
            StoreError::Full => (
                7,
                "database_unavailable",
                noted!("free some space, then try again"),
            ),
            StoreError::Disk => (
                7,
                "database_unavailable",
                noted!("free some space or repair the disk, then try again"),
            ),
            StoreError::Unreachable(_) => (
                7,
                "database_unavailable",
                noted!("check that the server runs and that the URL is right"),
            ),
            StoreError::Corrupt(_) | StoreError::AppendOnly => (
                8,
                "tampered",
                noted!("check the log with `balie audit verify`, and restore a copy"),
            ),
            StoreError::Refused(_) => (
                4,
                "role_may_not",
                noted!(
                    "work under your own name, with your own login to the database, through balie's commands"
                ),
            ),
            StoreError::Damaged => (
                7,
                "database_unavailable",
                noted!(
                    "keep the file as it is, put a copy in its place, and check that with `balie audit verify`"
                ),
            ),
            StoreError::Unexpected(_) | StoreError::Sql(_) | StoreError::Unfit(_) => {
                (1, "internal", "")
            }
        };
        Self {
            exit,
            code,
            reasons: Vec::new(),
            message: told(&error.to_string()),
            hint: told(hint),
        }
    }
}
