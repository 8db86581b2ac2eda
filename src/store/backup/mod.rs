//! Copies of a desk: made while others work, looked into, and put in their place.

mod dump;
mod error;
mod file;
mod head;
mod load;
mod make;
mod program;
mod restore;
mod sqlite;
mod void;

pub use dump::read_through;
pub use error::{CopyError, Result};
pub use file::{Kind, NewCopy, check_place, look_into};
pub use head::CopyHead;
pub use restore::{Restoring, check_free};
pub(in crate::store) use void::NOT_SENT;
pub use void::Voided;
