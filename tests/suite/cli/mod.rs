//! Commands, as they're typed.

mod account;
mod answer;
mod assign;
mod audit;
mod bulk;
mod bulk_survives;
mod challenge;
mod demo;
mod directory;
mod enroll;
mod four_eyes;
mod init;
mod key;
mod look_up;
mod mailbox;
mod outbox;
mod pending;
pub(crate) mod portal;
mod race;
mod recovery;
mod request;
mod requester;
mod reset;
mod reverify;
mod terminal;
mod totp;
mod undo;
