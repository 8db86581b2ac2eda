//! The log: appended to, read, verified and pruned.

mod append;
mod chain;
mod enrollments;
mod events;
mod records;
mod retention;
mod rows;
pub(super) mod touched;
mod watch;
mod watched;

pub use chain::StoredLine;
pub use enrollments::{AuditScope, FoundRow};
pub use events::{EventFilter, EventRow};
pub use records::PageRow;
pub use retention::PastTime;
pub use watch::Watch;
pub(super) use watch::watch;
pub use watched::Watched;
