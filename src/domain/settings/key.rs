//! Every key of the desk's half of the config: what may stand there, and which way a caller may tighten it.

use serde_json::{Value, json};

use crate::domain::directory::address::WorkAddress;
use crate::domain::log::retention::{LOG_MONTHS_AT_LEAST, Retention};
use crate::domain::policy::Policy;

/// What is under a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// A whole number, between two bounds.
    Number,
    /// Texts.
    List,
    /// Yes or no.
    Switch,
}

/// What a caller may bring along on a closed desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tightens {
    /// A lower number.
    Lower,
    /// A higher number.
    Higher,
    /// This one value, which is the strictest.
    To(&'static str),
    /// Items that are added to the list.
    More,
    /// Fewer of the items of the list.
    Fewer,
    /// Nothing.
    Never,
}

/// A key of the desk's half.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Section and name, such as `policy.max_age_hours`.
    pub key: &'static str,
    /// What is there.
    pub kind: Kind,
    /// What a caller may bring along.
    pub tightens: Tightens,
    /// The least that a number may be: with less the desk would lock itself, or a rule would say nothing.
    pub least: u32,
    /// The most: with more the rule would say nothing, or couldn't be counted with.
    pub most: u32,
}

const fn setting_of(key: &'static str, kind: Kind, tightens: Tightens) -> Setting {
    Setting {
        key,
        kind,
        tightens,
        least: 0,
        most: u32::MAX,
    }
}

const fn number(key: &'static str, tightens: Tightens, least: u32, most: u32) -> Setting {
    Setting {
        key,
        kind: Kind::Number,
        tightens,
        least,
        most,
    }
}

/// A month of hours: whatever hasn't happened by then won't.
const MONTH: u32 = 720;
/// Ten years of days.
const DECADE: u32 = 3_650;
/// More than anybody does by hand.
const UNBOUNDED: u32 = 1_000_000;
/// The longest text, in characters: that of an address and of a server's name.
const LONGEST_TEXT: usize = 320;
/// The longest name that an app shows on one line, in characters.
const LONGEST_ISSUER: usize = 64;

/// By what right a token is asked for.
const FLOWS: [&str; 3] = ["client_credentials", "refresh_token", "device_code"];

/// Every key, in the order of the documentation.
pub const SETTINGS: &[Setting] = &[
    setting_of("dns.server", Kind::Text, Tightens::Never),
    setting_of("smtp.url", Kind::Text, Tightens::Never),
    setting_of("smtp.from", Kind::Text, Tightens::Never),
    setting_of("smtp.from_name", Kind::Text, Tightens::Never),
    setting_of("smtp.ehlo", Kind::Text, Tightens::Never),
    setting_of("smtp.auth", Kind::Text, Tightens::Never),
    setting_of("smtp.token_url", Kind::Text, Tightens::Never),
    setting_of("smtp.device_url", Kind::Text, Tightens::Never),
    setting_of("smtp.client_id", Kind::Text, Tightens::Never),
    setting_of("smtp.scope", Kind::Text, Tightens::Never),
    setting_of("smtp.flow", Kind::Text, Tightens::Never),
    setting_of("imap.url", Kind::Text, Tightens::Never),
    setting_of("imap.user", Kind::Text, Tightens::Never),
    setting_of("imap.after", Kind::Text, Tightens::Never),
    setting_of("imap.auth", Kind::Text, Tightens::Never),
    setting_of("imap.token_url", Kind::Text, Tightens::Never),
    setting_of("imap.device_url", Kind::Text, Tightens::Never),
    setting_of("imap.client_id", Kind::Text, Tightens::Never),
    setting_of("imap.scope", Kind::Text, Tightens::Never),
    setting_of("imap.flow", Kind::Text, Tightens::Never),
    setting_of("mail.authserv_ids", Kind::List, Tightens::Never),
    setting_of("mail.trusted_arc_sealers", Kind::List, Tightens::Fewer),
    setting_of("mail.microsoft_origin", Kind::Switch, Tightens::Never),
    setting_of("policy.challenge", Kind::Text, Tightens::To("always")),
    setting_of("policy.new_signer", Kind::Text, Tightens::To("challenge")),
    number("policy.max_age_hours", Tightens::Lower, 1, MONTH),
    number("policy.request_ttl_hours", Tightens::Lower, 1, MONTH),
    number("policy.enrollment_window_hours", Tightens::Lower, 1, MONTH),
    number("policy.undo_hours", Tightens::Never, 0, MONTH),
    number("policy.fresh_address_days", Tightens::Higher, 0, DECADE),
    number("policy.four_eyes_rows", Tightens::Lower, 0, UNBOUNDED),
    number("policy.max_rows", Tightens::Lower, 1, UNBOUNDED),
    number("policy.repeat_reset_days", Tightens::Higher, 0, DECADE),
    setting_of("policy.privileged_roles", Kind::List, Tightens::More),
    setting_of("policy.screen_delivery", Kind::Text, Tightens::To("never")),
    number("policy.session_idle_minutes", Tightens::Lower, 1, 1_440),
    // NIST SP 800-63B-4 2.2.3: once a day at least one shows again who one is.
    number("policy.session_hours", Tightens::Lower, 1, 24),
    number("policy.lookups_per_minute", Tightens::Lower, 1, UNBOUNDED),
    number("policy.resets_per_hour", Tightens::Lower, 1, UNBOUNDED),
    setting_of("policy.language", Kind::Text, Tightens::Never),
    setting_of("policy.issuer", Kind::Text, Tightens::Never),
    number(
        "retention.log_months",
        Tightens::Never,
        LOG_MONTHS_AT_LEAST,
        1_200,
    ),
    number("retention.mails_days", Tightens::Never, 1, DECADE),
];

