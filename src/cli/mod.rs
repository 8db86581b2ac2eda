//! The command line: reads what was typed, opens the desk, renders what comes back. Runs no SQL and
//! holds no rule.

mod account;
mod answer;
mod audit;
mod backup;
mod bulk;
mod case;
mod completions;
mod demo;
mod desk;
mod directory;
mod doctor;
mod enroll;
mod error;
mod init;
mod key;
mod language;
mod login;
mod logout;
mod mailbox;
mod man;
mod manual;
mod next;
mod operator;
mod outbox;
pub mod output;
mod pending;
mod place;
mod portal;
mod receipt;
mod recovery;
mod request;
mod requester;
mod reset;
mod schema;
mod service;
mod settings;
mod shell;
mod today;
mod totp;
mod tree;
mod undo;
mod whoami;

use crate::cli::language::{said, told};
use crate::cli::output::Format;
use crate::cli::shell::completing;
use crate::cli::shell::ending::{Exit, Outcome, show, written};
use crate::cli::shell::global::Global;
use crate::cli::shell::only::Root;
use crate::cli::shell::session::Session;
use crate::cli::shell::usage::{turned_away, usage};
use crate::cli::shell::verb::{Interruption, Rehearsal};
use crate::world::World;
use clap::{CommandFactory as _, FromArgMatches as _, Parser};
use clap_complete::CompleteEnv;
pub use error::Failure;
pub use shell::completing::Door;
pub use shell::global::Color;
use std::ffi::OsString;
use std::process::ExitCode;
use std::time::Duration;
use tokio::time::timeout;
use tree::{Command, dispatch};

/// How long an interrupted command has to let go of what it holds.
const TO_LET_GO: Duration = Duration::from_millis(500);

/// The servicedesk's tool for two-factor authentication.
#[derive(Debug, Parser)]
#[command(name = "balie", version, propagate_version = true)]
#[command(after_help = "\
Examples:
  balie                              today: what waits, and the command that goes on
  balie demo                         what Balie does, on this machine alone
  balie init                         a desk of your own, on SQLite
  balie directory import DIR         who is who, from four CSV files
  balie find jansen                  who is this?
  balie account show j.jansen
  balie request receive mail.eml --account j.jansen
  balie reset j.jansen --request R-4K7Q2

Exit codes: 0 done, 2 wrong call, 3 no such thing, 4 refused by a rule, 5 conflict, 6 some rows not
done, 7 something can't be reached, 8 the log or a seal doesn't hold.")]
pub struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Option<Command>,
}

/// The command with all below it. (A run declares the arguments of the one command that it's about.)
#[must_use]
pub fn command() -> clap::Command {
    let mut command = declared();
    command.build();
    command
}

/// The command as it's declared, for completions and man pages.
fn declared() -> clap::Command {
    Cli::command()
}

/// Answers a shell that asks what could be typed next (`COMPLETE=bash balie …`). Nothing else is done then.
pub fn complete(args: &[OsString], door: Door) -> Option<ExitCode> {
    completing::asked(args, declared, door);
    let completed = CompleteEnv::with_factory(command);
    match completed.try_complete(args.iter().cloned(), None) {
        Ok(true) => Some(ExitCode::SUCCESS),
        Ok(false) => None,
        Err(_) => Some(ExitCode::from(2)),
    }
}

/// Runs one command line to its exit code.
pub fn run(args: impl IntoIterator<Item = OsString>, world: &mut World<'_>) -> ExitCode {
    ExitCode::from(exit_code(&args.into_iter().collect::<Vec<_>>(), world))
}

