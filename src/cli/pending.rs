//! `balie pending`

use jiff::SignedDuration;
use serde_json::{Map, Value, json};

use crate::cli::account::preview::show_impact;
use crate::cli::language::{said, told};
use crate::cli::output::{Out, Page, Tone, View};
use crate::cli::shell::completing;
use crate::cli::shell::ending::show_some;
use crate::cli::shell::parse::parse_username;
use crate::cli::shell::session::Session;
use crate::cli::shell::take_over::TakeOver;
use crate::cli::shell::verb::{self, Rehearsal};
use crate::cli::{Outcome, show};
use crate::desk;
use crate::desk::Desk;
use crate::desk::reset::{PendingList, RemindReport};
use crate::domain::code::Username;
use crate::domain::log::event::Action;
use crate::domain::timestamp::Timestamp;
use crate::store::account::PendingRow;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie pending                       who was reset and hasn't enrolled again, and the time left
  balie pending --remind              queue the reminders that are due (from cron: each goes out once)
  balie pending --reopen j.jansen     the window is over: open it again

A holder is reminded when half of the window is over, and in its last sixth.")]
pub(super) struct Args {
    /// Also those who never had a second factor
    #[arg(long)]
    all: bool,
    /// Queue the reminder mails that are due
    #[arg(long, conflicts_with = "reopen")]
    remind: bool,
    /// Open this account's enrollment window again
    #[arg(long, value_name = "ACCOUNT", conflicts_with = "all", add = completing::accounts())]
    reopen: Option<String>,
    /// How many at most
    #[arg(long, default_value_t = 1000, value_name = "N")]
    limit: u32,
    #[command(flatten)]
    take_over: TakeOver,
}

impl verb::Verb for Args {
    fn rehearsal(&self) -> Rehearsal {
        Rehearsal::Shows
    }
}

pub(super) async fn run(args: Args, session: Session<'_>) -> Outcome {
    let (mut desk, mut out, _) = session.open().await?;
    if let Some(text) = &args.reopen {
        let username = parse_username(text)?;
        let act = async |desk: &mut Desk<'_>, out: &mut Out<'_>| {
            if out.is_to_ask()? {
                show_impact(desk, out, std::slice::from_ref(&username), None).await?;
                out.go_on(&said!(
                    "Open the enrollment window of {username} again",
                    username = username
                ))?;
            }
            Ok(desk::reset::reopen(desk, &username, out.dry_run).await?)
        };
        let step = (Action::PendingReopen, &username);
        let enroll_by = args
            .take_over
            .of_account(step, &mut desk, &mut out, act)
            .await?;
        let view = ReopenedView {
            username,
            enroll_by,
            dry_run: out.dry_run,
        };
        return show(&mut out, &view);
    }
    if args.remind {
        let report = desk::reset::remind(&mut desk, args.all, args.limit, out.dry_run).await?;
        return show(&mut out, &RemindView(report));
    }
    let list = desk::reset::pending(&mut desk, args.all, args.limit).await?;
    let shown = list.accounts.len();
    show_some(&mut out, &PendingView(list), shown, args.limit)
}

struct PendingView(PendingList);

/// Where the window stands: `open`, `closed`, or `none` for an account that never had one.
fn window(row: &PendingRow, now: Timestamp) -> &'static str {
    match row.enroll_by {
        Some(end) if end > now => "open",
        Some(_) => "closed",
        None => "none",
    }
}

fn left(row: &PendingRow, now: Timestamp) -> Option<SignedDuration> {
    let left = row.enroll_by?.since(now);
    Some(left.max(SignedDuration::ZERO))
}

impl View for PendingView {
    fn schema(&self) -> &'static str {
        "balie.pending/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let rows = self.rows().into_iter().map(Value::Object).collect();
        [("accounts".to_owned(), Value::Array(rows))]
            .into_iter()
            .collect()
    }

    fn rows(&self) -> Vec<Map<String, Value>> {
        let now = self.0.now;
        let row = |row: &PendingRow| {
            let fields = json!({
                "username": row.username,
                "name": row.name,
                "region": row.region,
                "status": row.status,
                "second_factor": if row.begun == 1 { "pending" } else { "none" },
                "reset_at": row.reset_at,
                "enroll_by": row.enroll_by,
                "window": window(row, now),
                "seconds_left": left(row, now).map(|left| left.as_secs()),
                "reminded": row.reminder,
            });
            fields.as_object().cloned().unwrap_or_default()
        };
        self.0.accounts.iter().map(row).collect()
    }

    fn page(&self, page: &mut Page) {
        let PendingList { accounts, now } = &self.0;
        if accounts.is_empty() {
            page.line(
                Tone::Good,
                &said!("Everybody who was reset has enrolled again."),
            );
            return;
        }
        let row = |row: &PendingRow| {
            let (tone, time) = match left(row, *now) {
                Some(left) if left.is_zero() => (Tone::Bad, said!("over")),
                Some(left) if left.as_hours() < 12 => (Tone::Warn, hours(left)),
                Some(left) => (Tone::Plain, hours(left)),
                None => (Tone::Faint, said!("no window")),
            };
            let reset = row.reset_at.map(|at| format!("{at:.0}"));
            let reminded = row.reminder.map(|reminder| told(reminder.as_str()));
            vec![
                (Tone::Strong, row.username.to_string()),
                (Tone::Plain, row.name.clone()),
                (Tone::Plain, row.region.clone().unwrap_or_default()),
                (Tone::Plain, reset.unwrap_or_default()),
                (tone, time),
                (Tone::Faint, reminded.unwrap_or_default()),
            ]
        };
        let rows: Vec<_> = accounts.iter().map(row).collect();
        page.table(
            &[
                "username",
                "name",
                "region",
                "reset",
                "time left",
                "reminded",
            ],
            &rows,
        );
    }
}

fn hours(left: SignedDuration) -> String {
    said!(
        "{hours} h {minutes} min",
        hours = left.as_hours(),
        minutes = format!("{:02}", left.as_mins() % 60)
    )
}

struct RemindView(RemindReport);

impl View for RemindView {
    fn schema(&self) -> &'static str {
        "balie.reminders/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let rows = self.rows().into_iter().map(Value::Object).collect();
        let mut fields = Map::new();
        fields.insert("dry_run".into(), self.0.dry_run.into());
        fields.insert("reminded".into(), Value::Array(rows));
        fields
    }

    fn rows(&self) -> Vec<Map<String, Value>> {
        let row = |(username, reminder): &(Username, _)| {
            let fields = json!({ "username": username, "reminder": reminder });
            fields.as_object().cloned().unwrap_or_default()
        };
        self.0.reminded.iter().map(row).collect()
    }

    fn page(&self, page: &mut Page) {
        if self.0.dry_run {
            page.line(
                Tone::Warn,
                &said!("This was a dry run: nothing was queued."),
            );
        }
        for (username, reminder) in &self.0.reminded {
            page.line(
                Tone::Plain,
                &format!("{username}: {}", told(reminder.as_str())),
            );
        }
        let text = said!("{number} reminder(s) due.", number = self.0.reminded.len());
        page.line(Tone::Strong, &text);
    }
}

struct ReopenedView {
    username: Username,
    enroll_by: Timestamp,
    dry_run: bool,
}

impl View for ReopenedView {
    fn schema(&self) -> &'static str {
        "balie.window/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let fields = json!({
            "username": self.username,
            "enroll_by": self.enroll_by,
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
        let text = said!(
            "{username} can enroll until {until}.",
            username = self.username,
            until = format!("{:.0}", self.enroll_by)
        );
        page.line(Tone::Good, &text);
    }
}
