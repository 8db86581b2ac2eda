//! `balie settings list|set|import`

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::{Map, Value, json};

use super::output::{Page, Tone, View};
use super::shell::input;
use super::shell::offer;
use super::shell::session::Session;
use super::shell::verb::{self, Rehearsal};
use super::{Failure, Outcome, show};
use crate::cli::language::said;
use crate::config::Config;
use crate::desk;
use crate::desk::{Change, SettingCard, SettingsCard, SettingsChanged};
use crate::domain::log::event::Action;
use crate::domain::settings::{SETTINGS, Setting, setting};

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Verb {
    /// Every setting: what holds, and who set it when
    #[command(after_help = "\
Example:
  balie settings list

On a closed desk these apply, whatever a caller's file or variables say: those can only make them stricter.
An open desk follows the config; when it closes, the config becomes its settings.")]
    List,
    /// Change one
    #[command(after_help = "\
Examples:
  balie settings set policy.challenge always
  balie settings set smtp.url smtps://balie@mail.example.nl
  balie settings set policy.privileged_roles admin,beheerder,ict
  balie settings set policy.max_age_hours --default")]
    Set {
        /// Section and name, as `balie settings list` shows them
        #[arg(value_name = "KEY", add = offer::settings())]
        key: String,
        /// What is to hold; the items of a list with commas between them
        #[arg(conflicts_with = "default", allow_negative_numbers = true)]
        value: Option<String>,
        /// Back to the default
        #[arg(long)]
        default: bool,
    },
    /// Take the desk's half of a config file over
    #[command(after_help = "\
Examples:
  balie settings import /etc/balie/desk.toml
  balie settings import - < desk.toml

Keys that aren't in the file stay as they are. What is each machine's own (`[database]`, `[keys]`, `[operator]`,
the password files) isn't imported.")]
    Import {
        /// The file (- for standard input)
        #[arg(value_name = "FILE|-")]
        file: PathBuf,
    },
}

impl verb::Verb for Verb {
    fn rehearsal(&self) -> Rehearsal {
        match self {
            Self::List => Rehearsal::OnlyReads,
            Self::Set { .. } | Self::Import { .. } => Rehearsal::Shows,
        }
    }
}

pub(super) async fn run(verb: Verb, session: Session<'_>) -> Outcome {
    let (action, changes) = match verb {
        Verb::List => {
            let (mut desk, mut out, _) = session.open().await?;
            let card = desk::settings(&mut desk).await?;
            return show(&mut out, &ListView(card));
        }
        Verb::Set {
            key,
            value,
            default,
        } => {
            let setting = setting(&key).ok_or_else(|| unknown(&key))?;
            if value.is_none() && !default {
                return Err(Failure::input_required(
                    &said!("the value"),
                    &said!("it behind the key, or --default"),
                ));
            }
            let value = value.map(|text| setting.read(&text)).transpose();
            let value = value.map_err(|message| {
                Failure::invalid(
                    message,
                    said!("see docs/operations.md for the values that it takes"),
                )
            })?;
            (Action::SettingsSet, vec![(setting, value)])
        }
        Verb::Import { file } => {
            let text = input::text(&file, input::CONFIG, session.stdin)?;
            let brought = Config::settings_in(&text, &file)?;
            if brought.is_empty() {
                return Err(Failure::invalid(
                    said!(
                        "{file} has none of the desk's settings",
                        file = file.display()
                    ),
                    said!("see `balie settings list` for their names"),
                ));
            }
            let changes = brought.into_iter();
            let changes: Vec<Change> = changes
                .map(|brought| (brought.setting, Some(brought.value)))
                .collect();
            (Action::SettingsImport, changes)
        }
    };
    let (mut desk, mut out, _) = session.open().await?;
    let dry_run = out.dry_run;
    out.must_go_on(&said!("Change {what}", what = in_words(&changes)))?;
    let report = desk::change_settings(&mut desk, action, &changes, dry_run).await?;
    show(&mut out, &ChangedView { report, dry_run })
}

fn in_words(changes: &[Change]) -> String {
    let words = changes.iter().map(|(setting, value)| match value {
        Some(value) => said!(
            "{key} to {value}",
            key = setting.key,
            value = shown(setting, value)
        ),
        None => said!("{key} back to its default", key = setting.key),
    });
    words.collect::<Vec<_>>().join(", ")
}

fn unknown(key: &str) -> Failure {
    let keys = SETTINGS.iter().map(|setting| setting.key);
    let nearest = keys.min_by_key(|known| strsim::damerau_levenshtein(known, key));
    Failure {
        exit: 3,
        code: "not_found",
        reasons: Vec::new(),
        message: said!("there is no setting `{key}`", key = key),
        hint: said!(
            "did you mean `{nearest}`? `balie settings list` has them all",
            nearest = nearest.unwrap_or_default()
        ),
    }
}

/// A value for a person.
fn shown(setting: &Setting, value: &Value) -> String {
    let text = setting.show(value);
    if text.is_empty() { "-".into() } else { text }
}

struct ListView(SettingsCard);

fn row(card: &SettingCard) -> Map<String, Value> {
    let (at, by) = card.changed.clone().unzip();
    let row = json!({
        "key": card.setting.key,
        "value": card.value,
        "default": card.setting.default(),
        "changed_at": at,
        "changed_by": by,
    });
    row.as_object().cloned().unwrap_or_default()
}

impl View for ListView {
    fn schema(&self) -> &'static str {
        "balie.settings/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let fields = json!({
            "hash": self.0.hash,
            "settings": self.rows(),
            "ignored": self.0.ignored,
        });
        fields.as_object().cloned().unwrap_or_default()
    }

    fn rows(&self) -> Vec<Map<String, Value>> {
        self.0.settings.iter().map(row).collect()
    }

    fn page(&self, page: &mut Page) {
        let row = |card: &SettingCard| {
            let is_default = card.value == card.setting.default();
            let tone = if is_default {
                Tone::Faint
            } else {
                Tone::Strong
            };
            let who = card.changed.as_ref();
            let who = who.map_or_else(String::new, |(at, by)| format!("{by}, {at:.0}"));
            vec![
                (tone, card.setting.key.to_owned()),
                (tone, shown(card.setting, &card.value)),
                (Tone::Faint, who),
            ]
        };
        let rows: Vec<_> = self.0.settings.iter().map(row).collect();
        page.table(&["setting", "value", "set by"], &rows);
    }
}

struct ChangedView {
    report: SettingsChanged,
    dry_run: bool,
}

impl View for ChangedView {
    fn schema(&self) -> &'static str {
        "balie.settings_change/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let changes = self.report.changes.iter();
        let changes: Vec<_> = changes
            .map(|(setting, before, now)| json!({ "key": setting.key, "old": before, "new": now }))
            .collect();
        let fields = json!({
            "hash": self.report.hash,
            "changes": changes,
            "dry_run": self.dry_run,
        });
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        if self.dry_run {
            page.line(
                Tone::Warn,
                &said!("This was a dry run: nothing was changed."),
            );
        }
        let row = |(setting, before, now): &(&'static Setting, Value, Value)| {
            vec![
                (Tone::Strong, setting.key.to_owned()),
                (Tone::Faint, shown(setting, before)),
                (Tone::Plain, shown(setting, now)),
            ]
        };
        let rows: Vec<_> = self.report.changes.iter().map(row).collect();
        page.table(&["setting", "before", "now"], &rows);
    }
}
