//! From evidence to verdict: a pure function, the same for a fresh mail and for the record.
//!
//! Each check answers for itself and never trusts that another one failed first. What each failure
//! means for the verdict stands in [`consequence`].

use super::address::WorkAddress;
use super::code::{RegionCode, Username};
use super::evidence::{Dmarc, Evidence, Outcome};
use super::policy::{ChallengePolicy, Policy};
use super::proof::{Proof, best_signature};
use super::timestamp::Timestamp;
use super::verdict::{Check, CheckName, CheckResult, Judgement, Verdict};

/// The version of the rules below; stored with each verdict.
pub const RULE_VERSION: i64 = 1;

/// How far ahead of ours a sender's clock may be, in seconds.
pub(super) const CLOCK_AHEAD: i64 = 300;
/// What the directory and the log know that bears on a mail.
#[derive(Clone, Debug, Default)]
pub struct DirectoryFacts {
    /// The From address is on file, and for whom; `None` where it isn't.
    pub requester: Option<RequesterFacts>,
    /// The domain on file that the From domain resembles, and how.
    pub lookalike: Option<(String, &'static str)>,
    /// Every region's desk address.
    pub desks: Vec<(RegionCode, WorkAddress)>,
    /// The earlier request that came in with this very mail.
    pub seen_as: Option<String>,
    /// The accounts that it is for.
    pub accounts: Vec<AccountFacts>,
    /// Hosts whose Authentication-Results are read.
    pub authserv_ids: Vec<String>,
    /// The mail came from a mailbox of our own, not from a file.
    pub from_own_mailbox: bool,
}

/// What is on file under the From address.
#[derive(Clone, Debug, Default)]
pub struct RequesterFacts {
    /// The name on file.
    pub name: String,
    /// Whether any of its capacities is valid now.
    pub valid: bool,
    /// The mail domains of the requester's organisations and of those above.
    pub domains: Vec<String>,
}

/// What the directory says of one account.
#[derive(Clone, Debug)]
pub struct AccountFacts {
    /// The username.
    pub username: Username,
    /// Whether its work address is the requester's.
    pub is_requester: bool,
    /// Whether a valid capacity of the requester covers it.
    pub covered: bool,
    /// The regions of its roles.
    pub regions: Vec<RegionCode>,
}

type Finding = (CheckResult, String);

fn pass(detail: impl Into<String>) -> Finding {
    (CheckResult::Pass, detail.into())
}

fn fail(detail: impl Into<String>) -> Finding {
    (CheckResult::Fail, detail.into())
}

fn none(detail: impl Into<String>) -> Finding {
    (CheckResult::None, detail.into())
}

/// Judges a mail.
#[must_use]
pub fn judge(
    evidence: &Evidence,
    facts: &DirectoryFacts,
    policy: &Policy,
    now: Timestamp,
) -> Judgement {
    let signature = best_signature(evidence, facts, now);
    let checks: Vec<Check> = CheckName::ALL
        .iter()
        .map(|&name| {
            let (result, detail) = match name {
                CheckName::WellFormed => well_formed(evidence),
                CheckName::SingleSender => single_sender(evidence),
                CheckName::AddressedToDesk => addressed_to_desk(evidence, facts),
                CheckName::RequesterKnown => requester_known(evidence, facts),
                CheckName::Lookalike => lookalike(facts),
                CheckName::Dkim => dkim(&signature),
                CheckName::Dmarc => dmarc(evidence, &signature),
                CheckName::TrustedResults => trusted_results(evidence, facts),
                CheckName::Fresh => fresh(evidence, policy, now),
                CheckName::NotReplayed => not_replayed(facts),
                CheckName::WrittenByPerson => written_by_person(evidence),
                CheckName::ReplyTo => reply_to(evidence),
                CheckName::Forwarding => forwarding(evidence),
                CheckName::Authority => authority(facts),
                CheckName::Region => region(evidence, facts),
            };
            Check {
                name,
                result,
                detail,
            }
        })
        .collect();
    let covered: Vec<String> = facts
        .accounts
        .iter()
        .filter(|account| account.covered && !account.is_requester)
        .map(|account| account.username.to_string())
        .collect();
    let worst = checks
        .iter()
        .map(|check| consequence(check, evidence, !covered.is_empty()))
        .max_by_key(|verdict| severity(*verdict));
    let verdict = match worst.unwrap_or(Verdict::Rejected) {
        Verdict::Verified if policy.challenge == ChallengePolicy::Always => Verdict::Challenge,
        verdict => verdict,
    };
    Judgement {
        verdict,
        checks,
        covered,
    }
}

const fn severity(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Verified => 0,
        Verdict::Challenge => 1,
        Verdict::Rejected => 2,
    }
}

