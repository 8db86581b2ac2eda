//! `balie outbox`.

mod reach;
mod send;
mod server;
