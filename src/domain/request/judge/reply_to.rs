//! Answers go to the sender, or to somebody whom the sender's own signature names.

use super::case::Case;
use super::finding::{Finding, doubt, pass};

pub(super) fn check(case: &Case<'_>) -> Finding {
    let evidence = case.evidence;
    let from = evidence.from.as_deref().unwrap_or_default();
    if let Some(sender) = evidence.sender.as_deref().filter(|sender| *sender != from) {
        return doubt(format!(
            "somebody else sent it for {from}: {sender} (Sender)"
        ));
    }
    let elsewhere: Vec<&str> = evidence
        .reply_to
        .iter()
        .map(String::as_str)
        .filter(|address| *address != from)
        .collect();
    if elsewhere.is_empty() {
        return pass("answers go to the sender");
    }
    let elsewhere = elsewhere.join(", ");
    let proven = case.proof.proven();
    if proven.is_some_and(|proven| proven.signature.covers("reply-to")) {
        pass(format!(
            "the sender asks for answers to go to {elsewhere}; the desk never sends there"
        ))
    } else {
        doubt(format!(
            "answers would go to somebody else: {elsewhere} (Reply-To)"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::domain::request::verdict::Verdict;

    #[test]
    fn somebody_else_is_a_doubt_unless_the_sender_signed_it() {
        let mut sample = Sample::with(|sample| {
            sample.evidence.reply_to = vec!["x@evil.example".into()];
        });
        assert_eq!(sample.look(check).allows, Verdict::Challenge);
        sample.signature().signed.push("reply-to".into());
        assert_eq!(sample.look(check).allows, Verdict::Verified);
        let sender = Sample::with(|sample| {
            sample.evidence.sender = Some("x@y.nl".into());
            sample.signature().signed.push("sender".into());
        });
        assert_eq!(sender.look(check).allows, Verdict::Challenge);
        let same = Sample::with(|sample| {
            sample.evidence.reply_to = vec!["d.visser@beatrixschool.nl".into()];
        });
        assert_eq!(same.look(check).allows, Verdict::Verified);
    }
}
