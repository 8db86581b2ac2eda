//! What every command stands on: its session, its questions, its secrets and its ending.

pub(in crate::cli) mod callers;
pub(super) mod completing;
pub(super) mod credential;
pub(super) mod ending;
pub(super) mod fill;
pub(super) mod global;
pub(super) mod input;
pub(super) mod interrupts;
pub(super) mod mail_login;
mod mistyped;
pub(super) mod offer;
pub(super) mod only;
pub(super) mod original;
pub(super) mod parse;
pub(super) mod pick;
pub(super) mod progress;
pub(super) mod prompt;
pub(super) mod question;
pub(super) mod secret_file;
pub(super) mod secrets;
pub(super) mod session;
pub(super) mod take_over;
mod unseen;
pub(super) mod usage;
pub(super) mod verb;
