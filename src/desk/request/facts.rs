//! What the directory, the log and the settings say that bears on a mail.

use super::naming::{Within, name_accounts};
use crate::desk::account::existing_account;
use crate::desk::settings::settings_since;
use crate::desk::{Desk, Result};
use crate::domain::account::person_name::search_key;
use crate::domain::code::Username;
use crate::domain::policy::Policy;
use crate::domain::request::evidence::Evidence;
use crate::domain::request::judge::{AccountFacts, Basis, DirectoryFacts, RequesterFacts};
use crate::domain::request::lookalike::lookalike_of;
use crate::domain::request::words::name_in_text::{NameParts, hides_letters, same_name};
use crate::domain::settings::InForce;
use crate::store::Tx;
use crate::store::account::RoleRow;
use crate::store::directory::RequesterRow;
use crate::store::request::RequestRow;

/// The capacity that counts: a valid one, where there is one.
pub(super) fn capacity_that_counts<'r>(
    desk: &Desk<'_>,
    requesters: &'r [RequesterRow],
) -> Option<&'r RequesterRow> {
    let valid = requesters
        .iter()
        .find(|requester| requester.is_valid(desk.now));
    valid.or(requesters.first())
}

/// Whom the settings trust to speak of a mail.
pub(super) struct Trusted {
    authserv_ids: Vec<String>,
    arc_sealers: Vec<String>,
    ignore_microsoft_origin: bool,
}

impl Trusted {
    /// By these settings.
    pub(super) fn by(settings: &InForce) -> Self {
        Self {
            authserv_ids: settings.list("mail.authserv_ids"),
            arc_sealers: settings.list("mail.trusted_arc_sealers"),
            ignore_microsoft_origin: !settings.is_on("mail.microsoft_origin"),
        }
    }

    /// As a record has it.
    fn on_file(facts: &DirectoryFacts) -> Self {
        Self {
            authserv_ids: facts.authserv_ids.clone(),
            arc_sealers: facts.trusted_arc_sealers.clone(),
            ignore_microsoft_origin: facts.ignore_microsoft_origin,
        }
    }
}

/// Everything that bears on this mail, for these accounts.
pub(super) async fn gather_facts(
    desk: &Desk<'_>,
    tx: &mut Tx,
    evidence: &Evidence,
    within: &mut Within<'_>,
    accounts: &[AccountFacts],
    trusted: Trusted,
) -> Result<DirectoryFacts> {
    let requesters = within.requesters();
    let mut facts = DirectoryFacts {
        requester: requester_facts(desk, tx, requesters).await?,
        lookalike: lookalike(tx, evidence, requesters).await?,
        desks: desks(tx).await?,
        seen_as: None,
        accounts: accounts.to_vec(),
        authserv_ids: trusted.authserv_ids,
        trusted_arc_sealers: trusted.arc_sealers,
        ignore_microsoft_origin: trusted.ignore_microsoft_origin,
        ..DirectoryFacts::default()
    };
    facts.names_on_file = Box::pin(names_on_file(desk, tx, evidence, within, &facts)).await?;
    facts.new_signer = is_new_signer(desk, tx, evidence, &facts, None).await?;
    Box::pin(name_accounts(desk, tx, evidence, within, &mut facts)).await?;
    Ok(facts)
}

/// The most accounts of a request that are looked up anew each time it's used: everybody else who writes waits meanwhile.
const LOOKED_UP_ANEW: usize = 25;

