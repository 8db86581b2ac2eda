//! The desk's mailbox and its outgoing mail.

mod fetch;
mod send;

pub use fetch::{FetchReport, fetch, may_name_a_mailbox, quarantined, quarantined_mail};
pub use send::{MailCard, SendReport, Sender, outbox, send_mails, show_mail};
