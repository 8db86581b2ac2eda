//! Mailboxes that requests are taken from: IMAP, Maildir, mbox. Nothing is ever deleted in them.

use super::imap::Imap;
use super::maildir::Maildir;
use super::mbox::Mbox;
use crate::domain::evidence::Intake;

/// The most messages that are taken at once.
pub(super) const BATCH: usize = 25;
/// The most bytes that are taken at once; one message may have more.
pub(super) const BATCH_BYTES: u64 = 32 * 1024 * 1024;

/// What becomes of a message in the mailbox once it was taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum After {
    /// Nothing: the mailbox is only read.
    #[default]
    Leave,
    /// It's marked as seen.
    MarkSeen,
    /// It's moved to that folder (IMAP only).
    MoveTo(String),
}

/// A text that is no [`After`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` isn't `leave`, `seen` or `move:FOLDER`")]
pub struct UnknownAfter(String);

impl std::str::FromStr for After {
    type Err = UnknownAfter;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match (text, text.strip_prefix("move:")) {
            ("leave", _) => Ok(Self::Leave),
            ("seen", _) => Ok(Self::MarkSeen),
            (_, Some(folder)) if !folder.is_empty() => Ok(Self::MoveTo(folder.to_owned())),
            _ => Err(UnknownAfter(text.to_owned())),
        }
    }
}

/// A message of a mailbox.
#[derive(Debug)]
pub struct Delivered {
    /// What tells it apart in its mailbox.
    pub item: String,
    /// How it came in.
    pub intake: Intake,
    /// How many bytes it has.
    pub size: u64,
    /// Its bytes, or why they aren't taken.
    pub raw: Result<Vec<u8>, String>,
}

/// How far a mailbox was read before.
#[derive(Clone, Copy, Debug, Default)]
pub struct Position {
    /// The mailbox's UIDVALIDITY then.
    pub uid_validity: Option<u32>,
    /// The last UID.
    pub last_uid: Option<u32>,
}

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

    /// Looks for what came after `before`; gives the number of messages where that is known.
    pub async fn look(&mut self, before: Position) -> Result<Option<u64>, MailboxError> {
        match self {
            Self::Imap(imap) => imap.look(before).await.map(Some),
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

/// Why a mailbox can't be read.
#[derive(Debug, thiserror::Error)]
pub enum MailboxError {
    /// Its address can't be understood.
    #[error("`{0}` is no mailbox: imaps://HOST[:PORT][/MAILBOX]")]
    BadUrl(String),
    /// The server can't be reached, or hung up.
    #[error("the IMAP server can't be reached: {0}")]
    Unreachable(String),
    /// The server says no.
    #[error("the IMAP server says no: {0}")]
    Refused(String),
    /// The server doesn't know what is needed.
    #[error("the IMAP server can't {0}")]
    Unable(&'static str),
    /// A file or folder can't be read.
    #[error("{path} can't be read: {source}")]
    Unreadable {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
}
