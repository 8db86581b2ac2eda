//! `balie operator`, `service` and `login`.

mod login;
pub(crate) mod manage;
mod service;
