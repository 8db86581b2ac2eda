//! Mailboxes that requests are taken from: IMAP, Maildir, mbox. Nothing is ever deleted in them.

use super::delivered::{Delivered, MailboxError, Position};
use super::imap::Imap;
use super::maildir::Maildir;
use super::mbox::Mbox;
use crate::domain::request::evidence::Intake;

/// A mailbox that is open.
pub enum Mailbox {
    /// On a server.
    Imap(Box<Imap>),
    /// A folder with a file a message.
    Maildir(Maildir),
    /// A file with all messages.
    Mbox(Mbox),
}

impl Mailbox {
    /// Its address, as the record has it.
    #[must_use]
    pub fn place(&self) -> &str {
        match self {
            Self::Imap(imap) => imap.place(),
            Self::Maildir(maildir) => maildir.place(),
            Self::Mbox(mbox) => mbox.place(),
        }
    }

    /// Looks for what came after `before`, and for those that were withheld; gives the number of
    /// messages where that is known.
    pub async fn look(
        &mut self,
        before: Position,
        withheld: &[&str],
    ) -> Result<Option<u64>, MailboxError> {
        match self {
            Self::Imap(imap) => imap.look(before, withheld).await,
            Self::Maildir(maildir) => Ok(Some(maildir.left())),
            Self::Mbox(_) => Ok(None),
        }
    }

    /// The next messages; none at the end. `is_known` tells those that were taken before.
    pub async fn next(
        &mut self,
        is_known: &(dyn Fn(&str) -> bool + Sync),
    ) -> Result<Vec<Delivered>, MailboxError> {
        match self {
            Self::Imap(imap) => imap.next(is_known).await,
            Self::Maildir(maildir) => Ok(maildir.next(is_known)),
            Self::Mbox(mbox) => mbox.next(is_known),
        }
    }

    /// How far it was read.
    #[must_use]
    pub fn position(&self) -> Position {
        match self {
            Self::Imap(imap) => imap.position(),
            Self::Maildir(_) | Self::Mbox(_) => Position::default(),
        }
    }

    /// Does with the messages what the config says.
    pub async fn done_with(&mut self, taken: &[Intake]) -> Result<(), MailboxError> {
        match self {
            Self::Imap(imap) => imap.done_with(taken).await,
            Self::Maildir(maildir) => maildir.done_with(taken),
            Self::Mbox(_) => Ok(()),
        }
    }
}
