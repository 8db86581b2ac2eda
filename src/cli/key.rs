//! `balie key status|rotate|split|retire`

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::{Map, Value, json};

use super::output::{Page, Tone, View};
use super::shell::progress;
use super::shell::session::Session;
use super::shell::verb::{self, Rehearsal};
use super::{Outcome, show};
use crate::cli::language::{said, told};
use crate::desk;
use crate::desk::key::{Begun, KeyCard, KeyStatus, RotateReport};
use crate::vault::KeySource;

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Verb {
    /// Which sealing keys there are, and what is sealed under each
    #[command(after_help = "Example:\n  balie key status")]
    Status,
    /// Make a new sealing key and seal everything under it, while others work
    #[command(after_help = "\
Examples:
  balie key rotate
  balie key rotate --out new-keys.toml    the keys come from a command: put this file where it reads

If it's interrupted, run it again and it continues where it ended. Copy the new key file to every machine of the
desk, and into the safe. The old key stays until `balie key retire KEY`.")]
    Rotate {
        /// Write the new keys to this file, if the keys come from a command
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Write a key file for a machine that resets but can't open any account's secret
    #[command(after_help = "\
Examples:
  balie key split desk-keys.toml
  balie operator role petra --duty totp        petra keeps the whole key file, and checks codes for the others

A machine with that file can do reset, reissue, undo and enroll begin. What opens secrets (totp check, enroll confirm,
outbox send of mails with a code, key rotate) fails there with keys_unavailable, and names who can do it. After
`balie key rotate`, make new ones and hand them out.")]
    Split {
        /// The new file; an existing one isn't overwritten
        file: PathBuf,
    },
    /// Remove an old key from the key file, once nothing is sealed under it
    #[command(after_help = "\
Example:
  balie key retire 1f3a9c02

Keep a copy in the safe for as long as there are copies of the database that were made before.")]
    Retire {
        /// The key's id, as `balie key status` shows it
        key: String,
    },
}

impl verb::Verb for Verb {
    fn rehearsal(&self) -> Rehearsal {
        Rehearsal::Shows
    }
}

pub(super) async fn run(verb: Verb, session: Session<'_>) -> Outcome {
    let (mut desk, mut out, _) = session.open().await?;
    match verb {
        Verb::Status => {
            let status = desk::key::key_status(&mut desk).await?;
            show(&mut out, &StatusView(status))
        }
        Verb::Rotate { out: file } => {
            out.must_go_on(&said!("Seal everything under a new key"))?;
            let bar = progress::bar(&out, "{bar:40} {human_pos}/{human_len}, {eta}")?;
            let report =
                desk::key::rotate_keys(&mut desk, file.as_deref(), out.dry_run, &mut |done, of| {
                    bar.set_length(of);
                    bar.set_position(done);
                })
                .await;
            bar.finish_and_clear();
            show(&mut out, &RotateView(report?))
        }
        Verb::Split { file } => {
            let key = desk::key::split_keys(&mut desk, &file, out.dry_run).await?;
            let dry_run = out.dry_run;
            show(&mut out, &SplitView { key, file, dry_run })
        }
        Verb::Retire { key } => {
            out.must_go_on(&said!("Remove the key {key}", key = key))?;
            let source = desk::key::retire_key(&mut desk, &key, out.dry_run).await?;
            let dry_run = out.dry_run;
            show(
                &mut out,
                &RetiredView {
                    key,
                    source,
                    dry_run,
                },
            )
        }
    }
}

struct StatusView(KeyStatus);

impl View for StatusView {
    fn schema(&self) -> &'static str {
        "balie.keys/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let rows = self.rows().into_iter().map(Value::Object).collect();
        let mut fields = Map::new();
        fields.insert("source".into(), self.0.source.to_string().into());
        fields.insert("sign_key".into(), self.0.sign_key.as_str().into());
        fields.insert("keys".into(), Value::Array(rows));
        fields
    }

    fn rows(&self) -> Vec<Map<String, Value>> {
        let row = |key: &KeyCard| {
            let row = json!({
                "key": key.id,
                "state": key.state,
                "here": key.here,
                "created_at": key.created_at,
                "enrollments": key.sealed.enrollments,
                "retired_enrollments": key.sealed.retired,
                "mails": key.sealed.mails,
                "operators": key.sealed.operators,
            });
            row.as_object().cloned().unwrap_or_default()
        };
        self.0.keys.iter().map(row).collect()
    }

    fn page(&self, page: &mut Page) {
        let KeyStatus {
            source,
            sign_key,
            keys,
        } = &self.0;
        page.line(
            Tone::Plain,
            &said!(
                "From {source}. Receipts are signed with {sign_key}.",
                source = source,
                sign_key = sign_key
            ),
        );
        let row = |key: &KeyCard| {
            let tone = match key.state {
                "current" => Tone::Good,
                "retired" => Tone::Faint,
                _ => Tone::Warn,
            };
            let here = match (key.here, key.state) {
                (true, "retired") => (Tone::Warn, said!("yes; retire it again")),
                (true, _) => (Tone::Plain, said!("yes")),
                (false, "retired") => (Tone::Faint, said!("no")),
                (false, _) => (Tone::Bad, said!("no")),
            };
            let created = key.created_at.map(|at| format!("{at:.0}"));
            vec![
                (Tone::Strong, key.id.clone()),
                (tone, told(key.state)),
                here,
                (Tone::Plain, created.unwrap_or_default()),
                (Tone::Plain, key.sealed.enrollments.to_string()),
                (Tone::Plain, key.sealed.retired.to_string()),
                (Tone::Plain, key.sealed.mails.to_string()),
                (Tone::Plain, key.sealed.operators.to_string()),
            ]
        };
        let rows: Vec<_> = keys.iter().map(row).collect();
        page.table(
            &[
                "key",
                "state",
                "here",
                "since",
                "enrollments",
                "retired",
                "mails",
                "operators",
            ],
            &rows,
        );
    }
}