/// The setting with that key.
#[must_use]
pub fn setting(key: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.key == key)
}

impl Setting {
    /// Its section and its name there.
    #[must_use]
    pub fn parts(&self) -> (&'static str, &'static str) {
        self.key.split_once('.').unwrap_or((self.key, ""))
    }

    /// What holds where nobody set it; null where that is nothing, or the system's.
    #[must_use]
    pub fn default(&self) -> Value {
        let (section, name) = self.parts();
        let of = |section: Result<Value, serde_json::Error>| {
            section.map_or(Value::Null, |values| values[name].clone())
        };
        match (section, self.kind) {
            ("policy", _) => of(serde_json::to_value(Policy::default())),
            ("retention", _) => of(serde_json::to_value(Retention::default())),
            (_, Kind::List) => json!([]),
            (_, Kind::Switch) => json!(true),
            ("imap", _) if name == "after" => json!("leave"),
            ("smtp" | "imap", _) if name == "auth" => json!("password"),
            ("smtp" | "imap", _) if name == "flow" => json!("client_credentials"),
            _ => Value::Null,
        }
    }

    /// Whether the value is one that may stand there; else what was expected. The value itself, which may
    /// hold a password by mistake, is never quoted.
    pub fn check(&self, value: &Value) -> Result<(), String> {
        let fits = match self.kind {
            Kind::Text => value.as_str().is_some_and(|text| self.takes(text)),
            Kind::Number => value
                .as_u64()
                .and_then(|number| u32::try_from(number).ok())
                .is_some_and(|number| (self.least..=self.most).contains(&number)),
            Kind::Switch => value.is_boolean(),
            Kind::List => value.as_array().is_some_and(|items| {
                let mut items = items.iter();
                items.all(|item| item.as_str().is_some_and(is_plain))
            }),
        };
        if fits && self.has_its_place(value) {
            return Ok(());
        }
        Err(format!("`{}` has to be {}", self.key, self.expected()))
    }

    fn takes(&self, text: &str) -> bool {
        is_plain(text)
            && match self.key {
                "smtp.from" => address_in(text).parse::<WorkAddress>().is_ok(),
                "smtp.auth" | "imap.auth" => ["password", "oauth2"].contains(&text),
                "smtp.flow" | "imap.flow" => FLOWS.contains(&text),
                // An app tells issuer and account apart by it (otpauth URIs).
                "policy.issuer" => !text.contains(':') && text.chars().count() <= LONGEST_ISSUER,
                _ => true,
            }
    }

    /// Whether it has a meaning for policy and retention, which know some keys by names of their own.
    fn has_its_place(&self, value: &Value) -> bool {
        let (section, name) = self.parts();
        let one = json!({ name: value });
        match section {
            "policy" => serde_json::from_value::<Policy>(one).is_ok(),
            "retention" => serde_json::from_value::<Retention>(one).is_ok(),
            _ => true,
        }
    }

    /// What may stand there, in words.
    #[must_use]
    pub fn expected(&self) -> String {
        match (self.key, self.kind) {
            ("policy.challenge", _) => "unless_proven, unless_fetched or always".into(),
            ("policy.new_signer", _) => "note or challenge".into(),
            ("policy.screen_delivery", _) => "never, show or read_aloud".into(),
            ("policy.language", _) => "nl or en".into(),
            ("policy.issuer", _) => {
                format!("a name without a colon, of at most {LONGEST_ISSUER} characters")
            }
            ("smtp.from", _) => {
                "a mail address, such as desk@example.nl or Servicedesk <desk@example.nl>".into()
            }
            ("smtp.auth" | "imap.auth", _) => "password or oauth2".into(),
            ("smtp.flow" | "imap.flow", _) => {
                "client_credentials, refresh_token or device_code".into()
            }
            ("policy.privileged_roles", _) => "a list of roles".into(),
            (_, Kind::Text) => "a text on one line that isn't empty".into(),
            (_, Kind::Number) => {
                format!("a whole number from {} to {}", self.least, self.most)
            }
            (_, Kind::Switch) => "true or false".into(),
            (_, Kind::List) => "a list of texts, none of them empty".into(),
        }
    }