/// What bears on a mail that is on file, by the directory of now, and by the desk's own settings where nobody has changed
/// one since it came in. Whether its domain had signed like that is looked for before it.
pub(super) async fn basis_of_now(
    desk: &Desk<'_>,
    tx: &mut Tx,
    evidence: &Evidence,
    requesters: &[RequesterRow],
    then: &Basis,
    request: &RequestRow,
) -> Result<Basis> {
    // Whoever may not ask any more is refused as that by the decision. A list isn't looked up anew for each of its
    // accounts (see docs/threat-model.md, what doesn't hold).
    let is_long = then.facts.accounts.len() > LOOKED_UP_ANEW;
    if is_long || !requesters.iter().any(|one| one.is_valid(desk.now)) {
        return Ok(then.clone());
    }
    let settings = if desk.settings.closed {
        settings_since(tx, request.received_at).await?
    } else {
        None
    };
    let settings = settings.as_ref();
    let policy = settings.and_then(InForce::policy);
    let policy = policy.unwrap_or_else(|| then.policy.clone());
    let on_file = || Trusted::on_file(&then.facts);
    let trusted = settings.map_or_else(on_file, Trusted::by);
    let bound = then.facts.accounts.iter();
    let bound: Vec<String> = bound.map(|account| account.username.to_string()).collect();
    let reached = tx.accounts_reached(&desk.reach, &bound).await?;
    let found = accounts_of(desk, tx, evidence, requesters, &reached, &policy).await?;
    let found = found.into_iter().map(|(_, facts)| facts);
    let covered: Vec<AccountFacts> = found.filter(|account| account.covered).collect();
    // Another region's are that one's to judge: this operator doesn't see them. One that isn't covered any more is refused
    // as that by the decision, whatever the mail says.
    let mut left = then.facts.accounts.clone();
    left.retain(|account| covered.iter().all(|one| one.username != account.username));
    let accounts = [left.as_slice(), &covered].concat();
    let mut within = Within::of(requesters);
    let now = gather_facts(desk, tx, evidence, &mut within, &accounts, trusted).await?;
    // That it was new is said where nothing before it was signed like that; what is erased by now may have been.
    let is_new = is_new_signer(desk, tx, evidence, &now, Some(request.id)).await?;
    let mut facts = DirectoryFacts {
        seen_as: then.facts.seen_as.clone(),
        new_signer: then.facts.new_signer || is_new,
        by_service: then.facts.by_service,
        ..now
    };
    facts.naming.named.clone_from(&then.facts.naming.named);
    // Nor does the operator's own login see whether the mail names them.
    for account in left {
        let mut known = facts.accounts.iter_mut();
        if let Some(known) = known.find(|known| known.username == account.username) {
            known.named = account.named;
        }
    }
    Ok(Basis { facts, policy })
}

async fn requester_facts(
    desk: &Desk<'_>,
    tx: &mut Tx,
    requesters: &[RequesterRow],
) -> Result<Option<RequesterFacts>> {
    let mut domains = Vec::new();
    for requester in requesters {
        for organisation in tx.upwards(requester.organisation_id).await? {
            domains.extend(tx.domains_of(organisation).await?);
        }
    }
    let counts = capacity_that_counts(desk, requesters);
    Ok(counts.map(|found| RequesterFacts {
        name: found.name.clone(),
        valid: found.is_valid(desk.now),
        domains,
        regions: requesters.iter().map(|own| own.region.clone()).collect(),
    }))
}

async fn lookalike(
    tx: &mut Tx,
    evidence: &Evidence,
    requesters: &[RequesterRow],
) -> Result<Option<(String, String)>> {
    let from = evidence.from.as_deref();
    let lookalike = match from.and_then(|from| from.rsplit_once('@')) {
        Some((_, domain)) if requesters.is_empty() => {
            lookalike_of(domain, &tx.mail_domains().await?)
        }
        _ => None,
    };
    Ok(lookalike.map(|(known, how)| (known, how.to_owned())))
}

async fn desks(
    tx: &mut Tx,
) -> Result<
    Vec<(
        crate::domain::code::RegionCode,
        crate::domain::directory::address::WorkAddress,
    )>,
> {
    let regions = tx.regions(None).await?;
    let desks = regions.into_iter().map(|r| (r.code, r.servicedesk_address));
    Ok(desks.collect())
}

/// The names beside a desk's address that are those of people on file, or hold the first name or the surname
/// of somebody within the requester's reach: whoever answers a stranger's mail writes to the name that the
/// stranger gave.
async fn names_on_file(
    desk: &Desk<'_>,
    tx: &mut Tx,
    evidence: &Evidence,
    within: &mut Within<'_>,
    facts: &DirectoryFacts,
) -> Result<Vec<String>> {
    let is_desk = |address: &str| facts.desks.iter().any(|(_, desk)| desk.as_str() == address);
    let recipients = evidence.to.iter().chain(&evidence.cc);
    let mut given: Vec<&String> = recipients
        .filter(|to| is_desk(&to.address) && !to.name.is_empty() && to.name != to.address)
        .map(|to| &to.name)
        .collect();
    given.sort_unstable();
    given.dedup();
    if given.is_empty() {
        return Ok(Vec::new());
    }
    let within = within.accounts(desk, tx).await?;
    let people = NameParts::of(within.iter().map(|account| account.name.as_str()));
    let places = places(tx).await?;
    let mut found = Vec::new();
    for name in given {
        if hides_letters(name)
            || people.stand_in(name, &places)
            || tx.is_a_person(&search_key(name)).await?
        {
            found.push(name.clone());
        }
    }
    Ok(found)
}

