//! What a use case can fail with.

use std::fmt;

use crate::domain::bulk::plan::PlanId;
use crate::domain::code::Username;
use crate::domain::log::check::Broken;
use crate::domain::refusal::Refusal;
use crate::domain::request::id::RequestId;
use crate::domain::reset::four_eyes::{Reason, needed};
use crate::domain::reset::not_done::{Held, NotDone};
use crate::domain::reset::warrant::Purpose;
use crate::domain::timestamp::Timestamp;
use crate::mail::MailboxError;
use crate::store::StoreError;
use crate::store::backup::CopyError;
use crate::vault::{CheckpointError, HashError, KeyFileError, KeySource, ReceiptError, SealError};

/// What every use case gives back.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a use case didn't come to its end.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A copy can't be made or used.
    #[error(transparent)]
    Copy(#[from] CopyError),
    /// The key file can't be used.
    #[error(transparent)]
    Keys(#[from] KeyFileError),
    /// A seal can't be made or opened.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// A password can't be hashed, or its hash can't be used.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// The keys belong to another database.
    #[error("{keys} doesn't have this database's key {key}")]
    OtherKeys {
        /// Where they come from.
        keys: KeySource,
        /// The key that the database knows.
        key: String,
    },
    /// This machine seals, and doesn't open.
    #[error("the keys on this machine can seal secrets but can't open them")]
    OnlySeals {
        /// Who has the opening half.
        who: Vec<String>,
    },
    /// The database hands no secrets to this login.
    #[error("the database hands sealed secrets only to operators with the duty `totp`")]
    SecretsKept {
        /// Who has that duty.
        who: Vec<String>,
    },
    /// The keys sign for another desk.
    #[error("{keys} has a signing key that isn't this desk's")]
    OtherSigningKey {
        /// Where they come from.
        keys: KeySource,
    },
    /// Seals that didn't hold when everything was resealed; they were left as they are.
    #[error("{} seal(s) don't hold and were left as they are: {}", rows.len(), rows.join(", "))]
    BrokenSeals {
        /// The usernames, or a mail's Message-ID.
        rows: Vec<String>,
        /// How many were resealed.
        resealed: u64,
    },
    /// A receipt doesn't hold.
    #[error(transparent)]
    Receipt(#[from] ReceiptError),
    /// A receipt that holds isn't of a reset in this log.
    #[error("the log has no reset like the one the receipt states")]
    NotInLog,
    /// The log doesn't hold.
    #[error("the log doesn't hold at event {seq}: {why}")]
    LogBroken {
        /// The first event that doesn't.
        seq: i64,
        /// Why.
        why: Broken,
    },
    /// The desk's row names another signing key than its first event.
    #[error(
        "the database names a signing key other than {logged}, which this desk was created with"
    )]
    KeyReplaced {
        /// The key that the log knows.
        logged: String,
    },
    /// A checkpoint can't be believed.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// A checkpoint is of another log.
    #[error("the checkpoint is of the log {found}, but this database holds {expected}")]
    OtherLog {
        /// The log that it names.
        found: String,
        /// The log that is here.
        expected: String,
    },
    /// A mailbox can't be read.
    #[error(transparent)]
    Mailbox(#[from] MailboxError),
    /// A rule of the desk refuses.
    #[error("{}", .0.sentence())]
    Refused(Refusal),
    /// A rule of the desk refuses, and here more can be said than what it says everywhere.
    #[error("{message}")]
    RefusedHere {
        /// The rule.
        refusal: Refusal,
        /// What happened.
        message: String,
        /// What to do.
        hint: String,
    },
    /// Another operator has to approve it first.
    #[error("{what} {}", needed(reasons))]
    NeedsApproval {
        /// What.
        what: Unapproved,
        /// Why.
        reasons: Vec<Reason>,
    },
    /// A colleague has it open in a changing step.
    #[error("{by} has had this {what} open since {since:.0}")]
    Held {
        /// An account or a request.
        what: &'static str,
        /// Who.
        by: String,
        /// Since when.
        since: Timestamp,
    },
    /// Rule 20: too many wrong logins in a row, or wrong own passwords.
    #[error("there were too many wrong logins; the next attempt is accepted from {until:.0} on")]
    LoginDelayed {
        /// Until when it waits.
        until: Timestamp,
    },
    /// Rule 20: who does this must have a work address on file.
    #[error("{login} has no work address on file, which this requires")]
    WorkEmailMissing {
        /// The operator.
        login: String,
    },
    /// Whoever logs in is connected to PostgreSQL with somebody else's own login.
    #[error("you're connected to the database as {own}, and can't log in as somebody else")]
    OtherLogin {
        /// That login.
        own: String,
    },
    /// Rule 20: somebody else made this token, and its operator hasn't accepted it.
    #[error("the token {token} doesn't work until {login} accepts it")]
    TokenAsleep {
        /// Its public id.
        token: String,
        /// The operator that it works for.
        login: String,
    },
    /// There is no such thing.
    #[error("there is no {what} `{name}`")]
    NotFound {
        /// What was looked for.
        what: &'static str,
        /// By which name.
        name: String,
        /// What may have been meant.
        nearest: Option<String>,
    },
    /// More than one is called that.
    #[error("{what}")]
    Ambiguous {
        /// How many of what.
        what: String,
        /// How to tell them apart.
        hint: String,
    },
    /// What was handed in can't be used.
    #[error("{message}")]
    Invalid {
        /// What is wrong with it.
        message: String,
        /// What to do.
        hint: String,
    },
}

/// What another operator has to approve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unapproved {
    /// What a request is to be used for, for one account.
    Account {
        /// Whose.
        username: Username,
        /// The request.
        request: RequestId,
        /// What for.
        purpose: Purpose,
    },
    /// A plan.
    Plan(PlanId),
}

impl fmt::Display for Unapproved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account { username, .. } => username.fmt(f),
            Self::Plan(id) => id.fmt(f),
        }
    }
}

impl Error {
    /// Why `request` wasn't used for this account.
    #[must_use]
    pub fn not_done(
        why: NotDone,
        username: &Username,
        request: &RequestId,
        purpose: Purpose,
    ) -> Self {
        match why {
            NotDone::Refused(refusal) => refusal.into(),
            NotDone::Held(held) => held.into(),
            NotDone::Unknown => Self::NotFound {
                what: "account",
                name: username.to_string(),
                nearest: None,
            },
            NotDone::NeedsApproval(reasons) => Self::NeedsApproval {
                what: Unapproved::Account {
                    username: username.clone(),
                    request: request.clone(),
                    purpose,
                },
                reasons,
            },
        }
    }
}

impl From<Held> for Error {
    fn from(Held { what, by, since }: Held) -> Self {
        Self::Held { what, by, since }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
