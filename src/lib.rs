//! Balie: the servicedesk's command-line tool for two-factor authentication.
//!
//! `main → cli → desk → {store, vault, mail, directory} → domain`, never upwards, never sideways.
//!
//! - [`domain`]: pure values and rules, a file a noun.
//! - [`store`]: the database, SQL and nothing else.
//! - [`vault`]: keys, and what is sealed and signed with them.
//! - [`mail`]: what a request mail shows (no judging), and mails out.
//! - [`directory`]: the CSV files that a directory comes in.
//! - [`desk`]: the use cases, a file a verb that operators say.
//! - [`cli`]: what is typed, asked and shown.
//! - [`loopback`]: a mail world on this machine, for the demo and the tests.
//! - [`config`] and [`world`]: what comes in from outside; [`plain_file`]: how a file is opened that somebody named;
//!   [`secret_command`]: what a command prints that root named.

pub mod cli;
pub mod config;
pub mod desk;
pub mod directory;
pub mod domain;
pub mod loopback;
pub mod mail;
pub mod plain_file;
pub mod secret_command;
pub mod store;
pub mod vault;
pub mod world;

pub use cli::run;