/// What a check's result means for the verdict. Nothing here can raise it.
fn consequence(check: &Check, evidence: &Evidence, some_covered: bool) -> Verdict {
    use CheckName as Name;
    use CheckResult::{Fail, None, Pass};
    match (check.name, check.result) {
        // Without accounts nothing can be reset until some are bound.
        (_, Pass)
        | (Name::Lookalike | Name::TrustedResults | Name::Authority | Name::Region, None) => {
            Verdict::Verified
        }
        (
            Name::WellFormed
            | Name::SingleSender
            | Name::AddressedToDesk
            | Name::RequesterKnown
            | Name::Lookalike
            | Name::Fresh
            | Name::NotReplayed
            | Name::WrittenByPerson,
            Fail | None,
        ) => Verdict::Rejected,
        (Name::Dmarc, Fail) if evidence.dmarc == Dmarc::Policy("reject".into()) => {
            Verdict::Rejected
        }
        // An unsigned field beside a signature that holds was put in afterwards.
        (Name::ReplyTo, Fail) if put_in_later(evidence, &["reply-to", "sender"]) => {
            Verdict::Rejected
        }
        (Name::Forwarding, Fail) if evidence.resent => Verdict::Rejected,
        (Name::Authority, Fail) if !some_covered => Verdict::Rejected,
        // The accounts that aren't covered stay out; the others can go on.
        (Name::Authority, Fail) => Verdict::Verified,
        (
            Name::Dkim
            | Name::Dmarc
            | Name::TrustedResults
            | Name::ReplyTo
            | Name::Forwarding
            | Name::Region,
            Fail | None,
        ) => Verdict::Challenge,
    }
}

fn put_in_later(evidence: &Evidence, names: &[&str]) -> bool {
    evidence.signatures.iter().any(|signature| {
        signature.outcome == Outcome::Holds
            && signature
                .unsigned
                .iter()
                .any(|name| names.contains(&name.as_str()))
    })
}

fn well_formed(evidence: &Evidence) -> Finding {
    match evidence.malformed.as_slice() {
        [] if evidence.remarks.is_empty() => pass("a mail as it should be"),
        [] => pass(evidence.remarks.join("; ")),
        faults => fail(faults.join("; ")),
    }
}

fn single_sender(evidence: &Evidence) -> Finding {
    match (&evidence.from, &evidence.from_fault) {
        (_, Some(fault)) => fail(fault),
        (None, None) => fail("there is no From address"),
        (Some(from), None) => match evidence.authenticator_froms.as_slice() {
            [other] if other.eq_ignore_ascii_case(from) => pass(format!("from {from} alone")),
            others => fail(format!(
                "the parser reads {from}, the authenticator {}: they must agree",
                if others.is_empty() {
                    "nobody".to_owned()
                } else {
                    others.join(" and ")
                }
            )),
        },
    }
}

/// The regions that were written to.
#[must_use]
pub fn desks_written_to(evidence: &Evidence, facts: &DirectoryFacts) -> Vec<RegionCode> {
    let is_to = |address: &WorkAddress| evidence.recipients.iter().any(|to| to == address.as_str());
    let desks = facts.desks.iter().filter(|(_, address)| is_to(address));
    desks.map(|(code, _)| code.clone()).collect()
}

fn addressed_to_desk(evidence: &Evidence, facts: &DirectoryFacts) -> Finding {
    match desks_written_to(evidence, facts).as_slice() {
        [] if evidence.recipients.is_empty() => fail("it's addressed to nobody"),
        [] => fail(format!(
            "it's addressed to {}, no desk of ours",
            evidence.recipients.join(", ")
        )),
        desks => pass(format!("addressed to the desk of {}", join(desks))),
    }
}

fn requester_known(evidence: &Evidence, facts: &DirectoryFacts) -> Finding {
    let from = evidence.from.as_deref().unwrap_or("nobody");
    match &facts.requester {
        Some(requester) if requester.valid => {
            pass(format!("{from} is on file: {}", requester.name))
        }
        Some(requester) => fail(format!(
            "{from} is on file as {}, but may not ask today: not yet, or not any more",
            requester.name
        )),
        None => fail(format!("{from} isn't on file as somebody who may ask")),
    }
}

fn lookalike(facts: &DirectoryFacts) -> Finding {
    match &facts.lookalike {
        Some((known, how)) => fail(format!("the From domain resembles {known}: {how}")),
        None if facts.requester.is_some() => pass("the From domain is on file"),
        None => none("the From domain resembles none on file"),
    }
}

fn dkim(proof: &Proof<'_>) -> Finding {
    match proof {
        Proof::Proven(_, text) => pass(text),
        Proof::Undecided(text) => none(text),
        Proof::Missing(text) => fail(text),
    }
}

fn dmarc(evidence: &Evidence, proof: &Proof<'_>) -> Finding {
    match (&evidence.dmarc, proof) {
        (Dmarc::Absent, _) => none("the sender's domain publishes no DMARC policy"),
        (Dmarc::Unreachable, _) | (_, Proof::Undecided(_)) => {
            none("DNS didn't answer, so this isn't decided")
        }
        (Dmarc::Policy(policy), Proof::Proven(signature, _)) => pass(format!(
            "the policy (p={policy}) is met by the signature of {}",
            signature.domain
        )),
        (Dmarc::Policy(policy), Proof::Missing(_)) => fail(format!(
            "the policy (p={policy}) isn't met by any signature"
        )),
    }
}

