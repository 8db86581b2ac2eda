//! Second pairs of eyes.

use crate::domain::log::event::Hash;
use crate::domain::request::id::RequestId;
use crate::domain::reset::approval::{Approval, Subject, SubjectKind};
use crate::domain::timestamp::Timestamp;
use crate::store::{Result, StoreError, Tx, on};

impl Tx {
    /// Keeps a yes.
    pub async fn add_approval(
        &mut self,
        subject: &Subject<'_>,
        hash: &Hash,
        by: &str,
        now: Timestamp,
    ) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
                "INSERT INTO approvals
                   (subject_kind, subject, account_id, action, hash, approved_by, approved_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(subject.kind.as_str())
            .bind(subject.id)
            .bind(subject.account)
            .bind(subject.action)
            .bind(hash.as_slice())
            .bind(by)
            .bind(now)
            .execute(conn)
            .await?;
        });
        Ok(())
    }

    /// What was approved of a subject, newest first, by those who might still approve it.
    pub async fn approvals(&mut self, subject: &Subject<'_>) -> Result<Vec<Approval>> {
        let rows: Vec<(String, Timestamp, Vec<u8>)> = on!(self, |conn| {
            sqlx::query_as(
                "SELECT p.approved_by, p.approved_at, p.hash
                 FROM approvals p
                 JOIN operators o ON o.login = p.approved_by
                 WHERE p.subject_kind = $1 AND p.subject = $2 AND p.action = $3
                   AND ($4 IS NULL AND p.account_id IS NULL OR p.account_id = $4)
                   AND o.disabled_at IS NULL AND o.role IN ('senior', 'founder')
                 ORDER BY p.id DESC",
            )
            .bind(subject.kind.as_str())
            .bind(subject.id)
            .bind(subject.action)
            .bind(subject.account)
            .fetch_all(conn)
            .await?
        });
        rows.into_iter()
            .map(|(by, at, hash)| approval(by, at, hash))
            .collect()
    }

    /// What was approved of a request's accounts, each by its internal id, newest first, by those who might still
    /// approve it.
    pub async fn account_approvals(
        &mut self,
        request: &RequestId,
        action: &str,
    ) -> Result<Vec<(i64, Approval)>> {
        let rows: Vec<(i64, String, Timestamp, Vec<u8>)> = on!(self, |conn| {
            sqlx::query_as(
                "SELECT p.account_id, p.approved_by, p.approved_at, p.hash
                 FROM approvals p
                 JOIN operators o ON o.login = p.approved_by
                 WHERE p.subject_kind = $1 AND p.subject = $2 AND p.action = $3 AND p.account_id IS NOT NULL
                   AND o.disabled_at IS NULL AND o.role IN ('senior', 'founder')
                 ORDER BY p.id DESC",
            )
            .bind(SubjectKind::Request.as_str())
            .bind(request)
            .bind(action)
            .fetch_all(conn)
            .await?
        });
        rows.into_iter()
            .map(|(account, by, at, hash)| Ok((account, approval(by, at, hash)?)))
            .collect()
    }
}

fn approval(by: String, at: Timestamp, hash: Vec<u8>) -> Result<Approval> {
    let hash = hash
        .try_into()
        .map_err(|_| StoreError::Corrupt("an approval's hash isn't 32 bytes".into()))?;
    Ok(Approval { by, at, hash })
}
