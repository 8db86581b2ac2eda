//! What mails are for, in words.

use crate::cli::language::{noted, told};

/// What a mail of this kind is for, and whom it tells.
pub(super) fn purpose(kind: &str) -> String {
    let (what, to) = match kind {
        "account_added" => (noted!("new login"), HOLDER),
        "account_blocked" => (noted!("account blocked"), HOLDER),
        "account_unblocked" => (noted!("account unblocked"), HOLDER),
        "answer_holder" => (noted!("answer of the FAQ's"), HOLDER),
        "answer_requester" => (noted!("answer of the FAQ's"), REQUESTER),
        "break_glass_holder" => (noted!("emergency reset"), HOLDER),
        "break_glass_requester" => (noted!("emergency reset"), noted!("to who could have asked")),
        "bulk_begun_requester" => (noted!("resets begin"), REQUESTER),
        "bulk_done_requester" => (noted!("resets are through"), REQUESTER),
        "bulk_reissue_begun_requester" => (noted!("recovery codes begin"), REQUESTER),
        "bulk_reissue_done_requester" => (noted!("recovery codes are through"), REQUESTER),
        "challenge" => (noted!("code that confirms a request"), REQUESTER),
        "desk_restored" => (
            noted!("desk put back from a copy"),
            noted!("to the auditors"),
        ),
        "enrolled_holder" => (noted!("enrolled"), HOLDER),
        "locked_holder" => (noted!("second factor locked"), HOLDER),
        "password_holder" => (noted!("password set"), HOLDER),
        "personal_issued" => (
            noted!("login of a colleague's own"),
            noted!("to a shared login"),
        ),
        "recovered_holder" => (noted!("recovery code used"), HOLDER),
        "recovery_code_holder" => (noted!("recovery code"), HOLDER),
        "refused_holder" => (noted!("reset refused"), HOLDER),
        "refused_requester" => (noted!("reset refused"), REQUESTER),
        "reissue_refused_holder" => (noted!("recovery code refused"), HOLDER),
        "reissue_refused_requester" => (noted!("recovery code refused"), REQUESTER),
        "reissued_holder" => (noted!("recovery code issued"), HOLDER),
        "reissued_requester" => (noted!("recovery code issued"), REQUESTER),
        "request_refused" => (noted!("mail not taken"), REQUESTER),
        "request_rejected" => (noted!("request rejected"), REQUESTER),
        "reset_holder" | "reset_holder_wrong_phone" => (noted!("reset"), HOLDER),
        "reset_requester" => (noted!("reset"), REQUESTER),
        "undone_holder" => (noted!("reset undone"), HOLDER),
        "undone_requester" => (noted!("reset undone"), REQUESTER),
        "unlocked_holder" => (noted!("second factor unlocked"), HOLDER),
        "window_reminder" => (noted!("window closes soon"), HOLDER),
        "window_reopened" => (noted!("window reopened"), HOLDER),
        other => return other.replace('_', " "),
    };
    format!("{}, {}", told(what), told(to))
}

const HOLDER: &str = noted!("to the holder");
const REQUESTER: &str = noted!("to the requester");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_mail_has_its_words() {
        let schema = include_str!("../../../schemas/outbox.json");
        let schema: serde_json::Value = serde_json::from_str(schema).unwrap();
        let kinds = &schema["$defs"]["row"]["properties"]["kind"]["enum"];
        let kinds = kinds.as_array().unwrap();
        assert!(kinds.len() > 30);
        for kind in kinds.iter().filter_map(serde_json::Value::as_str) {
            assert!(purpose(kind).contains(", to "), "{kind}");
        }
        assert_eq!(purpose("some_later_kind"), "some later kind");
    }
}
