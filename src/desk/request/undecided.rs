//! Requests and answers that DNS left open are looked at again whenever the mailbox is emptied: nobody has to think of it,
//! and what a service asks is believed where an operator's own machine isn't.

use super::looked_again::BY_THE_WAY;
use super::reverify::look_again;
use crate::desk::{Desk, Error, Result};
use crate::domain::log::event::Action;
use crate::mail::Dns;
use crate::store::StoreError;

/// The most that are looked at in one run, the oldest first.
const A_RUN: i64 = 100;

/// How many in one run may stay open: DNS that is silent takes its time for each.
const STILL_OPEN: usize = 3;

/// Asks DNS once more for all that it left open; how many requests that settled. Each run begins elsewhere, so that those of a
/// domain whose servers are gone keep the others from nothing.
pub(in crate::desk) async fn settle_undecided(desk: &mut Desk<'_>, dns: &Dns) -> Result<u64> {
    let (mut tx, _) = desk.begin(Action::MailboxFetch).await?;
    let mut open = tx.undecided_requests(desk.now, A_RUN).await?;
    drop(tx);
    let minutes = desk.now.as_micros() / 60_000_000;
    let first = usize::try_from(minutes).unwrap_or_default() % open.len().max(1);
    open.rotate_left(first);
    let (mut settled, mut still_open) = (0, 0);
    for id in open {
        match Box::pin(look_again(desk, &id, Some(dns), BY_THE_WAY)).await {
            Ok(looked) if looked.settled => settled += 1,
            Ok(_) => still_open += 1,
            // A colleague is at it, or has ended it meanwhile; and one whose record can't be read keeps no mail from being taken.
            Err(
                Error::Refused(_)
                | Error::Held { .. }
                | Error::NotFound { .. }
                | Error::Invalid { .. }
                | Error::Store(StoreError::Corrupt(_)),
            ) => {}
            Err(error) => return Err(error),
        }
        if still_open == STILL_OPEN {
            break;
        }
    }
    Ok(settled)
}
