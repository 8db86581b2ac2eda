//! Which accounts a request is for.

use crate::domain::code::Username;
use crate::domain::directory::address::WorkAddress;
use crate::domain::timestamp::Timestamp;
use crate::store::{Applied, Result, Tx, on};

/// An account within somebody's authority.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct WithinRow {
    /// Its username.
    pub username: Username,
    /// Whose it is.
    pub name: String,
    /// The work address.
    pub work_email: WorkAddress,
}

/// How an operator ends a request.
#[derive(Clone, Copy, Debug)]
pub struct Ending<'e> {
    /// The operator's login.
    pub by: &'e str,
    /// Why.
    pub reason: &'e str,
    /// It isn't a request at all: nobody is told.
    pub is_closed: bool,
}

impl Tx {
    /// The accounts of an organisation, and where `below` says so of all below it.
    pub async fn accounts_within(
        &mut self,
        organisation: i64,
        below: bool,
        limit: i64,
    ) -> Result<Vec<WithinRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(
                "WITH RECURSIVE down (id) AS (
                   SELECT id FROM organisations WHERE id = $1
                   UNION
                   SELECT o.id FROM organisations o JOIN down ON o.parent_id = down.id WHERE $2 = 1
                 )
                 SELECT a.username, a.name, a.work_email
                 FROM accounts a
                 WHERE a.id IN (SELECT ar.account_id FROM account_roles ar
                                WHERE ar.organisation_id IN (SELECT id FROM down))
                 -- By the name alone SQLite would walk every account of the country in that order.
                 ORDER BY a.username || '' LIMIT $3",
            )
            .bind(organisation)
            .bind(i64::from(below))
            .bind(limit)
            .fetch_all(conn)
            .await?
        }))
    }

    /// Binds an account to a request, or updates whether it's covered.
    pub async fn bind_account(&mut self, request: i64, account: i64, covered: bool) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
                "INSERT INTO request_accounts (request_id, account_id, covered)
                 VALUES ($1, $2, $3)
                 ON CONFLICT (request_id, account_id) DO UPDATE SET covered = excluded.covered",
            )
            .bind(request)
            .bind(account)
            .bind(i64::from(covered))
            .execute(conn)
            .await?;
        });
        Ok(())
    }

    /// Takes an account off a request; false when the request was used for it.
    pub async fn unbind_account(&mut self, request: i64, account: i64) -> Result<Applied> {
        let rows = on!(self, |conn| {
            sqlx::query(
                "DELETE FROM request_accounts
                 WHERE request_id = $1 AND account_id = $2 AND used_at IS NULL",
            )
            .bind(request)
            .bind(account)
            .execute(conn)
            .await?
            .rows_affected()
        });
        Ok(Applied::when(rows == 1))
    }

    /// The accounts that a request would cover if it were bound to a plan alone, by username.
    pub async fn covered_by_plan(&mut self, request: i64, plan: i64) -> Result<Vec<Username>> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar(
                "SELECT a.username
                 FROM accounts a
                 LEFT JOIN request_accounts b ON b.request_id = $1 AND b.account_id = a.id
                 WHERE a.id IN (SELECT r.account_id FROM plan_rows r
                                WHERE r.plan_id = $2 AND r.state = 'ready'
                                UNION
                                SELECT u.account_id FROM request_accounts u
                                WHERE u.request_id = $1 AND u.used_at IS NOT NULL)
                   AND COALESCE(b.covered, 1) = 1
                 ORDER BY a.username",
            )
            .bind(request)
            .bind(plan)
            .fetch_all(conn)
            .await?
        }))
    }

    /// Makes a request one for the accounts that a plan may do, and for no others but those that it was used
    /// for.
    pub async fn bind_only(&mut self, request: i64, plan: i64) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
                "DELETE FROM request_accounts
                 WHERE request_id = $1 AND used_at IS NULL
                   AND account_id NOT IN (SELECT r.account_id FROM plan_rows r
                                          WHERE r.plan_id = $2 AND r.state = 'ready'
                                            AND r.account_id IS NOT NULL)",
            )
            .bind(request)
            .bind(plan)
            .execute(&mut *conn)
            .await?;
            sqlx::query(
                "INSERT INTO request_accounts (request_id, account_id, covered)
                 SELECT $1, r.account_id, 1 FROM plan_rows r
                 WHERE r.plan_id = $2 AND r.state = 'ready' AND r.account_id IS NOT NULL
                 ON CONFLICT (request_id, account_id) DO NOTHING",
            )
            .bind(request)
            .bind(plan)
            .execute(&mut *conn)
            .await?;
        });
        Ok(())
    }

    /// Takes a confirmation back: what it confirmed has changed.
    pub async fn unconfirm(&mut self, request: i64) -> Result<()> {
        on!(self, |conn| {
            sqlx::query("UPDATE requests SET confirmed_at = NULL WHERE id = $1")
                .bind(request)
                .execute(conn)
                .await?;
        });
        Ok(())
    }

    /// Ends a request for good, rejected or closed; false when somebody did before.
    pub async fn end_request(
        &mut self,
        request: i64,
        ending: &Ending<'_>,
        now: Timestamp,
    ) -> Result<Applied> {
        let rows = on!(self, |conn| {
            sqlx::query(
                "UPDATE requests
                 SET verdict = 'rejected', rejected_at = $1, rejected_by = $2, rejected_for = $3,
                     closed_at = $4
                 WHERE id = $5 AND rejected_at IS NULL",
            )
            .bind(now)
            .bind(ending.by)
            .bind(ending.reason)
            .bind(ending.is_closed.then_some(now))
            .bind(request)
            .execute(conn)
            .await?
            .rows_affected()
        });
        Ok(Applied::when(rows == 1))
    }

    /// How many refusals an address was told of by itself since `since`; `mark` counts this one.
    pub async fn refusals_told(
        &mut self,
        address: &str,
        aligned: bool,
        since: Timestamp,
    ) -> Result<i64> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar(
                "SELECT COUNT(*) FROM requests
                 WHERE from_address = $1 AND told_at > $2 AND aligned = $3",
            )
            .bind(address)
            .bind(since)
            .bind(i64::from(aligned))
            .fetch_one(conn)
            .await?
        }))
    }

    /// Notes that the address on file was told of the refusal.
    pub async fn refusal_told(&mut self, request: i64, now: Timestamp) -> Result<()> {
        on!(self, |conn| {
            sqlx::query("UPDATE requests SET told_at = $1 WHERE id = $2")
                .bind(now)
                .bind(request)
                .execute(conn)
                .await?;
        });
        Ok(())
    }
}
