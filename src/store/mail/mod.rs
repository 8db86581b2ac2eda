//! Mail in and out.

mod audit;
mod mailboxes;
mod outbox;
mod zlib;

pub use audit::{MailPeriod, MailRow, PlaceRow};
pub use mailboxes::{ItemOf, MailboxRow, QuarantinedRow};
pub use outbox::{NewMail, OutboxRow};
pub(super) use zlib::{deflate, inflate};
