//! Requests and answers that DNS left open are looked at again whenever the mailbox is emptied: nobody has to think of it,
//! and what a service asks is believed where an operator's own machine isn't.

use super::looked_again::BY_THE_WAY;
use super::reverify::look_again;
use crate::desk::{Desk, Error, Result};
use crate::domain::log::event::Action;
use crate::mail::Dns;

/// The most that are looked at in one run, the oldest first.
const A_RUN: i64 = 100;

/// Asks DNS once more for all that it left open; how many requests that settled.
pub(in crate::desk) async fn settle_undecided(desk: &mut Desk<'_>, dns: &Dns) -> Result<u64> {
    let (mut tx, _) = desk.begin(Action::MailboxFetch).await?;
    let open = tx.undecided_requests(desk.now, A_RUN).await?;
    drop(tx);
    let mut settled = 0;
    for id in open {
        match look_again(desk, &id, Some(dns), BY_THE_WAY).await {
            Ok(looked) => settled += u64::from(looked.settled),
            // A colleague is at it, or has ended it meanwhile.
            Err(Error::Refused(_) | Error::NotFound { .. } | Error::Invalid { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(settled)
}
