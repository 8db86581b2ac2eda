//! `balie outbox`.

mod connections;
mod reach;
mod send;
mod server;