/// The words that desks are called by: a teacher may bear a region's name.
async fn places(tx: &mut Tx) -> Result<Vec<String>> {
    let mut places = Vec::new();
    for region in tx.regions(None).await? {
        let address = region.servicedesk_address.as_str();
        let local = address.split('@').next().unwrap_or_default();
        places.extend([
            search_key(region.code.as_str()),
            search_key(&region.name),
            search_key(local),
        ]);
    }
    Ok(places)
}

/// Whether no proven mail of the sender's domain was signed like this before that request, or at all.
async fn is_new_signer(
    desk: &Desk<'_>,
    tx: &mut Tx,
    evidence: &Evidence,
    facts: &DirectoryFacts,
    before: Option<i64>,
) -> Result<bool> {
    let spoken = crate::domain::request::judge::spoken(evidence, facts, desk.now);
    let Some(signature) = spoken.signature else {
        return Ok(false);
    };
    let sealed = evidence.is_sealed_by_microsoft();
    let known = tx
        .signed_before(&signature.domain, &signature.selector, sealed, before)
        .await?;
    Ok(!known)
}

/// Each account once: its internal id, and what bears on a request for it.
pub(super) async fn accounts_of(
    desk: &Desk<'_>,
    tx: &mut Tx,
    evidence: &Evidence,
    requesters: &[RequesterRow],
    usernames: &[Username],
    policy: &Policy,
) -> Result<Vec<(i64, AccountFacts)>> {
    let mut found: Vec<(i64, AccountFacts)> = Vec::new();
    for username in usernames {
        let account = existing_account(desk, tx, username).await?;
        if found.iter().any(|(id, _)| *id == account.id) {
            continue;
        }
        let roles = tx.roles(account.id).await?;
        let privileged = &policy.privileged_roles;
        let covered = is_covered(desk, tx, requesters, &roles).await?;
        let is_named_alike = |requester: &RequesterRow| same_name(&requester.name, &account.name);
        let facts = AccountFacts {
            username: account.username,
            is_requester: evidence.from.as_deref() == Some(account.work_email.as_str()),
            same_name: covered && requesters.iter().any(is_named_alike),
            named: None,
            covered,
            privileged: roles.iter().any(|role| privileged.contains(&role.role)),
            regions: roles.into_iter().map(|role| role.region).collect(),
        };
        found.push((account.id, facts));
    }
    Ok(found)
}

/// Whether a valid capacity covers one of the roles (rule 2).
async fn is_covered(
    desk: &Desk<'_>,
    tx: &mut Tx,
    requesters: &[RequesterRow],
    roles: &[RoleRow],
) -> Result<bool> {
    let valid: Vec<&RequesterRow> = requesters
        .iter()
        .filter(|requester| requester.is_valid(desk.now))
        .collect();
    Ok(!covering(tx, &valid, roles).await?.is_empty())
}

/// The capacities that cover one of the roles (rule 2).
async fn covering<'r>(
    tx: &mut Tx,
    requesters: &[&'r RequesterRow],
    roles: &[RoleRow],
) -> Result<Vec<&'r RequesterRow>> {
    let mut found: Vec<&RequesterRow> = Vec::new();
    for role in roles {
        let above = tx.upwards(role.organisation_id).await?;
        let covers = |requester: &RequesterRow| {
            requester.organisation_id == role.organisation_id
                || (requester.capacity.reaches_below()
                    && above.contains(&requester.organisation_id))
        };
        for requester in requesters {
            let is_new = !found.iter().any(|known| known.id == requester.id);
            if is_new && covers(requester) {
                found.push(requester);
            }
        }
    }
    Ok(found)
}
