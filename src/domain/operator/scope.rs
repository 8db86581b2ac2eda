//! What a script's token is for. It never does more than its operator's role, and never what takes a
//! person: approving, passwords, operators.

use crate::domain::bulk::work::PlanAction;
use crate::domain::log::duty::Duty;
use crate::domain::log::event::Action;
use crate::domain::text_value::text_enum;

text_enum! {
    /// A scope of a token.
    Scope, UnknownScope, "scope", {
        /// Looking accounts, requests and mails up.
        Read = "read",
        /// Reading and exporting the log.
        Log = "log",
        /// Planning and applying bulk resets.
        BulkReset = "bulk:reset",
        /// Planning and applying bulk plans of recovery codes.
        BulkReissue = "bulk:reissue",
        /// Resetting on a request.
        Reset = "reset",
        /// Taking mails in.
        Receive = "request:receive",
        /// Emptying the desk's mailbox.
        Fetch = "mailbox:fetch",
        /// Sending the outbox.
        Send = "outbox:send",
    }
}

impl Scope {
    /// Whether it lets a script do it.
    #[must_use]
    pub const fn allows(self, action: Action) -> bool {
        match self {
            Self::Read => matches!(action.duty(), Duty::Places | Duty::People | Duty::Check),
            Self::Log => matches!(action.duty(), Duty::Log | Duty::Check),
            Self::BulkReset | Self::BulkReissue => matches!(
                action,
                Action::BulkPlan
                    | Action::BulkRead
                    | Action::BulkApply
                    | Action::BulkCancel
                    | Action::RequestRead
            ),
            Self::Reset => matches!(
                action,
                Action::Reset | Action::ResetRefused | Action::RequestRead | Action::AccountShow
            ),
            Self::Receive => matches!(
                action,
                Action::RequestReceive | Action::RequestReverify | Action::RequestRead
            ),
            Self::Fetch => matches!(
                action,
                Action::MailboxFetch | Action::MailboxQuarantine | Action::RequestReceive
            ),
            Self::Send => matches!(action, Action::OutboxRead | Action::OutboxSend),
        }
    }

    /// Whether it lets a script make and carry out such a plan.
    #[must_use]
    pub const fn allows_plan(self, action: PlanAction) -> bool {
        matches!(
            (self, action),
            (Self::BulkReset, PlanAction::Reset) | (Self::BulkReissue, PlanAction::Reissue)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_scope_does_what_takes_a_person() {
        for action in Action::ALL {
            let takes_a_person = matches!(action.duty(), Duty::Approve | Duty::Administer)
                || (action.duty() == Duty::Own && *action != Action::WhoAmI);
            for scope in Scope::ALL {
                assert!(
                    !(takes_a_person && scope.allows(*action)),
                    "{scope} {action}"
                );
            }
        }
    }
}
