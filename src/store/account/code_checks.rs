//! How often something was done recently, and whose codes may be looked through.

use futures_util::TryStreamExt as _;

use super::enrollments::AuthenticatorRow;
use crate::domain::code::Username;
use crate::domain::log::event::Action;
use crate::domain::operator::Reach;
use crate::domain::timestamp::Timestamp;
use crate::store::reach::account_reached;
use crate::store::{Result, StoreError, Tx, on};

/// Somebody whose code it may be.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CandidateRow {
    /// The account's internal id.
    pub account: i64,
    /// The username.
    pub username: Username,
    /// The holder's name.
    pub name: String,
    /// Works at a school of the one who called: 1, or 0.
    pub same_school: i64,
    /// The authenticator in use.
    #[sqlx(flatten)]
    pub authenticator: AuthenticatorRow,
}

macro_rules! candidates {
    ($secret:literal) => { concat!(
    "WITH own AS (
       SELECT DISTINCT organisation_id FROM account_roles WHERE account_id = $1
     ), near AS (
       SELECT ar.account_id,
              MAX(CASE WHEN own.organisation_id IS NULL THEN 0 ELSE 1 END) AS same_school
       FROM account_roles ar
       JOIN organisations o ON o.id = ar.organisation_id
       LEFT JOIN own ON own.organisation_id = ar.organisation_id
       WHERE o.region_id IN (SELECT region_id FROM organisations
                             WHERE id IN (SELECT organisation_id FROM own))
       GROUP BY ar.account_id
     )
     SELECT a.id AS account, a.username, a.name, CAST(near.same_school AS BIGINT) AS same_school,
            e.id, e.uid, e.key_id, ",
    $secret,
    " AS sealed_secret, e.algorithm, e.digits, e.period
     FROM near
     JOIN accounts a ON a.id = near.account_id
     JOIN enrollments e ON e.account_id = a.id AND e.retired_at IS NULL
     WHERE a.id <> $1 AND e.enrolled_at IS NOT NULL AND e.is_sealed = 1 AND ",
    account_reached!("a.id", "$3"),
    " ORDER BY near.same_school DESC, a.id
     LIMIT $2"
) };
}

impl Tx {
    /// How often `action` was done to the account since `since`.
    pub async fn account_events_since(
        &mut self,
        account: i64,
        action: Action,
        since: Timestamp,
    ) -> Result<i64> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar(
                "SELECT COUNT(*) FROM events WHERE account = $1 AND action = $2 AND at >= $3",
            )
            .bind(account)
            .bind(action.as_str())
            .bind(since)
            .fetch_one(conn)
            .await?
        }))
    }

    /// How many codes the operator has checked since `since`, and how many of them among others'.
    pub async fn code_checks_since(
        &mut self,
        operator: &str,
        since: Timestamp,
    ) -> Result<(i64, i64)> {
        Ok(on!(self, |conn| {
            sqlx::query_as(
                "SELECT COUNT(*), COUNT(CASE WHEN action = 'totp.whose_code' THEN 1 END)
                 FROM events
                 WHERE action IN ('totp.check', 'totp.whose_code') AND at >= $1 AND operator = $2",
            )
            .bind(since)
            .bind(operator)
            .fetch_one(conn)
            .await?
        }))
    }

    /// Hands to `take` everybody else within reach who has an authenticator in use in a region of the
    /// account, the colleagues first, one at a time, `limit` at most.
    pub async fn each_candidate<E: From<StoreError>>(
        &mut self,
        reach: &Reach,
        account: i64,
        limit: i64,
        mut take: impl FnMut(CandidateRow) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let sql = match self {
            Self::Sqlite(_) => candidates!("e.sealed_secret"),
            Self::Postgres(_) => candidates!("sealed_secret_of(e.id)"),
        };
        on!(self, |conn| {
            let mut rows = sqlx::query_as::<_, CandidateRow>(sql)
                .bind(account)
                .bind(limit)
                .bind(reach.holder())
                .fetch(conn);
            while let Some(row) = rows.try_next().await.map_err(StoreError::from)? {
                take(row)?;
            }
        });
        Ok(())
    }
}
