//! Bulk plans: what was made, how large it is, and its state.

use crate::domain::bulk::plan::PlanId;
use crate::domain::bulk::work::PlanAction;
use crate::domain::bulk::work::PlanWork;
use crate::domain::log::event::Hash;
use crate::domain::operator::Reach;
use crate::domain::request::id::RequestId;
use crate::domain::second_factor::delivery::Delivery;
use crate::domain::timestamp::Timestamp;
use crate::store::reach::region_reached;
use crate::store::{Result, StoreError, Tx, on};

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
        PlanWork::of(self.action, self.delivery, self.recipient.as_deref()).ok_or_else(|| {
            StoreError::Unexpected("a plan's delivery doesn't fit its action".into())
        })
    }

    /// How many ready rows are left.
    #[must_use]
    pub const fn left(&self) -> i64 {
        self.ready - self.done - self.not_done
    }

    /// Its state at `now`.
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

pub(in crate::store) fn hash_of(bytes: &[u8]) -> Result<Hash> {
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
}
