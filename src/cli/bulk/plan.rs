//! `balie bulk plan`

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::view::PlanView;
use crate::cli::language::{noted, said, told};
use crate::cli::output::Out;
use crate::cli::shell::completing;
use crate::cli::shell::input;
use crate::cli::shell::parse::parse_request;
use crate::cli::shell::session::Session;
use crate::cli::{Exit, Failure, Outcome, show};
use crate::desk;
use crate::desk::bulk::{PlanCard, PlanOrder};
use crate::directory::{BadList, Counted, UsernameList, read_usernames};
use crate::domain::bulk::plan::{RowFault, RowState};
use crate::domain::bulk::work::{PlanAction, PlanWork};
use crate::domain::second_factor::delivery::Delivery;
use crate::vault::AgeRecipient;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie bulk plan reset accounts.csv --request R-4K7Q2
  cut -d, -f3 staff.csv | balie bulk plan reset - --request R-4K7Q2
  balie bulk show P-4K7Q2M --failed --format csv | balie bulk plan reset - --request R-4K7Q2
  balie bulk plan reissue accounts.csv --request R-4K7Q2 --deliver letter
  balie bulk plan reissue accounts.csv --request R-4K7Q2 --deliver sealed --to age1…

The list is CSV with a column `username` (the others are ignored), or one username a line. Accounts that
may be done are bound to the request. Nothing is done to them before `balie bulk apply`.

reset    their second factors, each with its window to enroll
reissue  fresh recovery codes: each by mail (24 hours), or in files that `bulk apply` writes: letters, or
         encrypted to an age recipient (21 days)")]
pub(in crate::cli) struct Args {
    /// What to do to each account
    #[arg(value_name = "ACTION", value_parser = action())]
    action: PlanAction,
    /// The list; - for standard input
    #[arg(value_name = "FILE|-")]
    file: Option<PathBuf>,
    /// The verified request that asks for it
    #[arg(long, value_name = "ID", add = completing::requests())]
    request: Option<String>,
    /// How recovery codes are delivered (default: mail)
    #[arg(long, value_name = "WAY", value_parser = way())]
    deliver: Option<Delivery>,
    /// The age recipient that they're encrypted to, for sealed
    #[arg(long, value_name = "age1…")]
    to: Option<String>,
}

fn action() -> impl TypedValueParser<Value = PlanAction> {
    let names = PlanAction::ALL.iter().map(|action| action.as_str());
    PossibleValuesParser::new(names).try_map(|text| text.parse::<PlanAction>())
}

/// No operator sees the codes of a whole list.
fn way() -> impl TypedValueParser<Value = Delivery> {
    let names = Delivery::ALL.iter().filter(|way| **way != Delivery::Screen);
    PossibleValuesParser::new(names.map(|way| way.as_str()))
        .try_map(|text| text.parse::<Delivery>())
}

pub(super) async fn run(args: Args, mut session: Session<'_>) -> Outcome {
    let work = work(args.action, args.deliver, args.to, &mut session.out)?;
    let file = match args.file {
        Some(file) => file,
        None => session.out.ask_path(
            &said!("File with the usernames"),
            &said!("FILE, or - for standard input"),
        )?,
    };
    let request = match args.request {
        Some(id) => parse_request(&id)?,
        None => parse_request(
            &session
                .out
                .ask(&said!("The request's id"), "--request ID")?,
        )?,
    };
    let max_rows = session.config.policy.max_rows;
    let list = if file.as_os_str() == "-" {
        read_usernames(session.stdin, max_rows)
    } else {
        read_usernames(&mut input::open(&file, input::LIST)?, max_rows)
    };
    let list =
        list.map_err(|error| Failure::invalid(told(&error.to_string()), told(hint(&error))))?;
    let (mut desk, mut out, _) = session.open().await?;
    let order = PlanOrder {
        work: &work,
        request: &request,
        usernames: &list.usernames,
    };
    let dry_run = out.dry_run;
    let card = desk::bulk::make_plan(&mut desk, &order, dry_run).await?;
    tell_what_was_left_out(&mut out, &list);
    let id = &card.plan.public_id;
    let out_dir = match work.delivery() {
        Some(Delivery::Letter | Delivery::Sealed) => " --out DIR",
        _ => "",
    };
    let next = match (dry_run, card.plan.ready) {
        (true, _) => said!("This was a dry run: the plan wasn't kept."),
        (false, 0) => said!("No row is ready: there is nothing to apply."),
        (false, _) if card.needs_approval => {
            said!(
                "Once a senior has approved it: balie bulk apply {id}{out_dir}",
                id = id,
                out_dir = out_dir
            )
        }
        (false, _) => said!(
            "Carry it out with: balie bulk apply {id}{out_dir}",
            id = id,
            out_dir = out_dir
        ),
    };
    let view = PlanView {
        card: &card,
        now: desk.now,
        next: Some(next),
    };
    show(&mut out, &view)?;
    Ok(exit_of(&card))
}

