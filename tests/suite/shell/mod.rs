//! What every command shares: its files, its questions, its terminal.

mod completion;
mod dutch;
mod files;
mod language;
mod login;
mod more;
mod only;
pub(crate) mod prompts;
mod rehearsal;
mod request;
mod yes;
