//! Consortia, boards and schools: a tree.

use std::collections::HashMap;

use super::address::MailDomain;
use crate::domain::code::{OrganisationCode, RegionCode};
use crate::domain::text_value::text_enum;

text_enum! {
    /// What kind of organisation this is.
    OrganisationKind, UnknownOrganisationKind, "kind of organisation", {
        /// A consortium (samenwerkingsverband).
        Consortium = "consortium",
        /// A board (bestuur).
        Board = "board",
        /// A school.
        School = "school",
        /// Anything else.
        Other = "other",
    }
}

/// An organisation's place in the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What it's called.
    pub name: String,
    /// The region whose desk it writes to.
    pub region: RegionCode,
    /// The organisation above it.
    pub parent: Option<OrganisationCode>,
    /// Its mail domains.
    pub domains: Vec<MailDomain>,
}

/// Every organisation, by its code.
#[derive(Clone, Debug, Default)]
pub struct OrganisationTree(HashMap<OrganisationCode, Place>);

impl OrganisationTree {
    /// Puts an organisation in, in the place of an earlier one of that code.
    pub fn put(&mut self, code: OrganisationCode, place: Place) {
        self.0.insert(code, place);
    }

    /// The organisation with that code.
    #[must_use]
    pub fn get(&self, code: &OrganisationCode) -> Option<&Place> {
        self.0.get(code)
    }

    /// The organisation and all above it, from below to above. Ends where the tree runs in a ring.
    pub fn upwards<'t>(&'t self, code: &OrganisationCode) -> impl Iterator<Item = &'t Place> {
        let mut next = self.get(code);
        let mut steps = self.0.len();
        std::iter::from_fn(move || {
            let place = next?;
            steps = steps.checked_sub(1)?;
            next = place.parent.as_ref().and_then(|parent| self.get(parent));
            Some(place)
        })
    }

    /// Whether the way up from `code` never ends.
    #[must_use]
    pub fn is_ring(&self, code: &OrganisationCode) -> bool {
        let mut place = self.get(code);
        for _ in 0..=self.0.len() {
            match place.and_then(|place| place.parent.as_ref()) {
                Some(parent) => place = self.get(parent),
                None => return false,
            }
        }
        true
    }

    /// Whether somebody of `code` may have a work address in `domain` (rule 8).
    #[must_use]
    pub fn may_use(&self, code: &OrganisationCode, domain: &str) -> bool {
        self.upwards(code)
            .any(|place| place.domains.iter().any(|own| own.as_str() == domain))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(edges: &[(&str, Option<&str>)]) -> OrganisationTree {
        let mut tree = OrganisationTree::default();
        for (code, parent) in edges {
            tree.put(
                code.parse().unwrap(),
                Place {
                    name: (*code).into(),
                    region: "utrecht".parse().unwrap(),
                    parent: parent.map(|parent| parent.parse().unwrap()),
                    domains: vec![format!("{code}.nl").parse().unwrap()],
                },
            );
        }
        tree
    }

    #[test]
    fn a_work_address_lies_in_the_own_organisation_or_above() {
        let tree = tree(&[
            ("board", None),
            ("school", Some("board")),
            ("other", Some("board")),
        ]);
        let may = |code: &str, domain| tree.may_use(&code.parse().unwrap(), domain);
        assert!(may("school", "school.nl") && may("school", "board.nl"));
        assert!(!may("board", "school.nl") && !may("school", "other.nl"));
    }

    #[test]
    fn a_ring_is_seen_and_does_not_hang() {
        let tree = tree(&[
            ("a", Some("b")),
            ("b", Some("a")),
            ("c", Some("a")),
            ("d", None),
        ]);
        let ring = |code: &str| tree.is_ring(&code.parse().unwrap());
        assert!(ring("a") && ring("b") && ring("c") && !ring("d"));
        assert!(!tree.may_use(&"c".parse().unwrap(), "x.nl"));
    }
}
