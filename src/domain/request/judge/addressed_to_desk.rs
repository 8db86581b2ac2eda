//! The desk is addressed in words that the sender's signature covers, so that a mail to somebody else that is
//! sent on to the desk isn't a request.

use super::addressed_in_words::{by_first_line, by_subject, desk_at, hides_words};
use super::finding::{Finding, doubt, pass, reject};
use super::near_miss::near_miss;
use super::proof::Read;
use super::unmet::{Condition, Mender, Unmet};
use super::{Case, DirectoryFacts, join};
use crate::domain::code::RegionCode;
use crate::domain::request::evidence::{Evidence, NoText, Outcome, Recipient, Signature};

/// Which desks a signature says that the mail is for.
pub(super) enum Addressed {
    /// These, and how it says so.
    Desks { regions: Vec<RegionCode>, by: By },
    /// None.
    Nobody {
        unmet: Unmet,
        /// To is signed, and names somebody else.
        elsewhere: bool,
    },
}

/// How a desk is named.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// To or Cc, which are signed.
    Recipients,
    /// The first line of the text.
    FirstLine,
    /// The subject.
    Subject,
}

/// The desk that a request goes to: one that a signature proves, or else one that To and Cc name. Where that
/// are several, the accounts' own or the requester's own, or else the first.
pub(super) fn desk_of_request(
    addressed: Option<&Addressed>,
    evidence: &Evidence,
    facts: &DirectoryFacts,
) -> Option<RegionCode> {
    let regions = match addressed {
        Some(Addressed::Desks { regions, .. }) => regions.clone(),
        _ => regions_of(evidence.recipients(), facts),
    };
    let requester = facts.requester.iter();
    let own = requester.flat_map(|requester| &requester.regions);
    let of_accounts = facts.covered().chain(&facts.accounts);
    let of_accounts = of_accounts.flat_map(|account| &account.regions);
    let mut preferred = of_accounts.chain(own);
    let found = preferred.find(|region| regions.contains(region));
    found.or(regions.first()).cloned()
}

/// The desks of these addresses, in their order.
fn regions_of<'a>(
    addresses: impl Iterator<Item = &'a str>,
    facts: &DirectoryFacts,
) -> Vec<RegionCode> {
    let mut regions: Vec<RegionCode> = Vec::new();
    for region in addresses.filter_map(|address| desk_at(address, facts)) {
        if !regions.contains(&region) {
            regions.push(region);
        }
    }
    regions
}

/// What this signature says: by the recipients that it covers (A1), or where it leaves them out, by the first
/// line or the subject (A2).
pub(super) fn addressed(
    signature: &Signature,
    evidence: &Evidence,
    read: Option<Read<'_>>,
    facts: &DirectoryFacts,
) -> Addressed {
    if let Some(regions) = by_recipients(signature, evidence, facts) {
        return Addressed::Desks {
            regions,
            by: By::Recipients,
        };
    }
    if signature.covers("to") {
        let names_desk =
            !regions_of(evidence.to.iter().map(|to| to.address.as_str()), facts).is_empty();
        return Addressed::Nobody {
            elsewhere: !names_desk,
            unmet: unmet(evidence, None, facts),
        };
    }
    let by_text = read.filter(|read| !hides_words(read.reading));
    let by_text = by_text.and_then(|read| {
        let by_line = by_first_line(read, facts).map(|region| (region, By::FirstLine));
        let by_subject = || by_subject(signature, evidence, read, facts);
        by_line.or_else(|| Some((by_subject()?, By::Subject)))
    });
    match by_text {
        Some((region, by)) => Addressed::Desks {
            regions: vec![region],
            by,
        },
        None => Addressed::Nobody {
            elsewhere: false,
            unmet: unmet(evidence, Some((signature, read)), facts),
        },
    }
}

/// A1: a desk is in To or Cc, which is signed, under a name that isn't somebody's on file.
fn by_recipients(
    signature: &Signature,
    evidence: &Evidence,
    facts: &DirectoryFacts,
) -> Option<Vec<RegionCode>> {
    let signed = |name: &str, list: &'_ [Recipient]| -> Vec<String> {
        let under_own_name = |to: &&Recipient| !facts.names_on_file.contains(&to.name);
        let list = list.iter().filter(|_| signature.covers(name));
        list.filter(under_own_name)
            .map(|to| to.address.clone())
            .collect()
    };
    let mut addresses = signed("to", &evidence.to);
    addresses.extend(signed("cc", &evidence.cc));
    let regions = regions_of(addresses.iter().map(String::as_str), facts);
    (!regions.is_empty()).then_some(regions)
}

