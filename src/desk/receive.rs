//! `balie request receive`: a mail in, its evidence, its verdict.

use serde_json::json;

use super::look_up::existing_account;
use super::{Desk, Error, Result};
use crate::domain::code::Username;
use crate::domain::event::Action;
use crate::domain::evidence::Evidence;
use crate::domain::judge::{
    AccountFacts, DirectoryFacts, RULE_VERSION, RequesterFacts, desks_written_to, judge,
};
use crate::domain::lookalike::lookalike_of;
use crate::domain::operator::Reach;
use crate::domain::request_id::RequestId;
use crate::mail::{Dns, gather};
use crate::store::{
    BoundRow, CheckRow, NewRequest, RequestRow, RequesterRow, RoleRow, StoreError, Tx,
};

/// How often an id is drawn before giving up.
const DRAWS: usize = 20;

/// A request with all that an auditor needs to follow it.
#[derive(Clone, Debug)]
pub struct RequestCard {
    /// The request.
    pub request: RequestRow,
    /// What was gathered.
    pub evidence: Evidence,
    /// Who asks, where that is known.
    pub requester: Option<RequesterRow>,
    /// The checks.
    pub checks: Vec<CheckRow>,
    /// The accounts.
    pub accounts: Vec<BoundRow>,
    /// The very same bytes came in before: nothing was changed.
    pub again: bool,
    /// Some DNS answer is missing, so that something isn't decided.
    pub undecided: bool,
}

/// Takes a mail in, for these accounts.
pub async fn receive(
    desk: &mut Desk<'_>,
    dns: &Dns,
    raw: &[u8],
    usernames: &[Username],
) -> Result<RequestCard> {
    let evidence = gather(raw, dns).await.map_err(|error| Error::Invalid {
        message: error.to_string(),
        hint: "pass the mail as it came in, headers and all (an .eml file)".into(),
    })?;
    let (mut tx, _) = desk.begin(Action::RequestReceive).await?;
    if let Some(id) = tx.request_of_bytes(&evidence.sha256).await? {
        let mut card = card(desk, &mut tx, &id).await?;
        card.again = true;
        let mut event = desk.event(Action::RequestReceive, json!({ "again": true }));
        event.request = Some(id.to_string());
        desk.commit(tx, event).await?;
        return Ok(card);
    }
    let requesters = match &evidence.from {
        Some(from) => {
            tx.requesters(&Reach::Everywhere, Some(from), None, 100)
                .await?
        }
        None => Vec::new(),
    };
    let mut facts = facts(desk, &mut tx, &evidence, &requesters).await?;
    let mut bound = Vec::new();
    for username in usernames {
        let account = existing_account(desk, &mut tx, username).await?;
        let roles = tx.roles(account.id).await?;
        let covered = is_covered(desk, &mut tx, &requesters, &roles).await?;
        let is_requester = evidence.from.as_deref() == Some(account.work_email.as_str());
        if bound.iter().any(|(id, _)| *id == account.id) {
            continue;
        }
        bound.push((account.id, covered && !is_requester));
        facts.accounts.push(AccountFacts {
            username: account.username,
            is_requester,
            covered,
            regions: roles.into_iter().map(|role| role.region).collect(),
        });
    }
    let judgement = judge(&evidence, &facts, &desk.policy, desk.now);
    let region = match desks_written_to(&evidence, &facts).first() {
        Some(code) => tx
            .regions(Some(code))
            .await?
            .first()
            .map(|region| region.id),
        None => None,
    };
    let valid = requesters
        .iter()
        .find(|requester| requester.is_valid(desk.now));
    let mut id = RequestId::draw(desk.rng);
    for _ in 0..DRAWS {
        let new = NewRequest {
            public_id: &id,
            operator: &desk.operator,
            verdict: judgement.verdict.as_str(),
            rule_version: RULE_VERSION,
            region,
            requester: valid.or(requesters.first()).map(|requester| requester.id),
            evidence: &evidence,
            raw,
            checks: &judgement.checks,
            accounts: &bound,
            expires_at: desk.now.plus_hours(desk.policy.request_ttl_hours),
        };
        if tx.add_request(&new, desk.now).await?.is_none() {
            id = RequestId::draw(desk.rng);
            continue;
        }
        let card = card(desk, &mut tx, &id).await?;
        let failed: Vec<_> = judgement
            .checks
            .iter()
            .filter(|c| c.result.as_str() == "fail")
            .map(|c| c.name)
            .collect();
        let detail = json!({
            "verdict": judgement.verdict,
            "from": evidence.from,
            "sha256": evidence.sha256,
            "failed": failed,
            "accounts": usernames,
        });
        let mut event = desk.event(Action::RequestReceive, detail);
        event.request = Some(id.to_string());
        desk.commit(tx, event).await?;
        return Ok(card);
    }
    Err(StoreError::Corrupt("no free request id could be drawn".into()).into())
}

