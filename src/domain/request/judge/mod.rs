//! From evidence to verdict: a pure function, the same for a fresh mail and for the record.
//!
//! A file a check. Each answers for itself, says what its answer means for the verdict, and never
//! trusts that another one failed first; none of them can raise what another one lowered.

mod addressed_in_words;
mod addressed_to_desk;
mod answer;
mod authority;
mod conditions;
mod copies;
mod dkim;
mod dmarc;
mod facts;
mod finding;
mod forwarding;
mod fresh;
#[cfg(test)]
mod genuine_mails;
mod lookalike;
mod names_account;
mod near_miss;
mod not_replayed;
mod origin;
mod proof;
mod region;
mod reply_to;
mod requester_known;
#[cfg(test)]
mod sample;
mod single_sender;
mod trusted_results;
mod unmet;
mod well_formed;
mod written_by_person;

pub use answer::{AnswerProof, answer_proof};
pub use copies::{Came, Copy, Desk, Earlier, Stage, came_before, same_mail, signs};
pub use facts::{AccountFacts, Basis, DirectoryFacts, Naming, RequesterFacts};
pub use unmet::{Condition, Mender, Unmet};

use super::check_detail::Detail;
use super::evidence::{Evidence, Reading, Signature};
use super::mentioned::Said;
use super::verdict::{Check, CheckName, Judgement, Verdict};
use super::words::own_text::OwnText;
use crate::domain::policy::{ChallengePolicy, NewSigner, Policy};
use crate::domain::timestamp::Timestamp;
use addressed_to_desk::{Addressed, By};
use finding::Finding;
use proof::{Proof, Read, Weighed, weigh};

/// The version of the rules in this folder; stored with each verdict.
pub const RULE_VERSION: i64 = 4;

/// How far ahead of ours a sender's clock may be, in seconds.
const CLOCK_AHEAD: i64 = 300;

/// What a check looks at.
struct Case<'c> {
    evidence: &'c Evidence,
    facts: &'c DirectoryFacts,
    policy: &'c Policy,
    now: Timestamp,
    proof: Proof<'c>,
}

/// Judges a mail that came in at `now`.
#[must_use]
pub fn judge(
    evidence: &Evidence,
    facts: &DirectoryFacts,
    policy: &Policy,
    now: Timestamp,
) -> Judgement {
    judge_case(&Case {
        evidence,
        facts,
        policy,
        now,
        proof: weigh(evidence, facts, now),
    })
}

fn judge_case(case: &Case<'_>) -> Judgement {
    let (facts, policy) = (case.facts, case.policy);
    let (mut verdict, mut rejected_by) = (Verdict::Verified, Vec::new());
    let mut checks = Vec::with_capacity(CheckName::ALL.len());
    for &name in CheckName::ALL {
        let finding = look(name, case);
        verdict = verdict.lowered_to(finding.allows);
        if finding.allows == Verdict::Rejected {
            rejected_by.push(name);
        }
        checks.push(Check {
            name,
            result: finding.result,
            detail: finding.detail,
        });
    }
    let because = challenge_anyway(facts, policy).filter(|_| verdict == Verdict::Verified);
    if because.is_some() {
        verdict = Verdict::Challenge;
    }
    Judgement {
        verdict,
        because,
        checks,
        // What a challenge shows is control of the mailbox: it makes up for what the domain's servers
        // don't show, and for nothing else.
        challenge_open: rejected_by
            .iter()
            .all(|name| matches!(name, CheckName::Dmarc | CheckName::TrustedResults)),
        rejected_by,
        covered: facts
            .covered()
            .map(|account| account.username.to_string())
            .collect(),
    }
}

fn look(name: CheckName, case: &Case<'_>) -> Finding {
    match name {
        CheckName::WellFormed => well_formed::check(case),
        CheckName::SingleSender => single_sender::check(case),
        CheckName::AddressedToDesk => addressed_to_desk::check(case),
        CheckName::RequesterKnown => requester_known::check(case),
        CheckName::Lookalike => lookalike::check(case),
        CheckName::Dkim => dkim::check(case),
        CheckName::Dmarc => dmarc::check(case),
        CheckName::TrustedResults => trusted_results::check(case),
        CheckName::Fresh => fresh::check(case),
        CheckName::NotReplayed => not_replayed::check(case),
        CheckName::WrittenByPerson => written_by_person::check(case),
        CheckName::ReplyTo => reply_to::check(case),
        CheckName::Forwarding => forwarding::check(case),
        CheckName::NamesAccount => names_account::check(case),
        CheckName::Authority => authority::check(case),
        CheckName::Region => region::check(case),
    }
}

