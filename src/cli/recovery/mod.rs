//! `balie recovery reissue`

pub(super) mod letter;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use clap::Subcommand;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

use crate::cli::account::preview::show_impact;
use crate::cli::language::{said, told};
use crate::cli::output::{Format, Out, Page, Tone, View, file};
use crate::cli::shell::completing;
use crate::cli::shell::parse::{parse_request, parse_username};
use crate::cli::shell::pick;
use crate::cli::shell::session::Session;
use crate::cli::shell::take_over::TakeOver;
use crate::cli::shell::verb::{self, Rehearsal};
use crate::cli::{Failure, Outcome, show};
use crate::desk;
use crate::desk::Desk;
use crate::desk::reset::{Issued, ReissueOrder, ReissueReport};
use crate::domain::language::Language;
use crate::domain::log::event::Action;
use crate::domain::second_factor::delivery::Delivery;
use crate::domain::second_factor::recovery_code::RecoveryCode;
use crate::domain::second_factor::spelling::aloud;
use crate::vault::AgeRecipient;

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Verb {
    /// Issue a fresh recovery code on a verified request; it goes to the holder
    #[command(after_help = "\
Examples:
  balie recovery reissue j.jansen --request R-4K7Q2
  balie recovery reissue j.jansen --request R-4K7Q2 --deliver letter --out letter.html
  balie recovery reissue j.jansen --request R-4K7Q2 --deliver sealed --to age1… --out code.age

mail    to the work address on file; can be used for 24 hours
letter  a page to print, for a window envelope; 21 days
sealed  encrypted to the holder's age key; 21 days
screen  on this terminal, where `[policy] screen_delivery` allows it; 24 hours, read aloud 10 minutes

The old code is void; the authenticator keeps working until the new code is used.")]
    Reissue(ReissueArgs),
}

impl verb::Verb for Verb {
    fn rehearsal(&self) -> Rehearsal {
        match self {
            Self::Reissue(_) => Rehearsal::Shows,
        }
    }
}

#[derive(Debug, clap::Args)]
pub(super) struct ReissueArgs {
    /// The exact username
    #[arg(value_name = "ACCOUNT", add = completing::accounts())]
    account: Option<String>,
    /// The verified request that asks for it
    #[arg(long, value_name = "ID", add = completing::requests())]
    request: Option<String>,
    /// By which road it goes to the holder
    #[arg(long, value_name = "WAY", default_value = "mail", value_parser = way())]
    deliver: Delivery,
    /// The file to write, for letter and sealed; an existing one is never overwritten
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// The holder's age recipient, for sealed
    #[arg(long, value_name = "age1…")]
    to: Option<String>,
    /// Show it in words of the spelling alphabet as well, for screen
    #[arg(long)]
    read_aloud: bool,
    #[command(flatten)]
    take_over: TakeOver,
}

fn way() -> impl TypedValueParser<Value = Delivery> {
    let names = Delivery::ALL.iter().map(|delivery| delivery.as_str());
    PossibleValuesParser::new(names).try_map(|text| text.parse::<Delivery>())
}

pub(super) async fn run(verb: Verb, session: Session<'_>) -> Outcome {
    let Verb::Reissue(args) = verb;
    let (mut desk, mut out, config) = session.open().await?;
    let username = match &args.account {
        Some(text) => parse_username(text)?,
        None => pick::account(&mut desk, &mut out).await?,
    };
    let request = if let Some(id) = &args.request {
        parse_request(id)?
    } else {
        let accounts = std::slice::from_ref(&username);
        pick::request(&mut desk, &mut out, accounts).await?
    };
    let road = Road::new(&args, &mut out)?;
    let order = ReissueOrder {
        username,
        request,
        delivery: args.deliver,
        aloud: args.read_aloud,
        dry_run: out.dry_run,
    };
    let language = config.policy.language;
    let act = async |desk: &mut Desk<'_>, out: &mut Out<'_>| {
        issue(desk, out, &order, &road, language).await
    };
    let accounts = std::slice::from_ref(&order.username);
    let step = (Action::Reissue, accounts, Some(&order.request));
    let report = args.take_over.of(step, &mut desk, &mut out, act).await?;
    let file = args.out.filter(|_| report.event.is_some());
    show(&mut out, &ReissueView { report, file })
}

/// Asks, issues, and hands over.
async fn issue(
    desk: &mut Desk<'_>,
    out: &mut Out<'_>,
    order: &ReissueOrder,
    road: &Road,
    fallback: Language,
) -> Result<ReissueReport, Failure> {
    if out.is_to_ask()? {
        let accounts = std::slice::from_ref(&order.username);
        show_impact(desk, out, accounts, Some(&order.request)).await?;
        let question = said!(
            "Issue a recovery code for {username} by {way}",
            username = order.username,
            way = told(order.delivery.as_str())
        );
        out.go_on(&question)?;
    }
    let now = desk.now;
    let (mut seen, mut written) = (None, None);
    let done = desk::reset::reissue(desk, order, &mut |issued| {
        let language = issued.account.language.unwrap_or(fallback);
        let text = match road {
            Road::Mail => return Ok(()),
            Road::Screen => {
                seen = Some((issued.code.clone(), language));
                return Ok(());
            }
            Road::Letter(path) => {
                let one = std::slice::from_ref(issued);
                (path, letter::letters(one, fallback, now)?)
            }
            Road::Sealed(path, recipient) => (path, recipient.seal(&note(issued))?.into()),
        };
        write_new(text.0, text.1.as_bytes())?;
        written = Some(text.0);
        Ok(())
    })
    .await;
    if let (Err(_), Some(path)) = (&done, written) {
        // It wasn't issued, so it opens nothing; it isn't left lying about either.
        let _ = fs::remove_file(path);
    }
    let report = done?;
    if let Some((code, language)) = seen {
        show_code(out, &code, language, order.aloud)?;
    }
    Ok(report)
}

