//! What mails are for, in words.

/// What a mail of this kind is for, and whom it tells.
pub(super) fn purpose(kind: &str) -> String {
    let (what, to) = match kind {
        "account_added" => ("new login", HOLDER),
        "account_blocked" => ("account blocked", HOLDER),
        "account_unblocked" => ("account unblocked", HOLDER),
        "answer_holder" => ("answer of the FAQ's", HOLDER),
        "answer_requester" => ("answer of the FAQ's", REQUESTER),
        "break_glass_holder" => ("emergency reset", HOLDER),
        "break_glass_requester" => ("emergency reset", "to who could have asked"),
        "bulk_begun_requester" => ("resets begin", REQUESTER),
        "bulk_done_requester" => ("resets are through", REQUESTER),
        "bulk_reissue_begun_requester" => ("recovery codes begin", REQUESTER),
        "bulk_reissue_done_requester" => ("recovery codes are through", REQUESTER),
        "challenge" => ("code that confirms a request", REQUESTER),
        "desk_restored" => ("desk put back from a copy", "to the auditors"),
        "enrolled_holder" => ("enrolled", HOLDER),
        "locked_holder" => ("second factor locked", HOLDER),
        "password_holder" => ("password set", HOLDER),
        "personal_issued" => ("login of a colleague's own", "to a shared login"),
        "recovered_holder" => ("recovery code used", HOLDER),
        "recovery_code_holder" => ("recovery code", HOLDER),
        "refused_holder" => ("reset refused", HOLDER),
        "refused_requester" => ("reset refused", REQUESTER),
        "reissue_refused_holder" => ("recovery code refused", HOLDER),
        "reissue_refused_requester" => ("recovery code refused", REQUESTER),
        "reissued_holder" => ("recovery code issued", HOLDER),
        "reissued_requester" => ("recovery code issued", REQUESTER),
        "request_refused" => ("mail not taken", REQUESTER),
        "request_rejected" => ("request rejected", REQUESTER),
        "reset_holder" | "reset_holder_wrong_phone" => ("reset", HOLDER),
        "reset_requester" => ("reset", REQUESTER),
        "undone_holder" => ("reset undone", HOLDER),
        "undone_requester" => ("reset undone", REQUESTER),
        "unlocked_holder" => ("second factor unlocked", HOLDER),
        "window_reminder" => ("window closes soon", HOLDER),
        "window_reopened" => ("window reopened", HOLDER),
        other => return other.replace('_', " "),
    };
    format!("{what}, {to}")
}

const HOLDER: &str = "to the holder";
const REQUESTER: &str = "to the requester";

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
