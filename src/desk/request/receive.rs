//! `balie request receive`: a mail in, its evidence, its verdict. A mail that came in before is that
//! request; one that answers a challenge isn't a request of its own.

use serde_json::json;

use super::answer::{answered_challenge, codes_hashed, take_answer};
use super::card::{RequestCard, card_for};
use super::facts::{Trusted, accounts_of, capacity_that_counts, gather_facts};
use super::incoming::{Incoming, again, note_origin};
use super::naming::{Within, asked_for_by_name};
use super::reject::tell_by_itself;
use super::seen::{AtHand, Seen, seen_before};
use super::standing::requesters_at;
use crate::desk::{Desk, Error, Result};
use crate::domain::code::Username;
use crate::domain::log::event::Action;
use crate::domain::operator::Reach;
use crate::domain::refusal::Refusal;
use crate::domain::request::evidence::Intake;
use crate::domain::request::id::RequestId;
use crate::domain::request::judge::{
    AccountFacts, Basis, Copy, Desk as DeskOf, RULE_VERSION, judge,
};
use crate::domain::request::received_as::ReceivedAs;
use crate::domain::request::verdict::{CheckResult, Judgement};
use crate::mail::{Dns, NotAMail, gather};
use crate::store::request::{NewRequest, SeenRow};
use crate::store::{StoreError, Tx};

/// How a mail is had as it came in where people read it in Outlook.
const AS_EML: &str = "download it as .eml from the mail's menu (…) in the new Outlook or Outlook on the web, as classic Outlook saves only .msg; or have the desk's mailbox read by `balie mailbox fetch`";

/// How often an id is drawn before giving up.
const DRAWS: usize = 20;

/// Takes a mail in, for these accounts.
pub async fn receive(
    desk: &mut Desk<'_>,
    dns: &Dns,
    raw: &[u8],
    usernames: &[Username],
) -> Result<RequestCard> {
    let evidence = gather(raw, Intake::File, dns, desk.now)
        .await
        .map_err(|error| Error::Invalid {
            message: error.to_string(),
            hint: match error {
                NotAMail::OutlooksOwn => AS_EML.into(),
                _ => "pass the mail as it came in, including its headers (an .eml file)".into(),
            },
        })?;
    let incoming = Incoming {
        raw,
        evidence: &evidence,
        usernames,
        origin: None,
    };
    take_in(desk, &incoming).await
}

/// Puts what was gathered on file, with its verdict. Whoever takes a mail in has it before their eyes,
/// whichever desk it's for.
pub(in crate::desk) async fn take_in(
    desk: &mut Desk<'_>,
    incoming: &Incoming<'_>,
) -> Result<RequestCard> {
    let evidence = incoming.evidence;
    // What comes from the desk's own mailbox is taken in by whoever empties that.
    let action = match incoming.origin {
        Some(_) => Action::MailboxFetch,
        None => Action::RequestReceive,
    };
    let hashed = codes_hashed(desk, action, evidence).await?;
    let (mut tx, operator) = desk.begin(action).await?;
    let by_service = operator.job.is_some();
    tx.wait_for_sender(evidence.from.as_deref()).await?;
    let on_file = tx.request_of_bytes(&evidence.sha256).await?;
    // What a service takes in is believed where an operator's own copy isn't (`policy.challenge`), whichever came first.
    if let Some(id) = on_file.as_ref().filter(|_| !by_service) {
        return again(desk, tx, incoming, id, ReceivedAs::Again).await;
    }
    if let Some(challenge) = answered_challenge(&mut tx, evidence).await? {
        return take_answer(desk, tx, incoming, challenge, &hashed).await;
    }
    let requesters = requesters_at(&mut tx, evidence.from.as_deref()).await?;
    let accounts = accounts_of(
        desk,
        &mut tx,
        evidence,
        &requesters,
        incoming.usernames,
        &desk.policy,
    )
    .await?;
    let mut within = Within::of(&requesters);
    let new = judged(desk, &mut tx, incoming, &mut within, accounts, by_service).await?;
    let mut seen = seen_before(desk, &mut tx, &new.at_hand(), &new.copy).await?;
    if let Seen::Better(other, _) = &seen {
        // What a colleague is just doing to that request may close it.
        tx.wait_for_request(&other.public_id).await?;
        seen = seen_before(desk, &mut tx, &new.at_hand(), &new.copy).await?;
    }
    if let (Some(id), Seen::First | Seen::Replay(_)) = (&on_file, &seen) {
        return again(desk, tx, incoming, id, ReceivedAs::Again).await;
    }
    match seen {
        Seen::First => put_on_file(desk, tx, new).await,
        Seen::Replay(id) => {
            let replay = new.rejected_as(desk, &id);
            put_on_file(desk, tx, replay).await
        }
        Seen::Answer(id) => again(desk, tx, incoming, &id, ReceivedAs::Answer).await,
        Seen::Better(seen, copy) => replace(desk, tx, &new, &mut within, &seen, &copy).await,
        Seen::Again(seen, copy) => {
            tx.keep_signatures(seen.id, evidence, &new.basis.facts)
                .await?;
            set_desk(&mut tx, &seen, &new.copy, &copy).await?;
            again(desk, tx, incoming, &seen.public_id, ReceivedAs::Again).await
        }
    }
}

