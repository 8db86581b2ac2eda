//! `balie request confirm`: the code comes back, read out to the operator or in a new mail.

use serde_json::json;

use super::challenge::refused;
use super::leases::request_to_change;
use super::request_card::{RequestCard, RequestStanding, card, covered_accounts, standing};
use super::{Desk, Result};
use crate::domain::challenge::{ChallengeCode, TRIES};
use crate::domain::event::Action;
use crate::domain::refusal::Refusal;
use crate::domain::request_id::RequestId;
use crate::domain::verdict::Verdict;
use crate::store::{ChallengeRow, Tx};
use crate::vault::Vault;

/// Takes a code that was read out. Every try is an event.
pub async fn confirm(
    desk: &mut Desk<'_>,
    id: &RequestId,
    code: &ChallengeCode,
) -> Result<RequestCard> {
    let action = Action::RequestConfirm;
    let (mut tx, _) = desk.begin(action).await?;
    let vault = desk.vault(&mut tx).await?;
    let (mut tx, request) = request_to_change(desk, tx, action, id).await?;
    let refusal = match request.request.verdict.as_str() {
        "verified" => Some(Refusal::AlreadyVerified),
        "rejected" => Some(Refusal::RequestRejected),
        _ => (request.request.expires_at <= desk.now).then_some(Refusal::RequestExpired),
    };
    if let Some(refusal) = refusal {
        return refused(desk, tx, action, id, refusal).await;
    }
    let open = tx.open_challenges(request.request.id).await?;
    let Some(challenge) = open.into_iter().next() else {
        return refused(desk, tx, action, id, Refusal::NoChallenge).await;
    };
    if !tx.try_challenge(challenge.id, desk.now).await? {
        let refusal = if challenge.expires_at <= desk.now {
            Refusal::CodeExpired
        } else {
            Refusal::CodeUsedUp
        };
        return refused(desk, tx, action, id, refusal).await;
    }
    if !fits(&vault, &challenge, &request, code)? {
        let detail =
            json!({ "refused": Refusal::WrongCode, "try": challenge.tries + 1, "of": TRIES });
        let mut event = desk.event(action, detail);
        event.request = Some(id.to_string());
        desk.commit(tx, event).await?;
        return Err(Refusal::WrongCode.into());
    }
    use_up(desk, tx, &challenge, None).await
}

/// Takes the code that a proven mail says yes to, for whichever open challenge of that address it fits. It's
/// taken whoever has that request open: the answer comes once, and nobody decides anything by it.
pub(super) async fn confirm_by_mail(
    desk: &mut Desk<'_>,
    mail: &RequestCard,
) -> Result<Option<RequestId>> {
    let is_proven = mail.standing.request.verdict == Verdict::Verified.as_str()
        || mail.standing.request.because.is_some();
    let code = ChallengeCode::said_yes_to(&mail.evidence.text).filter(|_| is_proven);
    let Some((code, from)) = code.zip(mail.evidence.from.as_deref()) else {
        return Ok(None);
    };
    let (mut tx, _) = desk.begin(Action::RequestConfirm).await?;
    let open = tx.open_challenges_sent_to(from).await?;
    if open.is_empty() {
        return Ok(None);
    }
    let vault = desk.vault(&mut tx).await?;
    for challenge in open {
        let request = match standing(desk, &mut tx, &challenge.request).await {
            Ok(request) => request,
            // Another region's request: its own desk takes the answer.
            Err(super::Error::NotFound { .. }) => continue,
            Err(error) => return Err(error),
        };
        if request.request.verdict != "challenge" || request.request.expires_at <= desk.now {
            continue;
        }
        if fits(&vault, &challenge, &request, &code)?
            && tx.try_challenge(challenge.id, desk.now).await?
        {
            tx.answers(mail.standing.request.id, challenge.request_id)
                .await?;
            let answered = challenge.request.clone();
            use_up(desk, tx, &challenge, Some(&mail.standing.request.public_id)).await?;
            return Ok(Some(answered));
        }
    }
    Ok(None)
}

fn fits(
    vault: &Vault,
    challenge: &ChallengeRow,
    request: &RequestStanding,
    code: &ChallengeCode,
) -> Result<bool> {
    let accounts = covered_accounts(request);
    let bytes = code.bound_to(&challenge.request, &accounts, &challenge.uid);
    Ok(vault.keyed_hash_fits(&challenge.key_id, &bytes, &challenge.code_hash)?)
}

async fn use_up(
    desk: &mut Desk<'_>,
    mut tx: Tx,
    challenge: &ChallengeRow,
    mail: Option<&RequestId>,
) -> Result<RequestCard> {
    let id = &challenge.request;
    if !tx.confirm_challenge(challenge, desk.now).await? {
        drop(tx);
        return Err(Refusal::NoChallenge.into());
    }
    let card = card(desk, &mut tx, id).await?;
    let detail = json!({
        "verdict": card.standing.request.verdict,
        "sent_to": challenge.sent_to,
        "answered_by": mail.map_or_else(|| "code".to_owned(), |mail| format!("mail {mail}")),
    });
    let mut event = desk.event(Action::RequestConfirm, detail);
    event.request = Some(id.to_string());
    desk.commit(tx, event).await?;
    Ok(card)
}
