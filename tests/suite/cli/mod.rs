//! Commands, as they're typed.

mod answer;
mod assign;
mod audit;
mod case;
mod challenge;
mod demo;
mod directory;
mod doctor;
mod enroll;
mod four_eyes;
mod init;
mod login;
mod look_up;
mod mailbox;
mod operator;
mod outbox;
pub(crate) mod portal;
mod postgres_roles;
mod race;
mod request;
mod requester;
mod reset;
mod reverify;
mod terminal;
mod totp;