fn exit_code(args: &[OsString], world: &mut World<'_>) -> u8 {
    let _language = language::Run::begin(language::of_run(args, world));
    let mut command = declared();
    let matches = command.try_get_matches_from_mut(args);
    let parsed = matches.and_then(|matches| Ok((Cli::from_arg_matches(&matches)?, matches)));
    let (cli, matches) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return turned_away(error, &mut command, self::command, args, world),
    };
    let format = shell::session::format(&cli.global, world);
    let typed = shell::only::Typed {
        global: &cli.global,
        makes_a_desk: matches!(cli.command, Some(Command::Demo(_))),
        command: &command,
        matches: &matches,
    };
    let root = match shell::only::enter(&typed, world) {
        Ok(root) => root,
        Err(failure) => {
            failure.report(format.unwrap_or_default(), world.stderr);
            return failure.exit;
        }
    };
    let named = shell::fill::Named::by(&command, &matches);
    let alone = || may_be_alone(&cli.global, world).then_some(Command::Today);
    let Some(asked) = cli.command.or_else(alone) else {
        return usage(&without_a_command(), args, world);
    };
    let outcome = match asked {
        Command::Demo(args) => demo::run(args, &cli.global, exit_code, world),
        Command::Desk(_) if desk::can_guide(&cli.global, world) => {
            desk::run(&cli.global, exit_code, world)
        }
        command => execute(cli.global, command, &root, world),
    };
    // A full disk is told; a reader who left isn't.
    let outcome = outcome.and_then(|exit| written(world.stdout.flush()).map(|_| exit));
    match outcome {
        Ok(exit) => exit.code(),
        Err(failure) if failure.code == "broken_pipe" => 0,
        Err(mut failure) => {
            failure.hint = named.fill(&failure.hint);
            failure.report(format.unwrap_or_default(), world.stderr);
            failure.exit
        }
    }
}

/// Whether somebody is there to read today, or a program asked for its document.
fn may_be_alone(global: &Global, world: &World<'_>) -> bool {
    let is_read = world.terminal.stdin && world.terminal.stdout;
    is_read || global.format.is_some() || world.env.contains_key("BALIE_FORMAT")
}

/// What clap says where a command is missing.
fn without_a_command() -> clap::Error {
    let mut command = declared().arg_required_else_help(true);
    let parsed = command.try_get_matches_from_mut(["balie"]);
    parsed.err().unwrap_or_else(|| {
        command.error(
            clap::error::ErrorKind::MissingSubcommand,
            "a command is missing",
        )
    })
}

fn execute(global: Global, command: Command, root: &Root, world: &mut World<'_>) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    if global.dry_run
        && let Rehearsal::Impossible(why) = command.verb().rehearsal()
    {
        return Err(Failure::invalid(
            said!("this can't be rehearsed: {why}", why = told(why)),
            said!("don't pass --dry-run"),
        ));
    }
    if shell::session::format(&global, world) == Some(Format::Prometheus)
        && !matches!(command, Command::Doctor(_))
    {
        return Err(Failure::invalid(
            said!("`--format prometheus` is of `doctor` alone"),
            said!("pass --format table, json, ndjson or csv"),
        ));
    }
    if !matches!(command, Command::Init(_)) {
        refuse_missing_config(&global, world)?;
    }
    let session = Session::new(global, root, world)?;
    let breaks_off = command.verb().interruption() == Interruption::BreaksOff;
    let in_use = session.in_use.clone();
    runtime.block_on(async {
        let outcome = {
            let mut running = std::pin::pin!(dispatch(command, declared, session));
            tokio::select! {
                outcome = &mut running => outcome,
                // What is open at this desk is let go of; what was done by then is told.
                () = interrupted(), if breaks_off => match timeout(TO_LET_GO, running).await {
                    Ok(Ok(exit)) => Ok(exit),
                    Ok(Err(_)) | Err(_) => Err(Failure::interrupted()),
                },
            }
        };
        if let Some(database) = in_use.take() {
            // The command is done, whether or not this can be; the next one tries again.
            let _ = database.fold().await;
        }
        outcome
    })
}

/// A config that was named must be there: its rules would be left out without a word.
fn refuse_missing_config(global: &Global, world: &World<'_>) -> Result<(), Failure> {
    match shell::session::named_config(global, world) {
        Some(path) if !path.exists() => Err(Failure::invalid(
            said!("there is no config at {path}", path = path.display()),
            said!("correct --config or BALIE_CONFIG, or create one with `balie init`"),
        )),
        _ => Ok(()),
    }
}

async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