/// Where the code goes.
enum Road {
    Mail,
    Letter(PathBuf),
    Sealed(PathBuf, AgeRecipient),
    Screen,
}

impl Road {
    fn new(args: &ReissueArgs, out: &mut Out<'_>) -> Result<Self, Failure> {
        let needs_no = |flag: &str, given: bool| {
            if given {
                let message = said!(
                    "{flag} makes no sense with --deliver {deliver}",
                    flag = flag,
                    deliver = args.deliver
                );
                return Err(Failure::invalid(
                    message,
                    said!("don't pass {flag}", flag = flag),
                ));
            }
            Ok(())
        };
        let file = |out: &mut Out<'_>| match &args.out {
            Some(path) => Ok(path.clone()),
            None => out.ask_path(&said!("The file to write"), "--out FILE"),
        };
        if args.deliver != Delivery::Screen {
            needs_no("--read-aloud", args.read_aloud)?;
        }
        if args.deliver != Delivery::Sealed {
            needs_no("--to", args.to.is_some())?;
        }
        match args.deliver {
            Delivery::Mail => needs_no("--out", args.out.is_some()).map(|()| Self::Mail),
            Delivery::Letter => Ok(Self::Letter(file(out)?)),
            Delivery::Sealed => {
                let to = match &args.to {
                    Some(to) => to.clone(),
                    None => out.ask(&said!("The holder's age recipient"), "--to age1…")?,
                };
                let recipient = to.parse::<AgeRecipient>();
                let recipient = recipient.map_err(|error| {
                    Failure::invalid(told(&error.to_string()), said!("pass --to age1…"))
                })?;
                Ok(Self::Sealed(file(out)?, recipient))
            }
            Delivery::Screen => {
                needs_no("--out", args.out.is_some())?;
                if !out.dry_run && (!out.terminal.stdout || out.format != Format::Table) {
                    return Err(Failure::invalid(
                        said!(
                            "a recovery code is shown on a terminal only, never to a file or a pipe"
                        ),
                        said!(
                            "run it at a terminal without --format, or pass --deliver mail, letter or sealed"
                        ),
                    ));
                }
                Ok(Self::Screen)
            }
        }
    }
}

/// What is encrypted: the code and what to do with it.
fn note(issued: &Issued<'_>) -> Zeroizing<String> {
    let code = issued.code.shown();
    let (username, until) = (&issued.account.username, issued.expires_at);
    Zeroizing::new(format!(
        "{username}\n{}\nonce, until {until:.0}\n",
        code.as_str()
    ))
}

fn write_new(path: &Path, text: &[u8]) -> io::Result<()> {
    let mut file = file::create(path)?;
    file.write_all(text)?;
    file.sync_all()
}

/// Shows the code, and wipes it from the screen on Enter.
fn show_code(
    out: &mut Out<'_>,
    code: &RecoveryCode,
    language: Language,
    read_aloud: bool,
) -> io::Result<()> {
    let shown = code.shown();
    let mut lines = 1;
    writeln!(out.stdout, "{}", shown.as_str())?;
    if read_aloud {
        for group in aloud(&shown, language) {
            writeln!(out.stdout, "  {group}")?;
            lines += 1;
        }
    }
    out.stdout.flush()?;
    if out.can_ask() {
        out.say(&said!("Enter wipes it from the screen."));
        let terminal = console::Term::stdout();
        terminal.read_line()?;
        terminal.clear_last_lines(lines + 2)?;
    }
    Ok(())
}

struct ReissueView {
    report: ReissueReport,
    file: Option<PathBuf>,
}

impl View for ReissueView {
    fn schema(&self) -> &'static str {
        "balie.reissue/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let ReissueReport {
            username,
            delivery,
            expires_at,
            event,
        } = &self.report;
        let fields = json!({
            "username": username,
            "outcome": "done",
            "delivery": delivery,
            "expires_at": expires_at,
            "file": self.file,
            "event": event.map(|event| event.to_string()),
            "dry_run": event.is_none(),
        });
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        let ReissueReport {
            username,
            delivery,
            expires_at,
            event,
        } = &self.report;
        if event.is_none() {
            page.line(
                Tone::Warn,
                &said!("This was a dry run: nothing was changed."),
            );
            let text = said!(
                "{username}: a recovery code can be issued.",
                username = username
            );
            page.line(Tone::Good, &text);
            return;
        }
        let text = said!(
            "{username}: a recovery code was issued, to be used once until {expires_at}.",
            username = username,
            expires_at = format!("{expires_at:.0}")
        );
        page.line(Tone::Good, &text);
        let road = match (delivery, &self.file) {
            (Delivery::Mail, _) => {
                said!("It goes with the next `balie outbox send` (a timer, a senior or an admin).")
            }
            (Delivery::Letter, Some(file)) => {
                said!(
                    "Print {file}, put it in the envelope, and delete the file.",
                    file = file.display()
                )
            }
            (_, Some(file)) => said!(
                "It is in {file}, for the holder alone.",
                file = file.display()
            ),
            (_, None) => said!("The log records that you have seen it."),
        };
        page.line(Tone::Plain, &road);
    }
}
