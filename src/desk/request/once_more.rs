//! Before a request is used, its stored mail is judged once more, by the rules of today and from what is on file
//! alone (rule 19): a verdict that somebody wrote into the database isn't one, and what older rules let through
//! counts only where those of today agree.

use super::facts::basis_of_now;
use super::naming::{Within, name_accounts};
use super::seen::{AtHand, counted_elsewhere};
use super::standing::{RequestStanding, record, standing};
use crate::desk::judged::Looked;
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
    /// What was gathered from it is what stands on file as gathered.
    is_as_on_file: bool,
}

/// Whether the request's verdict is `verified`, and its stored mail still bears that out: by what was known when it
/// came in, and by the directory and the settings of now.
pub(in crate::desk) async fn is_verified(
    desk: &Desk<'_>,
    tx: &mut Tx,
    request: &RequestRow,
    requesters: &[RequesterRow],
) -> Result<bool> {
    if request.verdict != Verdict::Verified {
        return Ok(false);
    }
    let record = Looked::at(desk.now, request);
    if let Some(found) = desk.once_more.found(&record) {
        return Ok(found);
    }
    let again = judge_once_more(desk, tx, request, requesters).await?;
    let found = again
        .is_some_and(|again| again.is_as_on_file && again.judgement.verdict == Verdict::Verified);
    desk.once_more.keep(record, found);
    Ok(found)
}

/// Whether the request's verdict is `verified`, and its stored mail bears that out by what was known when it came in.
pub(in crate::desk) async fn is_verified_on_file(
    tx: &mut Tx,
    request: &RequestRow,
) -> Result<bool> {
    if request.verdict != Verdict::Verified {
        return Ok(false);
    }
    Ok(belied(tx, request).await?.is_none())
}

/// The request, open to a challenge where only older rules, an older directory or older settings had let it through:
/// from now on it is as those of today say.
pub(super) async fn by_todays_rules(
    desk: &Desk<'_>,
    tx: &mut Tx,
    request: RequestStanding,
) -> Result<RequestStanding> {
    let row = &request.request;
    if row.verdict != Verdict::Verified {
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
        ..
    } = again;
    tx.judge_again(row.id, &evidence, &basis, &judgement, RULE_VERSION)
        .await?
        .or_not();
    standing(desk, tx, &row.public_id).await
}

/// Judges the stored mail by what was known then, and by what is known now: whichever says less is what it says.
async fn judge_once_more(
    desk: &Desk<'_>,
    tx: &mut Tx,
    request: &RequestRow,
    requesters: &[RequesterRow],
) -> Result<Option<OnceMore>> {
    let Some(Regathered {
        raw,
        evidence,
        basis,
    }) = regathered(tx, request).await?
    else {
        return Ok(None);
    };
    let mut then = basis;
    let is_older = request.rule_version < RULE_VERSION;
    if is_older {
        let mut within = Within::of(requesters);
        name_accounts(desk, tx, &evidence, &mut within, &mut then.facts).await?;
    }
    let received_at = request.received_at;
    let mut now = basis_of_now(desk, tx, &evidence, requesters, &then, request).await?;
    let mail = AtHand {
        raw: &raw,
        evidence: &evidence,
        basis: &now,
        as_request: Some(request.id),
    };
    if let Some(other) = counted_elsewhere(desk, tx, &mail, received_at).await? {
        now.facts.seen_as = Some(other.to_string());
    }
    let by = |basis: &Basis| {
        let judgement = judge(&evidence, &basis.facts, &basis.policy, received_at);
        confirmed(request, judgement)
    };
    let (by_then, by_now) = (by(&then), by(&now));
    let lower = by_then.verdict.lowered_to(by_now.verdict);
    let (basis, judgement) = if by_now.verdict == lower {
        (now, by_now)
    } else {
        (then, by_then)
    };
    Ok(Some(OnceMore {
        // What older rules gathered lacks what those of today look for.
        is_as_on_file: is_older || is_recorded(request, &evidence),
        evidence,
        basis,
        judgement,
    }))
}

/// Whether that is what stands on file as gathered from the mail.
fn is_recorded(request: &RequestRow, evidence: &Evidence) -> bool {
    let recorded = serde_json::from_str::<Evidence>(&request.evidence);
    recorded.is_ok_and(|recorded| recorded == *evidence)
}

/// The column of a request that its own mail belies: what stands on file as gathered isn't what is in it, or that
/// doesn't give the verdict on file by what was known then. Only today's rules can tell.
pub(in crate::desk) async fn belied(
    tx: &mut Tx,
    request: &RequestRow,
) -> Result<Option<&'static str>> {
    if request.rule_version < RULE_VERSION {
        return Ok(None);
    }
    let Some(Regathered {
        evidence, basis, ..
    }) = regathered(tx, request).await?
    else {
        return Ok(Some("evidence"));
    };
    let then = basis;
    if !is_recorded(request, &evidence) {
        return Ok(Some("evidence"));
    }
    let judgement = judge(&evidence, &then.facts, &then.policy, request.received_at);
    let verdict = confirmed(request, judgement).verdict;
    Ok((verdict != request.verdict).then_some("verdict"))
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
    again.map_or_else(
        || record(request),
        |again| Ok((again.evidence, again.basis)),
    )
}

/// A stored mail, what is in it, and what was known when it came in.
struct Regathered {
    raw: Vec<u8>,
    evidence: Evidence,
    basis: Basis,
}

/// Nothing where the mail isn't there any more, or isn't the one that came in.
async fn regathered(tx: &mut Tx, request: &RequestRow) -> Result<Option<Regathered>> {
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
    Ok(evidence.ok().map(|evidence| Regathered {
        raw,
        evidence,
        basis,
    }))
}
