//! Organisations and who may speak for them.

pub mod address;
pub mod alignment;
pub mod capacity;
pub mod organisation;
pub mod private_domain;
