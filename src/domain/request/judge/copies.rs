//! Copies of one mail: how it's known that two are one, and which of them counts. Anybody who has a mail can
//! send it again with other unsigned fields, or with fewer signatures: no such copy may make a second request,
//! and none that comes first may keep the genuine one out.

use std::cmp::Reverse;

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use super::addressed::{Addressed, desk_of_request};
use super::case::Case;
use super::conditions::{core, holds, own};
use super::facts::DirectoryFacts;
use super::proof::weigh;
use super::sum::judge_case;
use crate::domain::code::RegionCode;
use crate::domain::policy::Policy;
use crate::domain::request::evidence::{Evidence, Outcome};
use crate::domain::request::verdict::{Check, CheckResult, Verdict};
use crate::domain::timestamp::Timestamp;

/// What a mail is known by when it comes again, as hashes: each signature that holds, and what the sender's own
/// signature says was written when. A provider signs each recipient's copy by itself, and a copy needn't
/// bring every signature.
#[must_use]
pub fn signs(evidence: &Evidence, facts: &DirectoryFacts) -> Vec<String> {
    let holding = evidence.signatures.iter();
    let holding = holding.filter(|signature| signature.outcome == Outcome::Holds);
    let hashes = holding.map(|signature| signature.sha256.clone());
    hashes.chain(same_mail(evidence, facts)).collect()
}

/// One hash for every copy of a mail whose From, Date, Subject and body the sender's own domain signed. Two
/// mails of one sender differ in one of them.
#[must_use]
pub fn same_mail(evidence: &Evidence, facts: &DirectoryFacts) -> Option<String> {
    let (from, date) = (evidence.from.as_deref()?, evidence.date?);
    let domain = evidence.from_domain()?;
    let is_own = evidence.signatures.iter().any(|signature| {
        // A signature that has run out since still tells which mail it is.
        let made_at = signature.signed_at.unwrap_or(date);
        signature.outcome == Outcome::Holds
            && holds(signature, made_at).is_none()
            && own(signature, domain, facts).is_none()
            && core(signature).is_none()
    });
    is_own.then(|| {
        let mut hash = Sha256::new_with_prefix("balie.same_mail/1");
        hash.update(date.as_micros().to_be_bytes());
        for part in [from, &evidence.subject, &evidence.body_sha256] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        HEXLOWER.encode(&hash.finalize())
    })
}

/// What one copy shows for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// The verdict on it alone.
    pub verdict: Verdict,
    /// A signature that holds is aligned with the sender.
    pub is_aligned: bool,
    /// The sender's own signature covers all that [`same_mail`] hashes.
    pub is_own: bool,
    /// How many checks fail.
    pub failed: usize,
    /// The desk that it's for.
    pub desk: Option<RegionCode>,
    /// A signature says so.
    pub desk_is_proven: bool,
}

impl Copy {
    /// Judges a copy by itself, with what is known today.
    #[must_use]
    pub fn of(evidence: &Evidence, facts: &DirectoryFacts, policy: &Policy, at: Timestamp) -> Self {
        let facts = DirectoryFacts {
            seen_as: None,
            ..facts.clone()
        };
        let case = Case {
            evidence,
            facts: &facts,
            policy,
            now: at,
            proof: weigh(evidence, &facts, at),
        };
        let judgement = judge_case(&case);
        let failed = |check: &&Check| check.result == CheckResult::Fail;
        let proof = &case.proof;
        let proven = proof.proven().map(|best| &best.addressed);
        let addressed = proof.best.as_ref().map(|best| &best.addressed);
        Self {
            verdict: judgement.verdict,
            is_aligned: proof.aligned.is_some(),
            is_own: same_mail(evidence, &facts).is_some(),
            failed: judgement.checks.iter().filter(failed).count(),
            desk: desk_of_request(addressed, evidence, &facts),
            desk_is_proven: matches!(proven, Some(Addressed::Desks { .. })),
        }
    }

    /// How much speaks for it.
    const fn standing(&self) -> (u8, bool, Reverse<usize>) {
        let verdict = match self.verdict {
            Verdict::Verified => 2,
            Verdict::Challenge => 1,
            Verdict::Rejected => 0,
        };
        (verdict, self.is_aligned, Reverse(self.failed))
    }

    fn is_better_than(&self, other: &Self) -> bool {
        self.standing() > other.standing()
    }

    /// Both name a desk, not the same one, and nothing that is signed decides between them.
    fn disagrees_with(&self, other: &Self) -> bool {
        let is_open = !self.desk_is_proven && !other.desk_is_proven;
        is_open && self.desk.is_some() && other.desk.is_some() && self.desk != other.desk
    }

    /// The desk of a request that this is one more copy of, where it isn't the one on file: what is signed
    /// says, and where copies disagree over what isn't, none does, so that every desk that it may be for sees it.
    #[must_use]
    pub fn desk_with(&self, on_file: &Self) -> Desk {
        if self.desk_is_proven {
            Desk::Is(self.desk.clone())
        } else if self.disagrees_with(on_file) {
            Desk::Is(None)
        } else {
            Desk::Stays
        }
    }
}

