//! `balie request show`: a request with all that an auditor needs to follow it.

use std::collections::HashSet;

use serde_json::json;

use super::marks::marks;
use super::standing::{RequestStanding, record, standing, standing_for};
use crate::desk::account::account_card_if_any;
use crate::desk::reset::case_file::{Asking, Yes, load};
use crate::desk::{Desk, Error, Result};
use crate::domain::code::Username;
use crate::domain::log::event::Action;
use crate::domain::operator::Reach;
use crate::domain::request::challenge::{ChallengeCode, NoYes};
use crate::domain::request::check_detail::Detail;
use crate::domain::request::evidence::{Dmarc, Evidence, Reading};
use crate::domain::request::id::RequestId;
use crate::domain::request::judge::{Basis, spoken};
use crate::domain::request::received_as::ReceivedAs;
use crate::domain::request::verdict::Verdict;
use crate::domain::request::words::own_text;
use crate::domain::reset::four_eyes::{Reason, gather};
use crate::domain::reset::warrant::Purpose;
use crate::domain::timestamp::Timestamp;
use crate::store::request::{AnswerRow, RequestRow};
use crate::store::{StoreError, Tx};

/// Of how many accounts it is looked up what they wait for.
const SHOWN_ACCOUNTS: usize = 25;
/// A request with all that an auditor needs to follow its verdict.
#[derive(Clone, Debug)]
pub struct RequestCard {
    /// Its state.
    pub standing: RequestStanding,
    /// What was gathered.
    pub evidence: Evidence,
    /// What the directory and the policy said.
    pub basis: Basis,
    /// The checks.
    pub checks: Vec<CheckCard>,
    /// Why it needs a challenge although its mail was proven.
    pub because: Option<String>,
    /// What the mail says, as the signature that comes closest to proving it has hashed it.
    pub reading: Option<Reading>,
    /// A signature proves that this is what the requester wrote.
    pub text_proven: bool,
    /// The words of it that name who was found in it, in small letters.
    pub marks: Vec<String>,
    /// A code can be mailed to the address on file, and decides.
    pub challenge_open: bool,
    /// The newest answer to its challenge that came by mail.
    pub answer: Option<AnswerCard>,
    /// What the mail was taken in as.
    pub received_as: ReceivedAs,
    /// Some DNS answer is missing, so that something isn't decided.
    pub undecided: bool,
    /// A code was sent, and isn't back yet: until when it's valid.
    pub challenged_until: Option<Timestamp>,
    /// Why a second operator has to say yes before an account can be reset on it, where none has.
    pub waits_for: Vec<Reason>,
}

/// A check, in words for whoever reads it.
#[derive(Clone, Debug)]
pub struct CheckCard {
    /// Its name.
    pub name: String,
    /// `pass`, `fail` or `none`.
    pub result: String,
    /// Its sentence; an account that the reader doesn't reach isn't named.
    pub detail: String,
}

/// An answer to the request's challenge that came by mail.
#[derive(Clone, Debug)]
pub struct AnswerCard {
    /// When it came in.
    pub at: Timestamp,
    /// It's proven to come from the requester.
    pub proven: bool,
    /// DNS left open whether it is.
    pub undecided: bool,
    /// It confirmed the request.
    pub confirms: bool,
    /// What it says.
    pub text: String,
    /// Why its words say no yes with a code; none where they do, right or wrong.
    pub no_yes: Option<NoYes>,
}

impl From<AnswerRow> for AnswerCard {
    fn from(row: AnswerRow) -> Self {
        let evidence: Evidence = serde_json::from_str(&row.evidence).unwrap_or_default();
        let reading = evidence.readings.into_iter().next();
        let has_text = reading
            .as_ref()
            .is_some_and(|reading| reading.no_text.is_none());
        let text = reading.map_or(String::new(), |reading| reading.text);
        let no_yes = if has_text {
            ChallengeCode::said_yes_in(&own_text::split(&text)).err()
        } else {
            Some(NoYes::NoText)
        };
        Self {
            no_yes,
            text,
            at: row.received_at,
            proven: row.proven == 1,
            undecided: row.undecided == 1,
            confirms: row.confirms == 1,
        }
    }
}

/// One request.
pub async fn show_request(desk: &mut Desk<'_>, id: &RequestId) -> Result<RequestCard> {
    let (mut tx, _) = desk.begin(Action::RequestRead).await?;
    let mut card = card(desk, &mut tx, id).await?;
    let record = (&card.evidence, &card.basis);
    card.marks = marks(desk, &mut tx, &card.standing, record).await?;
    let mut event = desk.event(Action::RequestRead, json!({}));
    event.request = Some(id.to_string());
    desk.commit(tx, event).await?;
    Ok(card)
}

/// What a reset on the request still waits for.
pub(super) async fn waits_for(
    desk: &Desk<'_>,
    tx: &mut Tx,
    request: &RequestStanding,
) -> Result<Vec<Reason>> {
    let mut waits_for = Vec::new();
    if request.request.verdict != Verdict::Verified || request.request.expires_at <= desk.now {
        return Ok(waits_for);
    }
    let Some(operator) = tx.operator(&desk.operator).await? else {
        return Ok(waits_for);
    };
    let open = request
        .reached()
        .filter(|account| account.covered && account.used_at.is_none());
    let mut cards = Vec::new();
    for bound in open.take(SHOWN_ACCOUNTS) {
        cards.extend(account_card_if_any(desk, tx, &bound.username).await?);
    }
    let usernames: Vec<_> = cards
        .iter()
        .map(|card| card.account.username.to_string())
        .collect();
    let yes = Yes::Each(request, &cards, Purpose::Reset);
    let (file, _) = load(
        desk,
        tx,
        &operator,
        Asking::for_a_page(request),
        &usernames,
        yes,
    )
    .await?;
    for card in &cards {
        let username = &card.account.username;
        if file.approved_by(username).is_none() {
            gather(&mut waits_for, file.reasons(username, desk.now));
        }
    }
    Ok(waits_for)
}

