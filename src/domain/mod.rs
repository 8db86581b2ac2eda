//! Pure values and rules of the desk, a file a noun. Knows no database, terminal, network or clock.

pub mod account;
pub mod address;
pub mod approval;
pub mod backoff;
pub mod capacity;
pub mod code;
pub mod code32;
pub mod event;
pub mod evidence;
pub mod four_eyes;
pub mod judge;
pub mod language;
pub mod lookalike;
pub mod notice;
pub mod operator;
pub mod organisation;
pub mod person_name;
pub mod policy;
pub mod private_domain;
pub mod receipt;
pub mod recovery_code;
pub mod refusal;
pub mod request_id;
mod text_value;
pub mod timestamp;
pub mod verdict;
pub mod warrant;
