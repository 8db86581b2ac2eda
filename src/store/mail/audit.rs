//! The mails of requesters on file, one by one, with what was gathered of each.

use std::fmt::Write as _;

use futures_util::TryStreamExt as _;
use sqlx::AssertSqlSafe;

use crate::domain::code::OrganisationCode;
use crate::domain::directory::organisation::OrganisationKind;
use crate::domain::timestamp::Timestamp;
use crate::store::log::AuditScope;
use crate::store::{Result, StoreError, Tx, on};

/// Which mails.
#[derive(Clone, Debug)]
pub struct MailPeriod {
    /// Only from this instant on.
    pub since: Option<Timestamp>,
    /// Only before this instant.
    pub until: Option<Timestamp>,
    /// Only of requesters of this organisation or below it, by internal id.
    pub organisation: Option<i64>,
    /// Only of requesters in these regions.
    pub scope: AuditScope,
}

/// A mail of a requester on file.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct MailRow {
    /// The requester's organisation, by internal id.
    pub organisation_id: i64,
    /// The From address; nothing where it was erased.
    pub from_address: Option<String>,
    /// The verdict on file.
    pub verdict: String,
    /// The version of the rules that gave it.
    pub rule_version: i64,
    /// When it came in.
    pub received_at: Timestamp,
    /// When its challenge was answered.
    pub confirmed_at: Option<Timestamp>,
    /// When an operator turned it down.
    pub rejected_at: Option<Timestamp>,
    /// What was gathered, as JSON.
    pub evidence: String,
    /// What the directory and the policy said, as JSON.
    pub facts: String,
}

/// An organisation and what is above it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PlaceRow {
    /// The internal id.
    pub id: i64,
    /// Its code.
    pub code: OrganisationCode,
    /// What kind it is.
    pub kind: OrganisationKind,
    /// What it's called.
    pub name: String,
    /// The internal id of the organisation above it.
    pub parent_id: Option<i64>,
}

impl MailPeriod {
    /// Conditions for what is given, and nothing else, so that an index can serve.
    fn conditions(&self, region: &str) -> String {
        let mut text = String::new();
        if self.since.is_some() {
            text.push_str(" AND q.received_at >= $1");
        }
        if self.until.is_some() {
            text.push_str(" AND q.received_at < $2");
        }
        // Writing to a string doesn't fail.
        let _ = write!(text, "{}", self.scope.reached(region));
        text
    }
}

/// The organisation itself and all below it.
const WITHIN: &str = " AND o.id IN (
    WITH RECURSIVE down (id) AS (
      SELECT id FROM organisations WHERE id = $3
      UNION
      SELECT c.id FROM organisations c JOIN down ON c.parent_id = down.id
    )
    SELECT id FROM down)";

impl Tx {
    /// Hands every mail of a requester on file to `take`, one at a time.
    pub async fn each_mail_of_requesters<E: From<StoreError>>(
        &mut self,
        period: &MailPeriod,
        mut take: impl FnMut(MailRow) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let within = period.organisation.map_or("", |_| WITHIN);
        let sql = AssertSqlSafe(format!(
            "SELECT p.organisation_id, q.from_address, q.verdict, q.rule_version, q.received_at,
                    q.confirmed_at, q.rejected_at, q.evidence, q.facts
             FROM requests q
             JOIN requesters p ON p.id = q.requester_id
             JOIN organisations o ON o.id = p.organisation_id
             WHERE 1 = 1{}{within}",
            period.conditions("o.region_id")
        ));
        on!(self, |conn| {
            let mut rows = sqlx::query_as::<_, MailRow>(sql)
                .bind(period.since)
                .bind(period.until)
                .bind(period.organisation)
                .fetch(conn);
            while let Some(row) = rows.try_next().await.map_err(StoreError::from)? {
                take(row)?;
            }
        });
        Ok(())
    }

    /// How many mails came from nobody on file.
    pub async fn count_mails_of_strangers(&mut self, period: &MailPeriod) -> Result<i64> {
        let sql = AssertSqlSafe(format!(
            "SELECT COUNT(*) FROM requests q WHERE q.requester_id IS NULL{}",
            period.conditions("q.region_id")
        ));
        Ok(on!(self, |conn| {
            sqlx::query_scalar(sql)
                .bind(period.since)
                .bind(period.until)
                .fetch_one(conn)
                .await?
        }))
    }

    /// Every organisation, to find boards in.
    pub async fn places(&mut self) -> Result<Vec<PlaceRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as("SELECT id, code, kind, name, parent_id FROM organisations")
                .fetch_all(conn)
                .await?
        }))
    }
}
