//! What an auditor is told of a restore.

use serde::{Deserialize, Serialize};

use crate::domain::timestamp::Timestamp;

/// A copy was put in the place of the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskRestored {
    /// The login of the admin.
    pub login: String,
    /// The number of the restore's event: the first one that the copy lacks was another of that number.
    pub event: i64,
    /// The last event that is known to be lost.
    #[serde(default)]
    pub missing_to: Option<i64>,
    /// When.
    pub at: Timestamp,
    /// The desk's address, to ask at.
    pub desk: String,
}
