//! `balie find`, `balie account show|history`, and what else is done to accounts.

mod add;
mod block;
mod shared;

use clap::Subcommand;
use serde_json::{Map, Value, json};

use super::output::{Page, Tone, View};
use super::shell::session::Session;
use super::shell::verb::{self, Rehearsal};
use super::{Failure, Outcome, show};
use crate::desk;
use crate::desk::account::AccountCard;
use crate::domain::account::SecondFactor;
use crate::domain::code::Username;
use crate::store::account::Found;
use crate::store::log::EventRow;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie find jansen beatrix       part of a name, and of a school
  balie find jansne               typing errors and missing accents are forgiven")]
pub(super) struct FindArgs {
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

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Verb {
    /// Search accounts
    Find(FindArgs),
    /// One account: who, where, and the state of the second factor
    #[command(after_help = "Example:\n  balie account show j.jansen --format json")]
    Show {
        /// The exact username
        username: Option<String>,
    },
    /// Register an account: a new colleague's, or a personal one for somebody who shared a login
    Add(add::Args),
    /// Block an account and end its sessions
    #[command(
        after_help = "Example:\n  balie account block j.jansen --reason \"phone stolen, school called\""
    )]
    Block(block::Args),
    /// Unblock an account (a senior)
    #[command(
        after_help = "Example:\n  balie account unblock j.jansen --reason \"school confirmed by mail\""
    )]
    Unblock(block::Args),
    /// Logins that look as if several people use them
    #[command(after_help = "\
Example:
  balie account shared

The signs: the username, name or address of a function; the name of several people; an address that other logins
have too; many roles at one school; personal logins that were issued to replace it.")]
    Shared {
        /// How many at most
        #[arg(long, default_value_t = 1000, value_name = "N")]
        limit: usize,
    },
    /// What was done to one account, newest first
    #[command(after_help = "Example:\n  balie account history j.jansen")]
    History {
        /// The exact username
        username: Option<String>,
        /// How many at most
        #[arg(long, default_value_t = 50, value_name = "N")]
        limit: u32,
    },
}

impl verb::Verb for Verb {
    fn rehearsal(&self) -> Rehearsal {
        match self {
            Self::Find(_) | Self::Show { .. } | Self::Shared { .. } | Self::History { .. } => {
                Rehearsal::OnlyReads
            }
            Self::Add(_) | Self::Block(_) | Self::Unblock(_) => Rehearsal::Shows,
        }
    }
}

pub(super) async fn run(verb: Verb, session: Session<'_>) -> Outcome {
    match verb {
        Verb::Find(args) => find(args, session).await,
        Verb::Add(args) => add::run(args, session).await,
        Verb::Block(args) => block::run(args, block::Way::Block, session).await,
        Verb::Unblock(args) => block::run(args, block::Way::Unblock, session).await,
        Verb::Shared { limit } => shared::run(limit, session).await,
        Verb::Show { username } => {
            let (mut desk, mut out, _) = session.open().await?;
            let username = match username {
                Some(text) => parse_username(&text)?,
                None => super::shell::pick::account(&mut desk, &mut out).await?,
            };
            let card = desk::account::show_account(&mut desk, &username).await?;
            show(&mut out, &AccountView(&card))
        }
        Verb::History { username, limit } => {
            let (mut desk, mut out, _) = session.open().await?;
            let username = match username {
                Some(text) => parse_username(&text)?,
                None => super::shell::pick::account(&mut desk, &mut out).await?,
            };
            let events = desk::account::account_history(&mut desk, &username, limit).await?;
            show(
                &mut out,
                &HistoryView {
                    schema: "balie.history/1",
                    events,
                },
            )
        }
    }
}

pub(super) async fn find(args: FindArgs, session: Session<'_>) -> Outcome {
    let (mut desk, mut out, _) = session.open().await?;
    let text = match args.text.join(" ") {
        text if text.is_empty() => out.ask("Who", "TEXT")?,
        text => text,
    };
    let found = desk::account::find(&mut desk, &text, args.limit).await?;
    if found.len() == args.limit {
        out.say(&format!(
            "These are the best {}: there may be more. Type more of the name, or pass --limit.",
            args.limit
        ));
    }
    show(&mut out, &FoundView(found))
}

/// An exact username; what is none is told so, before the database is asked (rule 12).
pub(super) fn parse_username(text: &str) -> Result<Username, Failure> {
    text.parse()
        .map_err(|error: crate::domain::code::BadUsername| {
            Failure::invalid(error.to_string(), "search with `balie find TEXT`")
        })
}

struct FoundView(Vec<Found>);

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
        let row = |found: &Found| {
            let Found {
                username,
                name,
                work_email,
                status,
                ..
            } = found;
            let row = json!({ "username": username, "name": name, "work_email": work_email, "status": status });
            row.as_object().cloned().unwrap_or_default()
        };
        self.0.iter().map(row).collect()
    }

    fn page(&self, page: &mut Page) {
        if self.0.is_empty() {
            page.line(
                Tone::Warn,
                "Nobody matches. Try a shorter part, or another spelling.",
            );
            return;
        }
        let row = |found: &Found| {
            let tone = if found.status == "active" {
                Tone::Plain
            } else {
                Tone::Warn
            };
            vec![
                (Tone::Strong, found.username.to_string()),
                (Tone::Plain, found.name.clone()),
                (Tone::Plain, found.work_email.clone()),
                (tone, found.status.clone()),
            ]
        };
        let rows: Vec<_> = self.0.iter().map(row).collect();
        page.table(&["username", "name", "work address", "status"], &rows);
    }
}

