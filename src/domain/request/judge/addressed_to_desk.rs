//! The desk is addressed in words that the sender's signature covers, so that a mail to somebody else that is
//! sent on to the desk isn't a request.

use super::addressed::{Addressed, By};
use super::case::{Case, join};
use super::finding::{Finding, doubt, pass, reject};
use crate::domain::request::evidence::{Evidence, Outcome};

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
    use crate::domain::request::evidence::{NoText, Recipient};
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
