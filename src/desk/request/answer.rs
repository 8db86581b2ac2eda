//! An answer to a challenge that comes by mail: linked to its request whether it proves or not. It confirms
//! only where it's proven, and says yes with the code at its head.

use serde_json::json;

use super::answered::Answered;
use super::card::{RequestCard, card_for};
use super::confirm::{Given, Hashed, confirm_with, hashed_answers, which_fits};
use super::facts::{Trusted, gather_facts};
use super::incoming::{Incoming, again, note_origin};
use super::looked_again::LookedAgain;
use super::naming::Within;
use super::standing::requesters_at;
use crate::desk::{Desk, Result};
use crate::domain::log::event::Action;
use crate::domain::operator::Reach;
use crate::domain::request::challenge::ChallengeCode;
use crate::domain::request::evidence::{Evidence, Reading};
use crate::domain::request::id::RequestId;
use crate::domain::request::judge::{AnswerProof, DirectoryFacts, answer_proof};
use crate::domain::request::received_as::ReceivedAs;
use crate::domain::request::words::own_text::{self, OwnText};
use crate::store::Tx;
use crate::store::request::{AnswerRow, ChallengeRow, NewAnswer};

/// How many answers to one challenge are kept: a stranger can write as many as he likes.
const MOST_KEPT: i64 = 20;

/// The same where DNS leaves open who wrote them.
const MOST_UNDECIDED: i64 = 200;

/// How many codes of one mail are tried: it has one, however its signatures read it.
const MOST_CODES: usize = 2;

/// The open challenge that a mail answers: its Message-ID is named, or a code is on the first line.
/// Every other mail is a request.
pub(super) async fn answered_challenge(
    tx: &mut Tx,
    evidence: &Evidence,
) -> Result<Option<Answered>> {
    let Some(from) = evidence.from.as_deref() else {
        return Ok(None);
    };
    let open = tx.open_challenges_sent_to(from).await?;
    let open: Vec<Answered> = open
        .into_iter()
        .map(|challenge| Answered::by(evidence, challenge))
        .collect();
    let named = open.iter().find(|answered| answered.is_named).cloned();
    let has_code = evidence
        .readings
        .iter()
        .filter_map(own_words)
        .any(|text| ChallengeCode::is_answered_in(text.own));
    Ok(named.or_else(|| open.into_iter().next().filter(|_| has_code)))
}

/// The codes that a mail may say yes with, hashed as those of its sender's open challenges were, before the transaction
/// that others wait for. Only a mail that somebody signed is worth an Argon2id.
pub(super) async fn codes_hashed(
    desk: &mut Desk<'_>,
    action: Action,
    evidence: &Evidence,
) -> Result<Vec<Hashed>> {
    let mut codes: Vec<ChallengeCode> = Vec::new();
    for text in evidence.readings.iter().filter_map(own_words) {
        let code = ChallengeCode::said_yes_in(&text);
        codes.extend(code.ok().filter(|code| !codes.contains(code)));
    }
    codes.truncate(MOST_CODES);
    match evidence.from.as_deref() {
        Some(from) if !codes.is_empty() && evidence.has_a_signature_that_holds() => {
            hashed_answers(desk, action, from, &codes).await
        }
        _ => Ok(Vec::new()),
    }
}

/// The mail's own words. What its HTML shows isn't asked: programs break the first line in more ways there than any
/// converter knows, and the text is what is proven.
fn own_words(reading: &Reading) -> Option<OwnText<'_>> {
    let has_text = reading.no_text.is_none();
    has_text.then(|| own_text::split(&reading.text))
}

/// Links an answer to its request, and confirms it where the answer does. One that came before, in whatever copy,
/// costs no try: else anybody who has an old one could use up every code.
pub(super) async fn take_answer(
    desk: &mut Desk<'_>,
    mut tx: Tx,
    incoming: &Incoming<'_>,
    answered: Answered,
    hashed: &[Hashed],
) -> Result<RequestCard> {
    let evidence = incoming.evidence;
    let weighed = weigh(desk, &mut tx, evidence).await?;
    let same_bytes = tx.answer_of_bytes(&evidence.sha256).await?;
    let known = came_as_answer(desk, &mut tx, &weighed, evidence).await?;
    let fits = match &weighed.code {
        Some(code) => which_fits(desk, &mut tx, evidence, &answered, code, hashed).await?,
        None => None,
    };
    if let Some(known) = known.as_ref().filter(|_| fits.is_none()) {
        let card = again(desk, tx, incoming, known, ReceivedAs::Answer).await?;
        return Ok(with_words(card, weighed.proof, evidence));
    }
    let challenge = &answered.challenge;
    let proof = &weighed.proof;
    let new = NewAnswer {
        request: challenge.request_id,
        challenge: challenge.id,
        operator: &desk.operator,
        from: evidence.from.as_deref().unwrap_or_default(),
        evidence,
        raw: incoming.raw,
        proven: proof.is_proven(),
        undecided: proof.is_undecided(),
    };
    // While DNS is down nobody can tell the requester's own answer from a flood of others.
    let most = if proof.is_undecided() {
        MOST_UNDECIDED
    } else {
        MOST_KEPT
    };
    let is_full = tx.count_answers(challenge.id).await? >= most;
    let is_first = same_bytes.as_ref().is_none_or(|row| row.proven == 0);
    let answer = match same_bytes {
        Some(row) => Some(row.id),
        None if is_full && !proof.is_proven() => None,
        None => tx.add_answer(&new, desk.now).await?,
    };
    if weighed.is_by_its_words {
        tx.keep_answer_signatures(challenge.request_id, evidence, &weighed.facts)
            .await?;
    }
    note_origin(desk, &mut tx, incoming, challenge.request_id).await?;
    let detail = json!({
        "received_as": ReceivedAs::Answer,
        "from": evidence.from,
        "sha256": evidence.sha256,
        "proven": new.proven,
        "intake": evidence.intake,
    });
    let mut event = desk.event(Action::RequestReceive, detail);
    event.request = Some(challenge.request.to_string());
    let mut events = vec![event];
    if let (Some(_), Some(answer)) = (&weighed.code, answer) {
        let costs = is_first && known.is_none();
        let given = Given {
            answer,
            fits,
            costs,
        };
        let (event, _) = confirm_with(desk, &mut tx, evidence, &answered, given).await?;
        events.push(event);
    }
    let mut card = card_for(desk, &mut tx, &challenge.request, &Reach::Everywhere).await?;
    desk.commit_many(tx, events).await?;
    card.received_as = ReceivedAs::Answer;
    Ok(with_words(card, weighed.proof, evidence))
}

