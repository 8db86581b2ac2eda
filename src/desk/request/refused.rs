//! A refusal that is written down.

use serde_json::json;

use crate::desk::{Desk, Result};
use crate::domain::log::event::Action;
use crate::domain::refusal::Refusal;
use crate::domain::request::id::RequestId;
use crate::store::Tx;

/// Writes a refusal down, and gives it back.
pub(in crate::desk) async fn refused<T>(
    desk: &mut Desk<'_>,
    tx: Tx,
    action: Action,
    id: &RequestId,
    refusal: Refusal,
) -> Result<T> {
    let mut event = desk.event(action, json!({ "refused": refusal }));
    event.request = Some(id.to_string());
    desk.commit(tx, event).await?;
    Err(refusal.into())
}
