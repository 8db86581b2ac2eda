//! An answer to a challenge that comes by mail: linked to its request whether it proves or not. It confirms
//! only where it's proven, and its first line says yes with the code (`mail.md`: A3).

use serde_json::json;

use super::confirm::confirm_with;
use super::facts::{gather_facts, requesters_at};
use super::receive::{Border, Incoming, note_origin};
use super::request_card::{RequestCard, card_for};
use super::{Desk, Result};
use crate::domain::challenge::ChallengeCode;
use crate::domain::event::Action;
use crate::domain::evidence::{Evidence, Reading};
use crate::domain::judge::{AnswerProof, answer_proof};
use crate::domain::operator::Reach;
use crate::domain::own_text;
use crate::domain::received_as::ReceivedAs;
use crate::store::{AnswerRow, ChallengeRow, NewAnswer, Tx};

/// How many answers to one challenge are kept: a stranger can write as many as he likes.
const MOST_KEPT: i64 = 20;

/// The open challenge that a mail answers: its Message-ID is named, or a code stands on the first line.
/// Every other mail is a request.
pub(super) async fn answered_challenge(
    tx: &mut Tx,
    evidence: &Evidence,
) -> Result<Option<ChallengeRow>> {
    let Some(from) = evidence.from.as_deref() else {
        return Ok(None);
    };
    let open = tx.open_challenges_sent_to(from).await?;
    let names = |challenge: &&ChallengeRow| {
        let id = challenge.message_id.as_ref();
        id.is_some_and(|id| evidence.answers_to.contains(id))
    };
    let answered = open.iter().find(names).cloned();
    let has_code = evidence
        .readings
        .iter()
        .filter_map(first_line)
        .any(ChallengeCode::stands_in);
    Ok(answered.or_else(|| open.into_iter().next().filter(|_| has_code)))
}

/// The first line of the mail's own words.
fn first_line(reading: &Reading) -> Option<&str> {
    let own = own_text::split(&reading.text).0;
    own_text::lines(own)
        .next()
        .filter(|_| reading.no_text.is_none())
}

/// Links an answer to its request, and confirms it where the answer does.
pub(super) async fn take_answer(
    desk: &mut Desk<'_>,
    mut tx: Tx,
    border: &Border,
    incoming: &Incoming<'_>,
    challenge: ChallengeRow,
) -> Result<RequestCard> {
    let evidence = incoming.evidence;
    let proof = proof_of(desk, &mut tx, border, evidence).await?;
    let known = tx.answer_of_bytes(&evidence.sha256).await?;
    let is_full = tx.count_answers(challenge.id).await? >= MOST_KEPT;
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
    let answer = match known {
        Some(known) => Some(known.id),
        None if is_full && !proof.is_proven() => None,
        None => tx.add_answer(&new, desk.now).await?,
    };
    tx.keep_answer_signatures(challenge.request_id, evidence)
        .await?;
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
    desk.commit(tx, event).await?;
    if let (AnswerProof::Proven(reading), Some(answer)) = (&proof, answer)
        && let Some(code) = yes_in(reading)
    {
        confirm_with(desk, evidence, &challenge, answer, &code).await?;
    }
    let (mut tx, _) = desk.begin(Action::RequestReceive).await?;
    let mut card = card_for(desk, &mut tx, &challenge.request, &Reach::Everywhere).await?;
    // Whoever takes a mail in reads what that mail says.
    card.text_proven = proof.is_proven();
    card.reading = match proof {
        AnswerProof::Proven(reading) => Some(*reading),
        _ => evidence.readings.first().cloned(),
    };
    card.received_as = ReceivedAs::Answer;
    Ok(card)
}

/// Judges an answer again that had waited for DNS; whether it confirmed its request.
pub(super) async fn settle_answer(
    desk: &mut Desk<'_>,
    border: &Border,
    challenge: &ChallengeRow,
    answer: &AnswerRow,
    evidence: &Evidence,
) -> Result<bool> {
    let (mut tx, _) = desk.begin(Action::RequestReverify).await?;
    let proof = proof_of(desk, &mut tx, border, evidence).await?;
    tx.settle_answer(
        answer.id,
        evidence,
        proof.is_proven(),
        proof.is_undecided(),
        false,
    )
    .await?;
    tx.keep_answer_signatures(challenge.request_id, evidence)
        .await?;
    let detail = json!({ "answer": answer.id.to_string(), "proven": proof.is_proven() });
    let mut event = desk.event(Action::RequestReverify, detail);
    event.request = Some(challenge.request.to_string());
    desk.commit(tx, event).await?;
    match proof {
        AnswerProof::Proven(reading) => match yes_in(&reading) {
            Some(code) => confirm_with(desk, evidence, challenge, answer.id, &code).await,
            None => Ok(false),
        },
        _ => Ok(false),
    }
}

async fn proof_of(
    desk: &Desk<'_>,
    tx: &mut Tx,
    border: &Border,
    evidence: &Evidence,
) -> Result<AnswerProof> {
    let requesters = requesters_at(tx, evidence.from.as_deref()).await?;
    let facts = gather_facts(desk, tx, border, evidence, &requesters, &[]).await?;
    Ok(answer_proof(evidence, &facts, &desk.policy, desk.now))
}

/// The code that an answer says yes with, on its first line, and where it has HTML as well on that one's.
fn yes_in(reading: &Reading) -> Option<ChallengeCode> {
    let code = ChallengeCode::said_yes_to(first_line(reading)?)?;
    match &reading.html_first_line {
        Some(line) if ChallengeCode::said_yes_to(line).as_ref() != Some(&code) => None,
        _ => Some(code),
    }
}
