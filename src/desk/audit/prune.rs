//! `balie audit prune`: personal detail past its time goes, the log still verifies.

use serde::Serialize;
use serde_json::json;

use crate::desk::{Desk, Error, Result};
use crate::domain::log::event::Action;
use crate::domain::log::retention::Retention;
use crate::domain::timestamp::Timestamp;

/// What went, or would go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PruneReport {
    /// Details of log lines older than this.
    pub log_before: Timestamp,
    /// Mails older than this.
    pub mails_before: Timestamp,
    /// Details of log lines.
    pub details: i64,
    /// Requests whose mail and evidence went.
    pub requests: i64,
    /// Mails of the outbox, sent or given up.
    pub outbox: i64,
    /// Messages that came in and weren't requests.
    pub quarantined: i64,
    /// Nothing went: it was a dry run.
    pub dry_run: bool,
}

impl PruneReport {
    /// Whether nothing is past its time.
    const fn is_empty(&self) -> bool {
        self.details == 0 && self.requests == 0 && self.outbox == 0 && self.quarantined == 0
    }
}

/// Erases what `retention` keeps no longer.
pub async fn prune(
    desk: &mut Desk<'_>,
    retention: Retention,
    dry_run: bool,
) -> Result<PruneReport> {
    let horizon = retention
        .horizon(desk.now)
        .map_err(|error| Error::Invalid {
            message: error.to_string(),
            hint: "fix `[retention]` in the config".into(),
        })?;
    let (mut tx, operator) = desk.begin(Action::AuditPrune).await?;
    if let Some(last) = tx.last_event_at().await?
        && !horizon.fits(last)
    {
        return Err(Error::Invalid {
            message: format!(
                "by this machine's clock it's {:.0}, but the log ends at {last:.0}: details would be erased that aren't \
                 180 days old by the log's own time",
                desk.now
            ),
            hint: "check the clock (`balie doctor`); if it's right, run this command again right afterwards".into(),
        });
    }
    let past = tx.past_time(horizon, desk.now).await?;
    let report = PruneReport {
        log_before: horizon.log,
        mails_before: horizon.mails,
        details: past.details,
        requests: past.requests,
        outbox: past.outbox,
        quarantined: past.quarantined,
        dry_run,
    };
    if dry_run {
        return Ok(report);
    }
    // A timer that finds nothing past its time looks in vain (rule 11); that it looked is noted with its token.
    if operator.job.is_some() && report.is_empty() {
        tx.commit_lease().await?;
        return Ok(report);
    }
    tx.erase_mails(horizon, desk.now).await?;
    let details_to = if past.details > 0 {
        past.details_to
    } else {
        let newest = tx.prunes().await?.pop();
        newest.map_or(0, |prune| prune.details_to)
    };
    let detail = json!({
        "details_to": details_to,
        "details": past.details,
        "log_before": horizon.log,
        "mails_before": horizon.mails,
        "requests": past.requests,
        "outbox": past.outbox,
        "quarantined": past.quarantined,
    });
    let mut event = desk.event(Action::AuditPrune, detail);
    desk.note_circumstances(&mut event);
    let erase_to = if past.details > 0 { details_to } else { 0 };
    tx.commit_prune(&event, erase_to, desk.now, desk.rng)
        .await?;
    Ok(report)
}