/// The mail of a request, byte for byte as it came in.
pub async fn original_mail(desk: &mut Desk<'_>, id: &RequestId) -> Result<Vec<u8>> {
    let (mut tx, _) = desk.begin(Action::RequestRead).await?;
    let request = standing(desk, &mut tx, id).await?.request;
    let (evidence, _) = record(&request)?;
    let raw = stored_mail(&mut tx, &request, &evidence).await?;
    let mut event = desk.event(Action::RequestRead, json!({ "original": raw.len() }));
    event.request = Some(id.to_string());
    desk.commit(tx, event).await?;
    Ok(raw)
}

/// The mail as it came in. One that doesn't have the hash on file was changed in the database.
pub(super) async fn stored_mail(
    tx: &mut Tx,
    request: &RequestRow,
    evidence: &Evidence,
) -> Result<Vec<u8>> {
    let id = &request.public_id;
    let Some((raw, on_file)) = tx.request_mail(request.id).await? else {
        let gone = format!("the mail of {id} is no longer kept");
        return Err(Error::Invalid {
            message: gone,
            hint: "mails are erased after the time that the settings name".into(),
        });
    };
    let found = crate::mail::hash_of(&raw);
    if found != on_file || found != evidence.sha256 {
        let changed = format!("the mail of {id} isn't the one that came in");
        return Err(StoreError::Corrupt(changed).into());
    }
    Ok(raw)
}

pub(in crate::desk) async fn card(
    desk: &Desk<'_>,
    tx: &mut Tx,
    id: &RequestId,
) -> Result<RequestCard> {
    card_for(desk, tx, id, &desk.reach).await
}

/// The request, for whoever reaches that far, with the record that its verdict rests on.
pub(super) async fn card_for(
    desk: &Desk<'_>,
    tx: &mut Tx,
    id: &RequestId,
    reach: &Reach,
) -> Result<RequestCard> {
    let standing = standing_for(desk, tx, id, reach).await?;
    let request = &standing.request;
    let (evidence, basis) = record(request)?;
    let stored = tx.request_checks(request.id).await?;
    let because = request.because.as_deref().map(Detail::read);
    let details: Vec<Detail> = stored
        .iter()
        .map(|check| Detail::read(&check.detail))
        .collect();
    let reached = reached_names(desk, tx, &standing, details.iter().chain(&because)).await?;
    let is_reached = |username: &Username| reached.contains(username);
    let checks: Vec<CheckCard> = stored
        .into_iter()
        .zip(&details)
        .map(|(check, detail)| CheckCard {
            name: check.name,
            result: check.result,
            detail: detail.shown(&is_reached),
        })
        .collect();
    let request = &standing.request;
    let open = tx.open_challenges(request.id).await?;
    let answer = tx.newest_answer(request.id).await?;
    let is_open = |check: &CheckCard| {
        check.result == "none" && matches!(check.name.as_str(), "dkim" | "forwarding")
    };
    let undecided = request.verdict == Verdict::Challenge
        && (evidence.dmarc == Dmarc::Unreachable || checks.iter().any(is_open));
    let waits_for = waits_for(desk, tx, &standing).await?;
    let (reading, text_proven) = words(&evidence, &basis, request.received_at);
    let is_live = request.verdict != Verdict::Verified
        && request.rejected_at.is_none()
        && request.expires_at > desk.now;
    Ok(RequestCard {
        challenge_open: is_live && request.challenge_open,
        because: because.map(|because| because.shown(&is_reached)),
        answer: answer.map(AnswerCard::from),
        received_as: ReceivedAs::Request,
        challenged_until: open.first().map(|challenge| challenge.expires_at),
        standing,
        evidence,
        basis,
        checks,
        reading,
        text_proven,
        marks: Vec::new(),
        undecided,
        waits_for,
    })
}

/// What the mail says, and whether a signature proves it.
fn words(evidence: &Evidence, basis: &Basis, received_at: Timestamp) -> (Option<Reading>, bool) {
    let spoken = spoken(evidence, &basis.facts, received_at);
    let reading = spoken.reading.cloned();
    // A record that was made before there were readings.
    let old = || Reading {
        text: evidence.text.clone(),
        complete: evidence.text.chars().count() < 2_000,
        ..Reading::default()
    };
    let reading = reading.or_else(|| (!evidence.text.is_empty()).then(old));
    (reading, spoken.is_proven)
}

/// The accounts that sentences name and this operator reaches.
async fn reached_names<'d>(
    desk: &Desk<'_>,
    tx: &mut Tx,
    standing: &RequestStanding,
    details: impl Iterator<Item = &'d Detail>,
) -> Result<HashSet<Username>> {
    let mut reached: HashSet<Username> = standing
        .reached()
        .map(|bound| bound.username.clone())
        .collect();
    let bound: HashSet<&Username> = standing
        .accounts
        .iter()
        .map(|bound| &bound.username)
        .collect();
    let mut others: Vec<&Username> = details.flat_map(Detail::named).collect();
    others.retain(|name| !bound.contains(name));
    others.sort_unstable();
    others.dedup();
    others.truncate(SHOWN_ACCOUNTS);
    let others: Vec<String> = others.into_iter().map(ToString::to_string).collect();
    reached.extend(tx.accounts_reached(&desk.reach, &others).await?);
    Ok(reached)
}
