//! `balie totp check|unlock`

use clap::Subcommand;
use secrecy::ExposeSecret as _;
use serde_json::{Map, Value, json};

use crate::cli::language::said;
use crate::cli::output::{Out, Page, Tone, View};
use crate::cli::shell::completing;
use crate::cli::shell::parse::{ask_code, parse_code, parse_username};
use crate::cli::shell::session::Session;
use crate::cli::shell::take_over::TakeOver;
use crate::cli::shell::verb::{self, Rehearsal};
use crate::cli::{Outcome, show};
use crate::desk;
use crate::desk::Desk;
use crate::desk::second_factor::{Diagnosis, Unlocked};
use crate::domain::code::Username;
use crate::domain::log::event::Action;
use crate::domain::second_factor::diagnosis::ReadAloud;

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Verb {
    /// "My code isn't accepted": say why, from a code that the caller reads aloud
    #[command(after_help = "\
Examples:
  balie totp check j.jansen                    asks for the code
  balie totp check j.jansen --whose-code       is it a colleague's phone?
  echo 123456 | balie totp check j.jansen --code-stdin

Answers: right, already_used, clock_ahead, clock_behind, previous_enrollment, other_account, unknown,
locked, not_enrolled, server_clock; or second_code_needed: then read the next code too (second line of standard
input). A right code is used up by the check, so it can't be used to log in. Each check is an
event; 10 an hour for one account, 60 by one operator, 10 of these with --whose-code.")]
    Check {
        /// The exact username
        #[arg(value_name = "ACCOUNT", add = completing::accounts())]
        account: Option<String>,
        /// Read the code from standard input; a second line is the next code
        #[arg(long)]
        code_stdin: bool,
        /// Also look among colleagues of the same school and region
        #[arg(long)]
        whose_code: bool,
    },
    /// Unlock a second factor that ten wrong codes in a row locked
    #[command(after_help = "\
Example:
  balie totp unlock j.jansen

It needs no request: it lets nobody in without the password and the phone. It gives ten more tries, so an
account can be unlocked three times a day at most; the holder is told, and it's an event.")]
    Unlock {
        /// The exact username
        #[arg(value_name = "ACCOUNT", add = completing::accounts())]
        account: Option<String>,
        #[command(flatten)]
        take_over: TakeOver,
    },
}

impl verb::Verb for Verb {
    fn rehearsal(&self) -> Rehearsal {
        match self {
            Self::Check { .. } => Rehearsal::EACH_TRY_COUNTS,
            Self::Unlock { .. } => Rehearsal::Shows,
        }
    }
}

pub(super) async fn run(verb: Verb, session: Session<'_>) -> Outcome {
    match verb {
        Verb::Check {
            account,
            code_stdin,
            whose_code,
        } => check(account, code_stdin, whose_code, session).await,
        Verb::Unlock { account, take_over } => {
            let (mut desk, mut out, _) = session.open().await?;
            let username = match account {
                Some(text) => parse_username(&text)?,
                None => super::shell::pick::account(&mut desk, &mut out).await?,
            };
            let act = async |desk: &mut Desk<'_>, out: &mut Out<'_>| {
                if out.is_to_ask()? {
                    let accounts = std::slice::from_ref(&username);
                    super::account::preview::show_impact(desk, out, accounts, None).await?;
                    out.go_on(&said!(
                        "Unlock the second factor of {username}",
                        username = username
                    ))?;
                }
                Ok(desk::second_factor::unlock(desk, &username, out.dry_run).await?)
            };
            let step = (Action::Unlock, &username);
            let unlocked = take_over.of_account(step, &mut desk, &mut out, act).await?;
            let dry_run = out.dry_run;
            show(&mut out, &UnlockView { unlocked, dry_run })
        }
    }
}

async fn check(
    account: Option<String>,
    code_stdin: bool,
    whose_code: bool,
    mut session: Session<'_>,
) -> Outcome {
    let (mut code, mut next) = (None, None);
    if code_stdin {
        for slot in [&mut code, &mut next] {
            let line = session.secret_line()?;
            *slot = line
                .filter(|line| !line.expose_secret().trim().is_empty())
                .map(|line| parse_code(line.expose_secret()))
                .transpose()?;
        }
    }
    let clock = session.clock;
    let (mut desk, mut out, _) = session.open().await?;
    let username = match account {
        Some(text) => parse_username(&text)?,
        None => super::shell::pick::account(&mut desk, &mut out).await?,
    };
    let code = match code {
        Some(code) => code,
        None => ask_code(&mut out, &said!("Code that the caller reads aloud"))?,
    };
    // Both codes are judged as of the first one.
    desk.now = clock();
    let read = |next| ReadAloud { code: &code, next };
    let first = read(next.as_ref());
    let mut answer =
        desk::second_factor::check_code(&mut desk, &username, first, whose_code).await?;
    if answer == Diagnosis::SecondCodeNeeded && out.can_ask() {
        let next = ask_code(
            &mut out,
            &said!("To be sure, the next code (wait until it changes)"),
        )?;
        answer =
            desk::second_factor::check_code(&mut desk, &username, read(Some(&next)), whose_code)
                .await?;
    }
    show(&mut out, &CheckView { username, answer })
}

