//! Which desk a copy is of, and how far its log goes.

use crate::domain::log::event::Hash;
use crate::domain::timestamp::Timestamp;

/// Which desk a copy is of, and how far its log goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyHead {
    /// The desk's own id.
    pub desk: String,
    /// The public half of the key that signs for it.
    pub public_key: Vec<u8>,
    /// The number of its last event.
    pub events: i64,
    /// The hash of that event.
    pub head: Hash,
    /// When that event was.
    pub last_at: Timestamp,
    /// Nobody works there without login.
    pub is_closed: bool,
}

/// The one row that says so, in a database of either engine.
pub(super) const HEAD: &str = "SELECT d.uid, d.public_key, e.seq, e.hash, e.at, d.closed_at
     FROM desk d
     CROSS JOIN (SELECT seq, hash, at FROM events ORDER BY seq DESC LIMIT 1) e";

/// As [`HEAD`] gives it.
pub(super) type HeadRow = (String, Vec<u8>, i64, Vec<u8>, Timestamp, Option<Timestamp>);

impl From<HeadRow> for CopyHead {
    fn from((desk, public_key, events, hash, last_at, closed_at): HeadRow) -> Self {
        Self {
            desk,
            public_key,
            events,
            // One of another length is none: the log is walked by whoever wants to know.
            head: hash.try_into().unwrap_or_default(),
            last_at,
            is_closed: closed_at.is_some(),
        }
    }
}
