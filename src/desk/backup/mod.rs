//! Copies of the desk, to be kept elsewhere.

mod make;
mod verify;

pub use make::{Copied, Place, back_up};
pub use verify::{Checked, verify_copy};
