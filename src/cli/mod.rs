//! The command line: reads what was typed, opens the desk, renders what comes back. Runs no SQL and
//! holds no rule.

mod account;
mod answer;
mod audit;
mod backup;
mod bulk;
mod case;
mod complete;
mod demo;
mod desk;
mod directory;
mod doctor;
mod enroll;
mod error;
mod init;
mod key;
mod login;
mod mailbox;
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
mod undo;

use std::ffi::OsString;
use std::process::ExitCode;
use std::time::Duration;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

pub use error::Failure;
use shell::ending::{Exit, Outcome, show, streamed, written};
pub use shell::global::Color;
use shell::global::Global;
use shell::only::Root;
use shell::session::Session;
use shell::usage::usage;
use tokio::time::timeout;

use crate::world::World;
use shell::verb::{Interruption, Login, Rehearsal, Verb};

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

#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum Command {
    /// What waits today: `balie` alone.
    #[command(skip)]
    Today,
    /// See it all in a minute: a desk's morning on this machine alone
    Demo(demo::Args),
    /// Take the oldest request that waits, and hold it for 15 minutes
    Next(next::Args),
    /// Guided work at a terminal: the queue of requests, one case at a time
    Desk(desk::Args),
    /// Make the database, the keys, the config and the first operator
    Init(init::Args),
    /// Check database, keys, clock, DNS and mail servers; each line says how to fix it
    Doctor(doctor::Args),
    /// Log in with password and code
    Login(login::LoginArgs),
    /// End your session
    Logout(login::LogoutArgs),
    /// Who is at work, and until when
    Whoami(login::WhoAmIArgs),
    /// Who works here, as what, and where
    #[command(subcommand)]
    Operator(operator::Verb),
    /// Search accounts (short for `account find`)
    Find(account::FindArgs),
    /// Accounts: who, where, and the state of the second factor
    #[command(subcommand)]
    Account(account::Verb),
    /// Regions and the addresses of their desks
    #[command(subcommand)]
    Region(place::RegionVerb),
    /// Consortia, boards and schools
    #[command(subcommand)]
    Org(place::OrganisationVerb),
    /// Who may ask for a reset
    #[command(subcommand)]
    Requester(requester::Verb),
    /// Requests: mails from directors, board members and supervisors
    #[command(subcommand)]
    Request(request::Verb),
    /// The desk's mailbox: take new requests from it
    #[command(subcommand)]
    Mailbox(mailbox::Verb),
    /// Reset 2FA of accounts, on a verified request
    Reset(reset::Args),
    /// Recovery codes: a fresh one, on a verified request
    #[command(subcommand)]
    Recovery(recovery::Verb),
    /// Undo the reset of a wrong account, as another operator
    Undo(undo::Args),
    /// Who was reset and hasn't enrolled again: time left, remind, reopen the window
    Pending(pending::Args),
    /// Many accounts at once: plan a list, review it, carry it out
    #[command(subcommand)]
    Bulk(bulk::Verb),
    /// Break-glass: resets without a request, by two operators
    #[command(subcommand)]
    Case(case::Verb),
    /// Receipts of resets
    #[command(subcommand)]
    Receipt(receipt::Verb),
    /// The log: read it, verify it
    #[command(subcommand)]
    Audit(audit::Verb),
    /// A copy of the desk, made while others work; the keys stay apart
    Backup(backup::Args),
    /// The FAQ's answer to read out or mail, with the region's address filled in
    Answer(answer::Args),
    /// Print a shell's completions
    Completions(complete::CompletionsArgs),
    /// Write the man pages to a folder
    Man(complete::ManArgs),
    /// What the documents of `--format json` look like: their JSON Schemas
    Schema(schema::Args),
    /// Services: accounts for timers, each with a token for one job
    #[command(subcommand)]
    Service(service::Verb),
    /// The desk's own rules and servers: show and change them
    #[command(subcommand)]
    Settings(settings::Verb),
    /// Sealing keys: what is sealed under which, and a new one
    #[command(subcommand)]
    Key(key::Verb),
    /// Mails to holders and requesters
    #[command(subcommand)]
    Outbox(outbox::Verb),
    /// Authenticators: bind one while its holder is present, or import them from another system
    #[command(subcommand)]
    Enroll(enroll::Verb),
    /// "My code isn't accepted": say why, and unlock
    #[command(subcommand)]
    Totp(totp::Verb),
    /// What the login screen decides: the reference for portals
    #[command(subcommand)]
    Portal(portal::Verb),
    /// Import who is who from CSV files
    #[command(subcommand)]
    Directory(directory::Verb),
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

/// Runs one command line to its exit code.
pub fn run(args: impl IntoIterator<Item = OsString>, world: &mut World<'_>) -> ExitCode {
    ExitCode::from(exit_code(args, world))
}

