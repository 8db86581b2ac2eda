//! What a copy holds that may have been used since it was made: none of it may be used once more.

use serde::Serialize;

use crate::domain::timestamp::Timestamp;
use crate::store::{Result, Tx, run};

/// How much of each kind doesn't count any more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Voided {
    /// Requests that could still be used: each may have been.
    pub requests: u64,
    /// Codes that were mailed and not given back yet.
    pub challenges: u64,
    /// Mails that weren't sent yet: each may have been.
    pub mails: u64,
    /// Receipts of resets that could still be undone: the holder may have enrolled since.
    pub receipts: u64,
    /// Operators' sessions.
    pub sessions: u64,
    /// Yeses of second operators.
    pub approvals: u64,
    /// Plans that weren't carried out to their end.
    pub plans: u64,
    /// Break-glass cases that waited for a second operator.
    pub cases: u64,
}

/// What a mail says that wasn't sent before the copy was put back.
pub(in crate::store) const NOT_SENT: &str =
    "the desk was put back from a copy: this may have been sent since";

impl Tx {
    /// Ends whatever of a copy may have been used since, or ended. Portals' sessions as well: a reset that the copy lacks had ended
    /// them, so every epoch becomes one that no session can bear yet.
    pub async fn void_what_may_be_used(
        &mut self,
        by: &str,
        reason: &str,
        now: Timestamp,
    ) -> Result<Voided> {
        let requests = run!(
            self,
            "UPDATE requests
             SET verdict = 'rejected', rejected_at = $1, rejected_by = $2, rejected_for = $3, closed_at = $1
             WHERE verdict <> 'rejected' AND rejected_at IS NULL AND expires_at > $1
               AND (NOT EXISTS (SELECT 1 FROM request_accounts b WHERE b.request_id = requests.id)
                    OR EXISTS (SELECT 1 FROM request_accounts b
                               WHERE b.request_id = requests.id AND b.used_at IS NULL))",
            now,
            by,
            reason
        );
        let challenges = run!(
            self,
            "UPDATE challenges SET voided_at = $1 WHERE confirmed_at IS NULL AND voided_at IS NULL",
            now
        );
        let mails = run!(
            self,
            "UPDATE outbox SET failed_at = $1, last_error = $2, sealed_secret = NULL
             WHERE sent_at IS NULL AND failed_at IS NULL",
            now,
            NOT_SENT
        );
        let receipts = run!(
            self,
            "UPDATE enrollments SET sealed_secret = NULL, destroy_at = $1
             WHERE is_sealed = 1 AND retired_at IS NOT NULL AND destroy_at > $1",
            now
        );
        self.destroy_secrets(now).await?;
        let sessions = run!(
            self,
            "UPDATE operator_sessions SET ended_at = $1 WHERE ended_at IS NULL",
            now
        );
        let approvals = run!(self, "DELETE FROM approvals");
        let plans = run!(
            self,
            "UPDATE plans SET cancelled_at = $1 WHERE cancelled_at IS NULL AND finished_at IS NULL",
            now
        );
        let cases = run!(
            self,
            "UPDATE cases SET cancelled_at = $1 WHERE completed_at IS NULL AND cancelled_at IS NULL",
            now
        );
        run!(self, "DELETE FROM leases");
        let epoch = now.as_micros() / 1_000_000;
        run!(
            self,
            "UPDATE accounts
             SET session_epoch = CASE WHEN session_epoch < $1 THEN $1 ELSE session_epoch + 1 END",
            epoch
        );
        Ok(Voided {
            requests,
            challenges,
            mails,
            receipts,
            sessions,
            approvals,
            plans,
            cases,
        })
    }
}
