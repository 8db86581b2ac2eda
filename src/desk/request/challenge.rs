//! `balie request challenge`: a code to the address on file, never in answer to the mail.

use data_encoding::HEXLOWER;
use secrecy::SecretString;
use serde_json::json;

use super::end::why_ended;
use super::once_more::by_todays_rules;
use super::refused::refused;
use super::standing::{RequestStanding, covered_accounts, standing};
use crate::desk::bulk::existing_plan;
use crate::desk::lease::request_to_change;
use crate::desk::notify::{Letter, Mail, notify_each};
use crate::desk::{Desk, Error, Result};
use crate::domain::bulk::plan::PlanId;
use crate::domain::code::Username;
use crate::domain::language::Language;
use crate::domain::log::event::Action;
use crate::domain::notice::Notice;
use crate::domain::operator::Reach;
use crate::domain::refusal::Refusal;
use crate::domain::request::challenge::{
    ChallengeCode, ChallengeFacts, VALID_HOURS, may_challenge,
};
use crate::domain::request::id::RequestId;
use crate::domain::request::verdict::CheckName;
use crate::domain::timestamp::Timestamp;
use crate::store::Tx;
use crate::store::bulk::PlanRow;
use crate::store::request::{NewChallenge, OpenRequestRow};
use crate::vault::PasswordHash;

/// How many accounts, or schools, are named in the mail.
const NAMED: usize = 25;

/// How many characters of a plan's hash are.
const HASH: usize = 8;

/// What was sent.
#[derive(Debug)]
pub struct ChallengeReport {
    /// The request.
    pub request: RequestId,
    /// The address on file.
    pub sent_to: String,
    /// Whose it is.
    pub name: String,
    /// When the code can't be used any more.
    pub expires_at: Timestamp,
}

