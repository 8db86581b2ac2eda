//! Bulk plans.

pub mod plan;
pub mod work;
