//! What people are told by mail (rule 10). Kept as data; the text is written when it's sent.

use serde::{Deserialize, Serialize};

use super::timestamp::Timestamp;
mod about_account;
mod answer;
mod desk_restored;
mod thread;
pub use about_account::AboutAccount;
pub use answer::{AnswerToHolder, AnswerToRequester};
pub use desk_restored::DeskRestored;

/// A notice, with what its text needs. Never a secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Notice {
    /// To the holder: your second factor was reset without a request, in an emergency.
    BreakGlassHolder {
        /// The holder's name.
        name: String,
        /// The username.
        username: String,
        /// The case.
        case: String,
        /// When.
        at: Timestamp,
        /// Until when the holder may enroll.
        enroll_by: Timestamp,
        /// The desk's address, to protest at.
        desk: String,
    },
    /// To who could have asked: it was done, and nobody asked.
    BreakGlassRequester {
        /// The requester's name.
        name: String,
        /// The holder's name.
        holder: String,
        /// The case.
        case: String,
        /// Why, as the operator wrote it down.
        reason: String,
        /// When.
        at: Timestamp,
        /// The desk's address, to protest at.
        desk: String,
    },
    /// To the holder: your second factor was reset.
    ResetHolder {
        /// The holder's name.
        name: String,
        /// The username.
        username: String,
        /// Who asked.
        requester: String,
        /// The request.
        request: String,
        /// When.
        at: Timestamp,
        /// Until when the holder may enroll.
        enroll_by: Timestamp,
        /// The desk's address, to protest at.
        desk: String,
    },
    /// To the requester: it was done as you asked.
    ResetRequester {
        /// The requester's name.
        name: String,
        /// The holder's name.
        holder: String,
        /// The request.
        request: String,
        /// When.
        at: Timestamp,
        /// The desk's address, to protest at.
        desk: String,
    },
    /// To the holder: the reset was undone.
    UndoneHolder {
        /// The holder's name.
        name: String,
        /// The username.
        username: String,
        /// The request that the reset was done on.
        request: String,
        /// When the reset was done.
        reset_at: Timestamp,
        /// When it was undone.
        at: Timestamp,
        /// The desk's address.
        desk: String,
    },
    /// To the requester: the reset was undone.
    UndoneRequester {
        /// The requester's name.
        name: String,
        /// The holder's name.
        holder: String,
        /// The request that the reset was done on.
        request: String,
        /// When the reset was done.
        reset_at: Timestamp,
        /// When it was undone.
        at: Timestamp,
        /// The desk's address.
        desk: String,
    },
    /// To the holder: your enrollment window closes soon.
    WindowReminder {
        /// The holder's name.
        name: String,
        /// The username.
        username: String,
        /// Until when the holder may enroll.
        enroll_by: Timestamp,
        /// The desk's address.
        desk: String,
    },
    /// To the holder: you may enroll again for a while.
    WindowReopened {
        /// The holder's name.
        name: String,
        /// The username.
        username: String,
        /// When.
        at: Timestamp,
        /// Until when the holder may enroll.
        enroll_by: Timestamp,
        /// The desk's address, to protest at.
        desk: String,
    },
    /// To the holder: reset, and a colleague has to remove the entry from the app.
    ResetHolderWrongPhone {
        /// The holder's name.
        name: String,
        /// The username.
        username: String,
        /// Who asked.
        requester: String,
        /// The request.
        request: String,
        /// When.
        at: Timestamp,
        /// Until when the holder may enroll.
        enroll_by: Timestamp,
        /// The desk's address, to protest at.
        desk: String,
    },
    /// To the holder: here is a recovery code. The mail carries it.
    RecoveryCodeHolder {
        /// The holder's name.
        name: String,
        /// The username.
        username: String,
        /// Who asked.
        requester: String,
        /// The request.
        request: String,
        /// When.
        at: Timestamp,
        /// Until when the code can be used.
        expires_at: Timestamp,
        /// The desk's address, to protest at.
        desk: String,
    },
    /// To the holder: a recovery code is on its way by another road.
    ReissuedHolder {
        /// The holder's name.
        name: String,
        /// The username.
        username: String,
        /// Who asked.
        requester: String,
        /// The request.
        request: String,
        /// By which: `letter`, `sealed` or `screen`.
        by: String,
        /// When.
        at: Timestamp,
        /// Until when the code can be used.
        expires_at: Timestamp,
        /// The desk's address, to protest at.
        desk: String,
    },
    /// To the requester: a recovery code was issued, as you asked.
    ReissuedRequester {
        /// The requester's name.
        name: String,
        /// The holder's name.
        holder: String,
        /// The request.
        request: String,
        /// When.
        at: Timestamp,
        /// The desk's address, to protest at.
        desk: String,
    },
    /// To the requester: a code that was asked for in your name was refused.
    ReissueRefusedRequester {
        /// The requester's name.
        name: String,
        /// The holder's name.
        holder: String,
        /// The request.
        request: String,
        /// When.
        at: Timestamp,
        /// The desk's address, to protest at.
        desk: String,
    },
    /// To the holder: a recovery code was asked for, and refused.
    ReissueRefusedHolder(AboutAccount),
    /// To the holder: you have a login now.
    AccountAdded {
        /// The holder's name.
        name: String,
        /// The username.
        username: String,
        /// Until when the holder may enroll.
        enroll_by: Timestamp,
        /// The desk's address, to protest at.
        desk: String,
    },
    /// To a shared login's address: a colleague has their own login now.
    PersonalIssued {
        /// The shared login, and when.
        #[serde(flatten)]
        about: AboutAccount,
        /// Who has their own login.
        holder: String,
    },
    /// To an auditor: a copy was put in the place of the desk.
    DeskRestored(DeskRestored),
    /// To the holder: your login was blocked.
    AccountBlocked(AboutAccount),
    /// To the holder: your login was unblocked.
    AccountUnblocked(AboutAccount),
    /// To the requester: what was asked in your name was refused.
    RefusedRequester {
        /// The requester's name.
        name: String,
        /// The holder's name.
        holder: String,
        /// The request.
        request: String,
        /// When.
        at: Timestamp,
        /// The desk's address.
        desk: String,
    },
    /// To the holder: a reset was asked for, and refused.
    RefusedHolder(AboutAccount),
    /// To the requester: what you asked for many accounts has begun.
    BulkBegunRequester {
        /// The requester's name.
        name: String,
        /// How many accounts.
        rows: i64,
        /// The request.
        request: String,
        /// When.
        at: Timestamp,
        /// The desk's address, to protest at.
        desk: String,
    },
    /// To the requester: what you asked for many accounts is through.
    BulkDoneRequester {
        /// The requester's name.
        name: String,
        /// How many accounts were reset.
        done: i64,
        /// How many weren't.
        not_done: i64,
        /// The request.
        request: String,
        /// When.
        at: Timestamp,
        /// The desk's address, to protest at.
        desk: String,
    },
    /// To the requester: the recovery codes that you asked for many accounts are being made.
    BulkReissueBegunRequester {
        /// The requester's name.
        name: String,
        /// How many accounts.
        rows: i64,
        /// The request.
        request: String,
        /// When.
        at: Timestamp,
        /// The desk's address, to protest at.
        desk: String,
    },
    /// To the requester: they are made.
    BulkReissueDoneRequester {
        /// The requester's name.
        name: String,
        /// How many accounts have a new code.
        done: i64,
        /// How many haven't.
        not_done: i64,
        /// The request.
        request: String,
        /// When.
        at: Timestamp,
        /// The desk's address, to protest at.
        desk: String,
    },
    /// To the holder: an authenticator was linked.
    EnrolledHolder(AboutAccount),
    /// To the holder: the recovery code was used.
    RecoveredHolder(AboutAccount),
    /// To the holder: too many wrong codes, so the second factor is locked.
    LockedHolder(AboutAccount),
    /// To the holder: the desk unlocked the second factor.
    UnlockedHolder(AboutAccount),
    /// To the holder: the password was set.
    PasswordHolder(AboutAccount),
    /// To the requester's address on file: a code, to be given back.
    Challenge {
        /// The requester's name.
        name: String,
        /// The request.
        request: String,
        /// Whom it is for, with their schools.
        accounts: String,
        /// Other open requests in the requester's name.
        #[serde(default)]
        others: String,
        /// The first line that would have named the desk, where that was missing.
        #[serde(default)]
        first_line: String,
        /// When the mail came in.
        at: Timestamp,
        /// Until when the code is valid.
        until: Timestamp,
        /// The desk's address.
        desk: String,
    },
    /// To the requester: an operator turned the request down.
    RequestRejected {
        /// The requester's name.
        name: String,
        /// The request.
        request: String,
        /// Why.
        reason: String,
        /// When.
        at: Timestamp,
        /// The desk's address.
        desk: String,
    },
    /// To the requester: a mail in your name wasn't taken.
    RequestRefused {
        /// The requester's name.
        name: String,
        /// The request.
        request: String,
        /// What to do: `forged`, `old`, `authority` or `unreadable`.
        advice: String,
        /// When.
        at: Timestamp,
        /// The desk's address.
        desk: String,
    },
    /// To who sent a request: what the FAQ says of a topic.
    AnswerRequester(AnswerToRequester),
    /// To a holder: what the FAQ says of a topic.
    AnswerHolder(AnswerToHolder),
}
