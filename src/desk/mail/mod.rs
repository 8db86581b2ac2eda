//! The desk's mailbox and its outgoing mail.

mod again;
mod authorise;
mod fetch;
mod outbox;
mod send;
mod written;

pub use again::{Changed, Which, cancel_mails, retry_mails};
pub use authorise::{authorised, may_authorise};
pub use fetch::{FetchReport, fetch, may_name_a_mailbox, quarantined, quarantined_mail};
pub use outbox::{MailCard, outbox, show_mail};
pub use send::{Pace, SendReport, send_mails};
pub use written::Sender;
