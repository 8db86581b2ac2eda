//! A request as the rules look at it: who asks, for whom, and what its verdict rests on.

use crate::desk::{Desk, Error, Result};
use crate::domain::code::Username;
use crate::domain::operator::Reach;
use crate::domain::request::evidence::Evidence;
use crate::domain::request::id::RequestId;
use crate::domain::request::judge::Basis;
use crate::domain::timestamp::Timestamp;
use crate::store::directory::RequesterRow;
use crate::store::operator::Leased;
use crate::store::request::{BoundRow, RequestRow};
use crate::store::{StoreError, Tx};

/// A request as it stands, with who asks and for whom: what the rules look at.
#[derive(Clone, Debug)]
pub struct RequestStanding {
    /// The request.
    pub request: RequestRow,
    /// Who asks, where that is known.
    pub requester: Option<RequesterRow>,
    /// Who is on file under the From address, in every capacity.
    pub requesters: Vec<RequesterRow>,
    /// All its accounts, which the rules look at; people see those that they [reach](Self::reached).
    pub(in crate::desk) accounts: Vec<BoundRow>,
    /// A colleague who has it open in a changing step, and since when.
    pub open_by: Option<(String, Timestamp)>,
}

impl RequestStanding {
    /// The accounts that this operator reaches: outside the operator's regions there are none.
    pub fn reached(&self) -> impl Iterator<Item = &BoundRow> {
        self.accounts.iter().filter(|account| account.reached)
    }

    /// How many others there are.
    #[must_use]
    pub fn elsewhere(&self) -> i64 {
        let reached = i64::try_from(self.reached().count());
        self.request.accounts - reached.unwrap_or(self.request.accounts)
    }
}

/// The request as it stands, where this operator reaches it.
pub(in crate::desk) async fn standing(
    desk: &Desk<'_>,
    tx: &mut Tx,
    id: &RequestId,
) -> Result<RequestStanding> {
    standing_for(desk, tx, id, &desk.reach).await
}

pub(super) async fn standing_for(
    desk: &Desk<'_>,
    tx: &mut Tx,
    id: &RequestId,
    reach: &Reach,
) -> Result<RequestStanding> {
    let request = existing_request(tx, id, reach).await?;
    let requesters = requesters_at(tx, request.from_address.as_deref()).await?;
    let asks = |requester: &&RequesterRow| Some(requester.id) == request.requester_id;
    let requester = match (requesters.iter().find(asks), request.requester_id) {
        (Some(requester), _) => Some(requester.clone()),
        // Under another address by now.
        (None, Some(id)) => tx.requester_by_id(id).await?,
        (None, None) => None,
    };
    let accounts = tx.request_accounts(request.id, &desk.reach).await?;
    let leased = Leased::Request(request.id);
    let open_by = tx.leased_by_other(leased, &desk.operator, desk.now).await?;
    Ok(RequestStanding {
        request,
        requester,
        requesters,
        accounts,
        open_by,
    })
}

/// The request, and who is behind it.
pub(in crate::desk) async fn request_of(
    desk: &Desk<'_>,
    tx: &mut Tx,
    id: &RequestId,
) -> Result<(RequestRow, Option<RequesterRow>)> {
    let request = existing_request(tx, id, &desk.reach).await?;
    let requester = match request.requester_id {
        Some(id) => tx.requester_by_id(id).await?,
        None => None,
    };
    Ok((request, requester))
}

async fn existing_request(tx: &mut Tx, id: &RequestId, reach: &Reach) -> Result<RequestRow> {
    let found = tx.request(reach, id).await?;
    found.ok_or_else(|| Error::NotFound {
        what: "request",
        name: id.to_string(),
        nearest: None,
    })
}

/// Who is on file under the From address, in every capacity.
pub(in crate::desk) async fn requesters_at(
    tx: &mut Tx,
    from: Option<&str>,
) -> Result<Vec<RequesterRow>> {
    Ok(match from {
        Some(from) => {
            tx.requesters(&Reach::Everywhere, Some(from), None, 100)
                .await?
        }
        None => Vec::new(),
    })
}

/// The accounts that the requester may ask for.
pub(super) fn covered_accounts(request: &RequestStanding) -> Vec<Username> {
    let covered = request.accounts.iter().filter(|account| account.covered);
    covered.map(|account| account.username.clone()).collect()
}

/// What was gathered from a request's mail, and what the directory and the policy said.
pub(in crate::desk) fn record(request: &RequestRow) -> Result<(Evidence, Basis)> {
    let corrupt = |what: &str, error: serde_json::Error| {
        StoreError::Corrupt(format!("the {what} of {}: {error}", request.public_id))
    };
    let evidence =
        serde_json::from_str(&request.evidence).map_err(|error| corrupt("evidence", error))?;
    let basis = serde_json::from_str(&request.facts).map_err(|error| corrupt("facts", error))?;
    Ok((evidence, basis))
}