    /// What is typed, as a value: a list has commas between its items.
    pub fn read(&self, text: &str) -> Result<Value, String> {
        let value = match self.kind {
            Kind::Text => json!(text),
            Kind::Number => text.parse::<u32>().map_or(Value::Null, Value::from),
            Kind::Switch => text.parse::<bool>().map_or(Value::Null, Value::from),
            Kind::List => {
                let items = text.split(',').map(str::trim);
                json!(items.filter(|item| !item.is_empty()).collect::<Vec<&str>>())
            }
        };
        self.check(&value)?;
        Ok(value)
    }

    /// The value as it would be typed; empty for nothing.
    #[must_use]
    pub fn show(&self, value: &Value) -> String {
        match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            Value::Array(items) => {
                let items = items.iter().filter_map(Value::as_str);
                items.collect::<Vec<_>>().join(", ")
            }
            other => other.to_string(),
        }
    }
}

/// The address of `Name <address>`; all of it where it has no name.
fn address_in(sender: &str) -> &str {
    let named = sender
        .strip_suffix('>')
        .and_then(|text| text.rsplit_once('<'));
    named.map_or(sender, |(_, address)| address)
}

/// A text that says something, on one line.
fn is_plain(text: &str) -> bool {
    !text.trim().is_empty()
        && text.chars().count() <= LONGEST_TEXT
        && !text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_policy_and_retention_is_a_setting_and_its_default_fits() {
        for (section, values) in [
            ("policy", serde_json::to_value(Policy::default()).unwrap()),
            (
                "retention",
                serde_json::to_value(Retention::default()).unwrap(),
            ),
        ] {
            let names = values.as_object().unwrap().keys();
            for name in names {
                assert!(setting(&format!("{section}.{name}")).is_some(), "{name}");
            }
        }
        for setting in SETTINGS {
            let default = setting.default();
            assert!(
                default.is_null() || setting.check(&default).is_ok(),
                "{}",
                setting.key
            );
        }
    }

    #[test]
    fn what_is_typed_reads_back_and_what_does_not_fit_is_not_quoted() {
        for setting in SETTINGS {
            let default = setting.default();
            if !default.is_null() {
                assert_eq!(setting.read(&setting.show(&default)), Ok(default));
            }
            let wrong = setting.read("Geheim1!,\u{7}");
            assert!(wrong.err().is_none_or(|error| !error.contains("Geheim1")));
        }
        assert!(setting("retention.log_months").unwrap().read("5").is_err());
        assert!(setting("policy.max_rows").unwrap().read("-1").is_err());
    }

    #[test]
    fn every_number_has_bounds_and_its_default_lies_between_them() {
        for setting in SETTINGS.iter().filter(|one| one.kind == Kind::Number) {
            let Setting {
                key, least, most, ..
            } = *setting;
            assert!(least < most && most < u32::MAX, "{key} has no bounds");
            for (number, fits) in [
                (Some(least), true),
                (Some(most), true),
                (least.checked_sub(1), false),
                (most.checked_add(1), false),
            ] {
                let Some(number) = number else { continue };
                assert_eq!(
                    setting.check(&json!(number)).is_ok(),
                    fits,
                    "{key} {number}"
                );
            }
            let told = setting.check(&json!(u64::MAX)).unwrap_err();
            assert!(told.contains(&format!("from {least} to {most}")), "{told}");
        }
        // With none of these could anybody work again, to set it back.
        for key in [
            "policy.session_hours",
            "policy.session_idle_minutes",
            "policy.lookups_per_minute",
            "policy.resets_per_hour",
            "policy.max_age_hours",
            "policy.request_ttl_hours",
            "policy.enrollment_window_hours",
            "policy.max_rows",
        ] {
            assert_eq!(setting(key).unwrap().least, 1, "{key}");
        }
    }

    #[test]
    fn a_text_says_something_and_a_sender_is_an_address() {
        for setting in SETTINGS.iter().filter(|one| one.kind == Kind::Text) {
            for wrong in ["", "  ", "a\nb", "\u{1b}[2J"] {
                assert!(
                    setting.check(&json!(wrong)).is_err(),
                    "{} {wrong:?}",
                    setting.key
                );
            }
        }
        for setting in SETTINGS.iter().filter(|one| one.kind == Kind::List) {
            assert!(setting.check(&json!([""])).is_err(), "{}", setting.key);
            assert!(setting.check(&json!([])).is_ok(), "{}", setting.key);
        }
        for (key, right, wrong) in [
            ("policy.issuer", "OT", "OT:servicedesk"),
            ("smtp.from", "desk@example.nl", "desk"),
            ("smtp.from", "Desk <desk@example.nl>", "Desk <desk>"),
        ] {
            assert!(
                setting(key).unwrap().check(&json!(right)).is_ok(),
                "{right}"
            );
            assert!(
                setting(key).unwrap().check(&json!(wrong)).is_err(),
                "{wrong}"
            );
        }
    }
}
