//! A bulk plan: the list of accounts that is meant, and what binds it to what was seen.

use sha2::{Digest as _, Sha256};

use super::work::PlanWork;
use crate::domain::account::AccountStatus;
use crate::domain::code32;
use crate::domain::log::event::Hash;
use crate::domain::refusal::{Refusal, UnknownRefusal};
use crate::domain::second_factor::delivery::Delivery;
use crate::domain::text_value::{text_enum, text_value};
use crate::domain::timestamp::Timestamp;

const LENGTH: usize = 6;

text_value! {
    /// A plan's public id. Read in any case, with O for 0 and I or L for 1.
    PlanId, BadPlanId, "`{0}` isn't a plan id such as P-4K7Q2M", normalise
}

impl PlanId {
    /// A fresh one. 30 bits: the database refuses a double and the caller draws again.
    pub fn draw(rng: &mut dyn rand::CryptoRng) -> Self {
        Self(format!("P-{}", code32::draw(rng, LENGTH)))
    }

    /// As it's typed where nothing but a plan's id fits: `P-` may be left out.
    pub fn typed(text: &str) -> Result<Self, BadPlanId> {
        let meant = code32::prefixed('P', text).find_map(|text| text.parse().ok());
        meant.ok_or_else(|| BadPlanId(text.to_owned()))
    }
}

fn normalise(text: &str) -> Option<String> {
    let mut rest = text.trim().chars();
    rest.next().filter(|c| c.eq_ignore_ascii_case(&'P'))?;
    rest.next().filter(|c| code32::is_hyphen(*c))?;
    let digits = code32::read(rest.as_str())?;
    (digits.len() == LENGTH).then(|| format!("P-{digits}"))
}

text_enum! {
    /// The state of a row.
    RowState, UnknownRowState, "row state", {
        /// To be done.
        Ready = "ready",
        /// Done.
        Done = "done",
        /// A rule said no, or there is no such account.
        Refused = "refused",
        /// The state found isn't the one that was planned for.
        Conflict = "conflict",
    }
}

/// Why a row isn't done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowFault {
    /// A rule says no.
    Refused(Refusal),
    /// There is no such account.
    Unknown,
    /// The entry in the list isn't a username.
    NoUsername,
    /// A colleague has the account open: it isn't done now, and may be later.
    Held,
}

impl RowFault {
    /// The code of the contract.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.as_str(),
            Self::Unknown => "not_found",
            Self::NoUsername => "invalid_input",
            Self::Held => "held_by_colleague",
        }
    }

    /// What happened, for the operator.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.sentence(),
            Self::Unknown => "there is no such account",
            Self::NoUsername => "this isn't a username",
            Self::Held => "a colleague has this account open",
        }
    }

    /// Where it leaves the row.
    #[must_use]
    pub const fn state(self) -> RowState {
        match self {
            Self::Refused(refusal) if refusal.is_conflict() => RowState::Conflict,
            Self::Held => RowState::Conflict,
            _ => RowState::Refused,
        }
    }
}

impl std::str::FromStr for RowFault {
    type Err = UnknownRefusal;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "not_found" => Ok(Self::Unknown),
            "invalid_input" => Ok(Self::NoUsername),
            "held_by_colleague" => Ok(Self::Held),
            _ => text.parse().map(Self::Refused),
        }
    }
}

/// What of an account a plan depends on. Logins and failures change none of it.
#[derive(Clone, Copy, Debug)]
pub struct AccountState<'s> {
    /// The internal id.
    pub account: i64,
    /// The username.
    pub username: &'s str,
    /// The holder's name.
    pub name: &'s str,
    /// Where the holder is told.
    pub work_email: &'s str,
    /// Whether it may log in.
    pub status: AccountStatus,
    /// Rises with every reset.
    pub session_epoch: i64,
    /// The internal id of the enrollment that isn't retired, and when it was confirmed.
    pub enrollment: Option<(i64, Option<Timestamp>)>,
    /// The internal id of the recovery code that can still be used.
    pub recovery_code: Option<i64>,
    /// Its roles and where, as one text in a fixed order.
    pub roles: &'s str,
}

impl AccountState<'_> {
    /// The fingerprint that a row keeps: a later one that differs is `changed_since_plan`.
    #[must_use]
    pub fn fingerprint(&self) -> Hash {
        let (enrollment, enrolled_at) = self.enrollment.unzip();
        let enrolled_at = enrolled_at.flatten().map(Timestamp::as_micros);
        let mut sum = Sum::new(b"balie.account-state/1");
        sum.number(self.account)
            .text(self.username)
            .text(self.name)
            .text(self.work_email)
            .text(self.status.as_str())
            .number(self.session_epoch)
            .optional(enrollment)
            .optional(enrolled_at)
            .optional(self.recovery_code)
            .text(self.roles);
        sum.finish()
    }
}

/// A row as it was planned: what the plan's hash runs over, whatever became of it since.
#[derive(Clone, Copy, Debug)]
pub struct PlannedRow<'r> {
    /// Its place in the plan, from 1 on.
    pub position: i64,
    /// The username as it was read.
    pub username: &'r str,
    /// The account and its fingerprint; or why it was refused.
    pub planned: Result<(i64, Hash), RowFault>,
}

/// The hash over a whole plan, taken row by row in constant memory.
#[derive(Clone, Debug)]
pub struct PlanHash(Sum);

