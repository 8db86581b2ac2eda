//! Whom a mail speaks of, among everybody within the requester's reach.

use std::collections::HashSet;

use super::standing::{record, requesters_at};
use crate::desk::{Desk, Result};
use crate::domain::code::Username;
use crate::domain::policy::ChallengePolicy;
use crate::domain::request::evidence::Evidence;
use crate::domain::request::judge::{AskingDoubt, Basis, DirectoryFacts, judge, spoken};
use crate::domain::request::mentioned::{NamedBy, Person, Said, asks, named, speaks_of_it};
use crate::domain::request::verdict::Verdict;
use crate::domain::timestamp::Timestamp;
use crate::store::directory::RequesterRow;
use crate::store::request::{RequestRow, WithinRow};
use crate::store::{StoreError, Tx};

/// The most accounts that are compared with a mail's words.
const CANDIDATES: i64 = 20_000;

/// The accounts that a requester's valid capacities cover. They may be thousands: they are loaded once a command,
/// and only where somebody asks for them.
pub(in crate::desk) struct Within<'r> {
    requesters: &'r [RequesterRow],
    loaded: Option<Vec<WithinRow>>,
}

impl<'r> Within<'r> {
    /// Within the reach of whoever is on file under one address, in these capacities.
    pub(in crate::desk) const fn of(requesters: &'r [RequesterRow]) -> Self {
        Self {
            requesters,
            loaded: None,
        }
    }

    /// Whose reach it is.
    pub(in crate::desk) const fn requesters(&self) -> &'r [RequesterRow] {
        self.requesters
    }

    /// Each account once.
    pub(in crate::desk) async fn accounts(
        &mut self,
        desk: &Desk<'_>,
        tx: &mut Tx,
    ) -> Result<&[WithinRow]> {
        let accounts = match self.loaded.take() {
            Some(loaded) => loaded,
            None => self.load(desk, tx).await?,
        };
        Ok(self.loaded.insert(accounts))
    }

    async fn load(&self, desk: &Desk<'_>, tx: &mut Tx) -> Result<Vec<WithinRow>> {
        let mut known = HashSet::new();
        let mut within = Vec::new();
        for requester in self.requesters.iter().filter(|r| r.is_valid(desk.now)) {
            let below = requester.capacity.reaches_below();
            let accounts = tx
                .accounts_within(requester.organisation_id, below, CANDIDATES)
                .await?;
            within.extend(
                accounts
                    .into_iter()
                    .filter(|row| known.insert(row.username.clone())),
            );
        }
        Ok(within)
    }
}

/// Those within the requester's reach whom the mail speaks of by what it says, the surest first.
pub(in crate::desk) async fn spoken_of(
    desk: &Desk<'_>,
    tx: &mut Tx,
    said: Option<Said<'_>>,
    within: &mut Within<'_>,
) -> Result<Vec<(WithinRow, NamedBy)>> {
    let within = within.accounts(desk, tx).await?;
    let people: Vec<Person<'_>> = within
        .iter()
        .map(|account| Person {
            username: account.username.as_str(),
            name: &account.name,
            work_email: account.work_email.as_str(),
        })
        .collect();
    let found = said.map_or_else(Vec::new, |said| named(&said, &people));
    Ok(found
        .into_iter()
        .map(|(at, by)| (within[at].clone(), by))
        .collect())
}

/// Whom a request speaks of. It's found out where somebody asks, and once for all of its accounts.
pub(in crate::desk) struct SpokenOf<'r> {
    request: &'r RequestRow,
    confirmed: Option<HashSet<Username>>,
    judged_with: Option<HashSet<Username>>,
    named: Option<HashSet<Username>>,
}

impl<'r> SpokenOf<'r> {
    /// By this request.
    pub(in crate::desk) const fn by(request: &'r RequestRow) -> Self {
        Self {
            request,
            confirmed: None,
            judged_with: None,
            named: None,
        }
    }

    /// Whether it was verified for that account, or its mail or an answered challenge speaks of it; else an operator alone
    /// bound the account to it.
    pub(in crate::desk) async fn includes(
        &mut self,
        desk: &Desk<'_>,
        tx: &mut Tx,
        username: &Username,
    ) -> Result<bool> {
        let asked = self.request;
        if asked.confirmed_at.is_some() {
            let confirmed = match &self.confirmed {
                Some(confirmed) => confirmed,
                None => self.confirmed.insert(confirmed_for(tx, asked).await?),
            };
            return Ok(confirmed.contains(username));
        }
        if desk.policy.challenge == ChallengePolicy::UnlessFetched {
            let named = match &self.named {
                Some(named) => named,
                None => self.named.insert(named_by_service(asked)?),
            };
            return Ok(named.contains(username));
        }
        let judged_with = if let Some(judged_with) = &self.judged_with {
            judged_with
        } else {
            let accounts = record(asked)?.1.facts.accounts.into_iter();
            let accounts = accounts.map(|account| account.username);
            self.judged_with.insert(accounts.collect())
        };
        if asked.verdict == Verdict::Verified && judged_with.contains(username) {
            return Ok(true);
        }
        let named = match &self.named {
            Some(named) => named,
            None => self.named.insert(named_in_mail(desk, tx, asked).await?),
        };
        Ok(named.contains(username))
    }
}

/// The accounts that a service found named in the mail, where nobody else is believed.
fn named_by_service(request: &RequestRow) -> Result<HashSet<Username>> {
    let facts = record(request)?.1.facts;
    let named = facts.naming.named.into_iter();
    Ok(named.filter(|_| facts.by_service).collect())
}