struct CheckView {
    username: Username,
    answer: Diagnosis,
}

fn span(seconds: i64) -> String {
    let seconds = seconds.unsigned_abs();
    match (seconds / 3_600, seconds % 3_600 / 60) {
        (0, 0) => said!("{seconds} seconds", seconds = seconds),
        (0, minutes) => said!("{minutes} minutes", minutes = minutes),
        (hours, minutes) => said!(
            "{hours} hours and {minutes} minutes",
            hours = hours,
            minutes = minutes
        ),
    }
}

impl CheckView {
    fn advice(&self) -> String {
        match &self.answer {
            Diagnosis::Right => {
                said!(
                    "The code is right, and used up now: log in with the next one. If that fails too, the password is wrong."
                )
            }
            Diagnosis::AlreadyUsed => {
                said!("The code was right, but was used already: wait for the next one.")
            }
            Diagnosis::ClockOff(seconds) => {
                let which = if *seconds > 0 {
                    said!("ahead")
                } else {
                    said!("behind")
                };
                let late = if *seconds < 0 && *seconds > -300 {
                    said!(" (or the code was read aloud too late)")
                } else {
                    String::new()
                };
                said!(
                    "The phone's clock is {time} {which}{late}. Set the time on the phone to automatic.",
                    time = span(*seconds),
                    which = which,
                    late = late
                )
            }
            Diagnosis::PreviousEnrollment => {
                said!(
                    "A code of the entry from before the reset: remove that entry, and use the new one, or enroll again."
                )
            }
            Diagnosis::OtherAccount(colleague) => said!(
                "A code of {name} ({username}){school}: a colleague's phone or a shared login. Each needs an own enrollment on an own phone.",
                name = colleague.name,
                username = colleague.username,
                school = if colleague.same_school {
                    said!(", of the same school")
                } else {
                    String::new()
                }
            ),
            Diagnosis::SecondCodeNeeded => {
                said!(
                    "One code doesn't tell: check again with the next code as well, as a second line."
                )
            }
            Diagnosis::ServerClock => {
                said!(
                    "Not the phone: this server's clock has gone back, so nobody's code can be judged. Set it right (NTP)."
                )
            }
            Diagnosis::Unknown => {
                said!(
                    "This isn't a code of this account: probably it's another entry in the app, or an old phone. If there is no other entry, the recovery code helps, or a reset."
                )
            }
            Diagnosis::Locked(_) => {
                said!(
                    "Locked by ten wrong codes in a row; the code wasn't looked at. `balie totp unlock` unlocks; so does the recovery code."
                )
            }
            Diagnosis::NotEnrolled(_) => {
                said!("There is no second factor: the holder has to enroll first.")
            }
        }
    }
}

impl View for CheckView {
    fn schema(&self) -> &'static str {
        "balie.totp_check/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let (mut seconds, mut since, mut until, mut other) = (None, None, None, None);
        match &self.answer {
            Diagnosis::ClockOff(off) => seconds = Some(*off),
            Diagnosis::Locked(at) => since = *at,
            Diagnosis::NotEnrolled(by) => until = *by,
            Diagnosis::OtherAccount(colleague) => {
                other = Some(json!({
                    "username": colleague.username,
                    "name": colleague.name,
                    "same_school": colleague.same_school,
                }));
            }
            _ => {}
        }
        let fields = json!({
            "username": self.username,
            "answer": self.answer.name(),
            "advice": self.advice(),
            "seconds": seconds,
            "locked_since": since,
            "enroll_by": until,
            "other_account": other,
        });
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        let tone = match self.answer {
            Diagnosis::Right => Tone::Good,
            Diagnosis::Locked(_) | Diagnosis::OtherAccount(_) | Diagnosis::ServerClock => Tone::Bad,
            _ => Tone::Warn,
        };
        page.line(tone, &self.advice());
        if let Diagnosis::Locked(Some(at)) = self.answer {
            page.line(
                Tone::Plain,
                &said!("Locked since {at}.", at = format!("{at:.0}")),
            );
        }
        if let Diagnosis::NotEnrolled(Some(until)) = self.answer {
            page.line(
                Tone::Plain,
                &said!(
                    "The enrollment window ends at {until}.",
                    until = format!("{until:.0}")
                ),
            );
        }
    }
}

struct UnlockView {
    unlocked: Unlocked,
    dry_run: bool,
}

impl View for UnlockView {
    fn schema(&self) -> &'static str {
        "balie.unlock/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let fields = json!({
            "username": self.unlocked.username,
            "locked_since": self.unlocked.locked_at,
            "dry_run": self.dry_run,
        });
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        let username = &self.unlocked.username;
        if self.dry_run {
            page.line(
                Tone::Warn,
                &said!(
                    "{username}: could be unlocked; nothing was changed.",
                    username = username
                ),
            );
        } else {
            page.line(
                Tone::Good,
                &said!(
                    "{username}: unlocked. The next code from the app works.",
                    username = username
                ),
            );
        }
    }
}
