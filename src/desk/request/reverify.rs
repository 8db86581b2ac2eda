//! `balie request reverify`: the checks once more, from the stored mail and the stored answers alone.
//! Where DNS had been silent, it's asked again.

use serde_json::{Value, json};

use super::answer::settle_answer;
use super::card::{RequestCard, card, stored_mail};
use super::looked_again::{ASKED_FOR, LookedAgain};
use super::naming::{Within, asked_for_by_name, name_accounts};
use super::once_more::confirmed;
use super::seen::{AtHand, Seen, seen_before, stand_down};
use crate::desk::lease::request_to_change;
use crate::desk::{Desk, Error, Result};
use crate::domain::log::event::Action;
use crate::domain::refusal::Refusal;
use crate::domain::request::evidence::Evidence;
use crate::domain::request::id::RequestId;
use crate::domain::request::judge::{Basis, Copy, RULE_VERSION, judge};
use crate::domain::request::verdict::Judgement;
use crate::mail::{Dns, regather};
use crate::store::Tx;
use crate::store::request::{ChallengeRow, RequestRow};

/// What came of it.
#[derive(Debug)]
pub struct Reverification {
    /// The request as it stands now.
    pub card: RequestCard,
    /// What differs from the record.
    pub differences: Vec<Difference>,
    /// The version of the rules that gave the verdict on file.
    pub rules_then: i64,
    /// What DNS had left open is decided now.
    pub settled: bool,
}

/// Something that isn't as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What.
    pub what: String,
    /// As it's on file.
    pub then: String,
    /// As it comes out now.
    pub now: String,
}

impl Reverification {
    /// Whether the same rules now say something else: the record was changed.
    #[must_use]
    pub fn is_tampered(&self) -> bool {
        !self.differences.is_empty() && self.rules_then == RULE_VERSION
    }
}

/// Runs the checks again; with `dns`, it asks for what nobody answered, of answers by mail too.
pub async fn reverify(
    desk: &mut Desk<'_>,
    id: &RequestId,
    dns: Option<&Dns>,
) -> Result<Reverification> {
    Box::pin(look_again(desk, id, dns, ASKED_FOR)).await
}

pub(super) async fn look_again(
    desk: &mut Desk<'_>,
    id: &RequestId,
    dns: Option<&Dns>,
    by: LookedAgain,
) -> Result<Reverification> {
    let (mut tx, _) = desk.begin(by.reading).await?;
    let before = card(desk, &mut tx, id).await?;
    let raw = stored_mail(&mut tx, &before.standing.request, &before.evidence).await?;
    drop(tx);
    let not_a_mail = |error: crate::mail::NotAMail| Error::Invalid {
        message: error.to_string(),
        hint: "the stored mail can't be read by this version of balie".into(),
    };
    let evidence = regather(&raw, &before.evidence, None)
        .await
        .map_err(not_a_mail)?;
    let basis = basis_today(desk, by, &before, &evidence).await?;
    let judgement = judged(&before, &basis, &evidence);
    let differences = differences(&before, &evidence, &judgement);
    let ask = dns.filter(|_| before.undecided && differences.is_empty());
    let fresh = match ask {
        Some(dns) => Some(
            regather(&raw, &before.evidence, Some((dns, desk.now)))
                .await
                .map_err(not_a_mail)?,
        ),
        None => None,
    };
    if let Some(dns) = dns {
        settle_answers(desk, dns, by, &before).await?;
    }
    let fresh = fresh.filter(|fresh| !by.is_by_the_way || says_more(fresh, &before.evidence));
    if by.is_by_the_way && fresh.is_none() {
        return Ok(Reverification {
            settled: false,
            rules_then: before.standing.request.rule_version,
            card: before,
            differences,
        });
    }
    // Looking again is reading; what changes the verdict is work.
    let action = if fresh.is_some() {
        by.judging
    } else {
        by.reading
    };
    let (mut tx, operator) = desk.begin(action).await?;
    let mut detail = json!({
        "differences": differences.iter().map(|difference| &difference.what).collect::<Vec<_>>(),
    });
    if let Some(fresh) = &fresh {
        let (waited, now) = request_to_change(desk, tx, action, id).await?;
        tx = waited;
        // DNS took its time: what a colleague did meanwhile stands.
        if !rests_on_the_same(&before.standing.request, &now.request) {
            return Err(Refusal::ChangedSinceShown.into());
        }
        // Whoever asks now is who is believed.
        let mut basis = basis;
        basis.facts.by_service &= operator.job.is_some();
        let mut within = Within::of(&before.standing.requesters);
        let at = now.request.received_at;
        basis.facts.naming.named =
            asked_for_by_name(desk, &mut tx, fresh, &mut within, &basis, at).await?;
        let basis =
            beside_other_copies(desk, &mut tx, &before, basis, fresh, &raw, &mut detail).await?;
        let judgement = confirmed(&now.request, judged(&before, &basis, fresh));
        detail["verdict"] = json!(judgement.verdict);
        let judged = tx.judge_again(now.request.id, fresh, &basis, &judgement, RULE_VERSION);
        if !judged.await?.took() {
            return Err(Refusal::RequestRejected.into());
        }
    }
    let card = card(desk, &mut tx, id).await?;
    let mut event = desk.event(Action::RequestReverify, detail);
    event.request = Some(id.to_string());
    desk.commit(tx, event).await?;
    Ok(Reverification {
        settled: fresh.is_some() && !card.undecided,
        rules_then: before.standing.request.rule_version,
        card,
        differences,
    })
}

