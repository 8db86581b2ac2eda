//! Mail in: what a request mail shows, and no judging. Mail out: notices written and sent.

mod arc;
mod compose;
mod dkim;
mod dns;
mod gate;
mod gather;
mod results;
mod send;

pub use compose::{CannotCompose, Envelope, compose, preview};
pub use dns::{BadServer, Dns};
pub use gather::{NotAMail, gather, hash_of, regather};
pub use lettre::Message as Mail;
pub use send::{Smtp, SmtpError};
