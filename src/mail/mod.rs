//! Mail in: what a request mail shows, and no judging. Mail out: notices written and sent.

mod arc;
mod automatic;
mod bounds;
mod canonical;
mod compose;
mod dkim;
mod dmarc;
mod dns;
mod encoding;
mod fields;
mod gate;
mod gather;
mod imap;
mod mailbox;
mod maildir;
mod mbox;
mod recipients;
mod results;
mod send;
mod sender;
mod structure;
mod tags;
mod text;

pub use compose::{CannotCompose, Envelope, compose, preview};
pub use dns::{BadServer, Dns};
pub use gather::{NotAMail, gather, hash_of, regather};
pub use imap::{Imap, ImapAccount};
pub use lettre::Message as Mail;
pub use mailbox::{After, Delivered, Mailbox, MailboxError, Position, UnknownAfter};
pub use maildir::Maildir;
pub use mbox::Mbox;
pub use send::{Smtp, SmtpError};
