//! The config file (TOML), with `BALIE_SECTION_KEY` from the environment on top. It has two halves (rule 17): the
//! caller's says where the database and this machine's secrets are; the desk's counts as it stands on an open
//! desk only.

mod fault;
mod meaning;
mod places;
mod sections;
mod source;
mod system;

use crate::domain::log::retention::Retention;
use crate::domain::policy::Policy;
use crate::domain::settings::{Brought, InForce, Kind, SETTINGS, setting};
pub use fault::ConfigError;
use fault::{Problem, as_shown, at_its_place, without_the_value};
pub use meaning::meaning;
pub use places::Places;
pub use sections::{
    DatabaseSection, DeskSection, DnsSection, ImapSection, KeysSection, MailAuth, MailSection,
    NamedCommand, OperatorSection, SmtpSection, TokenFlow, TokenKeys,
};
use serde::Deserialize;
pub use source::Caller;
use std::collections::BTreeMap;
use std::path::Path;
pub use system::{SYSTEM, System};
use toml::{Table, Value};

/// Every key that there is.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Config {
    /// Where the database is.
    pub database: DatabaseSection,
    /// Where the keys are.
    pub keys: KeysSection,
    /// Who works here.
    pub operator: OperatorSection,
    /// Which desk whoever runs balie here gets: in root's config alone.
    pub desk: DeskSection,
    /// Which DNS server to ask.
    pub dns: DnsSection,
    /// How mail goes out.
    pub smtp: SmtpSection,
    /// How mail comes in.
    pub imap: ImapSection,
    /// What is trusted in a mail.
    pub mail: MailSection,
    /// The numbers of the desk's rules.
    pub policy: Policy,
    /// How long personal detail is kept.
    pub retention: Retention,
    /// What the caller brings along of the desk's half, from the file and the environment.
    #[serde(skip)]
    pub brought: Vec<Brought>,
    /// The caller's half alone.
    #[serde(skip)]
    callers: Table,
}

/// The caller's half: section and name, and what is there. The other half is [`SETTINGS`].
const CALLERS: &[(&str, Kind)] = &[
    ("database.url", Kind::Text),
    ("database.wait_seconds", Kind::Number),
    ("keys.file", Kind::Text),
    ("keys.command", Kind::Text),
    ("operator.login", Kind::Text),
    ("operator.language", Kind::Text),
    ("desk.only", Kind::Switch),
    ("desk.files", Kind::Text),
    ("smtp.password_file", Kind::Text),
    ("smtp.token_command", Kind::Text),
    ("smtp.client_secret_file", Kind::Text),
    ("smtp.refresh_token_file", Kind::Text),
    ("imap.password_file", Kind::Text),
    ("imap.token_command", Kind::Text),
    ("imap.client_secret_file", Kind::Text),
    ("imap.refresh_token_file", Kind::Text),
];

/// Whether a command is under that key: it counts in a file of root's or of the account's own alone (rule 17).
#[must_use]
pub fn is_command(key: &str) -> bool {
    key.ends_with("command")
}

/// Every key there is, with what is there.
pub fn keys() -> impl Iterator<Item = (&'static str, Kind)> {
    let settings = SETTINGS.iter().map(|setting| (setting.key, setting.kind));
    CALLERS.iter().copied().chain(settings)
}

/// The variable that brings a key along.
#[must_use]
pub fn variable(key: &str) -> String {
    format!("BALIE_{}", key.to_uppercase().replace('.', "_"))
}

