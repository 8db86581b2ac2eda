//! `balie settings`, and what a caller brings along.

mod brought;
pub(crate) mod change;
