//! Before a request is used, its stored mail is judged once more, by the rules of today and from what is on file
//! alone (rule 19): a verdict that somebody wrote into the database isn't one, and what older rules let through
//! counts only where those of today agree.

use super::naming::{Within, name_accounts};
use super::standing::{RequestStanding, record, standing};
use crate::desk::{Desk, Result};
use crate::domain::request::evidence::Evidence;
use crate::domain::request::judge::{Basis, RULE_VERSION, judge};
use crate::domain::request::verdict::{Judgement, Verdict};
use crate::mail::{hash_of, regather};
use crate::store::directory::RequesterRow;
use crate::store::request::RequestRow;
use crate::store::{StoreError, Tx};

/// What the stored mail says today.
struct OnceMore {
    evidence: Evidence,
    basis: Basis,
    judgement: Judgement,
}

/// Whether the request's verdict is `verified`, and its stored mail still bears that out.
pub(in crate::desk) async fn is_verified(
    desk: &Desk<'_>,
    tx: &mut Tx,
    request: &RequestRow,
    requesters: &[RequesterRow],
) -> Result<bool> {
    if request.verdict != Verdict::Verified {
        return Ok(false);
    }
    let again = judge_once_more(desk, tx, request, requesters).await?;
    Ok(again.is_some_and(|again| again.judgement.verdict == Verdict::Verified))
}

/// The request, open to a challenge where only older rules had let it through: from now on it is as the
/// rules of today say.
pub(super) async fn by_todays_rules(
    desk: &Desk<'_>,
    tx: &mut Tx,
    request: RequestStanding,
) -> Result<RequestStanding> {
    let row = &request.request;
    if row.rule_version >= RULE_VERSION || row.verdict != Verdict::Verified {
        return Ok(request);
    }
    let again = judge_once_more(desk, tx, row, &request.requesters).await?;
    let Some(again) = again.filter(|again| again.judgement.verdict != Verdict::Verified) else {
        return Ok(request);
    };
    let OnceMore {
        evidence,
        basis,
        judgement,
    } = again;
    tx.judge_again(row.id, &evidence, &basis, &judgement, RULE_VERSION)
        .await?
        .or_not();
    standing(desk, tx, &row.public_id).await
}

async fn judge_once_more(
    desk: &Desk<'_>,
    tx: &mut Tx,
    request: &RequestRow,
    requesters: &[RequesterRow],
) -> Result<Option<OnceMore>> {
    let Some((evidence, mut basis)) = regathered(tx, request).await? else {
        return Ok(None);
    };
    if request.rule_version < RULE_VERSION {
        let mut within = Within::of(requesters);
        name_accounts(desk, tx, &evidence, &mut within, &mut basis.facts).await?;
    }
    let judgement = judge(&evidence, &basis.facts, &basis.policy, request.received_at);
    Ok(Some(OnceMore {
        evidence,
        basis,
        judgement: confirmed(request, judgement),
    }))
}

/// A challenge that was answered stays answered; what an operator rejected stays rejected.
pub(super) fn confirmed(request: &RequestRow, mut judgement: Judgement) -> Judgement {
    if request.rejected_at.is_some() {
        judgement.verdict = Verdict::Rejected;
    } else if request.confirmed_at.is_some() && judgement.challenge_open {
        judgement.verdict = Verdict::Verified;
    }
    judgement
}

/// What was gathered from the request's mail, as the rules of today need it: an older record lacks some of it,
/// and is gathered again from the stored mail where that's still there.
pub(super) async fn todays_record(tx: &mut Tx, request: &RequestRow) -> Result<(Evidence, Basis)> {
    let again = if request.rule_version < RULE_VERSION {
        regathered(tx, request).await?
    } else {
        None
    };
    again.map_or_else(|| record(request), Ok)
}

/// Nothing where the mail isn't there any more, or isn't the one that came in.
async fn regathered(tx: &mut Tx, request: &RequestRow) -> Result<Option<(Evidence, Basis)>> {
    let raw = match tx.request_mail(request.id).await {
        Err(StoreError::Corrupt(_)) => return Ok(None),
        other => other?,
    };
    let recorded = serde_json::from_str::<Evidence>(&request.evidence);
    let basis = serde_json::from_str::<Basis>(&request.facts);
    let (Some((raw, on_file)), Ok(recorded), Ok(basis)) = (raw, recorded, basis) else {
        return Ok(None);
    };
    let found = hash_of(&raw);
    if found != on_file || found != recorded.sha256 {
        return Ok(None);
    }
    let evidence = Box::pin(regather(&raw, &recorded, None)).await;
    Ok(evidence.ok().map(|evidence| (evidence, basis)))
}
