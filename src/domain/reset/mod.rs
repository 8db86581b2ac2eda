//! The decision to reset, and what comes of it.

pub mod approval;
pub mod four_eyes;
pub mod reason;
pub mod receipt;
pub mod undo;
pub mod warrant;
