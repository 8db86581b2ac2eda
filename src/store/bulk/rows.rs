//! The rows of bulk plans, and what became of each.

use data_encoding::HEXLOWER;
use serde_json::{Value, json};

use super::plans::hash_of;
use crate::domain::bulk::plan::{PlannedRow, RowFault, RowState};
use crate::domain::timestamp::Timestamp;
use crate::store::{Result, StoreError, Tx, on};

/// A row of a plan.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PlanRowRow {
    /// Its place, from 1 on.
    pub position: i64,
    /// The username as it was read.
    pub username: String,
    account_id: Option<i64>,
    fingerprint: Option<Vec<u8>>,
    /// Its state.
    pub state: RowState,
    /// Why it isn't done.
    pub code: Option<String>,
    /// The number of its event.
    pub event: Option<i64>,
}

impl PlanRowRow {
    /// The row as it was planned, whatever became of it.
    pub fn planned(&self) -> Result<PlannedRow<'_>> {
        let planned = match (self.account_id, &self.fingerprint) {
            (Some(account), Some(fingerprint)) => Ok((account, hash_of(fingerprint)?)),
            _ => Err(self.fault()?.ok_or_else(|| {
                StoreError::Unexpected("a row of a plan has neither account nor reason".into())
            })?),
        };
        Ok(PlannedRow {
            position: self.position,
            username: &self.username,
            planned,
        })
    }

    /// Why it isn't done.
    pub fn fault(&self) -> Result<Option<RowFault>> {
        let parse = |code: &String| {
            code.parse()
                .map_err(|error| StoreError::Unexpected(format!("a row of a plan: {error}")))
        };
        self.code.as_ref().map(parse).transpose()
    }
}

/// What became of a row.
#[derive(Clone, Copy, Debug)]
pub struct Settled {
    /// Its place.
    pub position: i64,
    /// Its state now.
    pub state: RowState,
    /// Why it isn't done.
    pub code: Option<RowFault>,
    /// The number of its event.
    pub event: i64,
}

