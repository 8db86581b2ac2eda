//! `balie request receive`: a mail in, its evidence, its verdict.

use serde_json::json;

use super::confirm::confirm_by_mail;
use super::facts::{accounts_of, facts_of, requesters_at};
use super::reject::tell_by_itself;
use super::request_card::{RequestCard, card_for};
use super::{Desk, Error, Result};
use crate::domain::code::Username;
use crate::domain::event::Action;
use crate::domain::evidence::{Evidence, Intake};
use crate::domain::judge::{Basis, RULE_VERSION, desks_written_to, judge};
use crate::domain::operator::Reach;
use crate::domain::request_id::RequestId;
use crate::domain::verdict::{CheckResult, Judgement};
use crate::mail::{Dns, gather};
use crate::store::{ItemOf, NewRequest, RequesterRow, StoreError, Tx};

/// How often an id is drawn before giving up.
const DRAWS: usize = 20;

/// What is asked, and whom the config trusts, when a mail comes in.
pub struct Border {
    /// Where keys and policies are asked for.
    pub dns: Dns,
    /// Hosts whose Authentication-Results are read.
    pub authserv_ids: Vec<String>,
    /// Domains whose ARC seals count.
    pub trusted_arc_sealers: Vec<String>,
}

/// Takes a mail in, for these accounts.
pub async fn receive(
    desk: &mut Desk<'_>,
    border: &Border,
    raw: &[u8],
    usernames: &[Username],
) -> Result<RequestCard> {
    let evidence = gather(raw, Intake::File, &border.dns, desk.now)
        .await
        .map_err(|error| Error::Invalid {
            message: error.to_string(),
            hint: "pass the mail as it came in, headers and all (an .eml file)".into(),
        })?;
    take_in(desk, border, raw, &evidence, usernames, None).await
}

/// Puts what was gathered on file, with its verdict.
pub(super) async fn take_in(
    desk: &mut Desk<'_>,
    border: &Border,
    raw: &[u8],
    evidence: &Evidence,
    usernames: &[Username],
    origin: Option<ItemOf<'_>>,
) -> Result<RequestCard> {
    let card = put_on_file(desk, border, raw, evidence, usernames, origin).await?;
    // Asked again for a mail that came before: the desk may have stopped in between.
    match confirm_by_mail(desk, &card).await? {
        Some(answered) => {
            let mut card = card;
            card.standing.request.answers = Some(answered);
            Ok(card)
        }
        None => Ok(card),
    }
}

/// Whoever takes a mail in has it before their eyes, whichever desk it's for.
async fn put_on_file(
    desk: &mut Desk<'_>,
    border: &Border,
    raw: &[u8],
    evidence: &Evidence,
    usernames: &[Username],
    origin: Option<ItemOf<'_>>,
) -> Result<RequestCard> {
    let (mut tx, _) = desk.begin(Action::RequestReceive).await?;
    if let Some(id) = tx.request_of_bytes(&evidence.sha256).await? {
        let mut card = card_for(desk, &mut tx, &id, &Reach::Everywhere).await?;
        card.again = true;
        if let Some(of) = origin {
            tx.item_taken(of, card.standing.request.id, evidence.size, desk.now)
                .await?;
        }
        let mut event = desk.event(Action::RequestReceive, json!({ "again": true }));
        event.request = Some(id.to_string());
        desk.commit(tx, event).await?;
        return Ok(card);
    }
    let requesters = requesters_at(&mut tx, evidence.from.as_deref()).await?;
    let accounts = accounts_of(desk, &mut tx, evidence, &requesters, usernames).await?;
    let mut facts = facts_of(desk, &mut tx, evidence, &requesters).await?;
    facts.authserv_ids.clone_from(&border.authserv_ids);
    facts
        .trusted_arc_sealers
        .clone_from(&border.trusted_arc_sealers);
    let bound: Vec<_> = accounts
        .iter()
        .map(|(id, facts)| (*id, facts.covered && !facts.is_requester))
        .collect();
    facts.accounts = accounts.into_iter().map(|(_, facts)| facts).collect();
    let basis = Basis {
        facts,
        policy: desk.policy.clone(),
    };
    let judgement = judge(evidence, &basis.facts, &basis.policy, desk.now);
    let new = Taken {
        raw,
        evidence,
        basis,
        judgement,
        bound,
        requesters,
    };
    let id = new.put_on_file(desk, &mut tx).await?;
    let card = card_for(desk, &mut tx, &id, &Reach::Everywhere).await?;
    let told = tell_by_itself(desk, &mut tx, &card).await?;
    if let Some(of) = origin {
        tx.item_taken(of, card.standing.request.id, evidence.size, desk.now)
            .await?;
    }
    let failed: Vec<_> = new
        .judgement
        .checks
        .iter()
        .filter(|check| check.result == CheckResult::Fail)
        .map(|check| check.name)
        .collect();
    let detail = json!({
        "verdict": new.judgement.verdict,
        "from": evidence.from,
        "sha256": evidence.sha256,
        "failed": failed,
        "accounts": usernames,
        "intake": evidence.intake,
        "told": told,
    });
    let mut event = desk.event(Action::RequestReceive, detail);
    event.request = Some(id.to_string());
    desk.commit(tx, event).await?;
    Ok(card)
}

/// A mail that was judged.
struct Taken<'t> {
    raw: &'t [u8],
    evidence: &'t Evidence,
    basis: Basis,
    judgement: Judgement,
    bound: Vec<(i64, bool)>,
    requesters: Vec<RequesterRow>,
}

impl Taken<'_> {
    async fn put_on_file(&self, desk: &mut Desk<'_>, tx: &mut Tx) -> Result<RequestId> {
        let region = match desks_written_to(self.evidence, &self.basis.facts).first() {
            Some(code) => tx.regions(Some(code)).await?.pop(),
            None => None,
        };
        let is_valid = |requester: &&RequesterRow| requester.is_valid(desk.now);
        let requester = self.requesters.iter().find(is_valid);
        let requester = requester.or(self.requesters.first());
        for _ in 0..DRAWS {
            let id = RequestId::draw(desk.rng);
            let new = NewRequest {
                public_id: &id,
                operator: &desk.operator,
                verdict: self.judgement.verdict.as_str(),
                rule_version: RULE_VERSION,
                region: region.as_ref().map(|region| region.id),
                requester: requester.map(|requester| requester.id),
                evidence: self.evidence,
                basis: &self.basis,
                because: self.judgement.because.as_deref(),
                raw: self.raw,
                checks: &self.judgement.checks,
                accounts: &self.bound,
                expires_at: desk.now.plus_hours(desk.policy.request_ttl_hours),
            };
            if tx.add_request(&new, desk.now).await?.is_some() {
                return Ok(id);
            }
        }
        Err(StoreError::Corrupt("no free request id could be drawn".into()).into())
    }
}
