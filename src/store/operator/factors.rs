//! Operators' own authenticators.

use crate::domain::second_factor::Stage;
use crate::domain::timestamp::Timestamp;
use crate::store::{Applied, Result, StoreError, Tx, on, run};

/// An operator's authenticator.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OperatorFactorRow {
    /// The internal id.
    pub id: i64,
    /// What its seal is bound to.
    pub uid: Vec<u8>,
    /// The sealed secret.
    pub sealed_secret: Option<Vec<u8>>,
    /// The key that it is sealed under.
    pub key_id: String,
    enrolled_at: Option<Timestamp>,
    last_accepted_step: Option<i64>,
    failed_attempts: i64,
    locked_at: Option<Timestamp>,
}

impl OperatorFactorRow {
    /// Where it is in its life.
    #[must_use]
    pub fn stage(&self) -> Stage {
        let failures = u32::try_from(self.failed_attempts).unwrap_or(u32::MAX);
        let last = self
            .last_accepted_step
            .and_then(|step| u64::try_from(step).ok());
        match (self.enrolled_at, self.locked_at) {
            (None, _) => Stage::Pending { failures },
            (Some(_), None) => Stage::Active { last, failures },
            (Some(_), Some(_)) => Stage::Locked { last },
        }
    }
}

/// A sealed authenticator that is to be kept.
#[derive(Debug)]
pub struct NewOperatorFactor<'f> {
    /// The operator's internal id.
    pub operator: i64,
    /// What its seal is bound to.
    pub uid: &'f [u8; 16],
    /// The sealed secret.
    pub sealed_secret: &'f [u8],
    /// The key that it is sealed under.
    pub key_id: &'f str,
}

impl Tx {
    /// The operator's authenticator, begun or in use.
    pub async fn operator_factor(&mut self, operator: i64) -> Result<Option<OperatorFactorRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(
                "SELECT id, uid, sealed_secret, key_id, enrolled_at, last_accepted_step,
                        failed_attempts, locked_at
                 FROM operator_enrollments WHERE operator_id = $1 AND retired_at IS NULL",
            )
            .bind(operator)
            .fetch_optional(conn)
            .await?
        }))
    }

    /// Ends the operator's authenticator; its secret goes at once.
    pub async fn retire_operator_factor(&mut self, operator: i64, now: Timestamp) -> Result<()> {
        run!(
            self,
            "UPDATE operator_enrollments SET retired_at = $1, sealed_secret = NULL
             WHERE operator_id = $2 AND retired_at IS NULL",
            now,
            operator
        );
        Ok(())
    }

    /// Keeps an authenticator that is to be confirmed.
    pub async fn add_operator_factor(
        &mut self,
        new: &NewOperatorFactor<'_>,
        now: Timestamp,
    ) -> Result<()> {
        run!(
            self,
            "INSERT INTO operator_enrollments (operator_id, uid, sealed_secret, key_id, begun_at)
             VALUES ($1, $2, $3, $4, $5)",
            new.operator,
            new.uid.as_slice(),
            new.sealed_secret,
            new.key_id,
            now
        );
        Ok(())
    }

    /// Accepts a step, the first of which puts the authenticator in use; no when it was accepted before.
    pub async fn accept_operator_step(
        &mut self,
        factor: i64,
        step: u64,
        now: Timestamp,
    ) -> Result<Applied> {
        let step = i64::try_from(step).map_err(|_| StoreError::Unexpected("a step".into()))?;
        let rows = run!(
            self,
            "UPDATE operator_enrollments
             SET last_accepted_step = $1, failed_attempts = 0, last_used_at = $2,
                 enrolled_at = COALESCE(enrolled_at, $2)
             WHERE id = $3 AND retired_at IS NULL AND locked_at IS NULL
               AND (last_accepted_step IS NULL OR last_accepted_step < $1)",
            step,
            now,
            factor
        );
        Ok(Applied::when(rows == 1))
    }

    /// Counts a wrong code; one of them locks.
    pub async fn count_operator_failure(
        &mut self,
        factor: i64,
        failures: u32,
        locks: bool,
        now: Timestamp,
    ) -> Result<()> {
        run!(
            self,
            "UPDATE operator_enrollments SET failed_attempts = $1, locked_at = $2 WHERE id = $3",
            i64::from(failures),
            locks.then_some(now),
            factor
        );
        Ok(())
    }
}
