//! What somebody on file is told to do when a mail in their name was rejected as it came in.

use super::verdict::CheckName;

/// The advice for the checks that reject; nothing where nobody is to be answered: a machine wrote
/// (answers would go round in circles), or the same mail was delivered twice.
#[must_use]
pub fn advice(rejected_by: &[CheckName]) -> Option<&'static str> {
    let has = |name: CheckName| rejected_by.contains(&name);
    if has(CheckName::WrittenByPerson)
        || has(CheckName::NotReplayed)
        || has(CheckName::RequesterKnown)
        || rejected_by.is_empty()
    {
        None
    } else if has(CheckName::SingleSender) || has(CheckName::WellFormed) {
        Some("unreadable")
    } else if has(CheckName::Authority) {
        Some("authority")
    } else if has(CheckName::Fresh) {
        Some("old")
    } else if has(CheckName::AddressedToDesk) {
        Some("elsewhere")
    } else {
        // Only the domain's servers don't show that they sent it: it may well be a forgery, and a code to the
        // address on file decides.
        Some("unproven")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use CheckName::{
        AddressedToDesk, Authority, Dmarc, Fresh, NotReplayed, RequesterKnown, SingleSender,
        WellFormed, WrittenByPerson,
    };

    #[test]
    fn machines_and_strangers_are_not_answered() {
        assert_eq!(advice(&[]), None);
        assert_eq!(advice(&[Fresh, WrittenByPerson]), None);
        assert_eq!(advice(&[RequesterKnown]), None);
        assert_eq!(advice(&[NotReplayed, Fresh]), None);
        assert_eq!(advice(&[Dmarc]), Some("unproven"));
        assert_eq!(advice(&[Dmarc, Fresh]), Some("old"));
        assert_eq!(advice(&[Authority]), Some("authority"));
        assert_eq!(advice(&[AddressedToDesk]), Some("elsewhere"));
        assert_eq!(advice(&[WellFormed]), Some("unreadable"));
        assert_eq!(advice(&[SingleSender]), Some("unreadable"));
    }
}
