//! What came in before with the same mail, and what follows from it for the one at hand.

use crate::desk::{Desk, Result};
use crate::domain::request::evidence::{Evidence, Outcome, Signature};
use crate::domain::request::id::RequestId;
use crate::domain::request::judge::{
    Basis, Came, Copy, DirectoryFacts, Earlier, RULE_VERSION, Stage, barred_by, came_before, judge,
    same_mail,
};
use crate::domain::timestamp::Timestamp;
use crate::mail::have_same_fields;
use crate::store::Tx;
use crate::store::request::SeenRow;

/// A mail at hand.
pub(super) struct AtHand<'m> {
    pub(in crate::desk) raw: &'m [u8],
    pub(in crate::desk) evidence: &'m Evidence,
    pub(in crate::desk) basis: &'m Basis,
    /// The request that it's on file as.
    pub(super) as_request: Option<i64>,
}

/// What a mail is, beside those that came in before.
pub(super) enum Seen {
    /// A mail of its own.
    First,
    /// An answer to a challenge, which came before.
    Answer(RequestId),
    /// One more copy of that open request's, whose copy shows this.
    Again(SeenRow, Copy),
    /// A better copy of that open request's.
    Better(SeenRow, Copy),
    /// A copy of one that can't be gone on with.
    Replay(RequestId),
}

/// Looks for it.
pub(super) async fn seen_before(
    desk: &Desk<'_>,
    tx: &mut Tx,
    mail: &AtHand<'_>,
    new: &Copy,
) -> Result<Seen> {
    let facts = &mail.basis.facts;
    let mut rows = tx.seen_before(mail.evidence, facts, desk.now).await?;
    rows.retain(|row| Some(row.id) != mail.as_request);
    if let Some(row) = rows.iter().find(|row| row.as_answer == 1) {
        return Ok(Seen::Answer(row.public_id.clone()));
    }
    let mut earlier = all_earlier(tx, mail, &rows).await?;
    let came = came_before(new, &earlier);
    let mut take = |at: usize| (rows.swap_remove(at), earlier.swap_remove(at).copy);
    Ok(match came {
        Came::First => Seen::First,
        Came::Again(at) => {
            let (row, copy) = take(at);
            Seen::Again(row, copy)
        }
        Came::Better(at) => {
            let (row, copy) = take(at);
            Seen::Better(row, copy)
        }
        Came::Replay(at) => Seen::Replay(take(at).0.public_id),
    })
}

/// The other request that came in with this mail and keeps the one that it's on file as from being used: one that was used
/// or confirmed, or was there before and was turned down.
pub(super) async fn counted_elsewhere(
    desk: &Desk<'_>,
    tx: &mut Tx,
    mail: &AtHand<'_>,
    received_at: Timestamp,
) -> Result<Option<RequestId>> {
    let facts = &mail.basis.facts;
    let mut rows = tx.seen_before(mail.evidence, facts, desk.now).await?;
    rows.retain(|row| Some(row.id) != mail.as_request);
    rows.retain(|row| row.spent == 1 || Some(row.id) < mail.as_request);
    let earlier = all_earlier(tx, mail, &rows).await?;
    let own = Copy::of(mail.evidence, facts, &mail.basis.policy, received_at);
    let barred = barred_by(&own, &earlier).or(rows.iter().position(|row| row.as_answer == 1));
    Ok(barred.map(|at| rows[at].public_id.clone()))
}

async fn all_earlier(tx: &mut Tx, mail: &AtHand<'_>, rows: &[SeenRow]) -> Result<Vec<Earlier>> {
    let mut earlier = Vec::with_capacity(rows.len());
    for row in rows {
        earlier.push(earlier_of(tx, mail, row).await?);
    }
    Ok(earlier)
}

/// The earlier copy, by what is known of the accounts and the requester today: then nothing but the bytes
/// tells the two apart.
async fn earlier_of(tx: &mut Tx, mail: &AtHand<'_>, row: &SeenRow) -> Result<Earlier> {
    let evidence: Evidence = serde_json::from_str(&row.evidence).unwrap_or_default();
    let Basis { facts, policy } = mail.basis;
    // Who took it in is known of that copy, not of this one.
    let by_service =
        serde_json::from_str::<Basis>(&row.facts).is_ok_and(|own| own.facts.by_service);
    let of_it = DirectoryFacts {
        by_service,
        ..facts.clone()
    };
    // A record that is older than the key of a mail has none on file.
    let key = same_mail(mail.evidence, facts);
    let by_signature = row.by_signature == 1 || key.is_some() && key == same_mail(&evidence, facts);
    Ok(Earlier {
        copy: Copy::of(&evidence, &of_it, policy, row.received_at),
        stage: match (row.spent, row.closed) {
            (1, _) => Stage::Spent,
            // Its mail is past its retention: nothing tells what may have been wrong with that copy.
            (_, 1) if evidence.sha256.is_empty() => Stage::Spent,
            (_, 1) => Stage::Closed,
            _ => Stage::Open,
        },
        may_be_another: !by_signature && may_be_another(tx, mail, row.id, &evidence).await?,
        by_signature,
    })
}

/// DNS leaves the mail at hand open, and the other one hasn't the very fields that its signature names.
async fn may_be_another(
    tx: &mut Tx,
    mail: &AtHand<'_>,
    request: i64,
    other: &Evidence,
) -> Result<bool> {
    let open: Vec<&Signature> = undecided(mail.evidence).collect();
    if open.is_empty() {
        return Ok(false);
    }
    let Some((raw, _)) = tx.request_mail(request).await? else {
        return Ok(true);
    };
    let has_it = |signature: &&Signature| {
        let mut others = other.signatures.iter();
        others.any(|other| other.sha256 == signature.sha256)
    };
    let named = open.iter().flat_map(|signature| &signature.signed);
    Ok(!(open.iter().all(has_it) && have_same_fields(mail.raw, &raw, named)))
}

fn undecided(evidence: &Evidence) -> impl Iterator<Item = &Signature> {
    let signatures = evidence.signatures.iter();
    signatures.filter(|signature| signature.outcome == Outcome::Unreachable)
}

/// A request whose mail turns out to be a worse copy of another's counts no more.
pub(super) async fn stand_down(
    desk: &Desk<'_>,
    tx: &mut Tx,
    worse: &SeenRow,
    counts: &RequestId,
) -> Result<()> {
    let evidence: Evidence = serde_json::from_str(&worse.evidence).unwrap_or_default();
    let mut basis: Basis = serde_json::from_str(&worse.facts).unwrap_or_default();
    basis.facts.seen_as = Some(counts.to_string());
    let judgement = judge(&evidence, &basis.facts, &basis.policy, worse.received_at);
    tx.judge_again(worse.id, &evidence, &basis, &judgement, RULE_VERSION)
        .await?
        .or_not();
    tx.void_challenges(worse.id, desk.now).await?;
    Ok(())
}
