//! What goes into the log.

use super::text_value::text_enum;

/// A SHA-256.
pub type Hash = [u8; 32];

text_enum! {
    /// What was done.
    Action, UnknownAction, "action", {
        /// The desk was set up.
        DeskInit = "desk.init",
        /// A directory was imported.
        DirectoryImport = "directory.import",
        /// Enrollments were taken over from otpauth URIs.
        EnrollImport = "enroll.import",
        /// An enrollment was begun.
        EnrollBegin = "enroll.begin",
        /// An enrollment was confirmed with a code, and is in use.
        EnrollConfirm = "enroll.confirm",
        /// The code that was to confirm an enrollment was wrong.
        EnrollRefused = "enroll.refused",
        /// A login was decided as a portal decides it.
        PortalLogin = "portal.login",
        /// An account's password was set.
        PortalPassword = "portal.password",
        /// A code that somebody read aloud was checked.
        CodeCheck = "totp.check",
        /// A code that somebody read aloud was looked for among other accounts.
        WhoseCode = "totp.whose_code",
        /// A check of a code was refused: too many.
        CodeCheckRefused = "totp.refused",
        /// A second factor was unlocked.
        Unlock = "totp.unlock",
        /// Accounts were searched.
        AccountFind = "account.find",
        /// An account was looked at.
        AccountShow = "account.show",
        /// An account's history was read.
        AccountHistory = "account.history",
        /// Regions were looked at.
        RegionRead = "region.read",
        /// Organisations were looked at.
        OrganisationRead = "organisation.read",
        /// Requesters were looked at.
        RequesterRead = "requester.read",
        /// A mail was received and judged.
        RequestReceive = "request.receive",
        /// Requests were looked at.
        RequestRead = "request.read",
        /// A request whose DNS answers were missing was judged again.
        RequestReverify = "request.reverify",
        /// A code was mailed to the address on file.
        RequestChallenge = "request.challenge",
        /// A code was given back, the right one or not.
        RequestConfirm = "request.confirm",
        /// Accounts were bound to a request.
        RequestAssign = "request.assign",
        /// A request was rejected by an operator.
        RequestReject = "request.reject",
        /// New mails were taken from a mailbox.
        MailboxFetch = "mailbox.fetch",
        /// A mail couldn't be taken, and was set aside.
        MailboxQuarantine = "mailbox.quarantine",
        /// A requester was put on file.
        RequesterAdd = "requester.add",
        /// A requester may not ask any more.
        RequesterEnd = "requester.end",
        /// A requester was looked at again, and is right as it stands.
        RequesterReview = "requester.review",
        /// Second factors were reset.
        Reset = "reset",
        /// A reset was refused.
        ResetRefused = "reset.refused",
        /// The outbox was looked at.
        OutboxRead = "outbox.read",
        /// Mails were sent.
        OutboxSend = "outbox.send",
        /// The log was read.
        AuditLog = "audit.log",
        /// The log was verified.
        AuditVerify = "audit.verify",
        /// A second operator approved what a request asks for.
        RequestApprove = "request.approve",
        /// Operators were looked at.
        OperatorRead = "operator.read",
        /// An operator was registered.
        OperatorAdd = "operator.add",
        /// An operator may not work any more.
        OperatorDisable = "operator.disable",
        /// An operator may work again.
        OperatorEnable = "operator.enable",
        /// An operator got another role or other regions.
        OperatorRole = "operator.role",
        /// An operator was given a password to begin with.
        OperatorPassword = "operator.password",
        /// An operator chose a password.
        OwnPassword = "operator.own_password",
        /// Scripts' tokens were looked at.
        TokenRead = "token.read",
        /// A script got a token.
        TokenAdd = "token.add",
        /// A script's token was revoked.
        TokenRevoke = "token.revoke",
        /// An operator logged in.
        Login = "login",
        /// A login was refused.
        LoginRefused = "login.refused",
        /// An operator logged out.
        Logout = "logout",
        /// An operator asked who is logged in.
        WhoAmI = "whoami",
        /// A role, a scope or a region refused a command.
        AccessRefused = "access.refused",
        /// An operator reached a limit.
        LimitReached = "limit.reached",
        /// An operator took over what a colleague had open.
        LeaseTakeOver = "lease.take_over",
        /// Break-glass cases were looked at.
        CaseRead = "case.read",
        /// A break-glass case was started.
        CaseStart = "case.start",
        /// A break-glass case was called off.
        CaseCancel = "case.cancel",
        /// A second factor was reset without a request: break-glass, completed by a second operator.
        BreakGlassReset = "reset.break_glass",
        /// The desk was examined.
        Doctor = "doctor",
        /// The log's size and root were signed.
        AuditCheckpoint = "audit.checkpoint",
        /// The log was exported.
        AuditExport = "audit.export",
        /// The enrollments were counted.
        AuditEnrollments = "audit.enrollments",
        /// The accounts of a finding were listed.
        AuditFinding = "audit.finding",
        /// Personal detail past its time was erased.
        AuditPrune = "audit.prune",
    }
}

