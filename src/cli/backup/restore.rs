//! `balie backup restore`

use std::path::PathBuf;

use secrecy::ExposeSecret as _;
use serde_json::{Map, Value};

use crate::cli::audit::read_checkpoint;
use crate::cli::language::{said, told};
use crate::cli::output::{Out, Page, Tone, View};
use crate::cli::shell::session::Session;
use crate::cli::{Failure, Outcome, show};
use crate::desk;
use crate::desk::backup::{BeforeRestore, RestoreOrder, RestoreReport};
use crate::desk::operator::{LoginOrder, Proof};
use crate::domain::second_factor::totp::NotACode;
use crate::store::DatabaseUrl;
use crate::store::backup::Restoring;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie backup restore /mnt/safe/balie.backup
  balie backup restore /mnt/safe/balie.backup --checkpoint /mnt/safe/balie.checkpoint
  balie -n backup restore /mnt/safe/balie.backup      everything but the last step

For an admin, where no desk is any more: nothing is ever replaced. It needs the desk's keys. On a closed desk it asks for an admin's
password and code, as the copy knows them. The copy is verified first, its log and its state. Sessions, requests, codes, yeses and mails
of it that may have been used since don't count any more. Its log goes on with a signed event, every auditor is told by mail,
and with a checkpoint that was kept elsewhere it's known which events are lost. Before anything else hold the log against it:
  balie audit verify --state --checkpoint FILE --restored 1207")]
pub(in crate::cli) struct Args {
    /// The copy
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// A checkpoint that was kept elsewhere: it says which events are lost (may be given more than once)
    #[arg(long, value_name = "FILE")]
    checkpoint: Vec<PathBuf>,
    /// Who you are, as an admin of the copy (default: the system's user)
    #[arg(long = "as", value_name = "LOGIN")]
    login: Option<String>,
    /// Read the password from standard input: its first line
    #[arg(long, requires = "code_stdin")]
    password_stdin: bool,
    /// Read the code from standard input: the last line
    #[arg(long, requires = "password_stdin")]
    code_stdin: bool,
}

pub(super) async fn run(args: Args, mut session: Session<'_>) -> Outcome {
    let asks = session.out.is_to_ask()?;
    let kept = args.checkpoint.iter().map(|path| read_checkpoint(path));
    let order = RestoreOrder {
        file: args.file.clone(),
        url: session.database_url()?,
        checkpoints: kept.collect::<Result<Vec<_>, _>>()?,
    };
    let before = desk::backup::before_restore(&order, &session.keys()).await?;
    if asks {
        say(&before, &order.url, &mut session.out);
        session.out.go_on(&said!("Put it back?"))?;
    }
    let proof = proof(args, &before, &mut session)?;
    let brought = session.config.brought.clone();
    let restoring = Restoring::begin(&order.url, &order.file).await?;
    let (mut desk, mut out, _) = session.open_on(restoring.database.clone())?;
    let dry_run = out.dry_run;
    let how = (&proof, brought.as_slice());
    let report = desk::backup::restore(&mut desk, restoring, &order, how, dry_run).await?;
    show(&mut out, &RestoreView(&report))
}

/// What is about to be put back.
fn say(before: &BeforeRestore, url: &DatabaseUrl, out: &mut Out<'_>) {
    let BeforeRestore { copy, missing_to } = before;
    out.say(&said!(
        "A copy of the desk {desk}, of {events} events, the last one of {at}, becomes {url}.",
        desk = copy.desk,
        events = copy.events,
        at = format!("{:.0}", copy.last_at),
        url = url
    ));
    out.say(&missing(copy.events, *missing_to));
}

fn missing(events: i64, missing_to: Option<i64>) -> String {
    let from = events + 1;
    match missing_to {
        Some(to) if to == from => {
            said!(
                "Event {from} is lost, and what was done after the checkpoint.",
                from = from
            )
        }
        Some(to) => {
            said!(
                "Events {from} to {to} are lost, and what was done after the checkpoint.",
                from = from,
                to = to
            )
        }
        None => said!(
            "What was done after event {events} is lost. Only a checkpoint that was kept elsewhere says how much that is: --checkpoint FILE",
            events = events
        ),
    }
}

/// By password and code, where they are passed or somebody can be asked; else by what is shown.
fn proof(args: Args, before: &BeforeRestore, session: &mut Session<'_>) -> Result<Proof, Failure> {
    let asks = before.copy.is_closed && session.out.can_ask();
    if !args.password_stdin && !asks {
        return Ok(Proof::Shown);
    }
    let login = args.login.unwrap_or_else(|| session.user.clone());
    let (password, code) = if args.password_stdin {
        let password = session.required_line(&said!("the password"))?;
        (password, session.required_line(&said!("the code"))?)
    } else {
        let what = said!("Password of {login}", login = login);
        let password = session.out.ask_secret(&what, "--password-stdin")?;
        (password, session.out.ask_secret("Code", "--code-stdin")?)
    };
    let code = code.expose_secret().parse();
    let code = code.map_err(|error: NotACode| {
        Failure::invalid(
            told(&error.to_string()),
            said!("read it from your app again"),
        )
    })?;
    let order = LoginOrder {
        login,
        password,
        new_password: None,
        code: Some(code),
    };
    Ok(Proof::Code(order, (session.clock)()))
}

struct RestoreView<'r>(&'r RestoreReport);

impl View for RestoreView<'_> {
    fn schema(&self) -> &'static str {
        "balie.restore/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let fields = serde_json::to_value(self.0).unwrap_or_default();
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        let report = self.0;
        let voided = &report.voided;
        page.heading(&match report.event {
            Some(_) => said!("The copy is put back."),
            None => said!("This was a dry run: the copy can be put back."),
        });
        let count = |number: u64| number.to_string();
        page.fields(&[
            ("desk", Tone::Plain, report.desk.clone()),
            ("events", Tone::Plain, report.events.to_string()),
            ("void requests", Tone::Plain, count(voided.requests)),
            ("void challenges", Tone::Plain, count(voided.challenges)),
            ("void mails", Tone::Plain, count(voided.mails)),
            ("void receipts", Tone::Plain, count(voided.receipts)),
        ]);
        page.line(Tone::Warn, &missing(report.events, report.missing_to));
        if report.told == 0 {
            let text = said!("No auditor is told: none has a work address on file.");
            page.line(Tone::Warn, &text);
        }
        let Some(event) = &report.event else { return };
        let text = said!(
            "Now: balie audit verify --state --restored {event} --checkpoint FILE; then log in again. Who was reset, disabled or revoked after the copy has to be once more.",
            event = event
        );
        page.line(Tone::Faint, &text);
    }
}
