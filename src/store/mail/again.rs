//! Mails that were given up or wait: sent once more, or called off. Never one that is under way, or was sent.

use super::outbox::{CANCELLED, OutboxRow, columns};
use crate::domain::operator::Reach;
use crate::domain::timestamp::Timestamp;
use crate::store::backup::NOT_SENT;
use crate::store::reach::region_reached;
use crate::store::{Applied, Result, Tx, on, run};

/// Those that were given up, and that nobody called off. What a copy held that was put back isn't among them: it may have been sent.
const GIVEN_UP: &str = concat!(
    columns!(),
    "WHERE sent_at IS NULL AND failed_at IS NOT NULL AND (last_error IS NULL OR last_error NOT IN ('cancelled', $2)) AND ",
    region_reached!("region_id", "$1"),
    " ORDER BY id"
);

impl Tx {
    /// The mails that were given up, of desks that `reach` reaches.
    pub async fn mails_given_up(&mut self, reach: &Reach) -> Result<Vec<OutboxRow>> {
        Ok(on!(self, |conn| sqlx::query_as(GIVEN_UP)
            .bind(reach.holder())
            .bind(NOT_SENT)
            .fetch_all(conn)
            .await?))
    }

    /// Makes a mail due now, as one that was never tried.
    pub async fn mail_again(&mut self, id: i64, now: Timestamp) -> Result<Applied> {
        let rows = run!(
            self,
            "UPDATE outbox SET failed_at = NULL, attempts = 0, due_at = $1, claimed_by = NULL, claim_until = NULL
             WHERE id = $2 AND sent_at IS NULL AND (claim_until IS NULL OR claim_until <= $1)
               AND (key_id IS NULL OR sealed_secret IS NOT NULL)",
            now,
            id
        );
        Ok(Applied::when(rows == 1))
    }

    /// Calls a mail off, and erases the code that it carried.
    pub async fn cancel_mail(&mut self, id: i64, now: Timestamp) -> Result<Applied> {
        let rows = run!(
            self,
            "UPDATE outbox SET failed_at = $1, last_error = $2, sealed_secret = NULL, claimed_by = NULL, claim_until = NULL
             WHERE id = $3 AND sent_at IS NULL AND (claim_until IS NULL OR claim_until <= $1)",
            now,
            CANCELLED,
            id
        );
        Ok(Applied::when(rows == 1))
    }
}