/// One request.
pub async fn show_request(desk: &mut Desk<'_>, id: &RequestId) -> Result<RequestCard> {
    let (mut tx, _) = desk.begin(Action::RequestRead).await?;
    let card = card(desk, &mut tx, id).await?;
    let mut event = desk.event(Action::RequestRead, json!({}));
    event.request = Some(id.to_string());
    desk.commit(tx, event).await?;
    Ok(card)
}

/// The newest requests.
pub async fn requests(desk: &mut Desk<'_>, limit: u32) -> Result<Vec<RequestRow>> {
    let (mut tx, _) = desk.begin(Action::RequestRead).await?;
    let found = tx.requests(&desk.reach, None, i64::from(limit)).await?;
    let event = desk.event(Action::RequestRead, json!({ "found": found.len() }));
    desk.commit(tx, event).await?;
    Ok(found)
}

pub(super) async fn card(desk: &Desk<'_>, tx: &mut Tx, id: &RequestId) -> Result<RequestCard> {
    let Some(request) = tx.requests(&desk.reach, Some(id), 1).await?.pop() else {
        return Err(Error::NotFound {
            what: "request",
            name: id.to_string(),
            nearest: None,
        });
    };
    let evidence: Evidence = serde_json::from_str(&request.evidence)
        .map_err(|error| StoreError::Corrupt(format!("the evidence of {id}: {error}")))?;
    let requester = match request.requester_id {
        Some(id) => tx.requester_by_id(id).await?,
        None => None,
    };
    let checks = tx.request_checks(request.id).await?;
    let accounts = tx.request_accounts(request.id).await?;
    let undecided = evidence.dmarc == crate::domain::evidence::Dmarc::Unreachable
        || evidence
            .signatures
            .iter()
            .any(|s| s.outcome == crate::domain::evidence::Outcome::Unreachable);
    Ok(RequestCard {
        request,
        evidence,
        requester,
        checks,
        accounts,
        again: false,
        undecided,
    })
}

async fn facts(
    desk: &Desk<'_>,
    tx: &mut Tx,
    evidence: &Evidence,
    requesters: &[RequesterRow],
) -> Result<DirectoryFacts> {
    let mut domains = Vec::new();
    for requester in requesters {
        for organisation in tx.upwards(requester.organisation_id).await? {
            domains.extend(tx.domains_of(organisation).await?);
        }
    }
    let requester = requesters.first().map(|first| RequesterFacts {
        name: first.name.clone(),
        valid: requesters
            .iter()
            .any(|requester| requester.is_valid(desk.now)),
        domains,
    });
    let lookalike = match evidence
        .from
        .as_deref()
        .and_then(|from| from.rsplit_once('@'))
    {
        Some((_, domain)) if requester.is_none() => lookalike_of(domain, &tx.mail_domains().await?),
        _ => None,
    };
    let regions = tx.regions(None).await?;
    Ok(DirectoryFacts {
        requester,
        lookalike,
        desks: regions
            .into_iter()
            .map(|r| (r.code, r.servicedesk_address))
            .collect(),
        seen_as: tx.request_seen(evidence).await?.map(|id| id.to_string()),
        ..DirectoryFacts::default()
    })
}

/// Whether a valid capacity covers one of the roles (rule 2).
pub(super) async fn is_covered(
    desk: &Desk<'_>,
    tx: &mut Tx,
    requesters: &[RequesterRow],
    roles: &[RoleRow],
) -> Result<bool> {
    for role in roles {
        let above = tx.upwards(role.organisation_id).await?;
        let covers = |requester: &RequesterRow| {
            requester.organisation_id == role.organisation_id
                || (requester.capacity.reaches_below()
                    && above.contains(&requester.organisation_id))
        };
        if requesters
            .iter()
            .any(|requester| requester.is_valid(desk.now) && covers(requester))
        {
            return Ok(true);
        }
    }
    Ok(false)
}
