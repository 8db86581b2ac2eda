//! `balie outbox`.

mod again;
mod connections;
mod reach;
mod send;
mod server;
