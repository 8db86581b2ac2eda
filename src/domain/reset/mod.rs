//! The decision to reset, and what comes of it.

pub mod approval;
pub mod case_file;
pub mod four_eyes;
pub mod not_done;
pub mod reason;
pub mod receipt;
pub mod undo;
pub mod warrant;
