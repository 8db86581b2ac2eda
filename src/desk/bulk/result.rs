//! What became of a row.

use crate::domain::bulk::plan::{RowFault, RowState};
use crate::domain::reset::receipt::Receipt;
use crate::domain::timestamp::Timestamp;

/// What became of a row.
#[derive(Clone, Debug)]
pub struct RowResult {
    /// The username.
    pub username: String,
    /// Its state. Still ready: this was a dry run, and it can be done.
    pub state: RowState,
    /// Why it wasn't done.
    pub fault: Option<RowFault>,
    /// The number of its event.
    pub event: Option<i64>,
    /// A reset's receipt; none where the answer of the database was lost.
    pub receipt: Option<Receipt>,
    /// Until when the code that was issued can be used.
    pub expires_at: Option<Timestamp>,
    /// The file that the code is in.
    pub file: Option<String>,
}
