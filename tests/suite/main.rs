//! The suite: the built binary from outside, on SQLite and on PostgreSQL.

mod cli;
mod project;
mod support;
