//! `balie enroll begin`

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use rustix::termios::{QueueSelector, tcflush};
use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

use super::confirm;
use crate::cli::account::view::AccountView;
use crate::cli::language::said;
use crate::cli::output::{Out, Page, Qr, Tone, View, file};
use crate::cli::shell::completing;
use crate::cli::shell::parse::parse_username;
use crate::cli::shell::prompt::ask_or_nothing;
use crate::cli::shell::session::Session;
use crate::cli::shell::take_over::TakeOver;
use crate::cli::{Exit, Failure, Outcome, show};
use crate::desk;
use crate::desk::Desk;
use crate::desk::second_factor::BegunEnrollment;
use crate::domain::code::Username;
use crate::domain::log::event::Action;
use crate::domain::refusal::Refusal;
use crate::domain::second_factor::otpauth::with_issuer_once;
use crate::domain::second_factor::totp::{Algorithm, Authenticator};
use crate::domain::timestamp::Timestamp;

/// Lines that stand below the code: the question.
const BELOW_THE_CODE: usize = 1;
/// What is typed instead of a code, to confirm another time: an Enter that was meant for something else takes no code away.
const LATER: &str = "later";

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie enroll begin j.jansen                    the holder sits beside you and scans
  balie enroll begin j.jansen --qr koppeling.png
  balie enroll begin j.jansen --uri -            for a portal that draws its own QR code

Assisted enrollment: the holder is present, in person or on a shared screen, scans with their own phone and
reads a code back. Whoever has the QR code has the second factor: don't photograph it, don't record the
screen, don't mail it. Balie never shows the secret as text, unless --uri asks for it; the log says how
it was shown. Only within an open enrollment window, and never for an account that is enrolled already.")]
pub(in crate::cli) struct Args {
    /// The exact username
    #[arg(value_name = "ACCOUNT", add = completing::accounts())]
    account: Option<String>,
    /// Write the QR code to a new file (.png or .svg) that only you can read
    #[arg(long, value_name = "FILE")]
    qr: Option<PathBuf>,
    /// Write the otpauth URI to a new file that only you can read; `-` is standard output
    #[arg(long, value_name = "FILE", conflicts_with = "qr")]
    uri: Option<PathBuf>,
    #[command(flatten)]
    take_over: TakeOver,
}

/// How the holder gets to see it.
enum Way {
    Screen,
    Plain,
    Qr(PathBuf, Picture),
    UriFile(PathBuf),
    UriOut,
}

#[derive(Clone, Copy)]
enum Picture {
    Png,
    Svg,
}

impl Way {
    fn choose(args: &Args, out: &Out<'_>) -> Result<Self, Failure> {
        if let Some(file) = &args.qr {
            let extension = file
                .extension()
                .and_then(|e| e.to_str())
                .map(str::to_lowercase);
            return match extension.as_deref() {
                Some("png") => Ok(Self::Qr(file.clone(), Picture::Png)),
                Some("svg") => Ok(Self::Qr(file.clone(), Picture::Svg)),
                _ => Err(Failure::invalid(
                    said!("a QR code is written as .png or .svg"),
                    said!("pass --qr FILE.png or --qr FILE.svg"),
                )),
            };
        }
        match &args.uri {
            Some(file) if *file == *"-" => Ok(Self::UriOut),
            Some(file) => Ok(Self::UriFile(file.clone())),
            None if out.has_screen() => Ok(Self::Screen),
            None if out.terminal.stdout && !out.format.is_json() => Ok(Self::Plain),
            None => Err(Failure::input_required(
                &said!("a terminal to show the QR code on"),
                &said!("--qr FILE.png, or --uri FILE"),
            )),
        }
    }

    const fn name(&self) -> &'static str {
        match self {
            Self::Screen | Self::Plain => "qr_on_terminal",
            Self::Qr(..) => "qr_file",
            Self::UriFile(_) => "uri_file",
            Self::UriOut => "uri",
        }
    }

    /// Makes the file, before anything else is changed.
    fn prepare(&self) -> Result<Option<File>, Failure> {
        let (Self::Qr(path, _) | Self::UriFile(path)) = self else {
            return Ok(None);
        };
        file::create(path).map(Some).map_err(|error| {
            Failure::invalid(
                said!(
                    "{path} can't be made: {error}",
                    path = path.display(),
                    error = error
                ),
                said!("pass the name of a new file in an existing folder"),
            )
        })
    }

    fn path(&self) -> Option<&Path> {
        match self {
            Self::Qr(path, _) | Self::UriFile(path) => Some(path),
            _ => None,
        }
    }
}

pub(super) async fn run(args: Args, session: Session<'_>) -> Outcome {
    let clock = session.clock;
    let (mut desk, mut out, _) = session.open().await?;
    let username = match &args.account {
        Some(text) => parse_username(text)?,
        None => crate::cli::shell::pick::account(&mut desk, &mut out).await?,
    };
    let way = Way::choose(&args, &out)?;
    if matches!(way, Way::Screen) {
        check_fit(&out, &desk.policy.issuer, &username)?;
    }
    let act = async |desk: &mut Desk<'_>, out: &mut Out<'_>| {
        begin(desk, out, &username, way, clock).await
    };
    let step = (Action::EnrollBegin, &username);
    args.take_over
        .of_account(step, &mut desk, &mut out, act)
        .await
}

