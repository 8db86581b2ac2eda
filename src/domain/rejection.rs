//! What somebody on file is told to do when a mail in his name was rejected as it came in.

/// The advice for the checks that failed; nothing where nobody is to be answered: a machine wrote
/// (answers would go round in circles), or the same mail was delivered twice.
#[must_use]
pub fn advice(failed: &[&str]) -> Option<&'static str> {
    let has = |name: &str| failed.contains(&name);
    if has("written_by_person") || has("not_replayed") || has("requester_known") {
        None
    } else if has("dmarc") || has("single_sender") || has("forwarding") || has("reply_to") {
        // Nobody but the domain's own servers may send in its name: it may well be a forgery.
        Some("forged")
    } else if has("authority") {
        Some("authority")
    } else if has("fresh") {
        Some("old")
    } else {
        Some("unreadable")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machines_and_strangers_are_not_answered() {
        assert_eq!(advice(&["fresh", "written_by_person"]), None);
        assert_eq!(advice(&["requester_known"]), None);
        assert_eq!(advice(&["not_replayed", "fresh"]), None);
        assert_eq!(advice(&["dkim", "dmarc", "fresh"]), Some("forged"));
        assert_eq!(advice(&["fresh"]), Some("old"));
        assert_eq!(advice(&["authority"]), Some("authority"));
        assert_eq!(advice(&["well_formed"]), Some("unreadable"));
    }
}
