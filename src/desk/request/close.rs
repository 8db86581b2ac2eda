//! `balie request close`: what came in isn't a request (a thank-you, junk, the same once more, the desk's own slip).
//! Nobody is told, since nothing is wrong.

use serde_json::json;

use super::card::RequestCard;
use super::end::{end, ended};
use crate::desk::{Desk, Result};
use crate::domain::log::event::Action;
use crate::domain::request::id::RequestId;

/// Closes a request for good, and tells nobody.
pub async fn close(
    desk: &mut Desk<'_>,
    id: &RequestId,
    reason: &str,
    dry_run: bool,
) -> Result<RequestCard> {
    let action = Action::RequestClose;
    let (tx, _) = end(desk, id, (action, reason)).await?;
    let detail = json!({ "reason": reason });
    ended(desk, tx, id, (action, detail), dry_run).await
}