async fn begin(
    desk: &mut Desk<'_>,
    out: &mut Out<'_>,
    username: &Username,
    way: Way,
    clock: &dyn Fn() -> Timestamp,
) -> Outcome {
    if out.is_to_ask()? {
        let card = desk::account::show_account(desk, username).await?;
        out.show_aside(&AccountView(&card));
        out.go_on(&said!(
            "Is the holder here? Begin an enrollment of {username}",
            username = username
        ))?;
    }
    let file = if out.dry_run { None } else { way.prepare()? };
    let begun = match desk::second_factor::begin_enrollment(desk, username, way.name(), out.dry_run)
        .await
    {
        Ok(begun) => begun,
        Err(error) => {
            if let (Some(_), Some(path)) = (&file, way.path()) {
                // Empty, and of no use to anybody.
                let _ = std::fs::remove_file(path);
            }
            return Err(error.into());
        }
    };
    if let Some(file) = file {
        write_file(file, &way, &begun)?;
    }
    if !out.dry_run && matches!(way, Way::Screen) {
        return on_screen(desk, out, clock, &begun).await;
    }
    let dry_run = out.dry_run;
    let color = out.color;
    show(
        out,
        &BeginView {
            begun,
            way,
            dry_run,
            color,
        },
    )
}

/// Before anything is begun: the code will be as large as that of any secret.
fn check_fit(out: &Out<'_>, issuer: &str, username: &Username) -> Result<(), Failure> {
    let any = Authenticator::new(&[0; 20], Algorithm::Sha1, 6, 30);
    let Some(uri) = any.and_then(|any| any.uri(issuer, username.as_str())) else {
        return Ok(());
    };
    let hint = said!("make the window larger, or pass --qr FILE.png and show that");
    for_screen(out, &uri)?.check_fit(out.terminal, BELOW_THE_CODE, &hint)
}

/// The whole URI where the terminal has room for it, else the shorter one.
fn for_screen(out: &Out<'_>, uri: &str) -> Result<Qr, Failure> {
    let whole = Qr::new(uri)?;
    if whole.fits(out.terminal, BELOW_THE_CODE + 1) {
        return Ok(whole);
    }
    Ok(Qr::new(&with_issuer_once(uri))?)
}

fn write_file(mut file: File, way: &Way, begun: &BegunEnrollment) -> Result<(), Failure> {
    let bytes = match way {
        Way::Qr(_, Picture::Png) => Zeroizing::new(Qr::new(&begun.uri)?.to_png()?),
        Way::Qr(_, Picture::Svg) => Zeroizing::new(Qr::new(&begun.uri)?.to_svg().into_bytes()),
        _ => Zeroizing::new(format!("{}\n", begun.uri.as_str()).into_bytes()),
    };
    file.write_all(&bytes)?;
    Ok(file.sync_all()?)
}

/// Shows, asks for a code until one is right, and confirms, while the holder is there.
async fn on_screen(
    desk: &mut Desk<'_>,
    out: &mut Out<'_>,
    clock: &dyn Fn() -> Timestamp,
    begun: &BegunEnrollment,
) -> Outcome {
    let username = &begun.card.account.username;
    let qr = Zeroizing::new(for_screen(out, &begun.uri)?.for_terminal(out.color));
    // With the question and a code it has to stay on one line of 80 columns.
    let mut remark = said!("Scan it with their own phone.");
    loop {
        let ask = || {
            // What was typed before the code was there wasn't meant for it.
            let _ = tcflush(io::stdin(), QueueSelector::IFlush);
            ask_or_nothing(&said!(
                "{remark} Code that the app shows (or `{later}`)",
                remark = remark,
                later = LATER
            ))
        };
        let typed = out.on_other_screen(&qr, ask)?.unwrap_or_default();
        if typed.trim().eq_ignore_ascii_case(LATER) {
            out.say(&said!(
                "Begun. Confirm with `balie enroll confirm {username}`.",
                username = username
            ));
            return Ok(Exit::Done);
        }
        let Ok(code) = typed.parse() else {
            remark = said!("Six digits, please.");
            continue;
        };
        // A code counts when it's typed, not when it was asked for.
        desk.now = clock();
        match desk::second_factor::confirm_enrollment(desk, username, &code).await {
            Ok(confirmed) => return confirm::show_once(out, confirmed),
            Err(desk::Error::Refused(Refusal::CodeNotAccepted)) => {
                remark = said!("That code isn't right.");
            }
            Err(error) => return Err(error.into()),
        }
    }
}

struct BeginView {
    begun: BegunEnrollment,
    way: Way,
    dry_run: bool,
    color: bool,
}

impl View for BeginView {
    fn schema(&self) -> &'static str {
        "balie.enroll_begin/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let mut fields = json!({
            "username": self.begun.card.account.username,
            "state": if self.dry_run { "none" } else { "pending" },
            "enroll_by": self.begun.enroll_by,
            "shown": self.way.name(),
            "file": self.way.path().map(|path| path.display().to_string()),
            "dry_run": self.dry_run,
        });
        if matches!(self.way, Way::UriOut) && !self.dry_run {
            fields["otpauth_uri"] = self.begun.uri.as_str().into();
        }
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        let username = &self.begun.card.account.username;
        if self.dry_run {
            page.line(
                Tone::Warn,
                &said!(
                    "{username}: can be enrolled; nothing was changed.",
                    username = username
                ),
            );
            return;
        }
        match &self.way {
            // For a program that draws it: nothing else.
            Way::UriOut => {
                page.line(Tone::Plain, &self.begun.uri);
                return;
            }
            Way::Qr(path, _) | Way::UriFile(path) => {
                let text = said!(
                    "Written to {path}. It holds the secret: delete it afterwards.",
                    path = path.display()
                );
                page.line(Tone::Warn, &text);
            }
            Way::Screen | Way::Plain => {
                if let Ok(qr) = Qr::new(&self.begun.uri) {
                    page.drawing(&qr.for_terminal(self.color));
                }
            }
        }
        let text = said!(
            "Then confirm with a code from the app: balie enroll confirm {username}",
            username = username
        );
        page.line(Tone::Plain, &text);
    }
}
