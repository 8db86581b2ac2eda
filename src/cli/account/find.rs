//! `balie find`, `balie account find`

use serde_json::{Map, Value, json};

use crate::cli::language::{said, told};
use crate::cli::output::{Page, Tone, View};
use crate::cli::shell::session::Session;
use crate::cli::shell::verb::{self, Rehearsal};
use crate::cli::{Outcome, show};
use crate::desk;
use crate::desk::account::Match;
use crate::store::account::Found;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie find jansen beatrix       part of a name, and of a school
  balie find jansne               typing errors and missing accents are forgiven")]
pub(in crate::cli) struct FindArgs {
    /// Part of a name, username, work address or school
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    /// How many at most
    #[arg(long, default_value_t = 20, value_name = "N")]
    limit: usize,
}

impl verb::Verb for FindArgs {
    fn rehearsal(&self) -> Rehearsal {
        Rehearsal::OnlyReads
    }
}

pub(in crate::cli) async fn find(args: FindArgs, session: Session<'_>) -> Outcome {
    let (mut desk, mut out, _) = session.open().await?;
    let text = match args.text.join(" ") {
        text if text.is_empty() => out.ask(&said!("Who"), "TEXT")?,
        text => text,
    };
    let found = desk::account::find(&mut desk, &text, args.limit).await?;
    if found.has_more {
        out.say(&said!(
            "These are the best {limit}: there may be more. Type more of the name, or pass --limit.",
            limit = found.found.len()
        ));
    }
    show(&mut out, &FoundView(found.found))
}

pub(in crate::cli) struct FoundView(Vec<Match>);

impl View for FoundView {
    fn schema(&self) -> &'static str {
        "balie.found/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let rows = self.rows().into_iter().map(Value::Object).collect();
        [("accounts".to_owned(), Value::Array(rows))]
            .into_iter()
            .collect()
    }

    fn rows(&self) -> Vec<Map<String, Value>> {
        let row = |found: &Match| {
            let Found {
                username,
                name,
                work_email,
                status,
                ..
            } = &found.account;
            let row = json!({
                "username": username,
                "name": name,
                "work_email": work_email,
                "status": status,
                "school": found.schools.join("; "),
                "second_factor": found.second_factor,
            });
            row.as_object().cloned().unwrap_or_default()
        };
        self.0.iter().map(row).collect()
    }

    fn page(&self, page: &mut Page) {
        if self.0.is_empty() {
            page.line(
                Tone::Warn,
                &said!("Nobody matches. Try a shorter part, or another spelling."),
            );
            return;
        }
        let row = |found: &Match| {
            let account = &found.account;
            let factor = found.second_factor.as_str();
            let (tone, factor) = match (account.status.as_str(), factor) {
                ("active", "active") => (Tone::Plain, told(factor)),
                ("active", _) => (Tone::Warn, told(factor)),
                (status, _) => (Tone::Bad, format!("{}, {}", told(factor), told(status))),
            };
            vec![
                (Tone::Strong, account.username.to_string()),
                (Tone::Plain, account.name.clone()),
                (Tone::Plain, found.schools.join(", ")),
                (tone, factor),
                (Tone::Plain, account.work_email.clone()),
            ]
        };
        let rows: Vec<_> = self.0.iter().map(row).collect();
        let heads = [
            "username",
            "name",
            "school",
            "second factor",
            "work address",
        ];
        page.table_that_fits(&heads, &rows, 4);
    }
}
