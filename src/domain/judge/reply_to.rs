//! Answers go to the sender: Reply-To and Sender name nobody else.

use super::Case;
use super::finding::{Finding, doubt, pass, reject};
use crate::domain::evidence::{Evidence, Outcome};

pub(super) fn check(case: &Case<'_>) -> Finding {
    let evidence = case.evidence;
    let from = evidence.from.as_deref().unwrap_or_default();
    let elsewhere: Vec<&str> = evidence
        .reply_to
        .iter()
        .chain(&evidence.sender)
        .map(String::as_str)
        .filter(|address| *address != from)
        .collect();
    if elsewhere.is_empty() {
        return pass("answers go to the sender");
    }
    let text = format!(
        "Reply-To or Sender names somebody else: {}",
        elsewhere.join(", ")
    );
    if was_put_in_later(evidence) {
        reject(format!("{text}; that was put in after the mail was signed"))
    } else {
        doubt(text)
    }
}

/// A signature holds, and doesn't cover the field.
fn was_put_in_later(evidence: &Evidence) -> bool {
    let names = ["reply-to", "sender"];
    evidence.signatures.iter().any(|signature| {
        signature.outcome == Outcome::Holds
            && signature
                .unsigned
                .iter()
                .any(|name| names.contains(&name.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::domain::verdict::Verdict;

    #[test]
    fn somebody_else_is_a_doubt_and_put_in_later_a_rejection() {
        let mut sample = Sample::with(|sample| {
            sample.evidence.reply_to = vec!["x@evil.example".into()];
        });
        assert_eq!(sample.look(check).allows, Verdict::Challenge);
        sample.signature().unsigned.push("reply-to".into());
        assert_eq!(sample.look(check).allows, Verdict::Rejected);
        let sender = Sample::with(|sample| sample.evidence.sender = Some("x@y.nl".into()));
        assert_eq!(sender.look(check).allows, Verdict::Challenge);
        let same = Sample::with(|sample| {
            sample.evidence.reply_to = vec!["d.visser@beatrixschool.nl".into()];
        });
        assert_eq!(same.look(check).allows, Verdict::Verified);
    }
}
