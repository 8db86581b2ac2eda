//! The words of a mail, as a person reads them: which are the writer's own, and what they ask, confirm or take back.

pub(super) mod asking;
mod attribution;
pub(super) mod closing;
pub(super) mod greeting;
mod header_block;
pub(super) mod mail_lines;
pub mod name_in_text;
pub mod own_text;
pub(super) mod plain_words;
pub(super) mod said_yes;
pub(super) mod sentences;
pub(super) mod signature;
mod stamp;
pub(super) mod taken_back;
pub mod tokens;