impl Config {
    /// Reads `path` (no file at all is an empty one) and lays `env` over it.
    pub fn load(
        path: &Path,
        env: &BTreeMap<String, String>,
        caller: Caller,
        system: Option<(&Path, &System)>,
    ) -> Result<Self, ConfigError> {
        let is_system = system.is_some_and(|(place, _)| place == path);
        let under = system.filter(|_| !is_system);
        let mut of_commands = keys().filter(|(key, _)| is_command(key));
        if let Some((key, _)) = of_commands.find(|(key, _)| env.contains_key(&variable(key))) {
            return Err(ConfigError::CommandInVariable { key });
        }
        let (own, owner) = if let Some((_, system)) = system.filter(|_| is_system) {
            (system.table.clone(), system.owner)
        } else {
            let (text, owner) = source::read(path)?.unwrap_or_default();
            (read(&text).map_err(|problem| problem.of(path))?, owner)
        };
        let of_root = ["desk.only", "desk.files"];
        let in_variable = of_root.iter().any(|key| env.contains_key(&variable(key)));
        if in_variable || (own.contains_key("desk") && !is_system) {
            return Err(ConfigError::OnlyInSystem);
        }
        if let Some(key) = command_in(&own) {
            owner.may_name_commands(path, key, caller)?;
        }
        let mut below = Vec::new();
        if let Some((place, system)) = under {
            if let Some(key) = command_in(&system.table) {
                system.owner.may_name_commands(place, key, caller)?;
            }
            below.push((system.table.clone(), place.display().to_string()));
        }
        below.push((own, path.display().to_string()));
        Self::laid(below, env).map_err(|problem| problem.of(path))
    }

    /// Lays files over each other, the first one below, and the environment over all.
    fn laid(files: Vec<(Table, String)>, env: &BTreeMap<String, String>) -> Result<Self, Problem> {
        let (mut table, mut brought) = (Table::new(), Vec::new());
        for (file, from) in files {
            brought.extend(brought_in(&file, &from));
            for (section, values) in file {
                let values = values.as_table().cloned().unwrap_or_default();
                for (name, value) in values {
                    put(&mut table, &format!("{section}.{name}"), value);
                }
            }
        }
        for (key, kind) in keys() {
            let name = variable(key);
            let Some(text) = env.get(&name) else { continue };
            let value = value_of(text, key, kind).map_err(|problem| problem.of_variable(&name))?;
            if let (Some(setting), Ok(value)) = (setting(key), serde_json::to_value(&value)) {
                let from = name;
                brought.push(Brought {
                    setting,
                    value,
                    from,
                });
            }
            put(&mut table, key, value);
        }
        let mut config = typed(table.clone())?;
        config.callers = callers_half(table);
        config.brought = brought;
        Ok(config)
    }

    /// Whether it names any command.
    #[must_use]
    pub fn names_a_command(&self) -> bool {
        command_in(&self.callers).is_some()
    }

    /// The desk's half of a config's text, for a desk to take over. `from` is where it came from.
    pub fn settings_in(text: &str, from: &Path) -> Result<Vec<Brought>, ConfigError> {
        let read = || {
            let table = read(text)?;
            Ok(brought_in(&table, &from.display().to_string()))
        };
        read().map_err(|problem: Problem| problem.of(from))
    }

    /// The same caller's half, with what is in force at the desk as the other. Nothing where a value doesn't
    /// fit, which none does that was checked.
    #[must_use]
    pub fn under(&self, in_force: &InForce) -> Option<Self> {
        let mut table = self.callers.clone();
        for (key, value) in &in_force.values {
            put(&mut table, key, Value::try_from(value).ok()?);
        }
        let config = typed(table).ok()?;
        Some(Self {
            callers: self.callers.clone(),
            brought: self.brought.clone(),
            ..config
        })
    }
}

/// The first key of the table that names a command.
fn command_in(table: &Table) -> Option<&'static str> {
    let is_there = |key: &str| {
        let (section, name) = key.split_once('.')?;
        table.get(section)?.as_table()?.get(name)
    };
    let mut commands = keys().map(|(key, _)| key).filter(|key| is_command(key));
    commands.find(|key| is_there(key).is_some())
}

/// A file's text, once it's known that each value may stand where it is: what is wrong is told of this file.
fn read(text: &str) -> Result<Table, Problem> {
    let table: Table =
        toml::from_str(text).map_err(|error| Problem::Syntax(at_its_place(text, &error)))?;
    refuse_unknown_keys(&table)?;
    check(&table)?;
    Ok(table)
}

