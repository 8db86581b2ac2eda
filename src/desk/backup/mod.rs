//! Copies of the desk, to be kept elsewhere, and one of them put back.

mod make;
mod restore;
mod verify;

pub use make::{Copied, Place, back_up};
pub use restore::{BeforeRestore, RestoreOrder, RestoreReport, before_restore, restore};
pub use verify::{Checked, verify_copy};