impl PlanHash {
    /// Begins with what holds for every row: whom codes are encrypted to as well.
    #[must_use]
    pub fn new(id: &PlanId, work: &PlanWork, request: &str, made_by: &str) -> Self {
        let mut sum = Sum::new(b"balie.plan/1");
        sum.text(id.as_str())
            .text(work.action().as_str())
            .text(work.delivery().map_or("", Delivery::as_str))
            .text(work.recipient().unwrap_or_default())
            .text(request)
            .text(made_by);
        Self(sum)
    }

    /// Takes the next row.
    pub fn take(&mut self, row: &PlannedRow<'_>) {
        self.0.number(row.position).text(row.username);
        match &row.planned {
            Ok((account, fingerprint)) => self.0.number(*account).bytes(fingerprint),
            Err(fault) => self.0.text("").text(fault.as_str()),
        };
    }

    /// The hash.
    #[must_use]
    pub fn finish(self) -> Hash {
        self.0.finish()
    }
}

/// SHA-256 over length-prefixed fields, so that none slides into its neighbour.
#[derive(Clone, Debug)]
struct Sum(Sha256);

impl Sum {
    fn new(tag: &[u8]) -> Self {
        Self(Sha256::new().chain_update(tag))
    }

    fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.update((bytes.len() as u64).to_be_bytes());
        self.0.update(bytes);
        self
    }

    fn text(&mut self, text: &str) -> &mut Self {
        self.bytes(text.as_bytes())
    }

    fn number(&mut self, number: i64) -> &mut Self {
        self.bytes(&number.to_be_bytes())
    }

    fn optional(&mut self, number: Option<i64>) -> &mut Self {
        match number {
            Some(number) => self.number(number),
            None => self.bytes(b""),
        }
    }

    fn finish(self) -> Hash {
        self.0.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn state() -> AccountState<'static> {
        AccountState {
            account: 7,
            username: "j.jansen",
            name: "Joost Jansen",
            work_email: "j.jansen@beatrixschool.nl",
            status: AccountStatus::Active,
            session_epoch: 3,
            enrollment: Some((11, Some(Timestamp::from_seconds(5)))),
            recovery_code: Some(13),
            roles: "1:utrecht:teacher",
        }
    }

    #[test]
    fn whatever_a_plan_depends_on_changes_the_fingerprint() {
        let planned = state().fingerprint();
        assert_eq!(planned, state().fingerprint());
        let changes: [fn(&mut AccountState<'_>); 9] = [
            |state| state.account = 8,
            |state| state.name = "Joost Janssen",
            |state| state.work_email = "j@devecht.nl",
            |state| state.status = AccountStatus::Blocked,
            |state| state.session_epoch = 4,
            |state| state.enrollment = None,
            |state| state.enrollment = Some((11, None)),
            |state| state.recovery_code = None,
            |state| state.roles = "2:utrecht:teacher",
        ];
        for change in changes {
            let mut other = state();
            change(&mut other);
            assert_ne!(other.fingerprint(), planned, "{other:?}");
        }
    }

    #[test]
    fn a_plan_for_another_recipient_is_another_plan() {
        use super::super::work::Road;
        let id: PlanId = "P-4K7Q2M".parse().unwrap();
        let works = [
            PlanWork::Reset,
            PlanWork::Reissue(Road::Mail),
            PlanWork::Reissue(Road::Letter),
            PlanWork::Reissue(Road::Sealed("age1a".into())),
            PlanWork::Reissue(Road::Sealed("age1b".into())),
        ];
        let hash = |work| PlanHash::new(&id, work, "R-4K7Q2", "fatima").finish();
        let hashes: std::collections::BTreeSet<_> = works.iter().map(hash).collect();
        assert_eq!(hashes.len(), works.len());
    }

    #[test]
    fn codes_read_back() {
        let refusals = Refusal::ALL
            .iter()
            .map(|refusal| RowFault::Refused(*refusal));
        for fault in refusals.chain([RowFault::Unknown, RowFault::NoUsername, RowFault::Held]) {
            assert_eq!(fault.as_str().parse(), Ok(fault));
        }
    }

    #[test]
    fn ids_are_read_the_way_people_say_them() {
        assert_eq!("p-4kol2i".parse::<PlanId>().unwrap().as_str(), "P-4K0121");
        for text in [
            "",
            "P-",
            "4K7Q2M",
            "P-4K7Q2",
            "R-4K7Q2M",
            "P-4K7Q2MM",
            "é-4K7Q2",
        ] {
            assert!(text.parse::<PlanId>().is_err(), "{text:?} was taken");
        }
    }

    proptest! {
        #[test]
        fn a_plan_with_another_row_has_another_hash(
            names in proptest::collection::vec("[a-z]{1,4}", 1..12), at in 0_usize..12, how in 0..4
        ) {
            let id: PlanId = "P-4K7Q2M".parse().unwrap();
            let hash = |names: &[(String, Hash)]| {
                let mut hash = PlanHash::new(&id, &PlanWork::Reset, "R-4K7Q2", "fatima");
                for (position, (username, fingerprint)) in (1..).zip(names) {
                    hash.take(&PlannedRow { position, username, planned: Ok((position, *fingerprint)) });
                }
                hash.finish()
            };
            let rows: Vec<_> = names.into_iter().map(|name| (name, [0; 32])).collect();
            let at = at % rows.len();
            let mut other = rows.clone();
            match how {
                0 => drop(other.remove(at)),
                1 => other[at].0.push('x'),
                2 => other[at].1[31] = 1,
                _ => other.push(("x".into(), [0; 32])),
            }
            prop_assert_ne!(hash(&rows), hash(&other));
        }
    }
}
