//! `balie request list`

use jiff::SignedDuration;
use serde_json::{Map, Value, json};

use super::age::age;
use crate::cli::language::{said, told};
use crate::cli::output::{Page, Tone, View};
use crate::cli::shell::completing;
use crate::cli::shell::session::Session;
use crate::cli::{Outcome, show};
use crate::desk;
use crate::desk::request::Queue;
use crate::domain::code::RegionCode;
use crate::domain::directory::address::WorkAddress;
use crate::domain::timestamp::Timestamp;
use crate::store::request::{QueueFilter, QueueRow};

/// How much of a subject is shown, in characters.
const SUBJECT: usize = 60;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie request list
  balie request list --waiting --region utrecht
  balie request list --requester d.visser@beatrixschool.nl --older 2h
  balie request list --mine

What waits for the desk comes first, the oldest at the top; then what waits for its requester; then the rest.")]
pub(in crate::cli) struct Args {
    /// Only those that wait, for the desk or for their requester
    #[arg(long)]
    waiting: bool,
    /// Only those with this status
    #[arg(long, value_enum)]
    status: Option<Status>,
    /// Only those of this region
    #[arg(long, value_name = "CODE", add = completing::regions())]
    region: Option<RegionCode>,
    /// Only those from this address
    #[arg(long, value_name = "ADDRESS")]
    requester: Option<WorkAddress>,
    /// Only those that came in at least so long ago, such as 30m, 2h or 1d
    #[arg(long, value_name = "AGE", value_parser = span)]
    older: Option<SignedDuration>,
    /// Only those that you have open
    #[arg(long)]
    mine: bool,
    /// How many at most
    #[arg(long, default_value_t = 50, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    limit: u32,
}

/// What can be done with a request now.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Status {
    /// It's verified: use it.
    Ready,
    /// A code decides.
    Waiting,
    /// All of it is done.
    Used,
    /// Nobody can be reset on it.
    Rejected,
    /// It isn't a request.
    Closed,
    /// It came in too long ago.
    Expired,
}

impl Status {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Waiting => "waiting",
            Self::Used => "used",
            Self::Rejected => "rejected",
            Self::Closed => "closed",
            Self::Expired => "expired",
        }
    }
}

pub(super) async fn run(args: Args, session: Session<'_>) -> Outcome {
    let (mut desk, mut out, _) = session.open().await?;
    let now = desk.now;
    let filter = QueueFilter {
        status: args.status.map(Status::as_str),
        region: args.region.as_ref().map(RegionCode::as_str),
        from: args.requester.as_ref().map(WorkAddress::as_str),
        received_by: args.older.map(|older| now.plus(-older)),
        mine: args.mine,
    };
    let queue = desk::request::requests(&mut desk, &filter, args.waiting, args.limit).await?;
    let is_filtered = args.waiting
        || args.mine
        || filter.status.is_some()
        || filter.region.is_some()
        || filter.from.is_some()
        || filter.received_by.is_some();
    let view = ListView {
        queue,
        now,
        is_filtered,
    };
    show(&mut out, &view)
}

fn span(text: &str) -> Result<SignedDuration, String> {
    let wrong = || said!("`{text}` isn't an age such as 30m, 2h or 1d", text = text);
    let (number, minutes) = match text.split_at_checked(text.len().saturating_sub(1)) {
        Some((number, "m")) => (number, 1),
        Some((number, "h")) => (number, 60),
        Some((number, "d")) => (number, 1_440),
        _ => return Err(wrong()),
    };
    let number: u16 = number.parse().map_err(|_| wrong())?;
    Ok(SignedDuration::from_mins(i64::from(number) * minutes))
}

struct ListView {
    queue: Queue,
    now: Timestamp,
    is_filtered: bool,
}

/// What a request waits for, in words; its status where it waits for nothing.
pub(in crate::cli) fn waits_for(row: &QueueRow) -> (Tone, String) {
    match row.waits_for.as_deref() {
        Some("account") => (Tone::Warn, said!("an account to be named")),
        Some("reset") => (Tone::Good, said!("a reset")),
        Some("yes") => (Tone::Warn, said!("a senior's yes")),
        Some("challenge") => (Tone::Warn, said!("a code to be sent")),
        Some("answer") => (Tone::Warn, said!("a call: an answer came in")),
        Some(_) => (Tone::Plain, said!("the requester's code")),
        None => (Tone::Faint, told(&row.status)),
    }
}

/// The accounts that are named, and how many more there are.
fn accounts(row: &QueueRow) -> String {
    let named = row.usernames.as_deref().unwrap_or_default();
    let shown = i64::try_from(named.split_whitespace().count()).unwrap_or(i64::MAX);
    let more = row.accounts - shown;
    match (named, more) {
        ("", 0) => said!("none"),
        ("", more) => said!("{more} of other desks", more = more),
        (named, 0) => named.replace(' ', ", "),
        (named, more) => said!(
            "{accounts} and {more} more",
            accounts = named.replace(' ', ", "),
            more = more
        ),
    }
}

impl View for ListView {
    fn schema(&self) -> &'static str {
        "balie.requests/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let rows = self.rows().into_iter().map(Value::Object).collect();
        [
            ("requests".to_owned(), Value::Array(rows)),
            ("more".to_owned(), self.queue.more.into()),
        ]
        .into_iter()
        .collect()
    }

    fn rows(&self) -> Vec<Map<String, Value>> {
        let row = |request: &QueueRow| {
            let row = json!({
                "id": request.public_id,
                "status": request.status,
                "verdict": request.verdict,
                "region": request.region,
                "from": request.from_address,
                "subject": request.subject,
                "received_at": request.received_at,
                "expires_at": request.expires_at,
                "answered_at": request.answered_at,
                "waits_for": request.waits_for,
                "requester": request.requester,
                "accounts": request.usernames.as_deref().unwrap_or_default(),
                "accounts_count": request.accounts,
                "open_by": request.open_by,
            });
            row.as_object().cloned().unwrap_or_default()
        };
        self.queue.requests.iter().map(row).collect()
    }

    fn page(&self, page: &mut Page) {
        if self.queue.requests.is_empty() {
            let none = if self.is_filtered {
                said!("No such request.")
            } else {
                said!("No request has come in yet.")
            };
            page.line(Tone::Faint, &none);
            return;
        }
        let row = |request: &QueueRow| {
            let (tone, waits_for) = waits_for(request);
            let open_by = request.open_by.as_ref();
            let waits_for = match open_by {
                Some(by) if request.waits_for.is_some() => {
                    said!("{waits_for} (open: {by})", waits_for = waits_for, by = by)
                }
                _ => waits_for,
            };
            let from = request.from_address.clone().unwrap_or_default();
            vec![
                (Tone::Strong, request.public_id.to_string()),
                (Tone::Plain, age(request.received_at, self.now)),
                (tone, waits_for),
                (Tone::Plain, accounts(request)),
                (Tone::Plain, from),
                (Tone::Plain, request.subject.chars().take(SUBJECT).collect()),
            ]
        };
        let rows: Vec<_> = self.queue.requests.iter().map(row).collect();
        page.table(
            &["request", "age", "waits for", "accounts", "from", "subject"],
            &rows,
        );
        if self.queue.more {
            page.gap();
            page.line(
                Tone::Warn,
                &said!("There are more: pass --limit N, or narrow them down."),
            );
        }
    }
}