fn exit_code(args: impl IntoIterator<Item = OsString>, world: &mut World<'_>) -> u8 {
    let args: Vec<OsString> = args.into_iter().collect();
    let mut command = declared();
    let matches = command.try_get_matches_from_mut(&args);
    let parsed = matches.and_then(|matches| Ok((Cli::from_arg_matches(&matches)?, matches)));
    let (cli, matches) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return usage(&error.format(&mut command), &args, world),
    };
    let format = shell::session::format(&cli.global, world);
    let typed = shell::only::Typed {
        cli: &cli,
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
        return usage(&without_a_command(), &args, world);
    };
    let outcome = match asked {
        Command::Demo(args) => demo::run(args, &cli.global, world),
        Command::Desk(_) if desk::can_guide(&cli.global, world) => desk::run(&cli.global, world),
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
            format!("this can't be rehearsed: {why}"),
            "don't pass --dry-run",
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
            let mut running = std::pin::pin!(dispatch(command, session));
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
            format!("there is no config at {}", path.display()),
            "correct --config or BALIE_CONFIG, or create one with `balie init`",
        )),
        _ => Ok(()),
    }
}

async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

impl Command {
    /// What it says of itself.
    fn verb(&self) -> &dyn Verb {
        match self {
            Self::Today => &today::Alone,
            Self::Demo(said) => said,
            Self::Next(said) => said,
            Self::Desk(said) => said,
            Self::Init(said) => said,
            Self::Doctor(said) => said,
            Self::Login(said) => said,
            Self::Logout(said) => said,
            Self::Whoami(said) => said,
            Self::Operator(said) => said,
            Self::Find(said) => said,
            Self::Account(said) => said,
            Self::Region(said) => said,
            Self::Org(said) => said,
            Self::Requester(said) => said,
            Self::Request(said) => said,
            Self::Mailbox(said) => said,
            Self::Reset(said) => said,
            Self::Recovery(said) => said,
            Self::Undo(said) => said,
            Self::Pending(said) => said,
            Self::Bulk(said) => said,
            Self::Case(said) => said,
            Self::Receipt(said) => said,
            Self::Audit(said) => said,
            Self::Backup(said) => said,
            Self::Answer(said) => said,
            Self::Completions(said) => said,
            Self::Man(said) => said,
            Self::Schema(said) => said,
            Self::Service(said) => said,
            Self::Settings(said) => said,
            Self::Key(said) => said,
            Self::Outbox(said) => said,
            Self::Enroll(said) => said,
            Self::Totp(said) => said,
            Self::Portal(said) => said,
            Self::Directory(said) => said,
        }
    }
}

async fn dispatch(command: Command, mut session: Session<'_>) -> Outcome {
    if command.verb().login() == Login::Needed {
        session.check_admission().await?;
    }
    match command {
        // Played before a session is opened: each of its commands opens its own.
        Command::Demo(_) => Ok(Exit::Done),
        // Guided at a terminal, before a session is opened; elsewhere there's nobody to guide.
        Command::Desk(_) => Err(desk::nobody_to_guide()),
        Command::Today => today::run(session).await,
        Command::Next(args) => next::run(args, session).await,
        Command::Init(args) => init::run(args, session).await,
        Command::Doctor(_) => doctor::run(session).await,
        Command::Login(args) => login::login(args, session).await,
        Command::Logout(args) => login::logout(args, session).await,
        Command::Whoami(_) => login::whoami(session).await,
        Command::Operator(verb) => operator::run(verb, session).await,
        Command::Find(args) => account::find(args, session).await,
        Command::Account(verb) => account::run(verb, session).await,
        Command::Region(verb) => place::region(verb, session).await,
        Command::Org(verb) => place::organisation(verb, session).await,
        Command::Requester(verb) => requester::run(verb, session).await,
        Command::Request(verb) => Box::pin(request::run(verb, session)).await,
        Command::Mailbox(verb) => mailbox::run(verb, session).await,
        Command::Reset(args) => reset::run(args, session).await,
        Command::Recovery(verb) => recovery::run(verb, session).await,
        Command::Undo(args) => undo::run(args, session).await,
        Command::Pending(args) => pending::run(args, session).await,
        Command::Bulk(verb) => bulk::run(verb, session).await,
        Command::Case(verb) => case::run(verb, session).await,
        Command::Receipt(verb) => receipt::run(verb, session).await,
        Command::Audit(verb) => audit::run(verb, session).await,
        Command::Backup(args) => backup::run(args, session).await,
        Command::Answer(args) => answer::run(args, session).await,
        Command::Completions(args) => complete::completions(&args, session),
        Command::Man(args) => complete::man(&args, session),
        Command::Schema(args) => schema::run(&args, session),
        Command::Service(verb) => service::run(verb, session).await,
        Command::Settings(verb) => settings::run(verb, session).await,
        Command::Key(verb) => key::run(verb, session).await,
        Command::Outbox(verb) => outbox::run(verb, session).await,
        Command::Enroll(verb) => enroll::run(verb, session).await,
        Command::Totp(verb) => totp::run(verb, session).await,
        Command::Portal(verb) => portal::run(verb, session).await,
        Command::Directory(verb) => directory::run(verb, session).await,
    }
}
