//! Which run works on a plan. A claim is a lease: each batch renews it, and it lapses automatically.

use crate::domain::timestamp::Timestamp;
use crate::store::{Applied, Result, Tx, on};

impl Tx {
    /// Claims a plan until `until`, or goes on claiming it; no when another run has it.
    pub async fn claim_plan(
        &mut self,
        plan: i64,
        claimant: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Applied> {
        let rows = on!(self, |conn| {
            sqlx::query(
                "UPDATE plans SET claimed_by = $1, claim_until = $2
                 WHERE id = $3 AND cancelled_at IS NULL
                   AND (claimed_by IS NULL OR claimed_by = $1 OR claim_until <= $4)",
            )
            .bind(claimant)
            .bind(until)
            .bind(plan)
            .bind(now)
            .execute(conn)
            .await?
            .rows_affected()
        });
        Ok(Applied::when(rows == 1))
    }

    /// Renews a claim that nobody has taken over meanwhile; no when somebody has.
    pub async fn renew_claim(
        &mut self,
        plan: i64,
        claimant: &str,
        until: Timestamp,
    ) -> Result<Applied> {
        let rows = on!(self, |conn| {
            sqlx::query(
                "UPDATE plans SET claim_until = $1
                 WHERE id = $2 AND claimed_by = $3 AND cancelled_at IS NULL",
            )
            .bind(until)
            .bind(plan)
            .bind(claimant)
            .execute(conn)
            .await?
            .rows_affected()
        });
        Ok(Applied::when(rows == 1))
    }

    /// Lets a plan go.
    pub async fn release_plan(&mut self, plan: i64, claimant: &str) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
                "UPDATE plans SET claimed_by = NULL, claim_until = NULL
                 WHERE id = $1 AND claimed_by = $2",
            )
            .bind(plan)
            .bind(claimant)
            .execute(conn)
            .await?;
        });
        Ok(())
    }

    /// Cancels a plan that isn't finished and that no run works on.
    pub async fn cancel_plan(&mut self, plan: i64, now: Timestamp) -> Result<Applied> {
        let rows = on!(self, |conn| {
            sqlx::query(
                "UPDATE plans SET cancelled_at = $1
                 WHERE id = $2 AND cancelled_at IS NULL AND finished_at IS NULL
                   AND (claim_until IS NULL OR claim_until <= $1)",
            )
            .bind(now)
            .bind(plan)
            .execute(conn)
            .await?
            .rows_affected()
        });
        Ok(Applied::when(rows == 1))
    }
}
