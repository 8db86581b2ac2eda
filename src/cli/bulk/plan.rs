//! `balie bulk plan`

use std::fs::File;
use std::path::Path;

use super::super::output::Out;
use super::super::request::parse_request;
use super::super::session::Session;
use super::super::{Exit, Failure, Outcome, show};
use super::PlanView;
use crate::desk::{self, PlanCard, PlanOrder};
use crate::directory::{BadList, Counted, UsernameList, read_usernames};
use crate::domain::plan::{PlanAction, RowFault, RowState};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie bulk plan reset accounts.csv --request R-4K7Q2
  cut -d, -f3 staff.csv | balie bulk plan reset - --request R-4K7Q2
  balie bulk show P-4K7Q2M --failed --format csv | balie bulk plan reset - --request R-4K7Q2

The list is CSV with a column `username` (the others are ignored), or one username a line. Accounts that
may be done are bound to the request. Nothing is done to them before `balie bulk apply`.")]
pub(in crate::cli) struct Args {
    /// What to do to each account
    #[arg(value_name = "ACTION", value_parser = ["reset"])]
    action: String,
    /// The list; - for standard input
    #[arg(value_name = "FILE|-")]
    file: Option<String>,
    /// The verified request that asks for it
    #[arg(long, value_name = "ID")]
    request: Option<String>,
}

pub(super) async fn run(args: Args, mut session: Session<'_>) -> Outcome {
    let action: PlanAction = args
        .action
        .parse()
        .map_err(|error| Failure::invalid(format!("{error}"), "see `balie bulk plan --help`"))?;
    let file = match args.file {
        Some(file) => file,
        None => session
            .out
            .ask("File with the usernames", "FILE, or - for standard input")?,
    };
    let request = match args.request {
        Some(id) => parse_request(&id)?,
        None => parse_request(&session.out.ask("Request id", "--request ID")?)?,
    };
    let max_rows = session.config.policy.max_rows;
    let list = if file == "-" {
        read_usernames(session.stdin, max_rows)
    } else {
        File::open(Path::new(&file))
            .map_err(BadList::Unreadable)
            .and_then(|mut input| read_usernames(&mut input, max_rows))
    };
    let list = list.map_err(|error| Failure::invalid(error.to_string(), hint(&error)))?;
    let (mut desk, mut out, _) = session.open().await?;
    let order = PlanOrder {
        action,
        request: &request,
        usernames: &list.usernames,
    };
    let dry_run = out.dry_run;
    let card = desk::make_plan(&mut desk, &order, dry_run).await?;
    tell_what_was_left_out(&mut out, &list);
    let id = &card.plan.public_id;
    let next = match (dry_run, card.plan.ready) {
        (true, _) => "This was a dry run: the plan wasn't kept.".to_owned(),
        (false, 0) => "No row is ready: there is nothing to apply.".to_owned(),
        (false, _) if card.needs_approval => {
            format!("Once a senior has approved it: balie bulk apply {id}")
        }
        (false, _) => format!("Carry it out with: balie bulk apply {id}"),
    };
    let view = PlanView {
        card: &card,
        now: desk.now,
        next: Some(next),
    };
    show(&mut out, &view)?;
    Ok(exit_of(&card))
}

/// 0 when a row is ready, else the class of why none is.
fn exit_of(card: &PlanCard) -> Exit {
    let faults = card.faults.iter().map(|(code, _)| code.parse::<RowFault>());
    let faults: Vec<_> = faults.filter_map(Result::ok).collect();
    if card.plan.ready > 0 {
        Exit::Done
    } else if faults.iter().all(|fault| *fault == RowFault::Unknown) {
        Exit::NotFound
    } else if faults
        .iter()
        .all(|fault| fault.state() == RowState::Conflict)
    {
        Exit::Conflict
    } else {
        Exit::Refused
    }
}

fn hint(error: &BadList) -> &'static str {
    match error {
        BadList::Empty => "pass one username a line, or CSV with a column `username`",
        BadList::TooLong(_) => "split the list, or raise `[policy] max_rows` in the config",
        BadList::NoColumn(_) => "name the column with the usernames `username`",
        BadList::Latin1(_) | BadList::Utf16 => "save it as \"CSV UTF-8\"",
        BadList::Binary(_) | BadList::LongLine(_) | BadList::Unreadable(_) => {
            "check that this is the right file"
        }
    }
}

fn tell_what_was_left_out(out: &mut Out<'_>, list: &UsernameList) {
    if !list.ignored_columns.is_empty() {
        let columns = list.ignored_columns.join(", ");
        out.say(&format!(
            "Only the column `username` is used; ignored: {columns}."
        ));
    }
    let mut counted = |counted: Counted, what: &str| {
        if counted.lines > 0 {
            let Counted { lines, first } = counted;
            out.say(&format!(
                "{lines} line(s) {what}; the first is line {first}."
            ));
        }
    };
    counted(
        list.repeated,
        "name an account that was named before, and count once",
    );
    counted(list.empty, "have no username, and were left out");
    if let Some(line) = list.not_utf8 {
        out.say(&format!(
            "Line {line} isn't UTF-8 (this file looks like Latin-1); only the usernames are used."
        ));
    }
}
