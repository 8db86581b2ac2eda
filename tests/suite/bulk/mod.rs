//! `balie bulk`.

pub(crate) mod apply;
mod challenge;
mod reissue;
mod survives;
