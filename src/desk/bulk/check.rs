//! The first rows of a bulk run, looked at again as others see them, before anybody else is touched.

use super::codes::open_their_accounts;
use super::result::RowResult;
use super::run::Run;
use crate::desk::reset::case_file::holders;
use crate::desk::{Desk, Result};
use crate::domain::bulk::plan::RowState;
use crate::domain::bulk::work::PlanWork;
use crate::domain::second_factor::recovery_code::RecoveryCode;
use crate::store::StoreError;
use crate::store::bulk::HolderRow;
use crate::store::log::{EventFilter, EventRow};

/// Looks again at what the first batch did: accounts, use of the request, log, and whether the codes that
/// were issued open what they should.
pub(super) async fn check_first_rows(
    desk: &Desk<'_>,
    run: &mut Run,
    rows: &[RowResult],
    issued: &[(i64, RecoveryCode)],
) -> Result<()> {
    let done = |row: &&RowResult| row.state == RowState::Done;
    let usernames: Vec<String> = rows
        .iter()
        .filter(done)
        .map(|row| row.username.clone())
        .collect();
    let mut look = desk.database.look().await?;
    let holders = holders(desk, &mut look, Some(run.plan.request_id), &usernames).await?;
    let stands = |holder: &HolderRow| {
        let account = &holder.account;
        let as_it_should = match run.work {
            PlanWork::Reset => {
                account.session_epoch > 0 && account.enrollment().enrolled_at().is_none()
            }
            PlanWork::Reissue(_) => holder.recovery_id.is_some(),
        };
        holder.used_at.is_some() && as_it_should
    };
    let first = rows
        .iter()
        .filter_map(|row| row.event)
        .min()
        .unwrap_or_default();
    let lines = look
        .events_after(&EventFilter::default(), first - 1, FIRST)
        .await?;
    let holds = |row: &&EventRow| row.hash == row.line().hash();
    let lines = lines.iter().filter(holds).count();
    let events = rows.iter().filter(|row| row.event.is_some()).count();
    if holders.len() == usernames.len()
        && holders.values().all(stands)
        && lines >= events
        && open_their_accounts(&mut look, &mut run.hasher, issued).await?
    {
        Ok(())
    } else {
        Err(StoreError::Corrupt(
            "the first rows don't read back as they were written; nothing else was touched".into(),
        )
        .into())
    }
}

/// How many rows are done and looked at again before the rest.
pub(super) const FIRST: i64 = 3;
