//! Every key of the desk's half of the config: what may stand there, and which way a caller may tighten it.

use serde_json::{Value, json};

use crate::domain::policy::Policy;
use crate::domain::retention::Retention;

/// What stands under a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// A whole number, from 0 on.
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
    /// What stands there.
    pub kind: Kind,
    /// What a caller may bring along.
    pub tightens: Tightens,
}

const fn setting_of(key: &'static str, kind: Kind, tightens: Tightens) -> Setting {
    Setting {
        key,
        kind,
        tightens,
    }
}

/// Every key, in the order of the documentation.
pub const SETTINGS: &[Setting] = &[
    setting_of("dns.server", Kind::Text, Tightens::Never),
    setting_of("smtp.url", Kind::Text, Tightens::Never),
    setting_of("smtp.from", Kind::Text, Tightens::Never),
    setting_of("smtp.ehlo", Kind::Text, Tightens::Never),
    setting_of("imap.url", Kind::Text, Tightens::Never),
    setting_of("imap.user", Kind::Text, Tightens::Never),
    setting_of("imap.after", Kind::Text, Tightens::Never),
    setting_of("mail.authserv_ids", Kind::List, Tightens::Never),
    setting_of("mail.trusted_arc_sealers", Kind::List, Tightens::Fewer),
    setting_of("mail.microsoft_origin", Kind::Switch, Tightens::Never),
    setting_of("policy.challenge", Kind::Text, Tightens::To("always")),
    setting_of("policy.new_signer", Kind::Text, Tightens::To("challenge")),
    setting_of("policy.max_age_hours", Kind::Number, Tightens::Lower),
    setting_of("policy.request_ttl_hours", Kind::Number, Tightens::Lower),
    setting_of(
        "policy.enrollment_window_hours",
        Kind::Number,
        Tightens::Lower,
    ),
    setting_of("policy.undo_hours", Kind::Number, Tightens::Never),
    setting_of("policy.fresh_address_days", Kind::Number, Tightens::Higher),
    setting_of("policy.four_eyes_rows", Kind::Number, Tightens::Lower),
    setting_of("policy.max_rows", Kind::Number, Tightens::Lower),
    setting_of("policy.repeat_reset_days", Kind::Number, Tightens::Higher),
    setting_of("policy.privileged_roles", Kind::List, Tightens::More),
    setting_of("policy.screen_delivery", Kind::Text, Tightens::To("never")),
    setting_of("policy.session_idle_minutes", Kind::Number, Tightens::Lower),
    setting_of("policy.session_hours", Kind::Number, Tightens::Lower),
    setting_of("policy.lookups_per_minute", Kind::Number, Tightens::Lower),
    setting_of("policy.resets_per_hour", Kind::Number, Tightens::Lower),
    setting_of("policy.language", Kind::Text, Tightens::Never),
    setting_of("policy.issuer", Kind::Text, Tightens::Never),
    setting_of("retention.log_months", Kind::Number, Tightens::Never),
    setting_of("retention.mails_days", Kind::Number, Tightens::Never),
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
            _ => Value::Null,
        }
    }

    /// Whether the value is one that may stand there; else what was expected. The value itself, which may
    /// hold a password by mistake, is never quoted.
    pub fn check(&self, value: &Value) -> Result<(), String> {
        let (fits, expected) = match self.kind {
            Kind::Text => (value.is_string(), "a text"),
            Kind::Number => (
                value
                    .as_u64()
                    .is_some_and(|number| u32::try_from(number).is_ok()),
                "a whole number",
            ),
            Kind::Switch => (value.is_boolean(), "true or false"),
            Kind::List => (
                value
                    .as_array()
                    .is_some_and(|items| items.iter().all(Value::is_string)),
                "a list of texts",
            ),
        };
        if !fits {
            return Err(format!("`{}` has to be {expected}", self.key));
        }
        let (section, name) = self.parts();
        let one = json!({ name: value });
        let known = match section {
            "policy" => serde_json::from_value::<Policy>(one).is_ok(),
            "retention" => {
                let kept = serde_json::from_value::<Retention>(one);
                kept.is_ok_and(Retention::is_long_enough)
            }
            _ => true,
        };
        if known {
            return Ok(());
        }
        Err(match self.key {
            "policy.challenge" => "`policy.challenge` is unless_proven or always".into(),
            "policy.new_signer" => "`policy.new_signer` is note or challenge".into(),
            "policy.screen_delivery" => {
                "`policy.screen_delivery` is never, show or read_aloud".into()
            }
            "policy.language" => "`policy.language` is nl or en".into(),
            "retention.log_months" => "`retention.log_months` has to be 6 at least".into(),
            key => format!("that can't stand under `{key}`"),
        })
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
}
