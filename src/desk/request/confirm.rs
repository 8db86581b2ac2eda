//! `balie request confirm`: the code comes back, read out to the operator or in a new mail.

use serde_json::json;

use super::answered::Answered;
use super::card::{RequestCard, card};
use super::end::why_ended;
use super::refused::refused;
use super::standing::{RequestStanding, covered_accounts, standing};
use crate::desk::lease::request_to_change;
use crate::desk::{Desk, Result};
use crate::domain::code::Username;
use crate::domain::log::event::{Action, Event};
use crate::domain::refusal::Refusal;
use crate::domain::request::challenge::{ChallengeCode, TRIES};
use crate::domain::request::evidence::Evidence;
use crate::domain::request::id::RequestId;
use crate::domain::request::verdict::Verdict;
use crate::domain::timestamp::Timestamp;
use crate::store::Tx;
use crate::store::request::ChallengeRow;
use crate::vault::PasswordHash;

/// How many of a sender's open challenges the code of a mail is tried on: each costs an Argon2id.
const MOST_OPEN: usize = 20;

/// Takes a code that was read out. Every try is an event.
pub async fn confirm(
    desk: &mut Desk<'_>,
    id: &RequestId,
    code: &ChallengeCode,
) -> Result<RequestCard> {
    let action = Action::RequestConfirm;
    // Hashed before the transaction that others wait for.
    let before = hashed(desk, id, code).await?;
    let (tx, _) = desk.begin(action).await?;
    let (mut tx, request) = request_to_change(desk, tx, action, id).await?;
    if let Some(refusal) = not_open(&request, desk.now) {
        return refused(desk, tx, action, id, refusal).await;
    }
    let open = tx.open_challenges(request.request.id).await?;
    let Some(challenge) = open.into_iter().next() else {
        return refused(desk, tx, action, id, Refusal::NoChallenge).await;
    };
    // Hashing holds up everybody else's work: a code that was hashed for what a colleague has changed meanwhile isn't
    // hashed once more here.
    let accounts = covered_accounts(&request);
    let Some(before) = before.filter(|before| before.is_for(&challenge, &accounts)) else {
        return refused(desk, tx, action, id, Refusal::ChangedSinceShown).await;
    };
    if !tx.try_challenge(challenge.id, desk.now).await?.took() {
        let refusal = if challenge.expires_at <= desk.now {
            Refusal::CodeExpired
        } else {
            Refusal::CodeUsedUp
        };
        return refused(desk, tx, action, id, refusal).await;
    }
    if !tx
        .challenge_fits(challenge.id, before.hash.as_str())
        .await?
    {
        let detail =
            json!({ "refused": Refusal::WrongCode, "try": challenge.tries + 1, "of": TRIES });
        let mut event = desk.event(action, detail);
        event.request = Some(id.to_string());
        desk.commit(tx, event).await?;
        return Err(Refusal::WrongCode.into());
    }
    let fitting = Fitting {
        challenge,
        hash: before.hash,
    };
    let event = use_up(desk, &mut tx, &fitting, None).await?;
    let card = card(desk, &mut tx, id).await?;
    desk.commit(tx, event).await?;
    Ok(card)
}

/// A code that was given back, hashed as that of an open challenge was.
pub(super) struct Hashed {
    challenge: i64,
    accounts: Vec<Username>,
    code: ChallengeCode,
    hash: PasswordHash,
}

impl Hashed {
    fn is_for(&self, challenge: &ChallengeRow, accounts: &[Username]) -> bool {
        self.challenge == challenge.id && self.accounts == accounts
    }
}

/// What hashing a code for a challenge takes.
struct Salted {
    challenge: ChallengeRow,
    accounts: Vec<Username>,
    salt: String,
}

impl Salted {
    fn hash(&self, code: &ChallengeCode) -> Result<Hashed> {
        let id = &self.challenge.request;
        let bytes = code.bound_to(id, &self.accounts, &self.challenge.uid);
        Ok(Hashed {
            challenge: self.challenge.id,
            accounts: self.accounts.clone(),
            code: code.clone(),
            hash: PasswordHash::again(bytes.as_slice(), &self.salt)?,
        })
    }
}

async fn hashed(
    desk: &mut Desk<'_>,
    id: &RequestId,
    code: &ChallengeCode,
) -> Result<Option<Hashed>> {
    let (mut tx, _) = desk.begin(Action::RequestConfirm).await?;
    let request = standing(desk, &mut tx, id).await?;
    let open = tx.open_challenges(request.request.id).await?;
    let Some(challenge) = open.into_iter().next() else {
        return Ok(None);
    };
    let Some(salt) = tx.challenge_salt(challenge.id).await? else {
        return Ok(None);
    };
    drop(tx);
    let salted = Salted {
        challenge,
        accounts: covered_accounts(&request),
        salt,
    };
    Ok(Some(salted.hash(code)?))
}

/// Codes that a mail gives back, hashed for each open challenge of its sender's that one of them may be for, the
/// newest first. It ends its own transaction before it hashes.
pub(super) async fn hashed_answers(
    desk: &mut Desk<'_>,
    action: Action,
    from: &str,
    codes: &[ChallengeCode],
) -> Result<Vec<Hashed>> {
    let (mut tx, _) = desk.begin(action).await?;
    let mut salted = Vec::new();
    for challenge in open_to(desk, &mut tx, from).await? {
        let request = match standing(desk, &mut tx, &challenge.request).await {
            Ok(request) => request,
            Err(crate::desk::Error::NotFound { .. }) => continue,
            Err(error) => return Err(error),
        };
        if let Some(salt) = tx.challenge_salt(challenge.id).await? {
            let accounts = covered_accounts(&request);
            salted.push(Salted {
                challenge,
                accounts,
                salt,
            });
        }
    }
    drop(tx);
    let pairs = salted
        .iter()
        .flat_map(|salted| codes.iter().map(move |code| salted.hash(code)));
    pairs.collect()
}

