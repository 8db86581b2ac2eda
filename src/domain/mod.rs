//! Pure values and rules of the desk, a file a noun. Knows no database, terminal, network or clock.

pub mod account;
pub mod answer;
pub mod backoff;
pub mod bulk;
pub mod code;
pub mod code32;
pub mod directory;
pub mod language;
pub mod log;
pub mod notice;
pub mod operator;
pub mod policy;
pub mod refusal;
pub mod request;
pub mod reset;
pub mod scheme;
pub mod second_factor;
pub mod settings;
mod text_value;
pub mod timestamp;
pub mod unseen;
pub mod withheld;
