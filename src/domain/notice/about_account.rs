//! What every notice about one's own account says.

use serde::{Deserialize, Serialize};

use crate::domain::timestamp::Timestamp;

/// What every notice about one's own account says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AboutAccount {
    /// The holder's name.
    pub name: String,
    /// The username.
    pub username: String,
    /// When.
    pub at: Timestamp,
    /// The desk's address, to protest at.
    pub desk: String,
}
