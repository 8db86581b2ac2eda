//! `balie totp check`: a caller reads a code aloud, and the desk says what is wrong. It sees no secret,
//! logs nobody in, and a right code is used up by the answer.

use jiff::SignedDuration;
use serde_json::json;

use super::authenticator::open;
use crate::desk::lease::locked_card;
use crate::desk::{Desk, Error, Result};
use crate::domain::code::Username;
use crate::domain::log::event::Action;
use crate::domain::refusal::Refusal;
use crate::domain::second_factor::Stage;
use crate::domain::second_factor::diagnosis::{
    CANDIDATES, CHECKS_BY_OPERATOR, CHECKS_OF_ACCOUNT, Finding, ReadAloud, WHOSE_BY_OPERATOR,
    examine, is_of_colleague, is_of_retired,
};
use crate::domain::timestamp::Timestamp;
use crate::store::Tx;
use crate::store::account::SecondFactorRow;
use crate::vault::Vault;

/// Retired authenticators that are looked at.
const RETIRED: i64 = 5;

/// What a code tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Diagnosis {
    /// It's right, and used up now.
    Right,
    /// It was right, and was used before.
    AlreadyUsed,
    /// The phone's clock is off by so many seconds; ahead when positive.
    ClockOff(i64),
    /// It's a code of this holder's authenticator before a reset.
    PreviousEnrollment,
    /// It's a code of somebody else.
    OtherAccount(Colleague),
    /// A second code has to be read aloud to be sure.
    SecondCodeNeeded,
    /// This server's clock has gone back: nobody's code can be judged.
    ServerClock,
    /// Probably another line in the app.
    Unknown,
    /// The second factor is locked; no code is looked at.
    Locked(Option<Timestamp>),
    /// There is no second factor; the holder may enroll until then.
    NotEnrolled(Option<Timestamp>),
}

/// Whose code it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    /// The username.
    pub username: Username,
    /// The name.
    pub name: String,
    /// Works at the same school.
    pub same_school: bool,
}

impl Diagnosis {
    /// The answer's name in the contract.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::AlreadyUsed => "already_used",
            Self::ClockOff(seconds) if *seconds > 0 => "clock_ahead",
            Self::ClockOff(_) => "clock_behind",
            Self::PreviousEnrollment => "previous_enrollment",
            Self::OtherAccount(_) => "other_account",
            Self::SecondCodeNeeded => "second_code_needed",
            Self::ServerClock => "server_clock",
            Self::Unknown => "unknown",
            Self::Locked(_) => "locked",
            Self::NotEnrolled(_) => "not_enrolled",
        }
    }
}

/// Says what the codes tell; with `whose_code` it looks among the colleagues too.
pub async fn check_code(
    desk: &mut Desk<'_>,
    username: &Username,
    read: ReadAloud<'_>,
    whose_code: bool,
) -> Result<Diagnosis> {
    let action = if whose_code {
        Action::WhoseCode
    } else {
        Action::CodeCheck
    };
    let (mut tx, _) = desk.begin(action).await?;
    let vault = desk.vault_to_open_secrets(&mut tx).await?;
    let card = locked_card(desk, &mut tx, username).await?;
    let account = card.account.id;
    if is_over_limit(desk, &mut tx, account, whose_code).await? {
        let mut event = desk.event(
            Action::CodeCheckRefused,
            json!({ "whose_code": whose_code }),
        );
        event.account = Some(account);
        desk.commit(tx, event).await?;
        return Err(Refusal::TooManyTries.into());
    }
    let found = tx.second_factor_to_open(account).await?;
    let diagnosis = diagnose(desk, &mut tx, &vault, account, &found, read, whose_code).await?;
    let whose = match &diagnosis {
        Diagnosis::OtherAccount(colleague) => Some(&colleague.username),
        _ => None,
    };
    let detail = json!({
        "answer": diagnosis.name(),
        "codes": 1 + u8::from(read.next.is_some()),
        "whose": whose,
    });
    let mut event = desk.event(action, detail);
    event.account = Some(account);
    desk.commit(tx, event).await?;
    Ok(diagnosis)
}

async fn is_over_limit(
    desk: &Desk<'_>,
    tx: &mut Tx,
    account: i64,
    whose_code: bool,
) -> Result<bool> {
    let hour_ago = desk.now.plus(SignedDuration::from_hours(-1));
    let mut of_account = 0;
    for action in [Action::CodeCheck, Action::WhoseCode] {
        of_account += tx.account_events_since(account, action, hour_ago).await?;
    }
    let (by_operator, whose) = tx.code_checks_since(&desk.operator, hour_ago).await?;
    Ok(of_account >= CHECKS_OF_ACCOUNT
        || by_operator >= CHECKS_BY_OPERATOR
        || (whose_code && whose >= WHOSE_BY_OPERATOR))
}

async fn diagnose(
    desk: &Desk<'_>,
    tx: &mut Tx,
    vault: &Vault,
    account: i64,
    found: &SecondFactorRow,
    read: ReadAloud<'_>,
    whose_code: bool,
) -> Result<Diagnosis> {
    let mut unsure = false;
    match (found.standing.stage, &found.authenticator) {
        (Stage::Locked { .. }, _) => return Ok(Diagnosis::Locked(found.locked_at)),
        (Stage::Active { last, .. }, Some(row)) => {
            match examine(&open(vault, account, row)?, last, read, desk.now) {
                Finding::Right { step } if tx.accept_step(row.id, step).await?.took() => {
                    return Ok(Diagnosis::Right);
                }
                Finding::Right { .. } | Finding::AlreadyUsed => return Ok(Diagnosis::AlreadyUsed),
                Finding::ClockOff { seconds } => return Ok(Diagnosis::ClockOff(seconds)),
                Finding::ClockWentBack => return Ok(Diagnosis::ServerClock),
                Finding::Unsure => unsure = true,
                Finding::Foreign => {}
            }
        }
        _ => {}
    }
    for row in tx.retired_authenticators(account, RETIRED).await? {
        if is_of_retired(&open(vault, account, &row)?, read.code, desk.now) {
            return Ok(Diagnosis::PreviousEnrollment);
        }
    }
    if unsure || (whose_code && read.next.is_none()) {
        return Ok(Diagnosis::SecondCodeNeeded);
    }
    if whose_code && let Some(found) = colleague(desk, tx, vault, account, read).await? {
        return Ok(Diagnosis::OtherAccount(found));
    }
    Ok(match found.standing.stage {
        Stage::None | Stage::Pending { .. } => Diagnosis::NotEnrolled(found.standing.enroll_by),
        _ => Diagnosis::Unknown,
    })
}

/// The one whose codes these are: nobody, where two fit.
async fn colleague(
    desk: &Desk<'_>,
    tx: &mut Tx,
    vault: &Vault,
    account: i64,
    read: ReadAloud<'_>,
) -> Result<Option<Colleague>> {
    let Some(next) = read.next else {
        return Ok(None);
    };
    let mut fitting = Vec::new();
    tx.each_candidate::<Error>(&desk.reach, account, CANDIDATES, |row| {
        let app = open(vault, row.account, &row.authenticator)?;
        if is_of_colleague(&app, read.code, next, desk.now) {
            fitting.push(Colleague {
                username: row.username,
                name: row.name,
                same_school: row.same_school == 1,
            });
        }
        Ok(())
    })
    .await?;
    Ok(fitting.pop().filter(|_| fitting.is_empty()))
}