/// The sender's challenges that a code can still be for, the newest first.
async fn open_to(desk: &Desk<'_>, tx: &mut Tx, from: &str) -> Result<Vec<ChallengeRow>> {
    let mut open = tx.open_challenges_sent_to(from).await?;
    open.retain(|challenge| challenge.tries < TRIES && challenge.expires_at > desk.now);
    open.truncate(MOST_OPEN);
    Ok(open)
}

/// Why a request can't be confirmed any more.
fn not_open(request: &RequestStanding, now: Timestamp) -> Option<Refusal> {
    let asked = &request.request;
    match asked.verdict {
        Verdict::Verified => Some(Refusal::AlreadyVerified),
        _ if asked.rejected_at.is_some() => why_ended(asked),
        _ if !asked.challenge_open => Some(Refusal::RequestRejected),
        _ => (asked.expires_at <= now).then_some(Refusal::RequestExpired),
    }
}

/// An open challenge, and the hash of the code that came back for it.
pub(super) struct Fitting {
    /// The challenge.
    challenge: ChallengeRow,
    /// What the code hashes to: it's the challenge's.
    hash: PasswordHash,
}

/// An answer that's on file, whose proven mail says yes with a code.
pub(super) struct Given {
    /// The answer's internal id.
    pub(in crate::desk) answer: i64,
    /// The challenge that its code fits.
    pub(in crate::desk) fits: Option<Fitting>,
    /// A wrong one costs a try: this mail never came before.
    pub(super) costs: bool,
}

/// Takes the code that a proven mail says yes with, in the transaction that keeps the mail: a yes that comes once
/// isn't lost between the two, and needs no leave but that of whoever takes mails in. It's taken whoever has that
/// request open: nobody decides anything by it. The event that tells it, and whether it confirmed the request.
pub(super) async fn confirm_with(
    desk: &Desk<'_>,
    tx: &mut Tx,
    evidence: &Evidence,
    answered: &Answered,
    given: Given,
) -> Result<(Event, bool)> {
    if let Some(fitting) = given.fits
        && tx
            .try_challenge(fitting.challenge.id, desk.now)
            .await?
            .took()
    {
        tx.settle_answer(given.answer, evidence, true, false, true)
            .await?;
        let event = use_up(desk, tx, &fitting, Some(given.answer)).await?;
        return Ok((event, true));
    }
    // Whoever has the mailbox tries no more often by mail than by phone. A code that names no challenge may be
    // an old one, of whichever request: it burns none.
    let costs = given.costs && answered.is_named;
    if costs {
        tx.try_challenge(answered.challenge.id, desk.now)
            .await?
            .or_not();
    }
    let refused = Refusal::WrongCode;
    let detail =
        json!({ "refused": refused, "answer": given.answer.to_string(), "cost_a_try": costs });
    let mut event = desk.event(Action::RequestConfirm, detail);
    event.request = Some(answered.challenge.request.to_string());
    Ok((event, false))
}

/// The open challenge of the sender's that a code fits, first of all the one that is answered. Nobody else
/// takes a step on its request until this transaction ends.
pub(super) async fn which_fits(
    desk: &Desk<'_>,
    tx: &mut Tx,
    evidence: &Evidence,
    answered: &Answered,
    code: &ChallengeCode,
    hashed: &[Hashed],
) -> Result<Option<Fitting>> {
    let from = evidence.from.as_deref().unwrap_or_default();
    let mut open = open_to(desk, tx, from).await?;
    open.sort_by_key(|challenge| challenge.id != answered.challenge.id);
    for challenge in open {
        // What a colleague is just doing to it comes first.
        tx.wait_for_request(&challenge.request).await?;
        let request = match standing(desk, tx, &challenge.request).await {
            Ok(request) => request,
            // Another region's request: its own desk takes the answer.
            Err(crate::desk::Error::NotFound { .. }) => continue,
            Err(error) => return Err(error),
        };
        let accounts = covered_accounts(&request);
        let hashed = hashed
            .iter()
            .find(|hashed| hashed.code == *code && hashed.is_for(&challenge, &accounts));
        if let Some(hashed) = hashed
            && not_open(&request, desk.now).is_none()
            && tx
                .challenge_fits(challenge.id, hashed.hash.as_str())
                .await?
        {
            let hash = hashed.hash.clone();
            return Ok(Some(Fitting { challenge, hash }));
        }
    }
    Ok(None)
}

/// Uses the challenge up, so that its request is verified; the event that tells it.
async fn use_up(
    desk: &Desk<'_>,
    tx: &mut Tx,
    fitting: &Fitting,
    answer: Option<i64>,
) -> Result<Event> {
    let Fitting { challenge, hash } = fitting;
    let used = tx.confirm_challenge(challenge, hash.as_str(), desk.now);
    if !used.await?.took() {
        return Err(Refusal::NoChallenge.into());
    }
    let detail = json!({
        "verdict": Verdict::Verified,
        "sent_to": challenge.sent_to,
        "answered_by": answer.map_or_else(|| "code".to_owned(), |answer| format!("mail {answer}")),
    });
    let mut event = desk.event(Action::RequestConfirm, detail);
    event.request = Some(challenge.request.to_string());
    Ok(event)
}
