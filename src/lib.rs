//! Balie: the servicedesk's command-line tool for two-factor authentication.
//!
//! - [`domain`]: pure values and rules, a file a noun.
//! - [`mail`]: what a request mail shows (no judging), and mails out.
//! - [`vault`]: keys, and what is sealed and signed with them.

pub mod domain;
pub mod mail;
pub mod vault;