/// Mails a fresh code; an earlier one is worthless from then on. With `plan`, the request is for the accounts
/// of that plan from then on, and for no others.
pub async fn challenge(
    desk: &mut Desk<'_>,
    id: &RequestId,
    plan: Option<&PlanId>,
    dry_run: bool,
) -> Result<ChallengeReport> {
    let action = Action::RequestChallenge;
    let code = ChallengeCode::draw(desk.rng);
    let mut uid = [0; 16];
    desk.rng.fill_bytes(&mut uid);
    // Hashed before the transaction that others wait for.
    let (mut tx, _) = desk.begin(action).await?;
    let request = standing(desk, &mut tx, id).await?;
    let before = asked_for(desk, &mut tx, request, plan).await?.accounts;
    drop(tx);
    let code_hash = PasswordHash::draw(code.bound_to(id, &before, &uid).as_slice(), desk.rng)?;
    let (mut tx, _) = desk.begin(action).await?;
    let vault = desk.vault(&mut tx).await?;
    let (mut tx, request) = request_to_change(desk, tx, action, id).await?;
    let asked = asked_for(desk, &mut tx, request, plan).await?;
    let (request, plan, accounts) = (asked.request, asked.plan, asked.accounts);
    if accounts != before {
        return refused(desk, tx, action, id, Refusal::ChangedSinceShown).await;
    }
    let facts = ChallengeFacts {
        verdict: request.request.verdict,
        is_open: request.request.challenge_open && request.request.rejected_at.is_none(),
        expires_at: request.request.expires_at,
        covered: accounts.len(),
        sent: tx.challenges_sent(request.request.id).await?,
    };
    let allowed = match why_ended(&request.request) {
        Some(refusal) => Err(refusal),
        None => may_challenge(&facts, desk.now),
    };
    let requester = match (allowed, &request.requester) {
        (Ok(()), Some(requester)) if requester.is_valid(desk.now) => requester,
        (Err(refusal), _) => return refused(desk, tx, action, id, refusal).await,
        (Ok(()), _) => {
            let refusal = Refusal::NotAuthorised;
            return refused(desk, tx, action, id, refusal).await;
        }
    };
    let whom = match &plan {
        Some(plan) => list(desk, &mut tx, plan, accounts.len()).await?,
        None if accounts.len() > NAMED => return Err(too_many(id, accounts.len())),
        None => holders(&mut tx, &accounts).await?,
    };
    let expires_at = desk.now.plus_hours(VALID_HOURS);
    // From here on nothing refuses: a challenge that isn't sent leaves the request for whom it was.
    if let Some(plan) = &plan {
        tx.bind_only(request.request.id, plan.id).await?;
    }
    tx.void_challenges(request.request.id, desk.now).await?;
    let desk_address = address_of(&mut tx, &request).await?;
    let notice = Notice::Challenge {
        name: requester.name.clone(),
        request: id.to_string(),
        accounts: whom,
        others: other_requests(desk, &mut tx, id, requester.work_email.as_str()).await?,
        first_line: first_line(&mut tx, &request, &desk_address).await?,
        at: request.request.received_at,
        until: expires_at,
        desk: desk_address.clone(),
    };
    let mail = Mail {
        letter: Letter::to_requester(requester, desk, &desk_address),
        notice,
        secret: Some((&vault, SecretString::from(code.in_halves().as_str()))),
    };
    let sent = notify_each(desk, &mut tx, &[mail]).await?;
    let new = NewChallenge {
        request: request.request.id,
        uid: &uid,
        code_hash: code_hash.as_str(),
        sent_to: requester.work_email.as_str(),
        expires_at,
        message_id: sent.first().map_or("", String::as_str),
        accounts: &json!(accounts).to_string(),
    };
    if !tx.add_challenge(&new, desk.now).await?.took() {
        drop(tx);
        return Err(Refusal::AlreadyChallenged.into());
    }
    let report = ChallengeReport {
        request: id.clone(),
        sent_to: requester.work_email.to_string(),
        name: requester.name.clone(),
        expires_at,
    };
    if dry_run {
        return Ok(report);
    }
    let mut detail = json!({ "sent_to": report.sent_to, "until": expires_at });
    match &plan {
        Some(plan) => detail["plan"] = json!(plan.public_id),
        None => detail["accounts"] = json!(accounts),
    }
    let mut event = desk.event(action, detail);
    event.request = Some(id.to_string());
    desk.commit(tx, event).await?;
    Ok(report)
}

/// What a challenge is for.
struct Asked {
    /// The request by today's rules.
    request: RequestStanding,
    /// The plan, where it's for one.
    plan: Option<PlanRow>,
    /// The accounts that the code will confirm; with a plan, those of that plan.
    accounts: Vec<Username>,
}

async fn asked_for(
    desk: &Desk<'_>,
    tx: &mut Tx,
    request: RequestStanding,
    plan: Option<&PlanId>,
) -> Result<Asked> {
    let request = by_todays_rules(desk, tx, request).await?;
    let plan = match plan {
        Some(plan) => Some(planned(desk, tx, &request, plan).await?),
        None => None,
    };
    let accounts = match &plan {
        Some(plan) => tx.covered_by_plan(request.request.id, plan.id).await?,
        None => covered_accounts(&request),
    };
    Ok(Asked {
        request,
        plan,
        accounts,
    })
}

/// The desk that was written to.
pub(in crate::desk) async fn address_of(tx: &mut Tx, request: &RequestStanding) -> Result<String> {
    let code = request
        .request
        .region
        .as_deref()
        .and_then(|code| code.parse().ok());
    let region = match &code {
        Some(code) => tx.regions(Some(code)).await?.pop(),
        None => None,
    };
    Ok(region
        .map(|region| region.servicedesk_address.to_string())
        .unwrap_or_default())
}