/// What programs put before the subject of a mail that they send on.
const FORWARDS: [&str; 11] = [
    "fw", "fwd", "wg", "tr", "doorst", "i", "vs", "rv", "enc", "vb", "pd",
];

/// What programs and people put before the subject of an answer, where it has more letters than a mark.
const ANSWERS: [&str; 16] = [
    "antwoord",
    "beantwoord",
    "reactie",
    "automatisch antwoord",
    "automatic reply",
    "response",
    "antwort",
    "réponse",
    "reponse",
    "respuesta",
    "risposta",
    "resposta",
    "odpowiedź",
    "odpoveď",
    "odpověď",
    "vastaus",
];

/// What a mail says, as the signature that comes closest to proving it has hashed it.
#[derive(Clone, Copy, Debug)]
pub struct Spoken<'e> {
    /// What it says to a person.
    pub reading: Option<&'e Reading>,
    /// Its text, parted where the own words end; none where it has no text of its own.
    pub text: Option<OwnText<'e>>,
    /// Its subject, where it's signed, has no colon, and isn't all that the mail says.
    pub subject: Option<&'e str>,
    /// The subject counts for whom the mail speaks of: the desk is in signed recipients.
    pub subject_names: bool,
    /// The subject begins as an answer's does, or what it answers is quoted below.
    pub is_answer: bool,
    /// The mail is proven, but for whom it's addressed to.
    pub is_proven: bool,
    /// The signature that proves it.
    pub signature: Option<&'e Signature>,
}

impl<'e> Spoken<'e> {
    /// What it says, as it counts for whom it speaks of, where a person of that name wrote it; nothing where it has no
    /// words of its own.
    #[must_use]
    pub fn said(&self, requester: &'e str) -> Option<Said<'e>> {
        Some(Said {
            text: self.text?,
            subject: self.subject,
            subject_names: self.subject_names,
            is_answer: self.is_answer,
            requester,
        })
    }
}

/// What a mail says, and how far that is proven.
#[must_use]
pub fn spoken<'e>(evidence: &'e Evidence, facts: &DirectoryFacts, now: Timestamp) -> Spoken<'e> {
    let proof = weigh(evidence, facts, now);
    let is_proven = proof.proven().is_some();
    let best = proof.best;
    let signature = best.as_ref().map(|best| best.signature);
    let read = best.as_ref().and_then(|best| best.read);
    let first = || evidence.readings.first();
    let read = read.or_else(|| first().map(|reading| Read::of(reading, evidence)));
    let text = read.filter(|read| read.reading.no_text.is_none());
    let text = text.map(|read| read.text);
    // Beside words that are answered, the subject may be the stranger's as well.
    let has_own_words = text.is_some_and(|text| !text.own.is_empty() && !text.is_answer());
    let is_signed = signature.is_none_or(|signature| signature.covers("subject"));
    let subject = Some(evidence.subject.as_str());
    let by_recipients = |best: &Weighed<'_>| {
        matches!(
            best.addressed,
            Addressed::Desks {
                by: By::Recipients,
                ..
            }
        )
    };
    Spoken {
        reading: read.map(|read| read.reading),
        text,
        subject: subject.filter(|text| is_signed && has_own_words && !text.contains([':', '：'])),
        subject_names: best.as_ref().is_some_and(by_recipients),
        is_answer: begins_as_answer(&evidence.subject) || text.is_some_and(|text| text.is_answer()),
        is_proven,
        signature: signature.filter(|_| is_proven),
    }
}

