//! Which logins look as if several people used them. A login is one person's (rule 4 of the FAQ: "u kunt
//! geen inlog meer delen"); these signs are shown, and decide nothing.

use super::person_name::search_key;
use crate::domain::text_value::text_enum;

text_enum! {
    /// A sign that a login is shared.
    SharedSign, UnknownSharedSign, "sign of a shared login", {
        /// The username is a function's: `balie`, `admin2`, `team.onderbouw`.
        FunctionUsername = "function_username",
        /// The name is a function's: "Team onderbouw".
        FunctionName = "function_name",
        /// The work address is a function's: `info@school.nl`.
        FunctionAddress = "function_address",
        /// The name is that of several people: "Jan en Piet".
        SeveralNames = "several_names",
        /// Other logins have the same work address.
        SameAddress = "same_address",
        /// It has four roles or more at one school: hardly one person's.
        ManyRoles = "many_roles",
        /// Somebody got their own login because this one was shared.
        PersonalIssued = "personal_issued",
    }
}

/// What the signs are read from.
#[derive(Clone, Debug)]
pub struct LoginFacts<'l> {
    /// The username.
    pub username: &'l str,
    /// The holder's name.
    pub name: &'l str,
    /// The local part of the work address.
    pub local_part: &'l str,
    /// How many logins have that work address, this one included.
    pub same_address: i64,
    /// The most roles that it has at one organisation.
    pub roles_at_one: i64,
    /// How many personal logins were issued for it.
    pub personal: i64,
}

/// Words that nobody is called: one of them is enough.
const FUNCTIONS: &[&str] = &[
    "aanmelding",
    "admin",
    "administratie",
    "administrator",
    "algemeen",
    "beheerder",
    "bovenbouw",
    "collega",
    "collegas",
    "directie",
    "docenten",
    "gedeeld",
    "gedeelde",
    "gezamenlijk",
    "helpdesk",
    "info",
    "invaller",
    "invallers",
    "leerkrachten",
    "leraren",
    "middenbouw",
    "onderbouw",
    "receptie",
    "secretariaat",
    "servicedesk",
    "shared",
    "stagiair",
    "stagiaire",
    "stagiairs",
    "systeembeheer",
    "team",
    "zorgteam",
];
/// Words that are a function's where there are no other words, since people are called that too.
const PERHAPS: &[&str] = &[
    "balie",
    "beheer",
    "bestuur",
    "brin",
    "contact",
    "de",
    "docent",
    "gast",
    "groep",
    "het",
    "ib",
    "ict",
    "kantoor",
    "klas",
    "leerkracht",
    "mail",
    "office",
    "post",
    "school",
    "van",
    "zorg",
];
/// Four roles at one school are hardly one person's.
pub const MANY_ROLES: i64 = 4;

impl SharedSign {
    /// Its bit, where signs are kept as one number. Stored: a bit keeps its meaning for ever, wherever a new
    /// sign is in the list.
    #[must_use]
    pub const fn bit(self) -> i64 {
        match self {
            Self::FunctionUsername => 1,
            Self::FunctionName => 2,
            Self::FunctionAddress => 4,
            Self::SeveralNames => 8,
            Self::SameAddress => 16,
            Self::ManyRoles => 32,
            Self::PersonalIssued => 64,
        }
    }

    /// The signs that these bits stand for.
    #[must_use]
    pub fn of_bits(bits: i64) -> Vec<Self> {
        let is_set = |sign: &Self| bits & sign.bit() != 0;
        Self::ALL.iter().copied().filter(is_set).collect()
    }
}

/// The signs that the texts alone show.
const IN_TEXTS: [SharedSign; 4] = [
    SharedSign::FunctionUsername,
    SharedSign::FunctionName,
    SharedSign::FunctionAddress,
    SharedSign::SeveralNames,
];

/// The bits of all signs that the texts alone may show.
#[must_use]
pub fn bits_in_texts() -> i64 {
    IN_TEXTS.iter().map(|sign| sign.bit()).sum()
}

/// The bits of the signs that these texts show.
#[must_use]
pub fn bits_of_texts(username: &str, name: &str, local_part: &str) -> i64 {
    let found = signs_of_texts(username, name, local_part);
    let pairs = IN_TEXTS.iter().zip(found);
    pairs
        .filter(|(_, found)| *found)
        .map(|(sign, _)| sign.bit())
        .sum()
}

fn signs_of_texts(username: &str, name: &str, local_part: &str) -> [bool; 4] {
    [
        is_function(username),
        is_function(name),
        is_function(local_part),
        is_several(name),
    ]
}

