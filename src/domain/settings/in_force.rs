//! What holds for one command: the desk's settings, made stricter by what the caller brings along.

use data_encoding::HEXLOWER;
use serde::Serialize;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::{SETTINGS, Setting, Tightens, Values, setting};
use crate::domain::policy::Policy;

/// What a caller brings along, in a file or a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brought {
    /// For which key.
    pub setting: &'static Setting,
    /// What.
    pub value: Value,
    /// The file, or the variable's name.
    pub from: String,
}

/// What a caller brought along and isn't used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ignored {
    /// For which key.
    pub key: &'static str,
    /// The file, or the variable's name.
    #[serde(rename = "where")]
    pub from: String,
}

/// The settings that a command works under.
#[derive(Clone, Debug, Default)]
pub struct InForce {
    /// The desk is closed: they come from its database.
    pub closed: bool,
    /// What was set. What wasn't has its default.
    pub values: Values,
    /// What the caller brought along without effect.
    pub ignored: Vec<Ignored>,
    /// What the caller made stricter.
    pub tightened: Vec<&'static str>,
}

impl InForce {
    /// On an open desk everything that is brought along counts.
    #[must_use]
    pub fn on_an_open_desk(brought: &[Brought]) -> Self {
        let values = brought.iter();
        let values = values.map(|brought| (brought.setting.key, brought.value.clone()));
        Self {
            values: values.collect(),
            ..Self::default()
        }
    }

    /// On a closed desk only what is stricter counts. Of two that bring the same key, the stricter.
    #[must_use]
    pub fn on_a_closed_desk(desk: Values, brought: &[Brought]) -> Self {
        let mut found = Self {
            closed: true,
            values: desk,
            ..Self::default()
        };
        for one in brought {
            let key = one.setting.key;
            let (tighter, in_vain) = one.setting.tighten(&found.value(one.setting), &one.value);
            if let Some(tighter) = tighter {
                found.values.insert(key, tighter);
                found.tightened.push(key);
            }
            if in_vain {
                let from = one.from.clone();
                found.ignored.push(Ignored { key, from });
            }
        }
        found
    }

    /// The value of a key, set or not.
    #[must_use]
    pub fn value(&self, setting: &Setting) -> Value {
        let set = self.values.get(setting.key);
        set.cloned().unwrap_or_else(|| setting.default())
    }

    /// The items of a key that lists some; none where it doesn't.
    #[must_use]
    pub fn list(&self, key: &str) -> Vec<String> {
        let value = setting(key).map(|setting| self.value(setting));
        let items = value.as_ref().and_then(Value::as_array);
        let items = items.into_iter().flatten().filter_map(Value::as_str);
        items.map(str::to_owned).collect()
    }

    /// Whether a switch is on.
    #[must_use]
    pub fn is_on(&self, key: &str) -> bool {
        setting(key).is_some_and(|setting| self.value(setting) == Value::Bool(true))
    }

    /// The policy; nothing where a value doesn't fit in, which none does that was checked.
    #[must_use]
    pub fn policy(&self) -> Option<Policy> {
        let values = SETTINGS.iter().filter_map(|setting| {
            let (section, name) = setting.parts();
            (section == "policy").then(|| (name.to_owned(), self.value(setting)))
        });
        serde_json::from_value(Value::Object(values.collect::<Map<_, _>>())).ok()
    }

    /// SHA-256 over every key with its value, in hexadecimal: what events bear.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(b"balie.settings/1");
        for setting in SETTINGS {
            let value = self.value(setting).to_string();
            for part in [setting.key, &value] {
                hash.update((part.len() as u64).to_be_bytes());
                hash.update(part.as_bytes());
            }
        }
        HEXLOWER.encode(&hash.finalize())
    }

    /// What an event says of the settings that it was done under.
    #[must_use]
    pub fn to_detail(&self) -> Map<String, Value> {
        let mut detail = Map::new();
        detail.insert("settings".into(), self.hash().into());
        if !self.tightened.is_empty() {
            detail.insert("tightened".into(), json!(self.tightened));
        }
        detail
    }
}

impl Setting {
    /// What comes of `brought` beside what the desk has: what is in force then, where it's stricter; and whether
    /// something of it isn't used.
    fn tighten(&self, desk: &Value, brought: &Value) -> (Option<Value>, bool) {
        if desk == brought {
            return (None, false);
        }
        // What couldn't be set isn't stricter either: no session at all helps nobody.
        if self.check(brought).is_err() {
            return (None, true);
        }
        let numbers = desk.as_u64().zip(brought.as_u64());
        let tighter = match self.tightens {
            Tightens::Lower => numbers.is_some_and(|(desk, brought)| brought < desk),
            Tightens::Higher => numbers.is_some_and(|(desk, brought)| brought > desk),
            Tightens::To(strictest) => brought.as_str() == Some(strictest),
            Tightens::Never => false,
            Tightens::More => {
                let (all, lacks) = more(desk, brought);
                return ((all != *desk).then_some(all), lacks);
            }
            Tightens::Fewer => {
                let (left, unknown) = fewer(desk, brought);
                return ((left != *desk).then_some(left), unknown);
            }
        };
        (tighter.then(|| brought.clone()), !tighter)
    }
}

