//! `balie request list`: the requests, those that wait before those that don't.

use serde_json::json;

use super::card::waits_for;
use super::standing::{record, standing};
use crate::desk::{Desk, Result};
use crate::domain::log::event::Action;
use crate::domain::reset::warrant::Purpose;
use crate::store::Tx;
use crate::store::request::{QueueFilter, QueueRow};

/// Of how many requests it's looked up whether a second operator has to say yes first.
const LOOKED_INTO: usize = 25;

/// Some of the requests.
#[derive(Clone, Debug)]
pub struct Queue {
    /// The requests.
    pub requests: Vec<QueueRow>,
    /// There are others that weren't asked for.
    pub more: bool,
}

/// What waits for the desk, the oldest first; what waits for its requester; and unless only what `waits` is asked
/// for, what is over, the newest first.
pub async fn requests(
    desk: &mut Desk<'_>,
    filter: &QueueFilter<'_>,
    waits: bool,
    limit: u32,
) -> Result<Queue> {
    let (mut tx, _) = desk.begin(Action::RequestRead).await?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let asked = |found: usize| i64::try_from(limit - found + 1).unwrap_or(i64::MAX);
    let (reach, reader, now) = (&desk.reach, desk.operator.as_str(), desk.now);
    let mut found = tx
        .waiting_requests(reach, reader, filter, asked(0), now)
        .await?;
    if !waits && found.len() <= limit {
        let over = tx.requests_over(reach, reader, filter, asked(found.len()), now);
        found.extend(over.await?);
    }
    let more = found.len() > limit;
    found.truncate(limit);
    look_for_second_operators(desk, &mut tx, &mut found).await?;
    let event = desk.event(Action::RequestRead, json!({ "found": found.len() }));
    desk.commit(tx, event).await?;
    Ok(Queue {
        requests: found,
        more,
    })
}

/// Whether a request that waits for a yes has this operator's: then it waits for somebody else to go on with it.
pub(in crate::desk) async fn has_own_yes(
    desk: &Desk<'_>,
    tx: &mut Tx,
    row: &QueueRow,
) -> Result<bool> {
    let approvals = tx
        .account_approvals(&row.public_id, Purpose::Reset.as_str())
        .await?;
    Ok(approvals.iter().any(|(_, yes)| yes.by == desk.operator))
}

/// A reset that a second operator has to say yes to first waits for that.
pub(in crate::desk) async fn look_for_second_operators(
    desk: &Desk<'_>,
    tx: &mut Tx,
    found: &mut [QueueRow],
) -> Result<()> {
    let ready = found
        .iter_mut()
        .filter(|row| row.waits_for.as_deref() == Some("reset"));
    for row in ready.take(LOOKED_INTO) {
        let request = standing(desk, tx, &row.public_id).await?;
        // Whoever opens it reads why it can't be read; the others don't wait for that.
        if record(&request.request).is_err() {
            row.waits_for = None;
        } else if !waits_for(desk, tx, &request).await?.is_empty() {
            row.waits_for = Some("yes".into());
        }
    }
    Ok(())
}