/// The holders with their schools, in full: two accounts must never give the same mail, or a director
/// gives back the code that somebody else asked for.
async fn holders(tx: &mut Tx, accounts: &[Username]) -> Result<String> {
    let mut shown = Vec::new();
    for account in accounts {
        let Some(found) = tx.account(&Reach::Everywhere, account).await? else {
            continue;
        };
        let roles = tx.roles(found.id).await?;
        let mut schools: Vec<&str> = roles.iter().map(|r| r.name.as_str()).collect();
        schools.dedup();
        shown.push(format!(
            "{} ({account}), {}",
            found.name,
            schools.join(", ")
        ));
    }
    Ok(shown.join("; "))
}

/// The plan, where it's this request's and can still be carried out.
async fn planned(
    desk: &Desk<'_>,
    tx: &mut Tx,
    request: &RequestStanding,
    id: &PlanId,
) -> Result<PlanRow> {
    let plan = existing_plan(desk, tx, id).await?;
    let asked = &request.request.public_id;
    if plan.request != *asked {
        return Err(Error::Invalid {
            message: format!("{id} was made for {}, not for {asked}", plan.request),
            hint: format!(
                "make one with `balie bulk plan --request {asked}`, or see `balie bulk list`"
            ),
        });
    }
    match plan.state(desk.now) {
        "planned" | "stopped" => Ok(plan),
        "running" => Err(Refusal::PlanInUse.into()),
        "cancelled" => Err(Refusal::PlanCancelled.into()),
        _ => Err(Refusal::PlanFinished.into()),
    }
}

/// A plan, as whoever asked for it can compare it: how many accounts, how many at each school, and the first
/// characters of its hash.
async fn list(desk: &Desk<'_>, tx: &mut Tx, plan: &PlanRow, accounts: usize) -> Result<String> {
    let schools = tx.schools_of_plan(plan.id).await?;
    let hash = HEXLOWER.encode(&plan.hash()?);
    let language = desk.policy.language;
    let what = match language {
        Language::Nl => format!(
            "een lijst met {accounts} account(s), kenmerk {}",
            &hash[..HASH]
        ),
        Language::En => format!("a list of {accounts} account(s), mark {}", &hash[..HASH]),
    };
    let mut lines = vec![what];
    let shown = schools.iter().take(NAMED);
    lines.extend(shown.map(|(school, count)| format!("{school}: {count}")));
    if schools.len() > NAMED {
        let more = schools.len() - NAMED;
        lines.push(match language {
            Language::Nl => format!("en nog {more} scholen"),
            Language::En => format!("and {more} more schools"),
        });
    }
    Ok(lines.join("; "))
}

fn too_many(id: &RequestId, accounts: usize) -> Error {
    Error::Invalid {
        message: format!("{id} is for {accounts} accounts: more than a mail with a code can name"),
        hint: format!(
            "make a plan of them with `balie bulk plan --request {id}`, then `balie request challenge {id} --plan PLAN`"
        ),
    }
}

/// The line that would have named the desk, where nothing signed did.
async fn first_line(tx: &mut Tx, request: &RequestStanding, desk: &str) -> Result<String> {
    let checks = tx.request_checks(request.request.id).await?;
    let addressed = CheckName::AddressedToDesk.as_str();
    let is_missing = checks
        .iter()
        .any(|c| c.name == addressed && c.result == "fail");
    Ok(if is_missing && !desk.is_empty() {
        format!("Aan: {desk}")
    } else {
        String::new()
    })
}

/// The other requests of that address that are open, with whom each is for.
async fn other_requests(
    desk: &Desk<'_>,
    tx: &mut Tx,
    id: &RequestId,
    address: &str,
) -> Result<String> {
    let others = tx.open_requests_from(address, id, desk.now).await?;
    let line = |other: &OpenRequestRow| match &other.names {
        Some(names) => format!("{} ({names})", other.public_id),
        None => other.public_id.to_string(),
    };
    Ok(others.iter().map(line).collect::<Vec<_>>().join("; "))
}
