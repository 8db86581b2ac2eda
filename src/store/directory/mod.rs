//! Regions, organisations, requesters, and the import that fills them.

mod import;
mod organisations;
mod people;
mod requesters;
mod stages;

pub use import::Merged;
pub use organisations::{OrganisationRow, RegionRow};
pub use requesters::{RequesterRow, RequesterToAdd};
