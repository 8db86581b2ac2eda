//! Bulk plans, their rows, and facts loaded for many accounts at once.

mod claims;
mod plans;
mod rows;
mod sets;

pub use plans::{NewPlan, PlanRow, PlanSizes};
pub use rows::{PlanRowRow, Settled};
pub use sets::HolderRow;
