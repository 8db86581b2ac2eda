//! Break-glass cases.

use crate::domain::code::Username;
use crate::domain::log::event::Hash;
use crate::domain::operator::Reach;
use crate::domain::request::id::RequestId;
use crate::domain::reset::warrant::Warrant;
use crate::domain::timestamp::Timestamp;
use crate::store::log::EventFilter;
use crate::store::reach::account_reached;
use crate::store::{Applied, Result, StoreError, Tx, on};

/// A reset without a request, that one operator started and a senior completes.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CaseRow {
    /// The internal id.
    pub id: i64,
    /// The public id.
    pub public_id: RequestId,
    /// The account's internal id.
    pub account_id: i64,
    /// The account's username.
    pub username: Username,
    /// Why there is no request.
    pub reason: String,
    shown: Vec<u8>,
    /// Who started it.
    pub started_by: String,
    /// When.
    pub started_at: Timestamp,
    /// When it can't be completed any more.
    pub expires_at: Timestamp,
    /// Who completed it.
    pub completed_by: Option<String>,
    /// When.
    pub completed_at: Option<Timestamp>,
    /// When it was called off.
    pub cancelled_at: Option<Timestamp>,
}

impl CaseRow {
    /// The hash of what the starter was shown.
    pub fn shown(&self) -> Result<Hash> {
        let shown = self.shown.as_slice().try_into();
        shown.map_err(|_| StoreError::Corrupt("a case's hash isn't 32 bytes".into()))
    }
}

/// A case that is to be kept.
#[derive(Debug)]
pub struct NewCase<'c> {
    /// The public id that was drawn.
    pub public_id: &'c RequestId,
    /// The account's internal id.
    pub account: i64,
    /// Why there is no request.
    pub reason: &'c str,
    /// The hash of what was shown.
    pub shown: &'c Hash,
    /// Who starts it.
    pub operator: &'c str,
    /// When it can't be completed any more.
    pub expires_at: Timestamp,
}

/// The cases under these conditions, of accounts that `$3` reaches.
macro_rules! cases {
    ($which:literal, $order:literal) => {
        concat!(
            "SELECT c.id, c.public_id, c.account_id, a.username, c.reason, c.shown, c.started_by,
                    c.started_at, c.expires_at, c.completed_by, c.completed_at, c.cancelled_at
             FROM cases c
             JOIN accounts a ON a.id = c.account_id
             WHERE ",
            $which,
            " AND ",
            account_reached!("a.id", "$3"),
            " ORDER BY ",
            $order,
            " LIMIT $2"
        )
    };
}

const BY_ID: &str = cases!("c.public_id = $1", "c.id DESC");
const NEWEST: &str = cases!("$1 IS NULL", "c.id DESC");
const FOR_THE_LOG: &str = cases!(
    "($1 IS NULL OR c.public_id = $1)
     AND ($4 IS NULL OR c.account_id = $4)
     AND ($5 IS NULL OR c.started_by = $5 OR c.completed_by = $5)
     AND (c.started_at < $7 AND (c.started_at >= $6 OR c.completed_at >= $6)
          OR c.completed_at IS NULL AND c.cancelled_at IS NULL AND c.expires_at > $8)",
    "CASE WHEN c.completed_at IS NULL AND c.cancelled_at IS NULL AND c.expires_at > $8
          THEN 0 ELSE 1 END, c.id DESC"
);

impl Tx {
    /// Keeps a case; no when its public id is taken.
    pub async fn add_case(&mut self, new: &NewCase<'_>, now: Timestamp) -> Result<Applied> {
        let rows = on!(self, |conn| {
            sqlx::query(
                "INSERT INTO cases
                   (public_id, account_id, reason, shown, started_by, started_at, expires_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)
                 ON CONFLICT (public_id) DO NOTHING",
            )
            .bind(new.public_id)
            .bind(new.account)
            .bind(new.reason)
            .bind(new.shown.as_slice())
            .bind(new.operator)
            .bind(now)
            .bind(new.expires_at)
            .execute(conn)
            .await?
            .rows_affected()
        });
        Ok(Applied::when(rows == 1))
    }

