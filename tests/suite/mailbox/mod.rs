//! `balie mailbox`.

mod fetch;
pub(crate) mod oauth;
mod server;
