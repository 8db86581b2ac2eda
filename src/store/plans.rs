//! Bulk plans: their rows, how far they're carried out, and which run works on them.

use data_encoding::HEXLOWER;
use serde_json::{Value, json};

use super::reach::region_reached;
use super::{Result, StoreError, Tx, on};
use crate::domain::delivery::Delivery;
use crate::domain::event::Hash;
use crate::domain::operator::Reach;
use crate::domain::plan::{PlanAction, PlanId, PlannedRow, RowFault, RowState};
use crate::domain::plan_work::PlanWork;
use crate::domain::request_id::RequestId;
use crate::domain::timestamp::Timestamp;

/// A plan as it stands.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PlanRow {
    /// The internal id.
    pub id: i64,
    /// The public id.
    pub public_id: PlanId,
    /// What is done to each account.
    pub action: PlanAction,
    delivery: Option<Delivery>,
    recipient: Option<String>,
    /// The request's internal id.
    pub request_id: i64,
    /// The request's public id.
    pub request: RequestId,
    /// When it was made.
    pub made_at: Timestamp,
    /// Who made it.
    pub made_by: String,
    hash: Vec<u8>,
    /// How many rows it has.
    pub total: i64,
    /// How many were ready when it was made.
    pub ready: i64,
    /// How many of these need a second pair of eyes, each for itself.
    pub sensitive: i64,
    /// How many of these are done.
    pub done: i64,
    /// How many of these turned out not to be possible.
    pub not_done: i64,
    /// When the first batch was carried out.
    pub begun_at: Option<Timestamp>,
    /// When its last ready row was settled.
    pub finished_at: Option<Timestamp>,
    /// When it was cancelled.
    pub cancelled_at: Option<Timestamp>,
    /// Until when a run claims it.
    pub claim_until: Option<Timestamp>,
}

impl PlanRow {
    /// The hash over the whole plan.
    pub fn hash(&self) -> Result<Hash> {
        hash_of(&self.hash)
    }

    /// What is done to each account, and by which road.
    pub fn work(&self) -> Result<PlanWork> {
        PlanWork::of(self.action, self.delivery, self.recipient.as_deref())
            .ok_or_else(|| StoreError::Corrupt("a plan's delivery doesn't fit its action".into()))
    }

    /// How many ready rows are left.
    #[must_use]
    pub const fn left(&self) -> i64 {
        self.ready - self.done - self.not_done
    }

    /// Where it stands, at `now`.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> &'static str {
        if self.cancelled_at.is_some() {
            "cancelled"
        } else if self.finished_at.is_some() {
            "finished"
        } else if self.claim_until.is_some_and(|until| now < until) {
            "running"
        } else if self.begun_at.is_some() {
            "stopped"
        } else {
            "planned"
        }
    }
}

/// A row of a plan.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PlanRowRow {
    /// Its place, from 1 on.
    pub position: i64,
    /// The username as it was read.
    pub username: String,
    account_id: Option<i64>,
    fingerprint: Option<Vec<u8>>,
    /// Where it stands.
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
                StoreError::Corrupt("a row of a plan has neither account nor reason".into())
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
                .map_err(|error| StoreError::Corrupt(format!("a row of a plan: {error}")))
        };
        self.code.as_ref().map(parse).transpose()
    }
}

fn hash_of(bytes: &[u8]) -> Result<Hash> {
    bytes
        .try_into()
        .map_err(|_| StoreError::Corrupt("a hash isn't 32 bytes long".into()))
}

/// A plan to put on file.
#[derive(Clone, Copy, Debug)]
pub struct NewPlan<'p> {
    /// The public id that was drawn.
    pub public_id: &'p PlanId,
    /// What is done to each account.
    pub work: &'p PlanWork,
    /// The request's internal id.
    pub request: i64,
    /// Who makes it.
    pub made_by: &'p str,
}

/// How many rows a plan has.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlanSizes {
    /// All.
    pub total: i64,
    /// Those that may be done.
    pub ready: i64,
    /// Those of them that need a second pair of eyes, each for itself.
    pub sensitive: i64,
}

/// What became of a row.
#[derive(Clone, Copy, Debug)]
pub struct Settled {
    /// Its place.
    pub position: i64,
    /// Where it stands now.
    pub state: RowState,
    /// Why it isn't done.
    pub code: Option<RowFault>,
    /// The number of its event.
    pub event: i64,
}

macro_rules! plans {
    ($which:literal) => { concat!(
    "SELECT p.id, p.public_id, p.action, p.delivery, p.recipient, p.request_id, q.public_id AS request, p.made_at, p.made_by,
           p.hash, p.total, p.ready, p.sensitive, p.done, p.not_done, p.begun_at, p.finished_at, p.cancelled_at,
           p.claim_until
    FROM plans p
    JOIN requests q ON q.id = p.request_id
    WHERE ", $which, "
      AND (q.region_id IS NULL OR ",
    region_reached!("q.region_id", "$3"),
    ")
    ORDER BY p.id DESC
    LIMIT $2"
) };
}

const BY_ID: &str = plans!("p.public_id = $1");
const NEWEST: &str = plans!("$1 IS NULL");

impl Tx {
    /// The newest plans for requests that `reach` reaches, or the one with that id.
    pub async fn plans(
        &mut self,
        reach: &Reach,
        id: Option<&PlanId>,
        limit: i64,
    ) -> Result<Vec<PlanRow>> {
        self.newest((BY_ID, NEWEST), reach, id.map(PlanId::as_str), limit)
            .await
    }

    /// Puts a plan on file, still without rows; nothing when its public id is taken.
    pub async fn add_plan(&mut self, new: &NewPlan<'_>, now: Timestamp) -> Result<Option<i64>> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar(
                "INSERT INTO plans
                   (public_id, action, request_id, made_at, made_by, hash, total, ready, delivery, recipient)
                 VALUES ($1, $2, $3, $4, $5, $6, 0, 0, $7, $8)
                 ON CONFLICT (public_id) DO NOTHING
                 RETURNING id",
            )
            .bind(new.public_id)
            .bind(new.work.action())
            .bind(new.request)
            .bind(now)
            .bind(new.made_by)
            .bind([0_u8; 32].as_slice())
            .bind(new.work.delivery())
            .bind(new.work.recipient())
            .fetch_optional(conn)
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

    /// Completes a plan whose rows are all there.
    pub async fn complete_plan(&mut self, plan: i64, hash: &Hash, sizes: PlanSizes) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
                "UPDATE plans SET hash = $1, total = $2, ready = $3, sensitive = $4 WHERE id = $5",
            )
            .bind(hash.as_slice())
            .bind(sizes.total)
            .bind(sizes.ready)
            .bind(sizes.sensitive)
            .bind(plan)
            .execute(conn)
            .await?;
        });
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

    /// Writes down what became of rows. Each was ready until now, or this is no work of ours.
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
            return Err(StoreError::Corrupt(
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
