//! Messages of mailboxes, whatever kind of mailbox they come from.

use super::gate::MAX_BYTES;
use super::oauth::TokenError;
use crate::domain::request::evidence::Intake;

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

/// A text that isn't a valid [`After`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`[imap] after` isn't `leave`, `seen` or `move:FOLDER`")]
pub struct UnknownAfter;

impl std::str::FromStr for After {
    type Err = UnknownAfter;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match (text, text.strip_prefix("move:")) {
            ("leave", _) => Ok(Self::Leave),
            ("seen", _) => Ok(Self::MarkSeen),
            (_, Some(folder)) if !folder.is_empty() => Ok(Self::MoveTo(folder.to_owned())),
            _ => Err(UnknownAfter),
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
    pub raw: Result<Vec<u8>, NotTaken>,
    /// Its bytes as they stand in an mbox, where that is another reading than [`Self::raw`]: the two
    /// kinds of mbox quote `From ` differently, and nothing in the file says which it is. The reading
    /// that a signature holds for is the right one; without any, `raw` is.
    pub as_it_stands: Option<Vec<u8>>,
}

/// Why a message isn't taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// It stays as it is: it's too big.
    ForGood(String),
    /// It can't be read now. It's set aside as withheld, and asked for again each time.
    ForNow(String),
}

impl NotTaken {
    /// It has so many bytes, more than are looked at.
    pub(super) fn too_big(size: u64) -> Self {
        Self::ForGood(format!(
            "it has {} MiB, more than {}",
            size >> 20,
            MAX_BYTES >> 20
        ))
    }
}

/// How far a mailbox was read before.
#[derive(Clone, Copy, Debug, Default)]
pub struct Position {
    /// The mailbox's UIDVALIDITY then.
    pub uid_validity: Option<u32>,
    /// The last UID.
    pub last_uid: Option<u32>,
}

/// Why a mailbox can't be read.
#[derive(Debug, thiserror::Error)]
pub enum MailboxError {
    /// Its address can't be understood.
    #[error("`{0}` isn't a mailbox: imaps://HOST[:PORT][/MAILBOX]")]
    BadUrl(String),
    /// User or password have a line break.
    #[error("the IMAP user or its password has a line break")]
    BadLogin,
    /// The server can't be reached, hung up, or doesn't keep to the protocol.
    #[error("the IMAP server can't be reached: {0}")]
    Unreachable(String),
    /// The server doesn't come to an end.
    #[error("the IMAP server can't be reached: it sends more than it was asked for")]
    TooMuch,
    /// The server takes too long.
    #[error("the IMAP server can't be reached: {0}")]
    Silent(String),
    /// The server doesn't let us in.
    #[error("the IMAP server refuses the login: {0}")]
    LoginRefused(String),
    /// There's no token to log in with.
    #[error(transparent)]
    NoToken(#[from] TokenError),
    /// The server doesn't take the token that there is.
    #[error("the IMAP server doesn't accept the token for `{user}`: {said}")]
    TokenRefused {
        /// Whose mailbox it is.
        user: String,
        /// The server's words.
        said: String,
    },
    /// The server takes no token at all.
    #[error("the IMAP server knows neither XOAUTH2 nor OAUTHBEARER: {0}")]
    NoOauth(String),
    /// The server takes the token, which doesn't reach the mailbox.
    #[error("the IMAP server accepts the token, but not for the mailbox of `{user}`: {said}")]
    MailboxNotAllowed {
        /// Whose mailbox it is.
        user: String,
        /// The server's words.
        said: String,
    },
    /// The server doesn't open the folder.
    #[error("the IMAP server doesn't open `{0}`: {1}")]
    FolderRefused(String, String),
    /// The server says no to what was asked.
    #[error("the IMAP server refuses: {0}")]
    Refused(String),
    /// The server says that it's done, and isn't.
    #[error("the IMAP server's answer is incomplete: {0}")]
    Incomplete(&'static str),
    /// The server doesn't know how to move messages.
    #[error("the IMAP server can't move messages (RFC 6851)")]
    CantMove,
    /// The server doesn't number its messages for good.
    #[error("the IMAP server doesn't say which numbering of its messages this is (UIDVALIDITY)")]
    NoUidValidity,
    /// A file or folder can't be read.
    #[error("{path} can't be read: {source}")]
    Unreadable {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// A file isn't an mbox.
    #[error("{0} isn't an mbox: it doesn't begin with a line such as `From SENDER DATE`")]
    NotAnMbox(String),
}
