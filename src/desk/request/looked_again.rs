//! Why a request is looked at again: somebody asks for it, or it's done by the way.

use crate::domain::log::event::Action;

/// In the course of which work a request is looked at again.
#[derive(Clone, Copy)]
pub(super) struct LookedAgain {
    pub(super) reading: Action,
    pub(super) judging: Action,
    /// It's done by the way, each time anew: nothing is said where nothing came of it (rule 11).
    pub(super) is_by_the_way: bool,
}

/// An operator asks for it.
pub(super) const ASKED_FOR: LookedAgain = LookedAgain {
    reading: Action::RequestRead,
    judging: Action::RequestReverify,
    is_by_the_way: false,
};

/// While the mailbox is emptied.
pub(super) const BY_THE_WAY: LookedAgain = LookedAgain {
    reading: Action::MailboxFetch,
    judging: Action::MailboxFetch,
    is_by_the_way: true,
};