struct RotateView(RotateReport);

impl View for RotateView {
    fn schema(&self) -> &'static str {
        "balie.key_rotation/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let (outcome, key, file) = match &self.0.begun {
            Begun::New(key) => ("rotated", Some(key), None),
            Begun::Resumed(key) => ("resumed", Some(key), None),
            Begun::Written(path) => ("written", None, Some(path)),
        };
        let fields = json!({
            "outcome": outcome,
            "key": if self.0.dry_run && outcome == "rotated" { None } else { key },
            "file": file,
            "resealed": self.0.resealed,
            "left": self.0.left,
            "dry_run": self.0.dry_run,
        });
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        let RotateReport {
            begun,
            resealed,
            left,
            dry_run,
        } = &self.0;
        if *dry_run {
            page.line(
                Tone::Warn,
                &said!("This was a dry run: nothing was changed."),
            );
            page.line(
                Tone::Plain,
                &said!("{left} secret(s) to reseal.", left = left),
            );
            return;
        }
        match begun {
            Begun::New(key) => page.line(Tone::Good, &said!("The new key is {key}.", key = key)),
            Begun::Resumed(key) => {
                page.line(
                    Tone::Good,
                    &said!("Continued the rotation to {key}.", key = key),
                );
            }
            Begun::Written(path) => {
                let text = said!("The new keys are in {path}.", path = path.display());
                page.line(Tone::Good, &text);
                page.line(
                    Tone::Warn,
                    &said!("Put them where the key command reads, run `balie key rotate` again, and delete this file."),
                );
                return;
            }
        }
        page.line(
            Tone::Plain,
            &said!("{resealed} secret(s) resealed.", resealed = resealed),
        );
        page.line(
            Tone::Warn,
            &said!("Copy the key file to every machine of the desk and into the safe; `balie key status` shows what can be retired."),
        );
    }
}

struct SplitView {
    key: String,
    file: PathBuf,
    dry_run: bool,
}

impl View for SplitView {
    fn schema(&self) -> &'static str {
        "balie.key_split/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let fields = json!({ "key": self.key, "file": self.file, "dry_run": self.dry_run });
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        if self.dry_run {
            page.line(
                Tone::Warn,
                &said!("This was a dry run: nothing was written."),
            );
            return;
        }
        let text = said!(
            "{file} has the key {key} without its opening half.",
            file = self.file.display(),
            key = self.key
        );
        page.line(Tone::Good, &text);
        page.line(
            Tone::Plain,
            &said!("Replace the whole key file with it where secrets needn't be opened."),
        );
    }
}

struct RetiredView {
    key: String,
    source: KeySource,
    dry_run: bool,
}

impl View for RetiredView {
    fn schema(&self) -> &'static str {
        "balie.key_retired/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let fields = json!({ "key": self.key, "outcome": "done", "dry_run": self.dry_run });
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        if self.dry_run {
            page.line(
                Tone::Warn,
                &said!("This was a dry run: nothing was changed."),
            );
            page.line(
                Tone::Good,
                &said!("The key {key} can be retired.", key = self.key),
            );
            return;
        }
        page.line(
            Tone::Good,
            &said!("The key {key} is retired.", key = self.key),
        );
        if self.source.file().is_none() {
            let text = said!(
                "Remove it from what {source} reads, too.",
                source = self.source
            );
            page.line(Tone::Warn, &text);
        }
    }
}
