//! The suite: the built binary from outside, on SQLite and on PostgreSQL.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

mod account;
mod answer;
mod audit;
mod backup;
mod bulk;
mod case;
mod demo;
mod desk;
mod directory;
mod doctor;
mod init;
mod key;
mod kills;
mod mail;
mod mailbox;
mod operator;
mod outbox;
mod outsiders;
mod pages;
mod postgres;
mod project;
mod request;
mod reset;
mod schema;
mod second_factor;
mod settings;
mod shell;
mod support;
mod surroundings;
