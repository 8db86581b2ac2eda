//! `balie mailbox`.

mod fetch;
mod server;
