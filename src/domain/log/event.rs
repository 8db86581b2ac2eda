//! What goes into the log.

use crate::domain::text_value::text_enum;

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
        /// A shell was given names or ids to complete a word with.
        Completion = "completion",
        /// An account was looked at.
        AccountShow = "account.show",
        /// An account's history was read.
        AccountHistory = "account.history",
        /// An account was added.
        AccountAdd = "account.add",
        /// An account was blocked.
        AccountBlock = "account.block",
        /// An account was unblocked.
        AccountUnblock = "account.unblock",
        /// Logins that look shared were looked for.
        AccountShared = "account.shared",
        /// Regions were looked at.
        RegionRead = "region.read",
        /// Organisations were looked at.
        OrganisationRead = "organisation.read",
        /// A region was put on file.
        RegionAdd = "region.add",
        /// An organisation was put on file.
        OrganisationAdd = "organisation.add",
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
        /// A request that is none was closed, and nobody was told.
        RequestClose = "request.close",
        /// The FAQ's answer was mailed to who sent a request.
        RequestAnswer = "request.answer",
        /// The FAQ's answer was mailed to a holder.
        AnswerMail = "answer.mail",
        /// New mails were taken from a mailbox.
        MailboxFetch = "mailbox.fetch",
        /// A mail couldn't be taken, and was set aside.
        MailboxQuarantine = "mailbox.quarantine",
        /// The mailbox's user consented to this machine's use of it.
        MailboxAuthorise = "mailbox.authorise",
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
        /// A reset was undone.
        ResetUndo = "reset.undo",
        /// A reset's receipt was printed again.
        ReceiptShow = "receipt.show",
        /// Undoing a reset was refused.
        ResetUndoRefused = "reset.undo_refused",
        /// Retired secrets were destroyed, their time to be undone being over.
        EnrollmentDestroy = "enrollment.destroy",
        /// Who hasn't enrolled again was looked at.
        PendingRead = "pending.read",
        /// A holder was reminded that the enrollment window closes.
        PendingRemind = "pending.remind",
        /// An enrollment window was opened again.
        PendingReopen = "pending.reopen",
        /// The sealing keys were looked at.
        KeyRead = "key.status",
        /// A new sealing key was registered.
        KeyRotate = "key.rotate",
        /// A batch of secrets was sealed under the newest key.
        KeyReseal = "key.reseal",
        /// A sealing key was retired.
        KeyRetire = "key.retire",
        /// Keys were written for a machine that only seals.
        KeySplit = "key.split",
        /// A recovery code was issued again.
        Reissue = "recovery.reissue",
        /// Issuing a recovery code again was refused.
        ReissueRefused = "recovery.reissue_refused",
        /// The state was taken as it stood, for the log to go on from.
        StateBaseline = "state.baseline",
        /// A list became a bulk plan.
        BulkPlan = "bulk.plan",
        /// Bulk plans were looked at.
        BulkRead = "bulk.read",
        /// A second operator said yes to a bulk plan.
        BulkApprove = "bulk.approve",
        /// A run of a bulk plan began.
        BulkApply = "bulk.apply",
        /// A bulk plan was cancelled.
        BulkCancel = "bulk.cancel",
        /// The outbox was looked at.
        OutboxRead = "outbox.read",
        /// Mails were sent.
        OutboxSend = "outbox.send",
        /// A mail that was given up, or waits, was made due now.
        OutboxRetry = "outbox.retry",
        /// A mail was called off.
        OutboxCancel = "outbox.cancel",
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
        /// A service got an account, or another token.
        ServiceAdd = "service.add",
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
        /// A token that a colleague made was accepted by the operator it works for.
        TokenAccept = "token.accept",
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
        /// A role, a scope or a region refused a command, or a colleague had it open.
        AccessRefused = "access.refused",
        /// An operator reached a limit.
        LimitReached = "limit.reached",
        /// An operator took over what a colleague had open.
        LeaseTakeOver = "lease.take_over",
        /// Break-glass cases were looked at.
        CaseRead = "case.read",
        /// A break-glass case was started.
        CaseStart = "case.start",
        /// A break-glass case wasn't started, or wasn't completed.
        CaseRefused = "case.refused",
        /// A break-glass case was called off.
        CaseCancel = "case.cancel",
        /// A second factor was reset without a request: break-glass, completed by a second operator.
        BreakGlassReset = "reset.break_glass",
        /// A copy of the desk was made.
        Backup = "backup",
        /// A copy of the desk was put back.
        Restore = "restore",
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
        /// How mails came out was counted.
        AuditMail = "audit.mail",
        /// Personal detail past its time was erased.
        AuditPrune = "audit.prune",
        /// The desk's settings were looked at.
        SettingsRead = "settings.list",
        /// A setting of the desk was changed.
        SettingsSet = "settings.set",
        /// Settings of the desk were taken from a file.
        SettingsImport = "settings.import",
        /// The desk was closed, and took over what it had gone by.
        SettingsTake = "settings.take",
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

/// Where an event is in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Its number, from 1 on, without gaps.
    pub seq: i64,
    /// Its hash: the head of the log after it.
    pub hash: Hash,
}
