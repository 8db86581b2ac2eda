//! `balie account` and `balie find`.

mod change;
mod own_second;
mod show;
