//! A line of the log as other systems collect it: OCSF 1.3 and CEF 0. `docs/operations.md` has the table.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::cli::output::json;
use crate::domain::log::event::Action;
use crate::store::log::EventRow;

/// How grave it is, in OCSF's numbers: informational, medium, high.
fn severity(action: &str) -> u8 {
    if action.contains("break_glass") {
        4
    } else if action.contains("reset") || action.contains("reissue") || is_refusal(action) {
        3
    } else {
        1
    }
}

fn is_refusal(action: &str) -> bool {
    action.ends_with("refused") || action.ends_with("denied") || action.ends_with("rejected")
}

fn only_reads(action: &str) -> bool {
    action.parse().is_ok_and(Action::only_reads)
}

/// The activity of OCSF's Account Change (3001), and its name.
fn account_activity(action: &str) -> (u8, &'static str) {
    match action {
        "account.add" => (1, "Create"),
        "account.unblock" | "unlock" => (2, "Enable"),
        "account.block" => (5, "Disable"),
        action if is_refusal(action) => (99, "Other"),
        action if action.starts_with("reset") => (11, "MFA Factor Disable"),
        action if action.starts_with("enroll") => (10, "MFA Factor Enable"),
        _ => (99, "Other"),
    }
}

/// The line as OCSF: Account Change where an account was changed, Entity Management for all else.
pub(super) fn ocsf(event: &EventRow, detail: &Value) -> Value {
    let action = event.action.as_str();
    let changes_account = event.account.is_some() && !only_reads(action);
    let (class, class_name, (activity, activity_name)) = if changes_account {
        (3001, "Account Change", account_activity(action))
    } else if only_reads(action) {
        (3004, "Entity Management", (2, "Read"))
    } else {
        (3004, "Entity Management", (3, "Update"))
    };
    let failed = is_refusal(action);
    let mut line = json!({
        "metadata": {
            "version": "1.3.0",
            "product": { "name": "Balie", "vendor_name": "Balie", "version": env!("CARGO_PKG_VERSION") },
            "uid": event.seq.to_string(),
            "event_code": action,
            "sequence": event.seq,
        },
        "time": event.at.as_micros().div_euclid(1000),
        "category_uid": 3,
        "category_name": "Identity & Access Management",
        "class_uid": class,
        "class_name": class_name,
        "activity_id": activity,
        "activity_name": activity_name,
        "type_uid": class * 100 + u64::from(activity),
        "severity_id": severity(action),
        "status_id": if failed { 2 } else { 1 },
        "status": if failed { "Failure" } else { "Success" },
        "actor": { "user": { "name": event.operator } },
        "unmapped": {
            "action": action,
            "request": event.request,
            "detail": detail,
            "hash": data_encoding::HEXLOWER.encode(&event.hash),
        },
    });
    if changes_account {
        line["user"] = json!({
            "name": event.username,
            "uid": event.account.map(|id| id.to_string()),
        });
    } else {
        let noun = action.split('.').next().unwrap_or_default();
        line["entity"] = json!({ "name": noun, "type": noun, "uid": event.request });
    }
    line
}

/// The line as CEF.
pub(super) fn cef(event: &EventRow, detail: &Value) -> String {
    let action = event.action.as_str();
    let severity = match severity(action) {
        4 => 8,
        3 => 5,
        _ => 2,
    };
    let header = escaped(action, &['|']);
    let mut line = format!(
        "CEF:0|Balie|Balie|{}|{header}|{header}|{severity}|",
        env!("CARGO_PKG_VERSION")
    );
    let hash = data_encoding::HEXLOWER.encode(&event.hash);
    let fields = [
        ("rt", event.at.as_micros().div_euclid(1000).to_string()),
        ("externalId", event.seq.to_string()),
        ("suser", event.operator.clone()),
        ("duser", event.username.clone().unwrap_or_default()),
        (
            "outcome",
            if is_refusal(action) {
                "failure"
            } else {
                "success"
            }
            .to_owned(),
        ),
        ("cs1Label", "request".to_owned()),
        ("cs1", event.request.clone().unwrap_or_default()),
        ("cs2Label", "hash".to_owned()),
        ("cs2", hash),
        ("msg", json::text(detail)),
    ];
    let fields = fields.into_iter().filter(|(_, value)| !value.is_empty());
    for (at, (key, value)) in fields.enumerate() {
        let space = if at == 0 { "" } else { " " };
        // Writing to a string doesn't fail.
        let _ = write!(line, "{space}{key}={}", escaped(&value, &['=']));
    }
    line
}

/// A value that can't end its field, or its line.
fn escaped(text: &str, special: &[char]) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => safe.push_str("\\n"),
            '\r' => safe.push_str("\\r"),
            c => {
                if c == '\\' || special.contains(&c) {
                    safe.push('\\');
                }
                safe.push(c);
            }
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_cef_field_or_line_early() {
        assert_eq!(escaped("a|b\\c\nd=e", &['|']), "a\\|b\\\\c\\nd=e");
        assert_eq!(escaped("a|b\\c\r\nd=e", &['=']), "a|b\\\\c\\r\\nd\\=e");
    }
}
