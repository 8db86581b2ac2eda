//! `balie audit export`

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use serde_json::{Value, json};

use super::log::LOOK_EVERY;
use super::siem::{cef, ocsf};
use crate::cli::language::said;
use crate::cli::output::{Out, file, json};
use crate::cli::shell::ending::streamed;
use crate::cli::shell::session::Session;
use crate::cli::{Exit, Failure, Outcome};
use crate::desk;
use crate::desk::Desk;
use crate::desk::audit::{Follower, LogOrder};
use crate::store::log::EventRow;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie audit export > log.ndjson
  balie audit export --since 24h --as ocsf | collector
  balie audit export --as cef --out /var/log/balie.cef
  balie audit export --after 4711 --as cef         what came behind line 4711, for a timer
  balie audit export --after 4711 --as ocsf --follow

The copy's own event is its last line. Fields: docs/operations.md.")]
pub(in crate::cli) struct Args {
    #[command(flatten)]
    filter: super::filter::Filter,
    /// Only behind this line: the `seq` of the last one that you have
    #[arg(long, value_name = "SEQ", value_parser = clap::value_parser!(i64).range(0..))]
    after: Option<i64>,
    /// Go on with each event as it comes, until Ctrl-C
    #[arg(long, conflicts_with = "out")]
    follow: bool,
    /// How a line is written
    #[arg(long = "as", value_enum, default_value_t = Shape::Ndjson, value_name = "SHAPE")]
    shape: Shape,
    /// Write it to this new file, readable by you only
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Shape {
    /// Every field, with all that the chain is computed from.
    Ndjson,
    /// OCSF 1.3, one JSON object a line.
    Ocsf,
    /// CEF 0.
    Cef,
}

impl Shape {
    const fn name(self) -> &'static str {
        match self {
            Self::Ndjson => "ndjson",
            Self::Ocsf => "ocsf",
            Self::Cef => "cef",
        }
    }

    fn write(self, event: &EventRow, out: &mut dyn Write) -> std::io::Result<()> {
        let detail = event.detail();
        let parsed: Value = detail.map_or(Value::Null, |(_, json)| {
            serde_json::from_str(json).unwrap_or_default()
        });
        match self {
            Self::Ndjson => {
                let line = json!({
                    "seq": event.seq.to_string(),
                    "at": event.at,
                    "operator": event.operator,
                    "action": event.action,
                    "account": event.username,
                    "account_id": event.account.map(|id| id.to_string()),
                    "request": event.request,
                    "detail": parsed,
                    "record": event.state.as_ref().map(|record| HEXLOWER.encode(record)),
                    "salt": detail.map(|(salt, _)| HEXLOWER.encode(salt)),
                    "detail_commitment": HEXLOWER.encode(&event.detail_commitment),
                    "prev_hash": HEXLOWER.encode(&event.prev_hash),
                    "hash": HEXLOWER.encode(&event.hash),
                });
                json::line(out, &line)
            }
            Self::Ocsf => json::line(out, &ocsf(event, &parsed)),
            Self::Cef => writeln!(out, "{}", cef(event, &parsed)),
        }
    }
}

pub(super) async fn run(args: Args, session: Session<'_>) -> Outcome {
    let (mut desk, mut out, _) = session.open().await?;
    let order = LogOrder {
        after: args.after,
        ..args.filter.order(desk.now)?
    };
    let mut file = args.out.as_deref().map(new_file).transpose()?;
    let mut count: u64 = 0;
    let mut follower = {
        let target: &mut dyn Write = match &mut file {
            Some(file) => file,
            None => &mut *out.stdout,
        };
        let mut target = BufWriter::with_capacity(64 * 1024, target);
        let follower = desk::audit::export_log(&mut desk, &order, args.shape.name(), |event| {
            count += 1;
            streamed(args.shape.write(&event, &mut target))
        })
        .await?;
        streamed(target.flush())?;
        follower
    };
    if args.follow {
        return follow(&desk, &mut out, &mut follower, args.shape).await;
    }
    if let (Some(file), Some(path)) = (&file, &args.out) {
        file.sync_all()?;
        out.say(&said!(
            "{count} events in {path}",
            count = count,
            path = path.display()
        ));
    }
    Ok(Exit::Done)
}

/// Writes each line as it comes, until somebody ends it.
async fn follow(
    desk: &Desk<'_>,
    out: &mut Out<'_>,
    follower: &mut Follower,
    shape: Shape,
) -> Outcome {
    loop {
        let events = desk::audit::next_events(desk, follower).await?;
        if events.is_empty() {
            tokio::time::sleep(LOOK_EVERY).await;
        }
        for event in &events {
            streamed(shape.write(event, &mut *out.stdout))?;
        }
        streamed(out.stdout.flush())?;
    }
}

fn new_file(path: &Path) -> Result<File, Failure> {
    file::create(path).map_err(|error| {
        Failure::invalid(
            format!("{}: {error}", path.display()),
            said!("pass a new file with --out"),
        )
    })
}
