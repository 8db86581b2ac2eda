//! `balie outbox`.

mod again;
mod connections;
mod oauth;
mod reach;
mod send;
mod server;