/// Whether a short word and a colon stand before the subject (`Re:`, `Antw:`, `SV:`) that don't say that it's
/// a mail sent on.
fn begins_as_answer(subject: &str) -> bool {
    let subject = subject.trim().to_lowercase();
    let Some((head, _)) = subject.split_once([':', '：']) else {
        return false;
    };
    let word = head.split('[').next().unwrap_or_default().trim();
    let is_mark = !word.is_empty() && word.chars().all(char::is_alphabetic);
    let is_short = is_mark && word.chars().count() <= 6;
    (is_short && !FORWARDS.contains(&word)) || ANSWERS.contains(&word)
}

/// Everything that keeps a mail from being proven, with who can mend it.
#[must_use]
pub fn unmet(evidence: &Evidence, facts: &DirectoryFacts, now: Timestamp) -> Vec<Unmet> {
    weigh(evidence, facts, now).unmet()
}

/// Why a proven mail needs a challenge all the same.
fn challenge_anyway(facts: &DirectoryFacts, policy: &Policy) -> Option<Detail> {
    if policy.challenge == ChallengePolicy::Always {
        return Some("the desk's policy asks for a challenge every time".into());
    }
    if let Some(account) = facts.covered().find(|account| account.privileged) {
        let detail = Detail::default().accounts([&account.username]);
        return Some(detail.and(" has a privileged role"));
    }
    if facts.new_signer && policy.new_signer == NewSigner::Challenge {
        let why = "no earlier proven mail of its domain was signed like this";
        return Some(why.into());
    }
    let count = facts.covered().count();
    (count > policy.four_eyes_rows as usize).then(|| {
        format!(
            "it's for {count} accounts, more than {}: a bulk request",
            policy.four_eyes_rows
        )
        .into()
    })
}

fn join(items: &[impl ToString]) -> String {
    items
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::sample::Sample;
    use super::*;
    use crate::domain::request::verdict::CheckResult;

    #[test]
    fn a_genuine_mail_is_verified_and_every_check_speaks() {
        let judgement = Sample::genuine().judge();
        assert_eq!(judgement.verdict, Verdict::Verified, "{judgement:#?}");
        assert_eq!(judgement.checks.len(), CheckName::ALL.len());
        assert!(
            judgement
                .checks
                .iter()
                .all(|check| !check.detail.whole().is_empty())
        );
        assert_eq!(judgement.covered, ["j.jansen"]);
    }

    #[test]
    fn nothing_short_circuits() {
        let mut sample = Sample::genuine();
        sample.evidence.malformed.push("it's broken".into());
        sample.evidence.date = None;
        sample.evidence.to.clear();
        let judgement = sample.judge();
        let failed = judgement
            .checks
            .iter()
            .filter(|check| check.result == CheckResult::Fail);
        assert_eq!(failed.count(), 3, "{judgement:#?}");
        assert_eq!(judgement.verdict, Verdict::Rejected);
    }

    #[test]
    fn some_proven_requests_are_challenged_all_the_same() {
        let mut always = Sample::genuine();
        always.policy.challenge = ChallengePolicy::Always;
        let mut privileged = Sample::genuine();
        privileged.facts.accounts[0].privileged = true;
        let mut bulk = Sample::genuine();
        let one = bulk.facts.accounts[0].clone();
        bulk.facts.accounts = vec![one; 26];
        for sample in [always, privileged, bulk] {
            let judgement = sample.judge();
            assert_eq!(judgement.verdict, Verdict::Challenge);
            assert!(judgement.because.is_some());
        }
        let mut rejected = Sample::genuine();
        rejected.policy.challenge = ChallengePolicy::Always;
        rejected.evidence.malformed.push("it's broken".into());
        assert_eq!(rejected.judge().verdict, Verdict::Rejected);
    }

    #[test]
    fn a_subject_begins_as_an_answers_or_not() {
        for subject in [
            "Re: 2FA",
            "RE: Fwd: 2FA",
            "Antw: x",
            "AW: x",
            "SV: x",
            "Re[2]: x",
            "回复：x",
            "Antwoord: vraag",
            "Réponse : x",
        ] {
            assert!(begins_as_answer(subject), "{subject}");
        }
        for subject in [
            "2FA-reset",
            "Fwd: Re: 2FA",
            "FW: x",
            "Doorst: x",
            "2FA voor Jan: graag",
            "",
        ] {
            assert!(!begins_as_answer(subject), "{subject}");
        }
    }
}