/// Which desk isn't named; `by_words` is what the words are read by, where the recipients aren't signed.
fn unmet(
    evidence: &Evidence,
    by_words: Option<(&Signature, Option<Read<'_>>)>,
    facts: &DirectoryFacts,
) -> Unmet {
    let near = by_words.and_then(|(signature, read)| near_miss(signature, evidence, read, facts));
    let mut desks = facts.desks.iter().map(|(_, desk)| desk);
    let written_to = desks
        .clone()
        .find(|desk| evidence.recipients().any(|to| to == desk.as_str()));
    let desk = near.as_ref().map(|near| near.desk).or(written_to);
    let desk = desk.or(desks.next());
    let desk = desk.map_or("the desk's address", |desk| desk.as_str());
    let why = if by_words.is_none() {
        "the recipients that are signed don't name the desk"
    } else {
        "the recipients (To) aren't signed, so the mail may have been written to somebody else"
    };
    let is_html = by_words
        .and_then(|(_, read)| read)
        .is_some_and(|read| read.reading.no_text == Some(NoText::HtmlOnly));
    let what = if is_html {
        format!("send the mail as plain text, with the first line `Aan: {desk}`, or use the code")
    } else {
        format!("write the desk's address into the mail: first line `Aan: {desk}`")
    };
    Unmet {
        condition: Condition::Addressed,
        why: near.map_or_else(|| why.to_owned(), |near| format!("{why}; {}", near.why)),
        who: Mender::Director,
        what,
    }
}

pub(super) fn check(case: &Case<'_>) -> Finding {
    let evidence = case.evidence;
    let Some(best) = &case.proof.best else {
        return doubt(format!(
            "nothing that is signed says who it was written to; it names {}",
            shown(evidence)
        ));
    };
    match &best.addressed {
        Addressed::Desks { regions, by } => {
            let how = match by {
                By::Recipients => "",
                By::FirstLine => " (its first line says so; To isn't signed)",
                By::Subject => " (its subject says so; To isn't signed)",
            };
            pass(format!("addressed to the desk of {}{how}", join(regions)))
        }
        Addressed::Nobody {
            elsewhere: true, ..
        } if best.signature.outcome == Outcome::Holds => reject(elsewhere(evidence)),
        Addressed::Nobody { unmet, .. } => doubt(format!("{}: {}", unmet.why, unmet.what)),
    }
}

/// Whom a mail is for whose signed recipients name no desk.
fn elsewhere(evidence: &Evidence) -> String {
    if evidence.to.is_empty() {
        return format!(
            "it's addressed to {} (the desk may have been in Bcc, which shows nothing): ask for a new mail to the desk itself",
            shown(evidence)
        );
    }
    format!(
        "it's addressed to {}, which isn't a desk of ours",
        shown(evidence)
    )
}

/// Some of many.
fn shown(evidence: &Evidence) -> String {
    let all: Vec<&str> = evidence.recipients().collect();
    let count = all.len() + evidence.more_recipients;
    let first = all[..all.len().min(5)].join(", ");
    match count {
        0 => "nobody".to_owned(),
        1..=5 => first,
        count => format!("{first} and {} more", count - 5),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::domain::request::verdict::Verdict;

    fn to(address: &str) -> Vec<Recipient> {
        vec![Recipient {
            address: address.into(),
            name: String::new(),
        }]
    }

    #[test]
    fn only_an_exact_desk_address_that_is_signed_counts() {
        for address in [
            "x@school.nl",
            "utrecht+x@otservicedesk.nl",
            "utrecht@otservicedesk.nl.evil",
        ] {
            let sample = Sample::with(|sample| sample.evidence.to = to(address));
            assert_eq!(sample.look(check).allows, Verdict::Rejected, "{address}");
        }
        let crowd = Sample::with(|s| s.evidence.to = vec![to("x@y.nl").remove(0); 90]);
        assert!(
            crowd
                .look(check)
                .detail
                .whole()
                .contains("and 85 more, which isn't a desk")
        );
        assert_eq!(Sample::genuine().look(check).allows, Verdict::Verified);
        let unsigned_cc = Sample::with(|s| {
            s.evidence.to = to("x@y.nl");
            s.evidence.cc = to("utrecht@otservicedesk.nl");
        });
        assert_eq!(unsigned_cc.look(check).allows, Verdict::Rejected);
        let named = Sample::with(|s| {
            s.evidence.to[0].name = "Jan Jansen".into();
            s.facts.names_on_file = vec!["Jan Jansen".into()];
        });
        assert_eq!(named.look(check).allows, Verdict::Challenge);
    }

    #[test]
    fn whoever_wrote_html_or_put_the_desk_in_bcc_is_told_so() {
        let html = Sample::with(|sample| {
            sample.signature().signed.retain(|name| name != "to");
            let reading = &mut sample.evidence.readings[0];
            reading.text = "Aan: utrecht@otservicedesk.nl\n\nGraag j.jansen".into();
            reading.no_text = Some(NoText::HtmlOnly);
        });
        let told = html.look(check).detail.whole();
        assert!(
            told.contains("no plain text") && told.contains("as plain text"),
            "{told}"
        );
        let bcc = Sample::with(|sample| sample.evidence.to.clear());
        let found = bcc.look(check);
        assert_eq!(found.allows, Verdict::Rejected);
        let told = found.detail.whole();
        assert!(
            told.contains("to nobody (the desk may have been in Bcc"),
            "{told}"
        );
    }

    /// A mail whose To isn't signed, with this text and subject.
    fn unsigned_to(subject: &str, text: &str) -> Verdict {
        let sample = Sample::with(|sample| {
            sample.signature().signed.retain(|name| name != "to");
            sample.evidence.subject = subject.into();
            sample.evidence.readings[0].text = text.into();
        });
        sample.look(check).allows
    }

    #[test]
    fn the_first_line_names_the_desk() {
        for line in [
            "Aan: utrecht@otservicedesk.nl",
            "aan:\u{a0} Utrecht@OTservicedesk.nl",
            "To: <utrecht@otservicedesk.nl>",
            "Aan: utrecht@otservicedesk.nl<mailto:utrecht@otservicedesk.nl>",
            "Aan: utrecht@otservicedesk.nl <mailto:utrecht@otservicedesk.nl>",
            "Aan: utrecht@otservicedesk.nl <utrecht@otservicedesk.nl>",
        ] {
            assert_eq!(
                unsigned_to("x", &format!("\n{line}\n\nGraag j.jansen")),
                Verdict::Verified,
                "{line}"
            );
        }
        for text in [
            "Beste desk\nAan: utrecht@otservicedesk.nl",
            "Aan: utrecht@otservicedesk.nl, x@y.nl",
            "Aan: x@y.nl<mailto:utrecht@otservicedesk.nl>",
            "Aan: x@y.nl <utrecht@otservicedesk.nl>",
            "Aan: utrecht@otservicedesk.nl\nOnderwerp: 2FA\n",
            "Aan: utrecht@otservicedesk.nl\n\nVan: Jan\n",
            "> Aan: utrecht@otservicedesk.nl",
            "utrecht@otservicedesk.nl",
            "Aan: Joost Jansen <utrecht@otservicedesk.nl>",
            "Aan: Servicedesk Utrecht <utrecht@otservicedesk.nl>",
            "Aan:\nutrecht@otservicedesk.nl",
            "Aan:\nutrecht@otservicedesk.nl, x@y.nl",
            "Aan:\nutrecht@otservicedesk.nl\nGraag\nx\nOnderwerp: 2FA",
            "Aan:\nGraag\nutrecht@otservicedesk.nl",
        ] {
            assert_eq!(unsigned_to("x", text), Verdict::Challenge, "{text}");
        }
    }

    #[test]
    fn the_subject_names_the_desk_at_its_head() {
        for subject in [
            "2FA-reset utrecht@otservicedesk.nl",
            "2fa reset voor Utrecht@otservicedesk.nl graag vandaag",
            "utrecht@otservicedesk.nl",
            "voor utrecht@otservicedesk.nl",
            "2FA\u{2011}reset utrecht@otservicedesk.nl",
            "2FA\u{2013}reset voor utrecht@otservicedesk.nl",
        ] {
            assert_eq!(
                unsigned_to(subject, "Graag j.jansen"),
                Verdict::Verified,
                "{subject}"
            );
        }
        for subject in [
            "RE: 2FA-reset utrecht@otservicedesk.nl",
            "2FA-reset: utrecht@otservicedesk.nl",
            "2FA-reset utrecht@otservicedesk.nl: nee",
            "2FA-reset: utrecht@otservicedesk.nl: nee",
            "RE: 2FA-reset: utrecht@otservicedesk.nl",
            "2FA-reset: Re: utrecht@otservicedesk.nl",
            "Graag 2FA-reset utrecht@otservicedesk.nl",
            "2FA utrecht@otservicedesk.nl",
            "2FA-reset utrecht@otservicedesk.nl.evil.example",
            "2FA-reset <utrecht@otservicedesk.nl>",
        ] {
            assert_eq!(
                unsigned_to(subject, "Graag j.jansen"),
                Verdict::Challenge,
                "{subject}"
            );
        }
        assert_eq!(
            unsigned_to("2FA-reset utrecht@otservicedesk.nl", "Graag\n> j.jansen"),
            Verdict::Challenge
        );
    }
}
