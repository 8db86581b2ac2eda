//! `balie settings`: the desk's own rules and servers. An open desk is judged by what whoever runs it brings along;
//! when it closes, that is taken over, and from then on only an admin changes it (rule 17).

use serde_json::{Map, Value, json};

use super::{Desk, Error, Result};
use crate::domain::directory::address::MailDomain;
use crate::domain::log::event::{Action, Event};
use crate::domain::refusal::Refusal;
use crate::domain::settings::{Brought, Ignored, InForce, SETTINGS, Setting, Values, setting};
use crate::domain::timestamp::Timestamp;
use crate::mail::{After, Dns, Grant, Imap, Smtp};
use crate::store::{Database, SettingRow, StoreError, Tx};

/// A key as it stands.
#[derive(Clone, Debug)]
pub struct SettingCard {
    /// Which.
    pub setting: &'static Setting,
    /// What holds, set or not.
    pub value: Value,
    /// When it was set last, and by whom; nothing for a default, and on an open desk.
    pub changed: Option<(Timestamp, String)>,
}

/// All of them.
#[derive(Clone, Debug)]
pub struct SettingsCard {
    /// SHA-256 over every key with its value, in hexadecimal.
    pub hash: String,
    /// Every key, in the order of the documentation.
    pub settings: Vec<SettingCard>,
    /// What this caller brings along without effect.
    pub ignored: Vec<Ignored>,
}

