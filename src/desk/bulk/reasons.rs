//! Why a plan needs a second operator, for whoever is refused to carry it out alone.

use super::plan::{BATCH, each_plan_row};
use crate::desk::request::{request_of, requesters_at};
use crate::desk::reset::case_file::{Asking, OpenFile, Yes};
use crate::desk::{Desk, Error, Result};
use crate::domain::bulk::plan::RowState;
use crate::domain::code::Username;
use crate::domain::reset::four_eyes::{Reason, gather};
use crate::store::bulk::PlanRow;
use crate::store::operator::OperatorRow;

/// The reasons of the rows that are to be done, each once, and its length.
pub(super) async fn reasons_of(
    desk: &Desk<'_>,
    operator: &OperatorRow,
    plan: &PlanRow,
) -> Result<Vec<Reason>> {
    let mut usernames = Vec::new();
    each_plan_row(desk, plan, false, |row| {
        if row.state == RowState::Ready {
            usernames.push(row.username);
        }
        Ok::<_, Error>(())
    })
    .await?;
    let mut look = desk.database.look().await?;
    let (request, _) = request_of(desk, &mut look, &plan.request).await?;
    let requesters = requesters_at(&mut look, request.from_address.as_deref()).await?;
    let asking = Asking {
        request: &request,
        requesters: &requesters,
        open_by: None,
        is_for_a_page: false,
    };
    let mut open = OpenFile::on(desk, &mut look, operator, asking).await?;
    let mut reasons = Vec::new();
    let most = desk.policy.four_eyes_rows;
    if plan.ready > i64::from(most) {
        let rows = plan.ready;
        reasons.push(Reason::LongList { rows, most });
    }
    for batch in usernames.chunks(BATCH) {
        open.take(desk, &mut look, batch, Yes::Later).await?;
        for username in batch
            .iter()
            .filter_map(|text| text.parse::<Username>().ok())
        {
            gather(&mut reasons, open.file.reasons(&username, desk.now));
        }
    }
    Ok(reasons)
}
