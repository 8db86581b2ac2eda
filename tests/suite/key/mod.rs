//! `balie key`.

pub(crate) mod rotate;
mod split;