fn trusted_results(evidence: &Evidence, facts: &DirectoryFacts) -> Finding {
    if !facts.from_own_mailbox {
        return none(if evidence.authserv_ids.is_empty() {
            "the mail came as a file: only our own check counts".to_owned()
        } else {
            format!(
                "the mail came as a file: the results of {} are ignored",
                evidence.authserv_ids.join(", ")
            )
        });
    }
    let trusted = |id: &&String| {
        facts
            .authserv_ids
            .iter()
            .any(|known| known.eq_ignore_ascii_case(id))
    };
    match (
        evidence.authserv_ids.first().filter(trusted),
        &evidence.trusted_results,
    ) {
        (Some(id), Some(results))
            if results.contains("dkim=fail") || results.contains("dmarc=fail") =>
        {
            fail(format!("{id} found: {results}"))
        }
        (Some(id), Some(results)) => pass(format!("{id} found: {results}")),
        _ if evidence.authserv_ids.is_empty() => none("there are none"),
        _ => none(format!(
            "{} isn't trusted, so it's ignored",
            evidence.authserv_ids.join(", ")
        )),
    }
}

fn fresh(evidence: &Evidence, policy: &Policy, now: Timestamp) -> Finding {
    let Some(date) = evidence.date else {
        return fail("it has no date that can be read");
    };
    let age = now.since(date);
    if age.as_secs() < -CLOCK_AHEAD {
        return fail(format!("its date {date:.0} lies in the future"));
    }
    let hours = age.as_secs() / 3600;
    if hours >= i64::from(policy.max_age_hours) {
        return fail(format!(
            "it's {hours} hours old, more than {}: ask for a new mail",
            policy.max_age_hours
        ));
    }
    pass(if hours == 0 {
        "sent within the last hour".to_owned()
    } else {
        format!("sent {hours} hours ago")
    })
}

fn not_replayed(facts: &DirectoryFacts) -> Finding {
    match &facts.seen_as {
        Some(id) => fail(format!("this mail came in before, as {id}")),
        None => pass("never seen before"),
    }
}

fn written_by_person(evidence: &Evidence) -> Finding {
    match evidence.automatic.as_slice() {
        [] => pass("nothing says that a machine sent it"),
        markers => fail(format!("a machine sent it: {}", markers.join(", "))),
    }
}

fn reply_to(evidence: &Evidence) -> Finding {
    let from = evidence.from.as_deref().unwrap_or_default();
    let elsewhere: Vec<&str> = evidence
        .reply_to
        .iter()
        .chain(&evidence.sender)
        .map(String::as_str)
        .filter(|address| *address != from)
        .collect();
    if elsewhere.is_empty() {
        pass("answers go to the sender")
    } else {
        fail(format!(
            "Reply-To or Sender names somebody else: {}",
            elsewhere.join(", ")
        ))
    }
}

fn forwarding(evidence: &Evidence) -> Finding {
    match (&evidence.arc_sealer, evidence.resent) {
        (_, true) => fail("it was sent on by somebody (Resent fields)"),
        (Some(sealer), false) => fail(format!("it was forwarded through {sealer} (ARC)")),
        (None, false) => pass("it came straight from the sender"),
    }
}

fn authority(facts: &DirectoryFacts) -> Finding {
    if facts.accounts.is_empty() {
        return none("no account was named with --account, so nothing can be reset on it");
    }
    let myself = facts
        .accounts
        .iter()
        .filter(|a| a.is_requester)
        .map(|a| &a.username);
    let myself: Vec<_> = myself.collect();
    if !myself.is_empty() {
        return fail(format!("{} is the requester's own account", join(&myself)));
    }
    let out: Vec<_> = facts
        .accounts
        .iter()
        .filter(|a| !a.covered)
        .map(|a| &a.username)
        .collect();
    if out.is_empty() {
        pass("the requester may ask for every account")
    } else {
        fail(format!(
            "the requester has no authority over {}",
            join(&out)
        ))
    }
}

fn region(evidence: &Evidence, facts: &DirectoryFacts) -> Finding {
    if facts.accounts.is_empty() {
        return none("no account was named yet");
    }
    let desks = desks_written_to(evidence, facts);
    let elsewhere = |account: &&AccountFacts| !account.regions.iter().any(|r| desks.contains(r));
    // An account that isn't covered stays out, whichever desk it belongs to.
    let covered: Vec<_> = facts
        .accounts
        .iter()
        .filter(|account| account.covered)
        .collect();
    let accounts = if covered.is_empty() {
        facts.accounts.iter().collect()
    } else {
        covered
    };
    match accounts.into_iter().find(elsewhere) {
        None => pass(format!("the accounts belong to {}", join(&desks))),
        Some(account) => fail(format!(
            "wrong desk: {} belongs to {}",
            account.username,
            join(&account.regions)
        )),
    }
}

fn join(items: &[impl ToString]) -> String {
    items
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}
