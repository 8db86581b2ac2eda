//! The suite: the built binary from outside, on SQLite and on PostgreSQL.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

mod cli;
mod desk;
mod kills;
mod mail;
mod outsiders;
mod project;
mod support;
mod surroundings;