/// Which kind of work an action is. Roles are given duties, not single actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duty {
    /// One's own session and password.
    Own,
    /// Reading who sits where: regions, organisations, requesters, colleagues.
    Places,
    /// Reading about people: accounts, requests, mails.
    People,
    /// Checking the desk itself, without reading about anybody.
    Check,
    /// Reading the log.
    Log,
    /// What keeps the desk going and decides nothing: mails out.
    Serve,
    /// Acting on requests and accounts.
    Work,
    /// Being the second pair of eyes.
    Approve,
    /// Operators, tokens, keys, the directory.
    Administer,
}

impl Action {
    /// Which kind of work it is. A new action finds its place here, and nowhere else.
    #[must_use]
    pub const fn duty(self) -> Duty {
        match self {
            Self::OwnPassword
            | Self::Login
            | Self::LoginRefused
            | Self::Logout
            | Self::WhoAmI
            | Self::AccessRefused
            | Self::LimitReached => Duty::Own,
            Self::RegionRead
            | Self::OrganisationRead
            | Self::RequesterRead
            | Self::OperatorRead
            | Self::AuditEnrollments => Duty::Places,
            Self::AccountFind
            | Self::AccountShow
            | Self::AccountHistory
            | Self::RequestRead
            | Self::OutboxRead
            | Self::CaseRead
            | Self::AuditFinding => Duty::People,
            Self::AuditVerify | Self::AuditCheckpoint | Self::Doctor => Duty::Check,
            Self::AuditLog | Self::AuditExport => Duty::Log,
            Self::OutboxSend => Duty::Serve,
            Self::RequestReceive
            | Self::RequestReverify
            | Self::RequestChallenge
            | Self::RequestConfirm
            | Self::RequestAssign
            | Self::RequestReject
            | Self::MailboxFetch
            | Self::MailboxQuarantine
            | Self::Reset
            | Self::ResetRefused
            | Self::EnrollBegin
            | Self::EnrollConfirm
            | Self::EnrollRefused
            | Self::PortalLogin
            | Self::CodeCheck
            | Self::WhoseCode
            | Self::CodeCheckRefused
            | Self::Unlock
            | Self::LeaseTakeOver
            | Self::CaseStart
            | Self::CaseCancel => Duty::Work,
            Self::RequestApprove | Self::BreakGlassReset => Duty::Approve,
            Self::DeskInit
            | Self::DirectoryImport
            | Self::EnrollImport
            | Self::PortalPassword
            | Self::RequesterAdd
            | Self::RequesterEnd
            | Self::RequesterReview
            | Self::OperatorAdd
            | Self::OperatorDisable
            | Self::OperatorEnable
            | Self::OperatorRole
            | Self::OperatorPassword
            | Self::TokenRead
            | Self::TokenAdd
            | Self::TokenRevoke
            | Self::AuditPrune => Duty::Administer,
        }
    }

    /// Whether it leaves everything but the log as it was.
    #[must_use]
    pub const fn only_reads(self) -> bool {
        matches!(
            self.duty(),
            Duty::Places | Duty::People | Duty::Check | Duty::Log
        )
    }
}