/// The signs that a login is shared; none for most.
#[must_use]
pub fn signs(facts: &LoginFacts<'_>) -> Vec<SharedSign> {
    let in_texts = signs_of_texts(facts.username, facts.name, facts.local_part);
    let others = [
        (facts.same_address > 1, SharedSign::SameAddress),
        (facts.roles_at_one >= MANY_ROLES, SharedSign::ManyRoles),
        (facts.personal > 0, SharedSign::PersonalIssued),
    ];
    let all = in_texts.into_iter().zip(IN_TEXTS).chain(others);
    let found = all.filter(|(is, _)| *is);
    found.map(|(_, sign)| sign).collect()
}

fn is_function(text: &str) -> bool {
    let key = search_key(text);
    // `admin2` and `groep3` are words with a number.
    let apart = |c: char| !c.is_alphabetic();
    let words: Vec<&str> = key.split(apart).filter(|word| !word.is_empty()).collect();
    let is = |list: &[&str], word: &&str| list.contains(word);
    words.iter().any(|word| is(FUNCTIONS, word))
        || (!words.is_empty() && words.iter().all(|word| is(PERHAPS, word)))
}

fn is_several(name: &str) -> bool {
    let name = name.to_lowercase();
    [" en ", " and ", "&", "/", "+"]
        .iter()
        .any(|between| name.contains(between))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs_of(username: &str, name: &str, local_part: &str) -> Vec<SharedSign> {
        signs(&LoginFacts {
            username,
            name,
            local_part,
            same_address: 1,
            roles_at_one: 1,
            personal: 0,
        })
    }

    #[test]
    fn a_person_shows_no_sign() {
        for (username, name, local) in [
            ("j.jansen", "Joost Jansen", "j.jansen"),
            ("a.post", "Anna Post", "a.post"),
            ("b.school", "Bea van de School", "bea.school"),
            ("t.info", "Tea Minfo", "t.minfo"),
            ("k.balie", "Kees Balie", "k.balie"),
            ("m.teamer", "Mo Teamer", "m.teamer"),
            ("jansen2", "Jan Jansen", "jansen2"),
        ] {
            let expected = usize::from(username == "t.info");
            assert_eq!(
                signs_of(username, name, local).len(),
                expected,
                "{username}"
            );
        }
    }

    #[test]
    fn functions_and_several_people_are_seen() {
        use SharedSign as S;
        for (username, name, local, expected) in [
            (
                "balie",
                "Balie",
                "balie",
                vec![S::FunctionUsername, S::FunctionName, S::FunctionAddress],
            ),
            (
                "admin2",
                "Joost Jansen",
                "j.jansen",
                vec![S::FunctionUsername],
            ),
            (
                "team.onderbouw",
                "Team Onderbouw",
                "j.jansen",
                vec![S::FunctionUsername, S::FunctionName],
            ),
            ("groep3", "Juf Anna", "anna", vec![S::FunctionUsername]),
            ("j.jansen", "Joost Jansen", "info", vec![S::FunctionAddress]),
            (
                "gedeeld",
                "Gedeelde inlog",
                "x.y",
                vec![S::FunctionUsername, S::FunctionName],
            ),
            ("jp", "Jan en Piet", "jp", vec![S::SeveralNames]),
            ("jp", "J. Jansen / P. de Wit", "jp", vec![S::SeveralNames]),
            (
                "IB",
                "ÍB",
                "ib",
                vec![S::FunctionUsername, S::FunctionName, S::FunctionAddress],
            ),
        ] {
            assert_eq!(
                signs_of(username, name, local),
                expected,
                "{username}, {name}"
            );
        }
    }

    #[test]
    fn each_sign_has_a_bit_of_its_own() {
        let all: i64 = SharedSign::ALL.iter().map(|sign| sign.bit()).sum();
        assert_eq!(all, (1 << SharedSign::ALL.len()) - 1);
        assert_eq!(bits_in_texts(), 0b1111);
        assert_eq!(bits_of_texts("j.jansen", "Joost Jansen", "j.jansen"), 0);
        let balie = bits_of_texts("balie", "Jan en Piet", "info");
        assert_eq!(balie, 0b1101);
    }

    #[test]
    fn what_the_directory_knows_counts_too() {
        let facts = LoginFacts {
            username: "j.jansen",
            name: "Joost Jansen",
            local_part: "j.jansen",
            same_address: 2,
            roles_at_one: 4,
            personal: 1,
        };
        assert_eq!(
            signs(&facts),
            [
                SharedSign::SameAddress,
                SharedSign::ManyRoles,
                SharedSign::PersonalIssued
            ]
        );
    }
}