fn items(list: &Value) -> Vec<&Value> {
    list.as_array().into_iter().flatten().collect()
}

/// The items of both; and whether what was brought lacks one of the desk's, which stays all the same.
fn more(desk: &Value, brought: &Value) -> (Value, bool) {
    let (own, more) = (items(desk), items(brought));
    let lacks = own.iter().any(|item| !more.contains(item));
    let mut all = own.clone();
    all.extend(more.into_iter().filter(|item| !own.contains(item)));
    (json!(all), lacks)
}

/// The desk's items that were brought too; and whether something was brought that isn't the desk's.
fn fewer(desk: &Value, brought: &Value) -> (Value, bool) {
    let (own, brought) = (items(desk), items(brought));
    let unknown = brought.iter().any(|item| !own.contains(item));
    let left: Vec<_> = own
        .into_iter()
        .filter(|item| brought.contains(item))
        .collect();
    (json!(left), unknown)
}

#[cfg(test)]
mod tests {
    use super::super::Kind;
    use super::*;

    fn closed(desk: &[(&str, Value)], brought: &[(&str, Value)]) -> InForce {
        let desk = desk.iter();
        let desk = desk.map(|(key, value)| (setting(key).unwrap().key, value.clone()));
        let brought: Vec<_> = brought
            .iter()
            .map(|(key, value)| Brought {
                setting: setting(key).unwrap(),
                value: value.clone(),
                from: "a file".into(),
            })
            .collect();
        InForce::on_a_closed_desk(desk.collect(), &brought)
    }

    #[test]
    fn a_caller_tightens_and_never_loosens() {
        for (key, desk, tighter, looser) in [
            ("policy.max_age_hours", json!(72), json!(71), json!(73)),
            ("policy.fresh_address_days", json!(7), json!(8), json!(6)),
            (
                "policy.challenge",
                json!("unless_proven"),
                json!("always"),
                json!("unless_proven"),
            ),
            (
                "policy.screen_delivery",
                json!("show"),
                json!("never"),
                json!("read_aloud"),
            ),
            (
                "mail.trusted_arc_sealers",
                json!(["a", "b"]),
                json!(["b"]),
                json!(["a", "b", "c"]),
            ),
            (
                "policy.privileged_roles",
                json!(["a"]),
                json!(["a", "b"]),
                json!([]),
            ),
        ] {
            let set = [(key, desk.clone())];
            let found = closed(&set, &[(key, tighter.clone())]);
            assert_eq!(found.value(setting(key).unwrap()), tighter, "{key}");
            assert_eq!(
                (found.tightened.as_slice(), found.ignored.len()),
                ([key].as_slice(), 0)
            );
            let found = closed(&set, &[(key, looser.clone())]);
            assert_eq!(found.value(setting(key).unwrap()), desk, "{key}");
            assert_eq!(found.ignored.len(), usize::from(looser != desk), "{key}");
        }
    }

    #[test]
    fn a_caller_tightens_to_no_more_than_could_be_set() {
        for setting in SETTINGS.iter().filter(|one| one.kind == Kind::Number) {
            let beyond = [setting.least.checked_sub(1), setting.most.checked_add(1)];
            for number in beyond.into_iter().flatten() {
                let found = closed(&[], &[(setting.key, json!(number))]);
                assert_eq!(found.value(setting), setting.default(), "{}", setting.key);
                assert_eq!(found.ignored[0].key, setting.key);
            }
        }
    }

    #[test]
    fn what_leads_elsewhere_is_not_used() {
        for setting in SETTINGS {
            if setting.tightens == Tightens::Never {
                let found = closed(&[], &[(setting.key, json!("elsewhere"))]);
                assert_eq!(found.value(setting), setting.default(), "{}", setting.key);
                assert_eq!(found.ignored[0].key, setting.key);
            }
        }
    }

    #[test]
    fn the_hash_tells_any_value_from_another() {
        let base = closed(&[], &[]);
        assert_eq!(base.hash(), InForce::on_an_open_desk(&[]).hash());
        let mut seen = std::collections::BTreeSet::from([base.hash()]);
        for setting in SETTINGS {
            assert!(seen.insert(closed(&[(setting.key, json!("x"))], &[]).hash()));
        }
    }
}
