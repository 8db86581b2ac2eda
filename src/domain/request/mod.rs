//! Requests: what a mail shows, what it says, and what that proves.

pub mod challenge;
mod challenge_code;
pub mod check_detail;
pub mod evidence;
pub mod id;
pub mod judge;
pub mod lookalike;
pub mod mail_audit;
pub mod mentioned;
pub mod received_as;
pub mod rejection;
pub mod verdict;
pub mod words;
