//! A genuine mail as evidence, to be bent by the tests of the checks.

use super::case::Case;
use super::facts::{AccountFacts, DirectoryFacts, Naming, RequesterFacts};
use super::finding::Finding;
use super::proof::weigh;
use super::sum::judge;
use crate::domain::policy::Policy;
use crate::domain::request::evidence::{Dmarc, Evidence, Outcome, Reading, Recipient, Signature};
use crate::domain::request::mentioned::NamedBy;
use crate::domain::request::verdict::Judgement;
use crate::domain::timestamp::Timestamp;

pub(super) struct Sample {
    pub(super) evidence: Evidence,
    pub(super) facts: DirectoryFacts,
    pub(super) policy: Policy,
    pub(super) now: Timestamp,
}

impl Sample {
    pub(super) fn genuine() -> Self {
        let now = Timestamp::from_seconds(1_790_000_000);
        let signed = ["from", "to", "subject", "date", "message-id"];
        let signature = Signature {
            domain: "beatrixschool.nl".into(),
            selector: "s1".into(),
            algorithm: "rsa-sha256".into(),
            signed: signed.map(str::to_owned).to_vec(),
            key_bits: Some(2048),
            outcome: Outcome::Holds,
            reading: Some(0),
            ..Signature::default()
        };
        let evidence = Evidence {
            from: Some("d.visser@beatrixschool.nl".into()),
            authenticator_froms: vec!["d.visser@beatrixschool.nl".into()],
            to: vec![Recipient {
                address: "utrecht@otservicedesk.nl".into(),
                name: String::new(),
            }],
            readings: vec![Reading {
                text: "Graag de 2FA van j.jansen resetten.".into(),
                complete: true,
                ..Reading::default()
            }],
            date: Some(Timestamp::from_seconds(1_790_000_000 - 600)),
            signatures: vec![signature],
            dmarc: Dmarc::Policy("reject".into()),
            ..Evidence::default()
        };
        let region = |code: &str| code.parse().unwrap();
        let facts = DirectoryFacts {
            requester: Some(RequesterFacts {
                name: "Daan Visser".into(),
                valid: true,
                domains: vec!["beatrixschool.nl".into(), "devecht.nl".into()],
                regions: Vec::new(),
            }),
            desks: vec![
                (
                    region("utrecht"),
                    "utrecht@otservicedesk.nl".parse().unwrap(),
                ),
                (region("noord"), "noord@otservicedesk.nl".parse().unwrap()),
            ],
            accounts: vec![AccountFacts {
                username: "j.jansen".parse().unwrap(),
                is_requester: false,
                same_name: false,
                named: Some(NamedBy::Username),
                covered: true,
                privileged: false,
                regions: vec![region("utrecht")],
            }],
            naming: Naming {
                asks: true,
                doubt: None,
                others: Vec::new(),
                written_to: Vec::new(),
                named: Vec::new(),
            },
            ..DirectoryFacts::default()
        };
        Self {
            evidence,
            facts,
            policy: Policy::default(),
            now,
        }
    }

    pub(super) fn with(change: impl FnOnce(&mut Self)) -> Self {
        let mut sample = Self::genuine();
        change(&mut sample);
        sample
    }

    pub(super) fn signature(&mut self) -> &mut Signature {
        &mut self.evidence.signatures[0]
    }

    pub(super) fn judge(&self) -> Judgement {
        judge(&self.evidence, &self.facts, &self.policy, self.now)
    }

    pub(super) fn look(&self, check: impl FnOnce(&Case<'_>) -> Finding) -> Finding {
        check(&Case {
            evidence: &self.evidence,
            facts: &self.facts,
            policy: &self.policy,
            now: self.now,
            proof: weigh(&self.evidence, &self.facts, self.now),
        })
    }
}
