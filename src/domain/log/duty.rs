//! Which duty an action belongs to: that alone decides who may do it.

use super::event::Action;

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
    /// What keeps the desk going and decides nothing.
    Serve,
    /// The desk's own mailbox and outbox: mails in and out, for services and those who look after them.
    Post,
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
    #[expect(clippy::too_many_lines, reason = "a line for each action")]
    pub const fn duty(self) -> Duty {
        match self {
            Self::OwnPassword
            | Self::TokenRead
            | Self::TokenAdd
            | Self::TokenAccept
            | Self::TokenRevoke
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
            | Self::AuditEnrollments
            | Self::AuditMail => Duty::Places,
            Self::AccountFind
            | Self::Completion
            | Self::AccountShow
            | Self::AccountHistory
            | Self::RequestRead
            | Self::BulkRead
            | Self::OutboxRead
            | Self::AccountShared
            | Self::PendingRead
            | Self::CaseRead
            | Self::ReceiptShow
            | Self::AuditFinding => Duty::People,
            Self::KeyRead
            | Self::AuditVerify
            | Self::AuditCheckpoint
            | Self::Doctor
            | Self::SettingsRead => Duty::Check,
            Self::AuditLog | Self::AuditExport => Duty::Log,
            Self::EnrollmentDestroy => Duty::Serve,
            Self::OutboxSend
            | Self::OutboxRetry
            | Self::MailboxFetch
            | Self::MailboxQuarantine => Duty::Post,
            Self::RequestReceive
            | Self::RequestReverify
            | Self::RequestChallenge
            | Self::RequestConfirm
            | Self::RequestAssign
            | Self::RequestReject
            | Self::RequestClose
            | Self::RequestAnswer
            | Self::AnswerMail
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
            | Self::ResetUndo
            | Self::ResetUndoRefused
            | Self::AccountAdd
            | Self::AccountBlock
            | Self::Reissue
            | Self::ReissueRefused
            | Self::PendingRemind
            | Self::PendingReopen
            | Self::BulkPlan
            | Self::BulkApply
            | Self::BulkCancel
            | Self::LeaseTakeOver
            | Self::CaseStart
            | Self::CaseRefused
            | Self::CaseCancel => Duty::Work,
            Self::RequestApprove
            | Self::BulkApprove
            | Self::BreakGlassReset
            | Self::AccountUnblock => Duty::Approve,
            Self::DeskInit
            | Self::StateBaseline
            | Self::DirectoryImport
            | Self::RegionAdd
            | Self::OrganisationAdd
            | Self::EnrollImport
            | Self::RequesterAdd
            | Self::RequesterEnd
            | Self::RequesterReview
            | Self::PortalPassword
            | Self::Backup
            | Self::Restore
            | Self::MailboxAuthorise
            | Self::KeyRotate
            | Self::KeyReseal
            | Self::KeyRetire
            | Self::KeySplit
            | Self::OperatorAdd
            | Self::ServiceAdd
            | Self::OperatorDisable
            | Self::OperatorEnable
            | Self::OperatorRole
            | Self::OperatorPassword
            | Self::AuditPrune
            // Somebody isn't told of what was done: whoever did it mustn't see to that alone.
            | Self::OutboxCancel
            | Self::SettingsSet
            | Self::SettingsImport
            | Self::SettingsTake => Duty::Administer,
        }
    }

    /// Whether whoever does it must have a work address on file, so that somebody who resets their own account
    /// can be told from its holder (rules 2 and 20).
    #[must_use]
    pub const fn needs_work_email(self) -> bool {
        matches!(
            self,
            Self::Reset
                | Self::Reissue
                | Self::ResetUndo
                | Self::RequestApprove
                | Self::BulkApprove
                | Self::BulkApply
                | Self::BreakGlassReset
        )
    }

    /// Whether its event says under which settings it was done: what is judged by them, and what is sent.
    #[must_use]
    pub const fn bears_settings(self) -> bool {
        matches!(
            self,
            Self::RequestReceive
                | Self::RequestReverify
                | Self::RequestConfirm
                | Self::RequestAssign
                | Self::RequestChallenge
                | Self::Reset
                | Self::BreakGlassReset
                | Self::Reissue
                | Self::BulkApply
                | Self::OutboxSend
                | Self::MailboxFetch
        )
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