impl Tx {
    /// The schools of the accounts that a plan may still do, with how many each has; the most first.
    pub async fn schools_of_plan(&mut self, plan: i64) -> Result<Vec<(String, i64)>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(
                "SELECT o.name, COUNT(DISTINCT r.account_id)
                 FROM plan_rows r
                 JOIN account_roles ar ON ar.account_id = r.account_id
                 JOIN organisations o ON o.id = ar.organisation_id
                 WHERE r.plan_id = $1 AND r.state = 'ready'
                 GROUP BY o.id, o.name
                 ORDER BY COUNT(DISTINCT r.account_id) DESC, o.name",
            )
            .bind(plan)
            .fetch_all(conn)
            .await?
        }))
    }

    /// Adds rows to a plan.
    pub async fn add_plan_rows(&mut self, plan: i64, rows: &[PlannedRow<'_>]) -> Result<()> {
        let state = |row: &PlannedRow<'_>| {
            row.planned
                .map_or_else(RowFault::state, |_| RowState::Ready)
        };
        match self {
            Self::Sqlite(tx) => {
                let row = |row: &PlannedRow<'_>| {
                    let planned = row.planned.ok();
                    json!([
                        row.position,
                        row.username,
                        planned.map(|(account, _)| account),
                        planned.map(|(_, fingerprint)| HEXLOWER.encode(&fingerprint)),
                        state(row),
                        row.planned.err().map(RowFault::as_str),
                    ])
                };
                sqlx::query(
                    "INSERT INTO plan_rows
                       (plan_id, position, username, account_id, fingerprint, state, code)
                     SELECT $2, value ->> 0, value ->> 1, value ->> 2, unhex(value ->> 3), value ->> 4,
                            value ->> 5
                     FROM json_each($1)",
                )
                .bind(rows.iter().map(row).collect::<Value>().to_string())
                .bind(plan)
                .execute(&mut **tx)
                .await?;
            }
            Self::Postgres(tx) => {
                let fingerprint = |row: &PlannedRow<'_>| row.planned.ok().map(|(_, f)| f.to_vec());
                sqlx::query(
                    "INSERT INTO plan_rows
                       (plan_id, position, username, account_id, fingerprint, state, code)
                     SELECT $1, * FROM UNNEST($2::bigint[], $3::text[], $4::bigint[], $5::bytea[],
                                              $6::text[], $7::text[])",
                )
                .bind(plan)
                .bind(column(rows, |row| row.position))
                .bind(column(rows, |row| row.username))
                .bind(column(rows, |row| {
                    row.planned.ok().map(|(account, _)| account)
                }))
                .bind(column(rows, fingerprint))
                .bind(column(rows, |row| state(row).as_str()))
                .bind(column(rows, |row| row.planned.err().map(RowFault::as_str)))
                .execute(&mut **tx)
                .await?;
            }
        }
        Ok(())
    }

    /// The next rows after `after`, in order: all of them, or those in these states.
    pub async fn plan_rows(
        &mut self,
        plan: i64,
        after: i64,
        states: &[RowState],
        limit: i64,
    ) -> Result<Vec<PlanRowRow>> {
        let states = states.iter().map(|state| state.as_str());
        let states = states.collect::<Vec<_>>().join(",");
        Ok(on!(self, |conn| {
            sqlx::query_as(
                "SELECT position, username, account_id, fingerprint, state, code, event
                 FROM plan_rows
                 WHERE plan_id = $1 AND position > $2
                   AND ($3 = '' OR ',' || $3 || ',' LIKE '%,' || state || ',%')
                 ORDER BY position
                 LIMIT $4",
            )
            .bind(plan)
            .bind(after)
            .bind(states)
            .bind(limit)
            .fetch_all(conn)
            .await?
        }))
    }

    /// How many rows of the plan aren't done, by reason.
    pub async fn plan_faults(&mut self, plan: i64) -> Result<Vec<(String, i64)>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(
                "SELECT code, COUNT(*) FROM plan_rows
                 WHERE plan_id = $1 AND code IS NOT NULL
                 GROUP BY code
                 ORDER BY COUNT(*) DESC, code",
            )
            .bind(plan)
            .fetch_all(conn)
            .await?
        }))
    }

    /// Writes down what became of rows. Each was ready until now, or this isn't ours to do.
    pub async fn settle_rows(&mut self, plan: i64, rows: &[Settled], now: Timestamp) -> Result<()> {
        let settled = match self {
            Self::Sqlite(tx) => {
                let row = |row: &Settled| {
                    json!([
                        row.position,
                        row.state,
                        row.code.map(RowFault::as_str),
                        row.event
                    ])
                };
                // An update from a set would pair every row with every other: SQLite takes the table
                // that it updates first, whatever the set says.
                sqlx::query(
                    "INSERT INTO plan_rows
                       (plan_id, position, username, account_id, fingerprint, state, code, event)
                     SELECT r.plan_id, r.position, r.username, r.account_id, r.fingerprint,
                            s.value ->> 1, s.value ->> 2, s.value ->> 3
                     FROM json_each($1) s CROSS JOIN plan_rows r
                     WHERE r.plan_id = $2 AND r.position = s.value ->> 0 AND r.state = 'ready'
                     ON CONFLICT DO UPDATE
                     SET state = excluded.state, code = excluded.code, event = excluded.event",
                )
                .bind(rows.iter().map(row).collect::<Value>().to_string())
                .bind(plan)
                .execute(&mut **tx)
                .await?
                .rows_affected()
            }
            Self::Postgres(tx) => sqlx::query(
                "UPDATE plan_rows r
                     SET state = s.state, code = s.code, event = s.event
                     FROM UNNEST($1::bigint[], $2::text[], $3::text[], $4::bigint[])
                       AS s (position, state, code, event)
                     WHERE r.plan_id = $5 AND r.position = s.position AND r.state = 'ready'",
            )
            .bind(column(rows, |row| row.position))
            .bind(column(rows, |row| row.state.as_str()))
            .bind(column(rows, |row| row.code.map(RowFault::as_str)))
            .bind(column(rows, |row| row.event))
            .bind(plan)
            .execute(&mut **tx)
            .await?
            .rows_affected(),
        };
        if settled != rows.len() as u64 {
            return Err(StoreError::Unexpected(
                "a row of a plan was settled twice".into(),
            ));
        }
        let done = rows
            .iter()
            .filter(|row| row.state == RowState::Done)
            .count() as u64;
        on!(self, |conn| {
            sqlx::query(
                "UPDATE plans
                 SET done = done + $1, not_done = not_done + $2, begun_at = COALESCE(begun_at, $3),
                     finished_at = CASE WHEN done + not_done + $1 + $2 = ready THEN $3 END
                 WHERE id = $4",
            )
            .bind(done.cast_signed())
            .bind((settled - done).cast_signed())
            .bind(now)
            .bind(plan)
            .execute(conn)
            .await?;
        });
        Ok(())
    }

    /// Whether one of the plan's accounts is this operator's own.
    pub async fn is_in_plan(
        &mut self,
        plan: i64,
        login: &str,
        work_email: Option<&str>,
    ) -> Result<bool> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar(
                "SELECT EXISTS (SELECT 1 FROM plan_rows r JOIN accounts a ON a.id = r.account_id
                                WHERE r.plan_id = $1 AND (a.username = $2 OR a.work_email = $3))",
            )
            .bind(plan)
            .bind(login)
            .bind(work_email)
            .fetch_one(conn)
            .await?
        }))
    }
}

fn column<'r, R, T>(rows: &'r [R], of: impl Fn(&'r R) -> T) -> Vec<T> {
    rows.iter().map(of).collect()
}