/// The accounts that the code was mailed for which confirmed the request. One that an older program mailed says none: then
/// it's those that the request was judged with.
async fn confirmed_for(tx: &mut Tx, request: &RequestRow) -> Result<HashSet<Username>> {
    let confirmed = match request.confirmed_at {
        Some(at) => tx.confirmed_accounts(request.id, at).await?,
        None => None,
    };
    if let Some(confirmed) = confirmed {
        let unreadable = |error: serde_json::Error| {
            StoreError::Corrupt(format!(
                "the accounts of a challenge of {}: {error}",
                request.public_id
            ))
        };
        return Ok(serde_json::from_str(&confirmed).map_err(unreadable)?);
    }
    let accounts = record(request)?.1.facts.accounts.into_iter();
    Ok(accounts.map(|account| account.username).collect())
}

/// The accounts that the mail of a request names for what it is: what a plan adds to them is only the
/// operator's word.
async fn named_in_mail(
    desk: &Desk<'_>,
    tx: &mut Tx,
    request: &RequestRow,
) -> Result<HashSet<Username>> {
    let (evidence, basis) = record(request)?;
    let requesters = requesters_at(tx, request.from_address.as_deref()).await?;
    let mut within = Within::of(&requesters);
    let words = spoken(&evidence, &basis.facts, desk.now);
    let said = words.said(basis.facts.requester_name());
    let spoken = spoken_of(desk, tx, said, &mut within).await?;
    // The mail below names one person; it speaks for no list.
    let named = spoken
        .into_iter()
        .filter(|(_, by)| by.counts() && *by != NamedBy::ForwardedMail);
    let named = named.map(|(row, _)| row.username);
    let judged = basis.facts.accounts.into_iter();
    let judged = judged.filter(|_| request.verdict == Verdict::Verified);
    Ok(named
        .chain(judged.map(|account| account.username))
        .collect())
}

/// Everybody within the requester's reach that the mail names, where it's proven and asks for something: nothing but the
/// accounts themselves is left to look at.
pub(super) async fn asked_for_by_name(
    desk: &Desk<'_>,
    tx: &mut Tx,
    evidence: &Evidence,
    within: &mut Within<'_>,
    basis: &Basis,
    received_at: Timestamp,
) -> Result<Vec<Username>> {
    let facts = &basis.facts;
    let judgement = judge(evidence, facts, &basis.policy, received_at);
    let spoken = spoken(evidence, facts, received_at);
    if !(spoken.is_proven && facts.naming.asks && judgement.is_sound_but_for_accounts()) {
        return Ok(Vec::new());
    }
    let found = spoken_of(desk, tx, spoken.said(facts.requester_name()), within).await?;
    let named = found.into_iter().filter(|(_, by)| by.counts());
    Ok(named.map(|(row, _)| row.username).collect())
}

/// Notes how the mail speaks of each account, whom else it speaks of, and whether it asks for anything.
pub(super) async fn name_accounts(
    desk: &Desk<'_>,
    tx: &mut Tx,
    evidence: &Evidence,
    within: &mut Within<'_>,
    facts: &mut DirectoryFacts,
) -> Result<()> {
    let spoken = spoken(evidence, facts, desk.now);
    let requester = facts.requester_name().to_owned();
    let said = spoken.said(&requester);
    let goes_on = spoken.goes_on();
    facts.naming.asks = !goes_on && said.is_some_and(|said| asks(&said));
    facts.naming.doubt = said
        .filter(|said| !facts.naming.asks && speaks_of_it(said))
        .map(|_| {
            if goes_on {
                AskingDoubt::GoesOn
            } else {
                AskingDoubt::Unclear
            }
        });
    facts.naming.others.clear();
    facts.naming.written_to.clear();
    if facts.accounts.is_empty() {
        return Ok(());
    }
    // An answer to somebody speaks to them; a new mail may well be to its holder beside the desk.
    facts.naming.written_to = if spoken.subject_names && spoken.is_answer {
        written_to(desk, tx, evidence, within).await?
    } else {
        Vec::new()
    };
    let found = spoken_of(desk, tx, said, within).await?;
    let is_own =
        |row: &&(WithinRow, NamedBy)| evidence.from.as_deref() == Some(row.0.work_email.as_str());
    let own = found
        .iter()
        .find(is_own)
        .map(|(row, _)| row.username.clone());
    let found = found.into_iter().map(|(row, by)| (row.username, by));
    facts.note_named(found.collect(), own.as_ref());
    Ok(())
}

/// Those within the requester's reach to whom the mail is written as well, where its recipients are what
/// names the desk.
async fn written_to(
    desk: &Desk<'_>,
    tx: &mut Tx,
    evidence: &Evidence,
    within: &mut Within<'_>,
) -> Result<Vec<Username>> {
    // One recipient is the desk.
    if evidence.to.len() < 2 && evidence.cc.is_empty() {
        return Ok(Vec::new());
    }
    let to: HashSet<&str> = evidence.to.iter().map(|to| to.address.as_str()).collect();
    let within = within.accounts(desk, tx).await?.iter();
    let is_own = |row: &WithinRow| evidence.from.as_deref() == Some(row.work_email.as_str());
    let too = within.filter(|row| to.contains(row.work_email.as_str()) && !is_own(row));
    Ok(too.map(|row| row.username.clone()).collect())
}
