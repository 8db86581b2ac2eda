//! `balie enroll import`: enrollments taken over from otpauth URIs. Each secret is sealed as it's read.

use std::path::Path;

use serde::Serialize;
use serde_json::json;
use totp_rs::{Algorithm, Totp};
use zeroize::Zeroizing;

use super::{Desk, Error, Result};
use crate::directory::{Faults, open_file};
use crate::domain::code::Username;
use crate::domain::event::Action;
use crate::store::{NewEnrollment, Tx};
use crate::vault::{Bound, SealedSecret, Vault};

const FILE: &str = "enrollments";
const COLUMNS: &[&str] = &["username", "otpauth_uri"];
/// Shortest secret that is taken over, in bytes: what older apps made. New ones have 20.
const SHORTEST: usize = 10;

/// What an import of enrollments did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EnrollReport {
    /// Enrollments that are in use now.
    pub enrolled: u64,
    /// Enrollments that were in use already, with the same secret.
    pub unchanged: u64,
    /// Nothing was kept: it was a dry run.
    pub dry_run: bool,
}

/// Imports every row of `file`, or nothing. What is wrong is told without quoting a secret.
pub async fn import_enrollments(
    desk: &mut Desk<'_>,
    file: &Path,
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
            // The parser's own words may quote the secret: they aren't passed on.
            let totp = Totp::from_url_unchecked(uri.as_str()).ok();
            let Some(totp) = totp.filter(|totp| totp.secret().as_bytes().len() >= SHORTEST) else {
                faults.push(fault(
                    1,
                    "(not shown)",
                    "otpauth://totp/… with a secret of 80 bits or more",
                ));
                continue;
            };
            match take_over(desk, &mut tx, &vault, &username, &totp).await? {
                Taken::Enrolled => report.enrolled += 1,
                Taken::Unchanged => report.unchanged += 1,
                Taken::Refused(expected) => faults.push(fault(0, username.as_str(), expected)),
            }
        }
    }
    if !faults.is_empty() {
        return Err(Error::Invalid {
            message: format!("nothing was imported:\n{faults}"),
            hint: "mend the file, then import again".into(),
        });
    }
    if !dry_run {
        let detail = json!({ "enrolled": report.enrolled, "unchanged": report.unchanged });
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
    totp: &Totp,
) -> Result<Taken> {
    let algorithm = match totp.algorithm() {
        Algorithm::SHA1 => "SHA1",
        Algorithm::SHA256 => "SHA256",
        Algorithm::SHA512 => "SHA512",
        _ => {
            return Ok(Taken::Refused(
                "an authenticator with SHA1, SHA256 or SHA512",
            ));
        }
    };
    let fits = (6..=8).contains(&totp.digits()) && (15..=120).contains(&totp.step());
    if !fits {
        return Ok(Taken::Refused(
            "an authenticator of 6 to 8 digits, new every 15 to 120 seconds",
        ));
    }
    let Some(account) = tx.account_to_change(&desk.reach, username).await? else {
        return Ok(Taken::Refused("a username that is on file"));
    };
    if let Some(live) = tx.live_seal(account.id).await? {
        let uid = live.uid.as_slice().try_into().ok();
        let sealed = live.sealed_secret.map(|bytes| SealedSecret {
            key_id: live.key_id,
            bytes,
        });
        let same = match sealed.zip(uid) {
            Some((sealed, uid)) => {
                let bound = Bound::Enrollment {
                    account: account.id,
                    uid: &uid,
                };
                *vault.open(&sealed, &bound)? == *totp.secret().as_bytes()
            }
            None => false,
        };
        return Ok(if same {
            Taken::Unchanged
        } else {
            Taken::Refused("an account that isn't enrolled yet; this one is, with another secret")
        });
    }
    let mut uid = [0; 16];
    desk.rng.fill_bytes(&mut uid);
    let bound = Bound::Enrollment {
        account: account.id,
        uid: &uid,
    };
    let sealed = vault.seal(totp.secret().as_bytes(), &bound, desk.rng)?;
    let new = NewEnrollment {
        account: account.id,
        uid: &uid,
        key_id: &sealed.key_id,
        sealed_secret: &sealed.bytes,
        algorithm,
        digits: i64::from(totp.digits()),
        period: i64::try_from(totp.step()).unwrap_or(30),
    };
    tx.add_enrollment(&new, desk.now).await?;
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