/// A key that is to hold something else; its default where there is no value.
pub type Change = (&'static Setting, Option<Value>);

/// What a change came to.
#[derive(Clone, Debug)]
pub struct SettingsChanged {
    /// Which keys, with what held before and what holds now.
    pub changes: Vec<(&'static Setting, Value, Value)>,
    /// The settings' hash after it.
    pub hash: String,
}

/// What a command works under: asked before anything else. `brought` is what its caller has of the desk's half.
pub async fn settings_in_force(database: &Database, brought: &[Brought]) -> Result<InForce> {
    let Some(set) = database.settings_of_a_closed_desk().await? else {
        return Ok(InForce::on_an_open_desk(brought));
    };
    let values = set.iter().map(|(key, value)| read(key, value));
    let values = values.collect::<Result<Values>>()?;
    Ok(InForce::on_a_closed_desk(values, brought))
}

/// What a desk works under that is just put back.
pub(super) async fn settings_of(tx: &mut Tx, brought: &[Brought]) -> Result<InForce> {
    if !tx.desk_is_closed().await? {
        return Ok(InForce::on_an_open_desk(brought));
    }
    let values = own_settings(tx).await?.values;
    Ok(InForce::on_a_closed_desk(values, brought))
}

/// A row of the database. One that can't be read isn't passed over: then nobody knows what holds.
pub(super) fn read(key: &str, value: &str) -> Result<(&'static str, Value)> {
    let unreadable = || StoreError::Corrupt(format!("the setting {key} can't be read"));
    let setting = setting(key).ok_or_else(unreadable)?;
    let value: Value = serde_json::from_str(value).map_err(|_| unreadable())?;
    setting.check(&value).map_err(|_| unreadable())?;
    Ok((setting.key, value))
}

/// The state of every key.
pub async fn settings(desk: &mut Desk<'_>) -> Result<SettingsCard> {
    let (mut tx, _) = desk.begin(Action::SettingsRead).await?;
    let in_force = if desk.settings.closed {
        own_settings(&mut tx).await?
    } else {
        desk.settings.clone()
    };
    let rows = tx.settings().await?;
    let changed = |setting: &Setting| {
        let row = rows.iter().find(|row| row.key == setting.key)?;
        Some((row.changed_at, row.changed_by.clone()))
    };
    let card = |setting: &'static Setting| SettingCard {
        setting,
        value: in_force.value(setting),
        changed: changed(setting),
    };
    let card = SettingsCard {
        hash: in_force.hash(),
        settings: SETTINGS.iter().map(card).collect(),
        ignored: desk.settings.ignored.clone(),
    };
    let event = desk.event(Action::SettingsRead, json!({}));
    desk.commit(tx, event).await?;
    Ok(card)
}

/// The desk's own settings, without what a caller made stricter.
async fn own_settings(tx: &mut Tx) -> Result<InForce> {
    of_rows(&tx.settings().await?)
}

/// The desk's own settings where none has been changed since that moment.
pub(super) async fn settings_since(tx: &mut Tx, moment: Timestamp) -> Result<Option<InForce>> {
    let rows = tx.settings().await?;
    let is_changed = rows.iter().any(|row| row.changed_at > moment);
    (!is_changed).then(|| of_rows(&rows)).transpose()
}

fn of_rows(rows: &[SettingRow]) -> Result<InForce> {
    let values = rows.iter().map(|row| read(&row.key, &row.value));
    let values = values.collect::<Result<Values>>()?;
    Ok(InForce::on_a_closed_desk(values, &[]))
}

/// Changes keys of a closed desk: all of them, or none. A change that changes nothing is refused.
pub async fn change_settings(
    desk: &mut Desk<'_>,
    action: Action,
    changes: &[Change],
    dry_run: bool,
) -> Result<SettingsChanged> {
    let (mut tx, _) = desk.begin(action).await?;
    if !desk.settings.closed {
        return Err(Error::Invalid {
            message: "this desk is open and follows the config of whoever runs it".into(),
            hint: "write it into the config; it becomes a setting when the desk is closed (`balie operator reset-password LOGIN`)"
                .into(),
        });
    }
    // Of two at once the second sees what the first one left: what it reports as old was, and its hash is of both.
    tx.wait_for_turn().await?;
    let mut after = own_settings(&mut tx).await?;
    let mut differ = Vec::new();
    for (setting, value) in changes {
        let before = after.value(setting);
        if let Some(value) = value {
            setting.check(value).map_err(unfit)?;
            after.values.insert(setting.key, value.clone());
            let text = value.to_string();
            tx.set_setting(setting.key, &text, &desk.operator, desk.now)
                .await?;
        } else {
            after.values.remove(setting.key);
            tx.unset_setting(setting.key).await?;
        }
        let now = after.value(setting);
        if before != now {
            differ.push((*setting, before, now));
        }
    }
    check_places(&after)?;
    if differ.is_empty() {
        return Err(Error::RefusedHere {
            refusal: Refusal::NothingToChange,
            message: "nothing to change: it already has that value".into(),
            hint: "see `balie settings list`".into(),
        });
    }
    let report = SettingsChanged {
        hash: after.hash(),
        changes: differ,
    };
    if dry_run {
        return Ok(report);
    }
    let of = |(setting, before, now): &(&Setting, Value, Value)| {
        let change = json!({ "old": before, "new": now });
        (setting.key.to_owned(), change)
    };
    let of_each: Map<String, Value> = report.changes.iter().map(of).collect();
    let event = desk.event(action, json!({ "changed": of_each, "hash": report.hash }));
    desk.commit(tx, event).await?;
    Ok(report)
}

fn unfit(message: String) -> Error {
    Error::Invalid {
        message,
        hint: "see docs/operations.md for the values of each key".into(),
    }
}

/// Takes over what the desk went by while it was open. The event is the one that names all of it.
pub(super) async fn take_over(desk: &Desk<'_>, tx: &mut Tx) -> Result<Event> {
    let taken = InForce {
        closed: true,
        ..desk.settings.clone()
    };
    for (key, value) in &taken.values {
        if let Some(setting) = setting(key) {
            setting.check(value).map_err(unfit)?;
        }
        tx.set_setting(key, &value.to_string(), &desk.operator, desk.now)
            .await?;
    }
    check_places(&taken)?;
    let values: Map<String, Value> = SETTINGS
        .iter()
        .map(|setting| (setting.key.to_owned(), taken.value(setting)))
        .collect();
    let detail = json!({ "taken": values, "hash": taken.hash() });
    Ok(desk.event(Action::SettingsTake, detail))
}

/// Addresses and names that nobody could use aren't taken. What is wrong with one is told without a password that it
/// may hold (rule 16).
fn check_places(settings: &InForce) -> Result<()> {
    let text = |key: &str| {
        let value = settings.values.get(key)?.as_str()?;
        Some(value.to_owned())
    };
    let bad = |error: &dyn std::fmt::Display| unfit(error.to_string());
    if let Some(server) = text("dns.server") {
        Dns::new(Some(&server)).map_err(|error| bad(&error))?;
    }
    let smtp = text("smtp.url")
        .map(|url| Smtp::new(&url, None))
        .transpose();
    let smtp = smtp.map_err(|error| bad(&error))?;
    if let (Some(smtp), Some(from)) = (smtp, text("smtp.from")) {
        smtp.greeting_as(text("smtp.ehlo").as_deref(), &from)
            .map_err(|error| bad(&error))?;
    }
    if let Some(url) = text("imap.url") {
        Imap::check_url(&url).map_err(|error| bad(&error))?;
    }
    for key in [
        "smtp.token_url",
        "smtp.device_url",
        "imap.token_url",
        "imap.device_url",
    ] {
        if let Some(url) = text(key) {
            Grant::check_url(&url).map_err(|error| bad(&error))?;
        }
    }
    if let Some(after) = text("imap.after") {
        after.parse::<After>().map_err(|error| bad(&error))?;
    }
    let sealers = settings.values.get("mail.trusted_arc_sealers");
    for sealer in sealers.and_then(Value::as_array).into_iter().flatten() {
        let sealer = sealer.as_str().unwrap_or_default();
        if sealer.parse::<MailDomain>().is_err() {
            return Err(unfit(
                "`mail.trusted_arc_sealers` has to hold mail domains".into(),
            ));
        }
    }
    Ok(())
}