/// Whoever takes a mail in reads what that mail says.
fn with_words(mut card: RequestCard, proof: AnswerProof, evidence: &Evidence) -> RequestCard {
    card.text_proven = proof.is_proven();
    card.reading = match proof {
        AnswerProof::Proven(reading) => Some(*reading),
        _ => evidence.readings.first().cloned(),
    };
    card
}

/// Judges an answer again that had waited for DNS; whether it confirmed its request.
pub(super) async fn settle_answer(
    desk: &mut Desk<'_>,
    by: LookedAgain,
    challenge: &ChallengeRow,
    answer: &AnswerRow,
    evidence: &Evidence,
) -> Result<bool> {
    let action = by.judging;
    let hashed = codes_hashed(desk, action, evidence).await?;
    let (mut tx, _) = desk.begin(action).await?;
    tx.wait_for_sender(evidence.from.as_deref()).await?;
    let still = tx.answer(answer.id).await?;
    if still.is_none_or(|still| still.undecided == 0) {
        // A colleague has settled it while DNS was asked.
        return Ok(false);
    }
    let weighed = weigh(desk, &mut tx, evidence).await?;
    let proof = &weighed.proof;
    let known = came_as_answer(desk, &mut tx, &weighed, evidence).await?;
    let answered = Answered::by(evidence, challenge.clone());
    let fits = match &weighed.code {
        Some(code) => which_fits(desk, &mut tx, evidence, &answered, code, &hashed).await?,
        None => None,
    };
    tx.settle_answer(
        answer.id,
        evidence,
        proof.is_proven(),
        proof.is_undecided(),
        false,
    )
    .await?;
    if weighed.is_by_its_words {
        tx.keep_answer_signatures(challenge.request_id, evidence, &weighed.facts)
            .await?;
    }
    let detail = json!({ "answer": answer.id.to_string(), "proven": proof.is_proven() });
    let mut event = desk.event(Action::RequestReverify, detail);
    event.request = Some(challenge.request.to_string());
    let mut events = vec![event];
    let mut confirms = false;
    if weighed.code.is_some() {
        let given = Given {
            answer: answer.id,
            fits,
            costs: known.is_none(),
        };
        let (event, took) = confirm_with(desk, &mut tx, evidence, &answered, given).await?;
        events.push(event);
        confirms = took;
    }
    desk.commit_many(tx, events).await?;
    Ok(confirms)
}

/// An answer, weighed.
struct WeighedAnswer {
    facts: DirectoryFacts,
    proof: AnswerProof,
    /// What a proven one says yes with.
    code: Option<ChallengeCode>,
    /// Its proven words make it an answer, by a code on their first line. The fields that name a challenge aren't
    /// evidence: a copy that somebody gave them mustn't make an answer of a request for good.
    is_by_its_words: bool,
}

async fn weigh(desk: &Desk<'_>, tx: &mut Tx, evidence: &Evidence) -> Result<WeighedAnswer> {
    let requesters = requesters_at(tx, evidence.from.as_deref()).await?;
    let mut within = Within::of(&requesters);
    let trusted = Trusted::by(&desk.settings);
    let facts = gather_facts(desk, tx, evidence, &mut within, &[], trusted).await?;
    let proof = answer_proof(evidence, &facts, &desk.policy, desk.now);
    let reading = match &proof {
        AnswerProof::Proven(reading) => Some(reading),
        AnswerProof::Undecided | AnswerProof::Unproven => None,
    };
    let text = reading.and_then(|reading| own_words(reading));
    // Where own words go on beyond what is read, they may take the yes back.
    let is_whole = reading.is_some_and(|reading| reading.complete);
    let read_to_its_end = text.filter(|text| is_whole || !text.below.trim().is_empty());
    Ok(WeighedAnswer {
        code: read_to_its_end.and_then(|text| ChallengeCode::said_yes_in(&text).ok()),
        is_by_its_words: text.is_some_and(|text| ChallengeCode::is_answered_in(text.own)),
        facts,
        proof,
    })
}

/// The request that a proven answer was linked to when it came before.
async fn came_as_answer(
    desk: &Desk<'_>,
    tx: &mut Tx,
    weighed: &WeighedAnswer,
    evidence: &Evidence,
) -> Result<Option<RequestId>> {
    if !weighed.is_by_its_words {
        return Ok(None);
    }
    let seen = tx.seen_before(evidence, &weighed.facts, desk.now).await?;
    let known = seen.into_iter().find(|seen| seen.as_answer == 1);
    Ok(known.map(|known| known.public_id))
}
