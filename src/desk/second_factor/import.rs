//! `balie enroll import`: enrollments taken over from otpauth URIs. Each secret is sealed as it's read.

use std::path::Path;

use serde::Serialize;
use serde_json::json;
use zeroize::Zeroizing;

use super::authenticator::{add, open};
use crate::desk::{Desk, Error, Result, only_seals};
use crate::directory::{Faults, open_file};
use crate::domain::code::Username;
use crate::domain::log::event::Action;
use crate::domain::second_factor::otpauth;
use crate::domain::second_factor::totp::Authenticator;
use crate::store::Tx;
use crate::vault::Vault;

const FILE: &str = "enrollments";
const COLUMNS: &[&str] = &["username", "otpauth_uri"];
/// Shortest secret that is taken over unasked, in bytes (RFC 4226 R6: 128 bits). New ones have 20.
const SHORTEST: usize = 16;
const SHORT: &str =
    "a secret of 128 bits or more (RFC 4226); `--allow-short` accepts a shorter one";

/// What an import of enrollments did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EnrollReport {
    /// Enrollments that are in use now.
    pub enrolled: u64,
    /// Enrollments that were in use already, with the same secret.
    pub unchanged: u64,
    /// Of those enrolled: with other parameters than every app knows. Kept and checked as they are.
    pub unusual: u64,
    /// Nothing was kept: it was a dry run.
    pub dry_run: bool,
}

/// Imports every row of `file`, or nothing. What is wrong is told without quoting a secret.
pub async fn import_enrollments(
    desk: &mut Desk<'_>,
    file: &Path,
    allow_short: bool,
    dry_run: bool,
) -> Result<EnrollReport> {
    let (mut tx, _) = desk.begin(Action::EnrollImport).await?;
    let vault = desk.vault(&mut tx).await?;
    let mut faults = Faults::default();
    let mut report = EnrollReport {
        dry_run,
        ..EnrollReport::default()
    };
    if let Some(mut table) = open_file(file, FILE, COLUMNS, &mut faults).map_err(unreadable)? {
        while let Some(cells) = table.next(&mut faults).map_err(unreadable)? {
            let fault =
                |column: usize, found: &str, expected: &str| cells.fault(column, found, expected);
            let Ok(username) = cells.text(0).parse::<Username>() else {
                faults.push(fault(0, cells.text(0), "a username"));
                continue;
            };
            let uri = Zeroizing::new(cells.text(1).to_owned());
            let imported = match otpauth::read(&uri) {
                Ok(imported) if allow_short || imported.secret().len() >= SHORTEST => imported,
                Ok(_) => {
                    faults.push(fault(1, "(not shown)", SHORT));
                    continue;
                }
                Err(unusable) => {
                    faults.push(fault(1, "(not shown)", &unusable.to_string()));
                    continue;
                }
            };
            match take_over(desk, &mut tx, &vault, &username, &imported).await? {
                Taken::Enrolled => {
                    report.enrolled += 1;
                    report.unusual += u64::from(!imported.is_usual());
                }
                Taken::Unchanged => report.unchanged += 1,
                Taken::Refused(expected) => faults.push(fault(0, username.as_str(), expected)),
            }
        }
    }
    if !faults.is_empty() {
        return Err(Error::Invalid {
            message: format!("nothing was imported:\n{faults}"),
            hint: "fix the file, then import again".into(),
        });
    }
    if !dry_run {
        let detail = json!({
            "enrolled": report.enrolled,
            "unchanged": report.unchanged,
            "unusual": report.unusual,
            "allow_short": allow_short,
        });
        let event = desk.event(Action::EnrollImport, detail);
        desk.commit(tx, event).await?;
    }
    Ok(report)
}

enum Taken {
    Enrolled,
    Unchanged,
    Refused(&'static str),
}

async fn take_over(
    desk: &mut Desk<'_>,
    tx: &mut Tx,
    vault: &Vault,
    username: &Username,
    imported: &Authenticator,
) -> Result<Taken> {
    tx.lock_accounts(&[username.to_string()]).await?;
    let Some(account) = tx.account(&desk.reach, username).await? else {
        return Ok(Taken::Refused("a username that is on file"));
    };
    if let Some(live) = tx.authenticator(account.id).await? {
        if !vault.can_open() {
            return Err(only_seals(tx).await?);
        }
        let live = open(vault, account.id, &live)?;
        return Ok(if live.secret() != imported.secret() {
            Taken::Refused("an account that isn't enrolled yet; this one is, with another secret")
        } else if live.has_the_parameters_of(imported) {
            Taken::Unchanged
        } else {
            Taken::Refused(
                "an account that isn't enrolled yet; this one is, with that secret and another hash, number of digits or period",
            )
        });
    }
    let in_use = Some(desk.now);
    add(desk, tx, vault, account.id, imported, in_use).await?;
    Ok(Taken::Enrolled)
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it is what `map_err` hands over"
)]
fn unreadable(error: std::io::Error) -> Error {
    Error::Invalid {
        message: format!("nothing was imported: {error}"),
        hint: "check that the file can be read".into(),
    }
}
