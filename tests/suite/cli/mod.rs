//! Commands, as they're typed.

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
mod look_up;
mod mailbox;
mod outbox;
pub(crate) mod portal;
mod race;
mod request;
mod requester;
mod reset;
mod reverify;
mod terminal;
mod totp;