pub(super) struct AccountView<'c>(pub(super) &'c AccountCard);

impl View for AccountView<'_> {
    fn schema(&self) -> &'static str {
        "balie.account/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let AccountCard {
            account,
            roles,
            recovery_code,
            signs,
            ..
        } = self.0;
        let mut organisations: Vec<_> = roles
            .iter()
            .map(|r| json!({ "code": r.organisation, "name": r.name, "region": r.region }))
            .collect();
        organisations.dedup();
        let fields = json!({
            "username": account.username,
            "name": account.name,
            "work_email": account.work_email,
            "status": account.status,
            "organisations": organisations,
            "roles": roles.iter().map(|r| json!({ "role": r.role, "organisation": r.organisation })).collect::<Vec<_>>(),
            "region": roles.first().map(|role| &role.region),
            "second_factor": SecondFactor::from(account.enrollment()),
            "recovery_code": recovery_code,
            "session_epoch": account.session_epoch,
            "last_login_at": account.last_login_at,
            "looks_shared": !signs.is_empty(),
            "shared_signs": signs,
            "open_by": self.0.open_by.as_ref().map(|(by, since)| json!({ "operator": by, "since": since })),
        });
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        let AccountCard {
            account,
            roles,
            recovery_code,
            signs,
            ..
        } = self.0;
        page.heading(&format!("{}  ({})", account.name, account.username));
        let factor = SecondFactor::from(account.enrollment());
        let (tone, mut second) = match factor.state {
            "active" => (Tone::Good, "active".to_owned()),
            "locked" => (Tone::Bad, "locked".to_owned()),
            other => (Tone::Warn, other.to_owned()),
        };
        let mut add = |label: &str, at: Option<crate::domain::timestamp::Timestamp>| {
            if let Some(at) = at {
                second = format!("{second}, {label} {at:.0}");
            }
        };
        add("since", factor.enrolled_at);
        add("last used", factor.last_used_at);
        add("may enroll until", factor.enroll_by);
        let status = if account.status.as_str() == "active" {
            Tone::Good
        } else {
            Tone::Bad
        };
        let mut fields = vec![
            ("work address", Tone::Plain, account.work_email.to_string()),
            ("status", status, account.status.to_string()),
        ];
        for role in roles {
            let text = format!(
                "{} at {} ({}, {})",
                role.role, role.name, role.organisation, role.region
            );
            fields.push(("role", Tone::Plain, text));
        }
        fields.push(("second factor", tone, second));
        let issued = recovery_code
            .issued_at
            .map(|at| format!(", issued {at:.0}"));
        fields.push((
            "recovery code",
            Tone::Plain,
            format!("{}{}", recovery_code.state, issued.unwrap_or_default()),
        ));
        let login = account
            .last_login_at
            .map_or("never".into(), |at| format!("{at:.0}"));
        fields.push(("last login", Tone::Plain, login));
        if !signs.is_empty() {
            let signs: Vec<_> = signs.iter().map(|sign| shared::in_words(*sign)).collect();
            fields.push(("looks shared", Tone::Warn, signs.join("; ")));
        }
        page.fields(&fields);
        if let Some((by, since)) = &self.0.open_by {
            let text = format!("{by} has had this account open since {since:.0}.");
            page.line(Tone::Bad, &text);
        }
    }
}

/// What is shown of a line of the log.
pub(super) const EVENT_COLUMNS: &[&str] = &[
    "seq", "at", "operator", "action", "account", "request", "detail",
];

/// A value for each of [`EVENT_COLUMNS`].
pub(super) fn event_cells(event: &EventRow) -> Vec<Value> {
    let detail = event.detail();
    let detail = detail.and_then(|(_, json)| serde_json::from_str(json).ok());
    vec![
        event.seq.to_string().into(),
        json!(event.at),
        event.operator.as_str().into(),
        event.action.as_str().into(),
        json!(event.username),
        json!(event.request),
        detail.unwrap_or(Value::Null),
    ]
}

pub(super) struct HistoryView {
    pub(super) schema: &'static str,
    pub(super) events: Vec<EventRow>,
}

impl View for HistoryView {
    fn schema(&self) -> &'static str {
        self.schema
    }

    fn fields(&self) -> Map<String, Value> {
        let rows = self.rows().into_iter().map(Value::Object).collect();
        [("events".to_owned(), Value::Array(rows))]
            .into_iter()
            .collect()
    }

    fn rows(&self) -> Vec<Map<String, Value>> {
        let row = |event: &EventRow| {
            let columns = EVENT_COLUMNS.iter().map(|column| (*column).to_owned());
            columns.zip(event_cells(event)).collect()
        };
        self.events.iter().map(row).collect()
    }

    fn page(&self, page: &mut Page) {
        if self.events.is_empty() {
            page.line(Tone::Faint, "The log has nothing about this.");
            return;
        }
        let row = |event: &EventRow| {
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            let detail = event.detail().map(|(_, json)| json.to_owned());
            vec![
                (Tone::Plain, event.seq.to_string()),
                (Tone::Plain, format!("{:.0}", event.at)),
                (Tone::Plain, event.operator.clone()),
                (Tone::Strong, event.action.clone()),
                (Tone::Plain, text(&event.username)),
                (Tone::Plain, text(&event.request)),
                (
                    Tone::Faint,
                    detail.filter(|d| d != "{}").unwrap_or_default(),
                ),
            ]
        };
        let rows: Vec<_> = self.events.iter().map(row).collect();
        page.table(
            &[
                "event", "at", "operator", "action", "account", "request", "detail",
            ],
            &rows,
        );
    }
}
