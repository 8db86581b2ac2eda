//! A second pair of eyes: exactly what was shown, who may say yes to it, and whether the yes is still valid.

use jiff::SignedDuration;
use sha2::{Digest, Sha256};

use crate::domain::log::event::Hash;
use crate::domain::refusal::Refusal;
use crate::domain::text_value::text_enum;
use crate::domain::timestamp::Timestamp;

/// How long a yes is valid, in minutes.
const VALID_MINUTES: i64 = 60;

text_enum! {
    /// What is approved.
    SubjectKind, UnknownSubjectKind, "kind of subject", {
        /// What a request asks for one account.
        Request = "request",
        /// A bulk plan.
        Plan = "plan",
        /// A break-glass case.
        Case = "case",
    }
}

/// What is approved, as people and the database name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject<'s> {
    /// What it is.
    pub kind: SubjectKind,
    /// Its public id.
    pub id: &'s str,
    /// The one account that it's about, by its internal id; none when it's about all.
    pub account: Option<i64>,
    /// What is to be done.
    pub action: &'s str,
}

/// What is shown to the second operator, field by field, on its way to a hash. Whatever would make
/// that operator think again has to be in it: a yes is void when one of the fields has changed.
#[derive(Clone, Debug)]
pub struct Shown(Sha256);

impl Shown {
    /// Begins with the subject.
    #[must_use]
    pub fn new(subject: &Subject<'_>) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(b"balie.approval/1");
        Self(hasher)
            .field("kind", subject.kind.as_str())
            .field("id", subject.id)
            .field("action", subject.action)
    }

    /// One more field.
    #[must_use]
    pub fn field(mut self, name: &str, value: &str) -> Self {
        for bytes in [name.as_bytes(), value.as_bytes()] {
            self.0.update((bytes.len() as u64).to_be_bytes());
            self.0.update(bytes);
        }
        self
    }

    /// The hash that a yes is bound to.
    #[must_use]
    pub fn hash(self) -> Hash {
        self.0.finalize().into()
    }
}

/// A yes that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// The login of whoever gave it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What was shown.
    pub hash: Hash,
}

impl Approval {
    /// When it is no longer valid.
    #[must_use]
    pub fn valid_until(&self) -> Timestamp {
        self.at.plus(SignedDuration::from_mins(VALID_MINUTES))
    }

    /// Whether it is valid at `now` for what is shown now. One from the future doesn't: the clock was
    /// set back.
    #[must_use]
    pub fn stands(&self, shown: &Hash, now: Timestamp) -> bool {
        self.hash == *shown && self.at <= now && now < self.valid_until()
    }
}

/// The yes that lets `actor` go on, if there is one: never the actor's own.
#[must_use]
pub fn standing<'a>(
    approvals: &'a [Approval],
    shown: &Hash,
    actor: &str,
    now: Timestamp,
) -> Option<&'a Approval> {
    approvals
        .iter()
        .find(|approval| approval.by != actor && approval.stands(shown, now))
}

/// Who is about to approve.
#[derive(Clone, Copy, Debug)]
pub struct Approver<'a> {
    /// The login.
    pub login: &'a str,
    /// The work address, where it's on file.
    pub work_email: Option<&'a str>,
}

/// The people that a subject is about.
#[derive(Clone, Copy, Debug, Default)]
pub struct Involved<'a> {
    /// The login of whoever started it, or acts on it.
    pub starter: Option<&'a str>,
    /// The address of whoever asks for it.
    pub requester: Option<&'a str>,
    /// The username of whoever it is for.
    pub holder: Option<&'a str>,
    /// The work address of whoever it is for.
    pub holder_address: Option<&'a str>,
}

/// Whether somebody may be the second pair of eyes: not who started it, not who asks, and not who it
/// is for. That it takes a senior is the role's rule.
pub fn may_approve(approver: &Approver<'_>, involved: &Involved<'_>) -> Result<(), Refusal> {
    let same_login = |login: Option<&str>| login == Some(approver.login);
    let same_address = |address: Option<&str>| address.is_some() && address == approver.work_email;
    if same_login(involved.starter) {
        return Err(Refusal::FourEyesRequired);
    }
    if same_login(involved.holder)
        || same_address(involved.requester)
        || same_address(involved.holder_address)
    {
        return Err(Refusal::SamePerson);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SUBJECT: Subject<'_> = Subject {
        kind: SubjectKind::Request,
        id: "R-4K7Q2",
        account: Some(1),
        action: "reset",
    };

    fn shown(name: &str) -> Hash {
        Shown::new(&SUBJECT).field("name", name).hash()
    }

    #[test]
    fn a_field_can_not_slide_into_its_neighbour() {
        let one = Shown::new(&SUBJECT).field("a", "bc").field("d", "");
        let two = Shown::new(&SUBJECT).field("ab", "c").field("d", "");
        let three = Shown::new(&SUBJECT).field("a", "bcd").field("", "");
        let hashes = [one, two, three].map(Shown::hash);
        assert!(hashes[0] != hashes[1] && hashes[1] != hashes[2] && hashes[0] != hashes[2]);
    }

    #[test]
    fn the_same_yes_is_for_one_subject_and_one_action() {
        let other = |subject: Subject<'_>| Shown::new(&subject).field("name", "Joost").hash();
        for changed in [
            Subject {
                action: "reissue",
                ..SUBJECT
            },
            Subject {
                id: "R-4K7Q3",
                ..SUBJECT
            },
            Subject {
                kind: SubjectKind::Plan,
                ..SUBJECT
            },
        ] {
            assert_ne!(other(changed), other(SUBJECT), "{changed:?}");
        }
    }

    proptest! {
        #[test]
        fn a_yes_lets_another_go_on_for_an_hour_and_only_while_nothing_changed(
            minutes in -90_i64..90, own in any::<bool>(), changed in any::<bool>()
        ) {
            let at = Timestamp::from_seconds(1_000_000);
            let now = at.plus(SignedDuration::from_mins(minutes));
            let approvals = [Approval { by: "petra".into(), at, hash: shown("Joost") }];
            let actor = if own { "petra" } else { "fatima" };
            let found = shown(if changed { "Joop" } else { "Joost" });
            let may = !own && !changed && (0..60).contains(&minutes);
            prop_assert_eq!(standing(&approvals, &found, actor, now).is_some(), may);
        }
    }

    #[test]
    fn nobody_approves_what_they_started_asked_for_or_get() {
        let petra = Approver {
            login: "petra",
            work_email: Some("petra@desk.nl"),
        };
        let nobody = Involved::default();
        assert_eq!(may_approve(&petra, &nobody), Ok(()));
        let started = Involved {
            starter: Some("petra"),
            ..nobody
        };
        assert_eq!(
            may_approve(&petra, &started),
            Err(Refusal::FourEyesRequired)
        );
        for involved in [
            Involved {
                holder: Some("petra"),
                ..nobody
            },
            Involved {
                requester: Some("petra@desk.nl"),
                ..nobody
            },
            Involved {
                holder_address: Some("petra@desk.nl"),
                ..nobody
            },
        ] {
            assert_eq!(may_approve(&petra, &involved), Err(Refusal::SamePerson));
        }
        // An operator without an address on file is nobody's twin.
        let bare = Approver {
            work_email: None,
            ..petra
        };
        assert_eq!(may_approve(&bare, &nobody), Ok(()));
    }
}