fn work(
    action: PlanAction,
    deliver: Option<Delivery>,
    to: Option<String>,
    out: &mut Out<'_>,
) -> Result<PlanWork, Failure> {
    let delivery = match (action, deliver) {
        (PlanAction::Reset, deliver) => deliver,
        (PlanAction::Reissue, deliver) => Some(deliver.unwrap_or(Delivery::Mail)),
    };
    let to = match to {
        None if delivery == Some(Delivery::Sealed) && action == PlanAction::Reissue => {
            Some(out.ask(&said!("The age recipient"), "--to age1…")?)
        }
        to => to,
    };
    let recipient = to.map(|to| to.parse::<AgeRecipient>()).transpose();
    let recipient = recipient
        .map_err(|error| Failure::invalid(told(&error.to_string()), said!("pass --to age1…")))?;
    let recipient = recipient.map(|recipient| recipient.to_string());
    PlanWork::of(action, delivery, recipient.as_deref()).ok_or_else(|| match action {
        PlanAction::Reset => Failure::invalid(
            said!("a reset delivers nothing"),
            said!("don't pass --deliver and --to, or plan a reissue"),
        ),
        PlanAction::Reissue => Failure::invalid(
            said!("only sealed codes go to an age recipient"),
            said!("pass --deliver sealed with --to age1…, or don't pass --to"),
        ),
    })
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
        BadList::Empty => noted!("pass one username per line, or CSV with a column `username`"),
        BadList::TooLong(_) => noted!("split the list, or raise `[policy] max_rows` in the config"),
        BadList::NoColumn(_) => noted!("name the column with the usernames `username`"),
        BadList::Latin1(_) | BadList::Utf16 => noted!("save it as \"CSV UTF-8\""),
        BadList::NotAUsername(_) => {
            noted!(
                "pass one username per line, or for a file with more columns CSV with a column `username`"
            )
        }
        BadList::Binary(_) | BadList::LongLine(_) | BadList::Unreadable(_) => {
            noted!("check that this is the right file")
        }
    }
}

fn tell_what_was_left_out(out: &mut Out<'_>, list: &UsernameList) {
    if !list.ignored_columns.is_empty() {
        let columns = list.ignored_columns.join(", ");
        out.say(&said!(
            "Only the column `username` is used; ignored: {columns}.",
            columns = columns
        ));
    }
    let mut counted = |counted: Counted, what: &str| {
        if counted.lines > 0 {
            let Counted { lines, first } = counted;
            out.say(&said!(
                "{lines} line(s) {what}; the first is line {first}.",
                lines = lines,
                what = what,
                first = first
            ));
        }
    };
    counted(
        list.repeated,
        &said!("repeat an account, which counts once"),
    );
    counted(list.empty, &said!("have no username and were skipped"));
    if let Some(line) = list.not_utf8 {
        out.say(&said!(
            "Line {line} isn't UTF-8 (this file looks like Latin-1); only the usernames are used.",
            line = line
        ));
    }
}
