//! What a mail is, beside those that came in before it.

use super::copies::Copy;
use crate::domain::request::verdict::Verdict;

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

impl Earlier {
    /// It's the same mail, as far as anybody can tell.
    fn is_copy_of(&self, new: &Copy) -> bool {
        let is_other_mail = !self.by_signature && new.is_own && self.copy.is_own;
        let is_known_by_all = self.by_signature || self.stage == Stage::Spent;
        let is_settled = is_known_by_all || self.copy.verdict == Verdict::Verified;
        !is_other_mail && (is_settled || !self.may_be_another)
    }

    /// It keeps a copy of its mail from being gone on with.
    fn bars(&self, new: &Copy) -> bool {
        match self.stage {
            Stage::Open => false,
            Stage::Spent => true,
            // What nobody signed may have been all that was wrong with it.
            Stage::Closed => {
                let went_elsewhere =
                    new.disagrees_with(&self.copy) && new.verdict != Verdict::Rejected;
                !new.is_better_than(&self.copy) && !went_elsewhere
            }
        }
    }
}

/// Which of them keeps this copy from being gone on with.
#[must_use]
pub fn barred_by(new: &Copy, earlier: &[Earlier]) -> Option<usize> {
    earlier
        .iter()
        .position(|seen| seen.is_copy_of(new) && seen.bars(new))
}

/// Which it is. The earlier ones come newest first.
#[must_use]
pub fn came_before(new: &Copy, earlier: &[Earlier]) -> Came {
    let counting = || {
        let counts = |(_, seen): &(usize, &Earlier)| seen.is_copy_of(new);
        (0..).zip(earlier).filter(counts)
    };
    let mut open: Vec<(usize, &Earlier)> = counting()
        .filter(|(_, seen)| seen.stage == Stage::Open)
        .collect();
    open.sort_by_key(|(_, seen)| !seen.by_signature);
    let barred = counting().find(|(_, seen)| seen.bars(new));
    match (barred, open.first()) {
        (Some((at, _)), None) => Came::Replay(at),
        (None, Some((at, seen))) if new.is_better_than(&seen.copy) => Came::Better(*at),
        (_, Some((at, _))) => Came::Again(*at),
        (None, None) => Came::First,
    }
}

#[cfg(test)]
mod tests {
    use super::super::copies::Desk;
    use super::super::sample::Sample;
    use super::*;
    use crate::domain::request::evidence::Outcome;

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