fn check(table: &Table) -> Result<(), Problem> {
    refuse_tilde(table)?;
    typed(table.clone())?;
    for brought in brought_in(table, "") {
        let fits = brought.setting.check(&brought.value);
        fits.map_err(Problem::Syntax)?;
    }
    Ok(())
}

fn typed(table: Table) -> Result<Config, Problem> {
    Value::Table(table)
        .try_into()
        .map_err(|error: toml::de::Error| Problem::Syntax(without_the_value(&error)))
}

/// A variable's value, held against the same rules as one in a file. A setting is read as `settings set` reads it.
fn value_of(text: &str, key: &str, kind: Kind) -> Result<Value, Problem> {
    let unfit = |expected: &str| Problem::Syntax(format!("it has to be {expected}"));
    let value = match (setting(key), kind) {
        (Some(setting), _) => {
            let value = setting.read(text).map_err(Problem::Syntax)?;
            Value::try_from(value).map_err(|_| unfit("another value"))?
        }
        (None, Kind::Number) => Value::Integer(text.parse().map_err(|_| unfit("a whole number"))?),
        (None, Kind::Switch) => Value::Boolean(text.parse().map_err(|_| unfit("true or false"))?),
        (None, Kind::Text | Kind::List) => Value::String(text.to_owned()),
    };
    let mut alone = Table::new();
    put(&mut alone, key, value.clone());
    check(&alone)?;
    Ok(value)
}

fn put(table: &mut Table, key: &str, value: Value) {
    let Some((section, name)) = key.split_once('.') else {
        return;
    };
    let entry = table
        .entry(section)
        .or_insert_with(|| Value::Table(Table::new()));
    if let Value::Table(entry) = entry {
        entry.insert(name.to_owned(), value);
    }
}

/// What a file brings along of the desk's half.
fn brought_in(table: &Table, from: &str) -> Vec<Brought> {
    let found = SETTINGS.iter().filter_map(|setting| {
        let (section, name) = setting.parts();
        let value = table.get(section)?.as_table()?.get(name)?;
        Some(Brought {
            setting,
            value: serde_json::to_value(value).ok()?,
            from: from.to_owned(),
        })
    });
    found.collect()
}

/// The table without the desk's half.
fn callers_half(mut table: Table) -> Table {
    for setting in SETTINGS {
        let (section, name) = setting.parts();
        if let Some(Value::Table(keys)) = table.get_mut(section) {
            keys.remove(name);
        }
    }
    table
}

fn refuse_unknown_keys(table: &Table) -> Result<(), Problem> {
    for (section, value) in table {
        let Value::Table(values) = value else {
            return Err(unknown(section));
        };
        for key in values.keys() {
            let key = format!("{section}.{key}");
            if !keys().any(|known| known.0 == key) {
                return Err(unknown(&key));
            }
        }
    }
    Ok(())
}

/// A path that begins with `~` is a folder of that name here: only a shell knows whose home is meant.
fn refuse_tilde(table: &Table) -> Result<(), Problem> {
    for (section, value) in table {
        let keys = value.as_table().into_iter().flatten();
        for (key, value) in keys.filter(|(key, _)| key.ends_with("file")) {
            if value.as_str().is_some_and(|path| path.starts_with('~')) {
                let message =
                    "begins with `~`, which only a shell understands: write the full path";
                return Err(Problem::Syntax(format!("`{section}.{key}` {message}")));
            }
        }
    }
    Ok(())
}

fn unknown(key: &str) -> Problem {
    let known = keys().map(|(known, _)| known);
    let nearest = known.min_by_key(|known| strsim::damerau_levenshtein(known, key));
    Problem::UnknownKey {
        nearest: nearest.unwrap_or_default().to_owned(),
        key: as_shown(key),
    }
}

#[cfg(test)]
mod tests;
