//! Whether a mail that Microsoft signed with the school's key came from inside the school. Mails that are
//! handed in from outside leave with the same signature; Microsoft's own seal (ARC, RFC 8617) tells.

use super::facts::DirectoryFacts;
use super::unmet::{Condition, Mender, Unmet};
use crate::domain::request::evidence::{Evidence, FirstSeal, Outcome, Signature};

/// The field that only Microsoft signs.
const MICROSOFTS_OWN: &str = "x-ms-exchange-senderadcheck";
/// What the seal has to cover.
const SEALED: [&str; 4] = ["from", "date", "subject", "message-id"];

/// What isn't met; an error where DNS left it open.
pub(super) fn check(
    signature: &Signature,
    evidence: &Evidence,
    from_domain: &str,
    facts: &DirectoryFacts,
) -> Result<Option<Unmet>, String> {
    let is_sealed = evidence.is_sealed_by_microsoft();
    if facts.ignore_microsoft_origin || !(signature.covers(MICROSOFTS_OWN) || is_sealed) {
        return Ok(None);
    }
    let Some(seal) = evidence.first_seal.as_ref().filter(|_| is_sealed) else {
        let why = "Microsoft signed it when it left, and the note with which Microsoft says that it was written inside the school (its ARC seal) is missing";
        return Ok(Some(lost(why)));
    };
    if seal.outcome == Outcome::Unreachable {
        return Err("the key of Microsoft's seal couldn't be fetched: DNS didn't answer".into());
    }
    let covers = SEALED
        .iter()
        .all(|name| seal.signed.iter().any(|signed| signed == name));
    if seal.outcome != Outcome::Holds || !covers || seal.body_hash != signature.body_hash {
        let why = "the note with which Microsoft says where a mail was written (its ARC seal) doesn't fit this mail";
        return Ok(Some(lost(why)));
    }
    if came_to_a_mailbox_there(signature, seal) {
        return Ok(None);
    }
    let says = |passed: &[String]| passed.iter().any(|domain| domain == from_domain);
    if says(&seal.dmarc_passed) && says(&seal.dkim_passed) && !seal.came_from_outside {
        Ok(None)
    } else {
        let why = "it came to Microsoft from outside the school's mailboxes, from a server or a device, and Microsoft signed it on its way out: that doesn't show who wrote it";
        Ok(Some(handed_in(why)))
    }
}

/// Somebody else had signed it before Microsoft saw it: the seal is that of a mailbox at Microsoft that it
/// came to. Microsoft signs no To, so it isn't its own signature, made on the way out.
fn came_to_a_mailbox_there(signature: &Signature, seal: &FirstSeal) -> bool {
    !signature.covers(MICROSOFTS_OWN)
        && signature.covers("to")
        && seal.dkim_verified.contains(&signature.domain)
}

fn handed_in(why: &str) -> Unmet {
    unmet(
        why,
        "make sure that staff send from their own mailbox at Microsoft 365, and that no server, scanner or website hands mail in through an open connector",
    )
}

fn lost(why: &str) -> Unmet {
    unmet(
        why,
        "make sure that no gateway or forwarding between the school and the desk changes the mail or removes its ARC fields",
    )
}

fn unmet(why: &str, what: &str) -> Unmet {
    Unmet {
        condition: Condition::Origin,
        why: why.to_owned(),
        who: Mender::Administrator,
        what: what.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    /// What Microsoft's seal says of a mail from inside.
    fn sealed(sample: &mut Sample) -> &mut FirstSeal {
        sample.signature().body_hash = "ab".into();
        let own = vec!["beatrixschool.nl".to_owned()];
        sample.evidence.first_seal = Some(FirstSeal {
            sealer: "microsoft.com".into(),
            outcome: Outcome::Holds,
            signed: SEALED.map(str::to_owned).to_vec(),
            body_hash: "ab".into(),
            dmarc_passed: own.clone(),
            dkim_passed: own,
            ..FirstSeal::default()
        });
        sample.evidence.first_seal.as_mut().unwrap()
    }

    fn came_from_inside(change: impl FnOnce(&mut Sample)) -> bool {
        let mut sample = Sample::genuine();
        change(&mut sample);
        let signature = &sample.evidence.signatures[0];
        let checked = check(
            signature,
            &sample.evidence,
            "beatrixschool.nl",
            &sample.facts,
        );
        checked == Ok(None)
    }

    #[test]
    fn only_microsofts_own_word_for_this_very_mail_counts() {
        assert!(came_from_inside(|_| {}), "nothing of Microsoft's");
        assert!(came_from_inside(|sample| {
            sealed(sample);
        }));
        assert!(!came_from_inside(|sample| sample
            .signature()
            .signed
            .push(MICROSOFTS_OWN.into())));
        let bends: [fn(&mut FirstSeal); 8] = [
            |seal| seal.outcome = Outcome::Broken,
            |seal| seal.outcome = Outcome::Unreachable,
            |seal| seal.body_hash = "cd".into(),
            |seal| seal.signed.truncate(3),
            |seal| seal.came_from_outside = true,
            |seal| seal.dmarc_passed = vec!["evil.example".into()],
            |seal| seal.dkim_passed.clear(),
            |seal| std::mem::swap(&mut seal.dkim_passed, &mut seal.dkim_verified),
        ];
        for (at, bend) in bends.into_iter().enumerate() {
            assert!(
                !came_from_inside(|sample| {
                    sample.signature().signed =
                        ["from", "subject", "date"].map(str::to_owned).to_vec();
                    bend(sealed(sample));
                }),
                "{at}"
            );
        }
        assert!(came_from_inside(|sample| {
            sealed(sample).outcome = Outcome::Broken;
            sample.facts.ignore_microsoft_origin = true;
        }));
    }

    #[test]
    fn what_others_signed_may_come_to_a_mailbox_at_microsoft() {
        let came = |to: bool, bend: fn(&mut FirstSeal)| {
            came_from_inside(|sample| {
                if !to {
                    sample.signature().signed.retain(|name| name != "to");
                }
                let seal = sealed(sample);
                seal.came_from_outside = true;
                seal.dkim_passed.clear();
                seal.dkim_verified = vec!["beatrixschool.nl".into()];
                bend(seal);
            })
        };
        assert!(came(true, |_| {}));
        assert!(!came(false, |_| {}), "Microsoft may have made it");
        assert!(
            !came(true, |seal| seal.dkim_verified.clear()),
            "signed after the seal"
        );
    }
}