/// What one more copy says of the desk.
async fn set_desk(tx: &mut Tx, seen: &SeenRow, new: &Copy, on_file: &Copy) -> Result<()> {
    if let DeskOf::Is(desk) = new.desk_with(on_file) {
        tx.set_desk(seen.id, desk.as_ref()).await?;
    }
    Ok(())
}

/// A mail that was judged.
struct Judged<'t> {
    incoming: &'t Incoming<'t>,
    basis: Basis,
    judgement: Judgement,
    /// The accounts' internal ids, and whether each is covered.
    bound: Vec<(i64, bool)>,
    /// The internal id of the capacity that the sender asks in.
    requester: Option<i64>,
    /// What it shows beside its other copies.
    copy: Copy,
}

async fn judged<'t>(
    desk: &Desk<'_>,
    tx: &mut Tx,
    incoming: &'t Incoming<'t>,
    within: &mut Within<'_>,
    accounts: Vec<(i64, AccountFacts)>,
    by_service: bool,
) -> Result<Judged<'t>> {
    let evidence = incoming.evidence;
    let bound = accounts
        .iter()
        .map(|(id, facts)| (*id, facts.covered && !facts.is_requester))
        .collect();
    let accounts: Vec<AccountFacts> = accounts.into_iter().map(|(_, facts)| facts).collect();
    let trusted = Trusted::by(&desk.settings);
    let mut facts = gather_facts(desk, tx, evidence, within, &accounts, trusted).await?;
    facts.by_service = by_service;
    let mut basis = Basis {
        facts,
        policy: desk.policy.clone(),
    };
    basis.facts.naming.named =
        asked_for_by_name(desk, tx, evidence, within, &basis, desk.now).await?;
    let requester = capacity_that_counts(desk, within.requesters());
    Ok(Judged {
        judgement: judge(evidence, &basis.facts, &desk.policy, desk.now),
        copy: Copy::of(evidence, &basis.facts, &desk.policy, desk.now),
        basis,
        incoming,
        bound,
        requester: requester.map(|found| found.id),
    })
}

impl Judged<'_> {
    const fn at_hand(&self) -> AtHand<'_> {
        AtHand {
            raw: self.incoming.raw,
            evidence: self.incoming.evidence,
            basis: &self.basis,
            as_request: None,
        }
    }

    /// The same, as a copy of a mail whose request can't be gone on with.
    fn rejected_as(mut self, desk: &Desk<'_>, seen: &RequestId) -> Self {
        self.basis.facts.seen_as = Some(seen.to_string());
        let evidence = self.incoming.evidence;
        self.judgement = judge(evidence, &self.basis.facts, &self.basis.policy, desk.now);
        self
    }

    async fn region(&self, tx: &mut Tx) -> Result<Option<i64>> {
        Ok(match &self.copy.desk {
            Some(code) => tx.regions(Some(code)).await?.pop().map(|region| region.id),
            None => None,
        })
    }

    fn failed(&self) -> Vec<crate::domain::request::verdict::CheckName> {
        let checks = self.judgement.checks.iter();
        let failed = checks.filter(|check| check.result == CheckResult::Fail);
        failed.map(|check| check.name).collect()
    }

    async fn add(&self, desk: &mut Desk<'_>, tx: &mut Tx) -> Result<RequestId> {
        let region = self.region(tx).await?;
        for _ in 0..DRAWS {
            let id = RequestId::draw(desk.rng);
            let new = NewRequest {
                public_id: &id,
                operator: &desk.operator,
                judgement: &self.judgement,
                aligned: self.copy.is_aligned,
                rule_version: RULE_VERSION,
                region,
                requester: self.requester,
                evidence: self.incoming.evidence,
                basis: &self.basis,
                raw: self.incoming.raw,
                accounts: &self.bound,
                expires_at: desk.now.plus_hours(desk.policy.request_ttl_hours),
            };
            if tx.add_request(&new, desk.now).await?.is_some() {
                return Ok(id);
            }
        }
        Err(StoreError::Unexpected("no free request id could be drawn".into()).into())
    }
}