/// What is to be written down.
#[derive(Clone, Debug)]
pub struct Event {
    /// The login of the operator.
    pub operator: String,
    /// What was done.
    pub action: Action,
    /// The account it was done to, by its internal id.
    pub account: Option<i64>,
    /// The request it was done for, by its public id.
    pub request: Option<String>,
    /// What else an auditor wants to know; never a secret.
    pub detail: serde_json::Value,
}

/// Where an event stands in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Its number, from 1 on, without gaps.
    pub seq: i64,
    /// Its hash: the head of the log after it.
    pub hash: Hash,
}

/// A line as the database has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// The login of the operator.
    pub operator: String,
    /// What was done.
    pub action: String,
    /// The account.
    pub account: Option<i64>,
    /// The request.
    pub request: Option<String>,
    /// What binds the detail.
    pub detail_commitment: Hash,
    /// The hash of the line before.
    pub prev_hash: Hash,
}

impl Line {
    /// The hash over the canonical bytes.
    #[must_use]
    pub fn hash(&self) -> Hash {
        let mut hasher = Sha256::new();
        hasher.update(b"balie.event/1");
        let mut field = |bytes: &[u8]| {
            hasher.update((bytes.len() as u64).to_be_bytes());
            hasher.update(bytes);
        };
        field(&self.seq.to_be_bytes());
        field(&self.at.as_micros().to_be_bytes());
        field(self.operator.as_bytes());
        field(self.action.as_bytes());
        field(
            self.account
                .map(i64::to_be_bytes)
                .as_ref()
                .map_or(&[], |bytes| bytes.as_slice()),
        );
        field(self.request.as_deref().unwrap_or_default().as_bytes());
        field(&self.detail_commitment);
        hasher.update(self.prev_hash);
        hasher.finalize().into()
    }
}

/// What the first line of a desk's log follows.
#[must_use]
pub fn genesis(desk_uid: &str) -> Hash {
    Sha256::new()
        .chain_update(b"balie.genesis/1")
        .chain_update(desk_uid)
        .finalize()
        .into()
}

/// The commitment to a detail: `salt` is 32 random bytes.
#[must_use]
pub fn commitment(salt: &[u8], json: &str) -> Hash {
    Sha256::new()
        .chain_update(b"balie.detail/1")
        .chain_update((salt.len() as u64).to_be_bytes())
        .chain_update(salt)
        .chain_update(json)
        .finalize()
        .into()
}

/// Why a line doesn't hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// A line is missing or was put in.
    #[error("its number doesn't follow the line before: a line is missing or was put in")]
    Gap,
    /// It doesn't follow the line before.
    #[error("it doesn't carry the hash of the line before")]
    Link,
    /// Its own fields were changed.
    #[error("its fields don't match its hash: the line was changed")]
    Fields,
    /// Its detail was changed.
    #[error("its detail doesn't match its commitment: the detail was changed")]
    Detail,
}

/// Checks a log line by line, in constant memory.
#[derive(Clone, Copy, Debug)]
pub struct ChainCheck {
    last: Recorded,
}

impl ChainCheck {
    /// Starts before the first line of the log of the desk `desk_uid`.
    #[must_use]
    pub fn new(desk_uid: &str) -> Self {
        Self {
            last: Recorded {
                seq: 0,
                hash: genesis(desk_uid),
            },
        }
    }

    /// Takes the next line, its stored hash, and its detail where that isn't erased.
    pub fn take(
        &mut self,
        line: &Line,
        hash: Hash,
        detail: Option<(&[u8], &str)>,
    ) -> Result<(), Broken> {
        if line.seq != self.last.seq + 1 {
            return Err(Broken::Gap);
        }
        if line.prev_hash != self.last.hash {
            return Err(Broken::Link);
        }
        if line.hash() != hash {
            return Err(Broken::Fields);
        }
        if detail.is_some_and(|(salt, json)| commitment(salt, json) != line.detail_commitment) {
            return Err(Broken::Detail);
        }
        self.last = Recorded {
            seq: line.seq,
            hash,
        };
        Ok(())
    }

    /// The last line that held.
    #[must_use]
    pub const fn last(&self) -> Recorded {
        self.last
    }
}

#[cfg(test)]
mod tests;
