//! `balie mailbox`.

mod consent;
mod fetch;
pub(crate) mod granted;
pub(crate) mod oauth;
mod server;