async fn put_on_file(desk: &mut Desk<'_>, mut tx: Tx, new: Judged<'_>) -> Result<RequestCard> {
    let id = new.add(desk, &mut tx).await?;
    let card = card_for(desk, &mut tx, &id, &Reach::Everywhere).await?;
    let told = tell_by_itself(desk, &mut tx, &card, &new.judgement.rejected_by).await?;
    note_origin(desk, &mut tx, new.incoming, card.standing.request.id).await?;
    let evidence = new.incoming.evidence;
    let detail = json!({
        "verdict": new.judgement.verdict,
        "from": evidence.from,
        "sha256": evidence.sha256,
        "failed": new.failed(),
        "accounts": new.incoming.usernames,
        "intake": evidence.intake,
        "told": told,
    });
    let mut event = desk.event(Action::RequestReceive, detail);
    event.request = Some(id.to_string());
    desk.commit(tx, event).await?;
    Ok(card)
}

/// A better copy of a mail takes the place of the one that came in first: its request goes on with it.
async fn replace(
    desk: &mut Desk<'_>,
    mut tx: Tx,
    new: &Judged<'_>,
    within: &mut Within<'_>,
    seen: &SeenRow,
    on_file: &Copy,
) -> Result<RequestCard> {
    let evidence = new.incoming.evidence;
    let bound = tx.request_accounts(seen.id, &desk.reach).await?;
    let mut usernames: Vec<Username> = bound.into_iter().map(|bound| bound.username).collect();
    let named = new.incoming.usernames.iter();
    usernames.extend(
        named
            .filter(|name| !usernames.contains(name))
            .cloned()
            .collect::<Vec<_>>(),
    );
    let requesters = within.requesters();
    let accounts = accounts_of(
        desk,
        &mut tx,
        evidence,
        requesters,
        &usernames,
        &desk.policy,
    )
    .await?;
    let whole = judged(
        desk,
        &mut tx,
        new.incoming,
        within,
        accounts,
        new.basis.facts.by_service,
    )
    .await?;
    let raw = new.incoming.raw;
    tx.replace_mail(seen.id, evidence, whole.copy.is_aligned, raw)
        .await?;
    set_desk(&mut tx, seen, &whole.copy, on_file).await?;
    for (account, covered) in &whole.bound {
        tx.bind_account(seen.id, *account, *covered).await?;
    }
    let judged = tx.judge_again(
        seen.id,
        evidence,
        &whole.basis,
        &whole.judgement,
        RULE_VERSION,
    );
    if !judged.await?.took() {
        return Err(Refusal::RequestRejected.into());
    }
    let card = card_for(desk, &mut tx, &seen.public_id, &Reach::Everywhere).await?;
    note_origin(desk, &mut tx, new.incoming, seen.id).await?;
    let detail = json!({
        "verdict": whole.judgement.verdict,
        "before": seen.verdict,
        "from": evidence.from,
        "sha256": evidence.sha256,
        "failed": whole.failed(),
        "accounts": usernames,
        "intake": evidence.intake,
        "replaced": true,
    });
    let mut event = desk.event(Action::RequestReceive, detail);
    event.request = Some(seen.public_id.to_string());
    desk.commit(tx, event).await?;
    Ok(card)
}
