//! `balie reset`, `undo` and `pending`.

mod alone;
mod pending;
mod race;
pub(crate) mod requests;
pub(crate) mod undo;
