//! Every command: what it says of itself, and where it is run.

use clap::Subcommand;

use super::shell::ending::{Exit, Outcome};
use super::shell::session::Session;
use super::shell::verb::{Login, Verb};
use super::{
    account, answer, audit, backup, bulk, case, completions, demo, desk, directory, doctor, enroll,
    init, key, login, logout, mailbox, man, next, operator, outbox, pending, place, portal,
    receipt, recovery, request, requester, reset, schema, service, settings, today, totp, undo,
    whoami,
};

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Command {
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
    Logout(logout::LogoutArgs),
    /// Who is at work, and until when
    Whoami(whoami::WhoAmIArgs),
    /// Who works here, as what, and where
    #[command(subcommand)]
    Operator(operator::Verb),
    /// Search accounts (short for `account find`)
    Find(account::find::FindArgs),
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
    Completions(completions::CompletionsArgs),
    /// Write the man pages to a folder
    Man(man::ManArgs),
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

impl Command {
    /// What it says of itself.
    pub(super) fn verb(&self) -> &dyn Verb {
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

/// Runs it; who needs a login is asked for it first. `whole` declares all of it, for what describes it.
pub(super) async fn dispatch(
    command: Command,
    whole: fn() -> clap::Command,
    mut session: Session<'_>,
) -> Outcome {
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
        Command::Logout(args) => logout::logout(args, session).await,
        Command::Whoami(_) => whoami::whoami(session).await,
        Command::Operator(verb) => operator::run(verb, session).await,
        Command::Find(args) => account::find::find(args, session).await,
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
        Command::Completions(args) => completions::completions(&args, whole(), session),
        Command::Man(args) => man::man(&args, whole(), session),
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