    /// The newest cases, or the one with that id, of accounts that `reach` reaches.
    pub async fn cases(
        &mut self,
        reach: &Reach,
        id: Option<&RequestId>,
        limit: i64,
    ) -> Result<Vec<CaseRow>> {
        self.newest((BY_ID, NEWEST), reach, id.map(RequestId::as_str), limit)
            .await
    }

    /// The cases that a reader of the log sees first: those that still wait, and those of the filter's
    /// time; of its account, operator and id, where it names them.
    pub async fn cases_for_the_log(
        &mut self,
        reach: &Reach,
        filter: &EventFilter,
        now: Timestamp,
        limit: i64,
    ) -> Result<Vec<CaseRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(FOR_THE_LOG)
                .bind(&filter.request)
                .bind(limit)
                .bind(reach.holder())
                .bind(filter.account)
                .bind(&filter.operator)
                .bind(filter.since.unwrap_or(Timestamp::from_micros(0)))
                .bind(filter.until.unwrap_or(Timestamp::from_micros(i64::MAX)))
                .bind(now)
                .fetch_all(conn)
                .await?
        }))
    }

    /// Completes the case of the warrant; no when somebody else just did, or called it off.
    pub async fn complete_case(
        &mut self,
        warrant: &Warrant,
        operator: &str,
        now: Timestamp,
    ) -> Result<Applied> {
        let rows = on!(self, |conn| {
            sqlx::query(
                "UPDATE cases SET completed_by = $1, completed_at = $2
                 WHERE id = $3 AND account_id = $4 AND started_by <> $1
                   AND completed_at IS NULL AND cancelled_at IS NULL AND expires_at > $2",
            )
            .bind(operator)
            .bind(now)
            .bind(warrant.case())
            .bind(warrant.account())
            .execute(conn)
            .await?
            .rows_affected()
        });
        Ok(Applied::when(rows == 1))
    }

    /// Whether a case for that account waits for its second operator.
    pub async fn case_waits_for(&mut self, account: i64, now: Timestamp) -> Result<bool> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar(
                "SELECT EXISTS (SELECT 1 FROM cases WHERE account_id = $1 AND completed_at IS NULL
                                  AND cancelled_at IS NULL AND expires_at > $2)",
            )
            .bind(account)
            .bind(now)
            .fetch_one(conn)
            .await?
        }))
    }

    /// Calls a case off; no when it was over already.
    pub async fn cancel_case(&mut self, case: i64, now: Timestamp) -> Result<Applied> {
        let rows = on!(self, |conn| {
            sqlx::query(
                "UPDATE cases SET cancelled_at = $1
                 WHERE id = $2 AND completed_at IS NULL AND cancelled_at IS NULL",
            )
            .bind(now)
            .bind(case)
            .execute(conn)
            .await?
            .rows_affected()
        });
        Ok(Applied::when(rows == 1))
    }

    /// How many operators but `but` could be the second pair of eyes on an account.
    pub async fn seniors_for(&mut self, account: i64, but: &str, closed: bool) -> Result<i64> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar(
                "SELECT COUNT(*) FROM operators o
                 WHERE o.role = 'senior' AND o.login <> $1 AND o.disabled_at IS NULL
                   AND ($2 = 0 OR EXISTS (
                     SELECT 1 FROM region_scopes s
                     JOIN organisations g ON g.region_id = s.region_id
                     JOIN account_roles r ON r.organisation_id = g.id
                     WHERE s.holder = 'operator:' || o.login AND r.account_id = $3))",
            )
            .bind(but)
            .bind(i64::from(closed))
            .bind(account)
            .fetch_one(conn)
            .await?
        }))
    }
}
