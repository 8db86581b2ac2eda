//! Pure values and rules of the desk, a file a noun. Knows no database, terminal, network or clock.

pub mod address;
pub mod language;
pub mod policy;
pub mod timestamp;
