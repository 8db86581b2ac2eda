//! The log's lines, their chain, and what is signed of it.

pub mod chain;
pub mod check;
pub mod checkpoint;
pub mod duty;
pub mod enrollments;
pub mod event;
pub mod merkle;
pub mod restored;
pub mod retention;
pub mod row;