/// A mail that DNS left open may have come in more than once meanwhile: the best copy counts, and no other.
async fn beside_other_copies(
    desk: &Desk<'_>,
    tx: &mut Tx,
    before: &RequestCard,
    mut basis: Basis,
    fresh: &Evidence,
    raw: &[u8],
    detail: &mut Value,
) -> Result<Basis> {
    let request = &before.standing.request;
    let new = Copy::of(fresh, &basis.facts, &basis.policy, request.received_at);
    let mail = AtHand {
        raw,
        evidence: fresh,
        basis: &basis,
        as_request: Some(request.id),
    };
    let counts = match seen_before(desk, tx, &mail, &new).await? {
        Seen::First => None,
        Seen::Answer(id) | Seen::Replay(id) => Some(id),
        Seen::Again(other, _) => Some(other.public_id),
        Seen::Better(other, _) => {
            stand_down(desk, tx, &other, &request.public_id).await?;
            detail["stands_down"] = json!(other.public_id);
            None
        }
    };
    if let Some(id) = counts {
        basis.facts.seen_as = Some(id.to_string());
    }
    Ok(basis)
}

/// What the verdict rests on. A record of older rules lacks whom the mail speaks of: that is looked up in
/// the directory as it is today.
async fn basis_today(
    desk: &mut Desk<'_>,
    by: LookedAgain,
    before: &RequestCard,
    evidence: &Evidence,
) -> Result<Basis> {
    let mut basis = before.basis.clone();
    if before.standing.request.rule_version < RULE_VERSION {
        let (mut tx, _) = desk.begin(by.reading).await?;
        let mut within = Within::of(&before.standing.requesters);
        name_accounts(desk, &mut tx, evidence, &mut within, &mut basis.facts).await?;
    }
    Ok(basis)
}

/// Answers by mail that had waited for DNS, until one confirms the request.
async fn settle_answers(
    desk: &mut Desk<'_>,
    dns: &Dns,
    by: LookedAgain,
    before: &RequestCard,
) -> Result<()> {
    let (mut tx, _) = desk.begin(by.reading).await?;
    let request = before.standing.request.id;
    let waiting = tx.waiting_answers(request).await?;
    let open = tx.open_challenges(request).await?.into_iter().next();
    drop(tx);
    let Some(challenge) = open else {
        return Ok(());
    };
    // One mail in memory at a time.
    for id in waiting {
        if settle(desk, dns, by, &challenge, id).await? {
            break;
        }
    }
    Ok(())
}

/// Asks DNS for one answer once more; whether it confirmed the request.
async fn settle(
    desk: &mut Desk<'_>,
    dns: &Dns,
    by: LookedAgain,
    challenge: &ChallengeRow,
    id: i64,
) -> Result<bool> {
    let (mut tx, _) = desk.begin(by.reading).await?;
    let (Some(answer), Some(raw)) = (tx.answer(id).await?, tx.answer_mail(id).await?) else {
        return Ok(false);
    };
    drop(tx);
    let recorded: Evidence = serde_json::from_str(&answer.evidence).unwrap_or_default();
    match regather(&raw, &recorded, Some((dns, desk.now))).await {
        Ok(evidence) if by.is_by_the_way && !says_more(&evidence, &recorded) => Ok(false),
        Ok(evidence) => settle_answer(desk, by, challenge, &answer, &evidence).await,
        Err(_) => Ok(false),
    }
}

/// Whether DNS has said something that it hadn't: that it was asked, and when, is nothing new.
fn says_more(fresh: &Evidence, before: &Evidence) -> bool {
    let as_asked_before = Evidence {
        dns: before.dns.clone(),
        ..fresh.clone()
    };
    as_asked_before != *before
}

/// The mail as it's judged at the moment that it came in.
fn judged(card: &RequestCard, basis: &Basis, evidence: &Evidence) -> Judgement {
    judge(
        evidence,
        &basis.facts,
        &basis.policy,
        card.standing.request.received_at,
    )
}

/// Whether a verdict on the one request is a verdict on the other: neither the mail nor what is known of its
/// sender and its accounts differs.
fn rests_on_the_same(before: &RequestRow, now: &RequestRow) -> bool {
    before.evidence == now.evidence && before.facts == now.facts
}

fn differences(card: &RequestCard, evidence: &Evidence, judgement: &Judgement) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut compare = |what: String, then: &str, now: &str| {
        if then != now {
            found.push(Difference {
                what,
                then: then.to_owned(),
                now: now.to_owned(),
            });
        }
    };
    let verdict = confirmed(&card.standing.request, judgement.clone()).verdict;
    compare(
        "verdict".into(),
        card.standing.request.verdict.as_str(),
        verdict.as_str(),
    );
    for check in &judgement.checks {
        let then = card
            .checks
            .iter()
            .find(|then| then.name == check.name.as_str());
        let result = then.map_or("", |then| then.result.as_str());
        compare(
            format!("check {}", check.name),
            result,
            check.result.as_str(),
        );
    }
    let (then, now) = (json!(card.evidence), json!(evidence));
    for (key, value) in then.as_object().into_iter().flatten() {
        let new = now.get(key).unwrap_or(&Value::Null);
        compare(
            format!("evidence {key}"),
            &value.to_string(),
            &new.to_string(),
        );
    }
    found
}