/// What becomes of a request's desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Desk {
    /// As it was.
    Stays,
    /// This one, or none that is known.
    Is(Option<RegionCode>),
}

/// How far a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It can be gone on with.
    Open,
    /// An operator turned it down, or its time is over; nobody used or confirmed it.
    Closed,
    /// It was used, or confirmed.
    Spent,
}

/// A request that came in with what may be the same mail.
#[derive(Clone, Debug)]
pub struct Earlier {
    /// What its mail shows for itself.
    pub copy: Copy,
    /// How far it is.
    pub stage: Stage,
    /// It's known by a signature; else by what the mail says alone.
    pub by_signature: bool,
    /// DNS leaves the new mail open, and the fields that its signature names aren't those of this one: one
    /// of the two is spoilt, and nobody knows which.
    pub may_be_another: bool,
}

/// What a mail is, beside those that came in before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// A mail of its own.
    First,
    /// One more copy of this open request's.
    Again(usize),
    /// A better copy of this open request's.
    Better(usize),
    /// A copy of one that can't be gone on with.
    Replay(usize),
}

/// Which it is. The earlier ones come newest first.
#[must_use]
pub fn came_before(new: &Copy, earlier: &[Earlier]) -> Came {
    let counts = |seen: &Earlier| {
        let is_other_mail = !seen.by_signature && new.is_own && seen.copy.is_own;
        let is_known_by_all = seen.by_signature || seen.stage == Stage::Spent;
        let is_settled = is_known_by_all || seen.copy.verdict == Verdict::Verified;
        !is_other_mail && (is_settled || !seen.may_be_another)
    };
    let counting = || (0..).zip(earlier).filter(|(_, seen)| counts(seen));
    let mut open: Vec<(usize, &Earlier)> = counting()
        .filter(|(_, seen)| seen.stage == Stage::Open)
        .collect();
    open.sort_by_key(|(_, seen)| !seen.by_signature);
    let bars = |seen: &Earlier| match seen.stage {
        Stage::Open => false,
        Stage::Spent => true,
        // What nobody signed may have been all that was wrong with it.
        Stage::Closed => {
            let went_elsewhere = new.disagrees_with(&seen.copy) && new.verdict != Verdict::Rejected;
            !new.is_better_than(&seen.copy) && !went_elsewhere
        }
    };
    let barred = counting().find(|(_, seen)| bars(seen));
    match (barred, open.first()) {
        (Some((at, _)), None) => Came::Replay(at),
        (None, Some((at, seen))) if new.is_better_than(&seen.copy) => Came::Better(*at),
        (_, Some((at, _))) => Came::Again(*at),
        (None, None) => Came::First,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    fn key(change: impl FnOnce(&mut Sample)) -> Option<String> {
        let sample = Sample::with(change);
        same_mail(&sample.evidence, &sample.facts)
    }

    #[test]
    fn every_copy_of_a_mail_has_one_key_and_another_mail_has_another() {
        let genuine = key(|_| {}).unwrap();
        let copies: [fn(&mut Sample); 5] = [
            |s| s.signature().sha256 = "another".into(),
            |s| s.signature().algorithm = "ed25519-sha256".into(),
            |s| s.evidence.to.clear(),
            |s| s.evidence.message_id = Some("x@y".into()),
            |s| s.signature().expires_at = Some(s.now),
        ];
        for (at, copy) in copies.into_iter().enumerate() {
            assert_eq!(key(copy).as_ref(), Some(&genuine), "{at}");
        }
        let others: [fn(&mut Sample); 4] = [
            |s| s.evidence.date = Some(s.now),
            |s| s.evidence.subject = "Nog een".into(),
            |s| s.evidence.body_sha256 = "00".into(),
            |s| s.evidence.from = Some("d.bos@beatrixschool.nl".into()),
        ];
        for (at, other) in others.into_iter().enumerate() {
            assert_ne!(key(other).unwrap(), genuine, "{at}");
        }
        let unknown: [fn(&mut Sample); 5] = [
            |s| s.signature().outcome = Outcome::Broken,
            |s| s.signature().outcome = Outcome::Unreachable,
            |s| s.signature().domain = "evil.example".into(),
            |s| s.signature().partial_body = true,
            |s| s.signature().signed.retain(|name| name != "subject"),
        ];
        for (at, change) in unknown.into_iter().enumerate() {
            assert_eq!(key(change), None, "{at}");
        }
    }

    fn copy(change: impl FnOnce(&mut Sample)) -> Copy {
        let sample = Sample::with(change);
        Copy::of(&sample.evidence, &sample.facts, &sample.policy, sample.now)
    }

    fn unsigned_to(address: &'static str) -> Copy {
        copy(|s| {
            s.signature().signed.retain(|name| name != "to");
            s.evidence.to[0].address = address.into();
        })
    }

    fn earlier(copy: &Copy, stage: Stage) -> Earlier {
        Earlier {
            copy: copy.clone(),
            stage,
            by_signature: true,
            may_be_another: false,
        }
    }

    #[test]
    fn one_mail_makes_one_request() {
        let genuine = copy(|_| {});
        let spoilt = copy(|s| s.evidence.automatic.push("Auto-Submitted".into()));
        let came = |new: &Copy, before: &[Earlier]| came_before(new, before);
        assert_eq!(came(&genuine, &[]), Came::First);
        let open = earlier(&genuine, Stage::Open);
        assert_eq!(came(&genuine, std::slice::from_ref(&open)), Came::Again(0));
        assert_eq!(came(&spoilt, &[open]), Came::Again(0));
        for stage in [Stage::Spent, Stage::Closed] {
            let before = earlier(&genuine, stage);
            assert_eq!(
                came(&genuine, std::slice::from_ref(&before)),
                Came::Replay(0)
            );
            // The record of one replay isn't a way in for the next.
            let replay = earlier(&spoilt, Stage::Open);
            assert_eq!(came(&genuine, &[replay, before]), Came::Again(0));
        }
        let spent = earlier(&spoilt, Stage::Spent);
        assert_eq!(came(&genuine, &[spent]), Came::Replay(0));
    }

    #[test]
    fn a_spoilt_copy_that_comes_first_keeps_nothing_out() {
        let genuine = copy(|_| {});
        let bends: [fn(&mut Sample); 3] = [
            |s| s.evidence.automatic.push("Auto-Submitted".into()),
            |s| s.evidence.reply_to.push("x@evil.example".into()),
            |s| s.evidence.signatures.clear(),
        ];
        for (at, bend) in bends.into_iter().enumerate() {
            let spoilt = copy(bend);
            let open = earlier(&spoilt, Stage::Open);
            assert_eq!(came_before(&genuine, &[open]), Came::Better(0), "{at}");
            let closed = earlier(&spoilt, Stage::Closed);
            assert_eq!(came_before(&genuine, &[closed]), Came::First, "{at}");
        }
    }

    #[test]
    fn a_desk_that_nobody_signed_decides_nothing() {
        let utrecht = unsigned_to("utrecht@otservicedesk.nl");
        let noord = unsigned_to("noord@otservicedesk.nl");
        let nobody = unsigned_to("x@y.nl");
        assert_eq!(utrecht.desk_with(&noord), Desk::Is(None));
        assert_eq!(utrecht.desk_with(&utrecht), Desk::Stays);
        assert_eq!(nobody.desk_with(&utrecht), Desk::Stays);
        let proven = copy(|_| {});
        let signed = Desk::Is(Some("utrecht".parse().unwrap()));
        assert_eq!(proven.desk_with(&noord), signed);
        assert_eq!(noord.desk_with(&proven), Desk::Stays);
        let closed = earlier(&noord, Stage::Closed);
        assert_eq!(
            came_before(&utrecht, std::slice::from_ref(&closed)),
            Came::First
        );
        assert_eq!(came_before(&noord, &[closed]), Came::Replay(0));
    }

    #[test]
    fn of_several_desks_the_accounts_own_is_the_one() {
        let both = |change: fn(&mut Sample)| {
            let copy = copy(|s| {
                let mut noord = s.evidence.to[0].clone();
                noord.address = "noord@otservicedesk.nl".into();
                s.evidence.to.insert(0, noord);
                change(s);
            });
            copy.desk.map(|desk| desk.to_string())
        };
        let is = |desk: &str| Some(desk.to_owned());
        assert_eq!(both(|_| {}), is("utrecht"));
        assert_eq!(both(|s| s.evidence.signatures.clear()), is("utrecht"));
        assert_eq!(both(|s| s.facts.accounts.clear()), is("noord"), "the first");
        let of_requester = both(|s| {
            s.facts.accounts.clear();
            let requester = s.facts.requester.as_mut().unwrap();
            requester.regions = vec!["utrecht".parse().unwrap()];
        });
        assert_eq!(of_requester, is("utrecht"));
    }

    #[test]
    fn what_it_says_makes_two_mails_one_only_where_nothing_tells_them_apart() {
        let genuine = copy(|_| {});
        let by_content = |copy: &Copy, stage| Earlier {
            by_signature: false,
            ..earlier(copy, stage)
        };
        let other = by_content(&genuine, Stage::Spent);
        assert_eq!(came_before(&genuine, &[other]), Came::First);
        let unsigned = copy(|s| s.evidence.signatures.clear());
        let confirmed = by_content(&unsigned, Stage::Spent);
        assert_eq!(came_before(&genuine, &[confirmed]), Came::Replay(0));
        let undecided = copy(|s| s.signature().outcome = Outcome::Unreachable);
        for stage in [Stage::Open, Stage::Closed] {
            let spoilt = Earlier {
                may_be_another: true,
                ..by_content(&undecided, stage)
            };
            assert_eq!(came_before(&undecided, &[spoilt]), Came::First);
        }
        let used = Earlier {
            may_be_another: true,
            ..by_content(&genuine, Stage::Spent)
        };
        assert_eq!(came_before(&undecided, &[used]), Came::Replay(0));
    }
}
