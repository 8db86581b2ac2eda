//! The policy that a domain publishes for mails in its name (RFC 7489), from answers that were collected.

use mail_auth::common::parse::TxtRecordParser as _;
use mail_auth::dmarc::{Dmarc as Record, Policy};

use super::tags::Tags;
use crate::domain::request::evidence::{Dmarc, DnsAnswer, TxtAnswer};

/// Where a domain's policy may be: its own, then its organisation's (RFC 7489 §6.6.3).
pub(super) fn names(domain: &str) -> Vec<String> {
    let own = format!("_dmarc.{domain}");
    let above = psl::domain_str(domain).filter(|above| *above != domain);
    std::iter::once(own)
        .chain(above.map(|above| format!("_dmarc.{above}")))
        .collect()
}

/// What it asks for.
pub(super) fn policy(domain: &str, answers: &[DnsAnswer]) -> Dmarc {
    for (index, name) in names(domain).iter().enumerate() {
        match answers
            .iter()
            .find(|answer| answer.name == *name)
            .map(|answer| &answer.answer)
        {
            Some(TxtAnswer::Unreachable(_)) => return Dmarc::Unreachable,
            Some(TxtAnswer::Records(records)) => {
                let mut policies = records
                    .iter()
                    .filter_map(|text| Some((text, Record::parse(text.as_bytes()).ok()?)));
                // Two records are none (RFC 7489 §6.6.3).
                if let (Some((text, record)), None) = (policies.next(), policies.next()) {
                    return Dmarc::Policy(asked(text, &record, index > 0).into());
                }
            }
            Some(TxtAnswer::Absent) | None => {}
        }
    }
    Dmarc::Absent
}

fn asked(text: &str, record: &Record, is_below: bool) -> &'static str {
    let policy = match record.sp {
        below if is_below && below != Policy::Unspecified => below,
        _ => record.p,
    };
    // A domain that is trying it out asks for the next weaker one (RFC 7489 §6.6.4: pct=0; its successor: t=y).
    let tags = Tags(text);
    let tries =
        tags.get("t").is_some_and(|t| t.eq_ignore_ascii_case("y")) || tags.number("pct") == Some(0);
    match (policy, tries) {
        (Policy::Reject, false) => "reject",
        (Policy::Reject, true) | (Policy::Quarantine, false) => "quarantine",
        _ => "none",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::timestamp::Timestamp;

    fn asks(record: &str) -> Dmarc {
        let answer = DnsAnswer {
            name: "_dmarc.school.nl".into(),
            answer: TxtAnswer::Records(vec![record.into()]),
            at: Timestamp::from_seconds(0),
        };
        policy("mail.school.nl", &[answer])
    }

    #[test]
    fn who_tries_it_out_asks_for_less() {
        for (record, asked) in [
            ("v=DMARC1; p=reject", "reject"),
            ("v=DMARC1; p=reject; t=y", "quarantine"),
            ("v=DMARC1; p=reject; pct=0", "quarantine"),
            ("v=DMARC1; p=reject; pct=50", "reject"),
            ("v=DMARC1; p=quarantine; pct=0", "none"),
            ("v=DMARC1; p=none; sp=reject", "reject"),
        ] {
            assert_eq!(asks(record), Dmarc::Policy(asked.into()), "{record}");
        }
        assert_eq!(asks("v=spf1 -all"), Dmarc::Absent);
    }
}
