//! Mail in and out.

mod again;
mod audit;
mod mailboxes;
mod outbox;
mod standing;
mod zlib;

pub use audit::{MailPeriod, MailRow, PlaceRow};
pub use mailboxes::{ItemOf, MailboxRow, QuarantinedRow};
pub use outbox::{CANCELLED, NewMail, OutboxRow};
pub use standing::OutboxStanding;
pub(super) use zlib::{deflate, inflate};
