//! `balie enroll confirm`

use secrecy::ExposeSecret as _;
use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

use crate::cli::language::said;
use crate::cli::output::{Out, Page, Tone, View};
use crate::cli::shell::completing;
use crate::cli::shell::parse::{ask_code, parse_code, parse_username};
use crate::cli::shell::prompt::ask_or_nothing;
use crate::cli::shell::session::Session;
use crate::cli::shell::take_over::TakeOver;
use crate::cli::{Exit, Failure, Outcome, show};
use crate::desk;
use crate::desk::Desk;
use crate::desk::second_factor::ConfirmedEnrollment;
use crate::domain::log::event::Action;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie enroll confirm j.jansen
  echo 123456 | balie enroll confirm j.jansen --code-stdin

From now on each login needs a code. The recovery code is shown now and never again: the holder writes
it down or keeps it in a password manager, not on the phone. It replaces every older one. After
ten wrong codes the enrollment has to start again.")]
pub(in crate::cli) struct Args {
    /// The exact username
    #[arg(value_name = "ACCOUNT", add = completing::accounts())]
    account: Option<String>,
    /// Read the code from standard input
    #[arg(long)]
    code_stdin: bool,
    #[command(flatten)]
    take_over: TakeOver,
}

pub(super) async fn run(args: Args, mut session: Session<'_>) -> Outcome {
    let code = if args.code_stdin {
        let missing = || {
            Failure::input_required(&said!("the code"), &said!("it as a line of standard input"))
        };
        let line = session.secret_line()?.ok_or_else(missing)?;
        Some(parse_code(line.expose_secret())?)
    } else {
        None
    };
    let clock = session.clock;
    let (mut desk, mut out, _) = session.open().await?;
    let username = match &args.account {
        Some(text) => parse_username(text)?,
        None => crate::cli::shell::pick::account(&mut desk, &mut out).await?,
    };
    let act = async |desk: &mut Desk<'_>, out: &mut Out<'_>| {
        let code = match code {
            Some(code) => code,
            None => ask_code(out, &said!("Code that the app shows"))?,
        };
        // A code counts when it's typed, not when it was asked for.
        desk.now = clock();
        Ok(desk::second_factor::confirm_enrollment(desk, &username, &code).await?)
    };
    let step = (Action::EnrollConfirm, &username);
    let confirmed = args
        .take_over
        .of_account(step, &mut desk, &mut out, act)
        .await?;
    show_once(&mut out, confirmed)
}

/// Shows the recovery code: on the other screen, where somebody is there to see it.
pub(super) fn show_once(out: &mut Out<'_>, confirmed: ConfirmedEnrollment) -> Outcome {
    if !out.has_screen() {
        return show(out, &ConfirmView(confirmed));
    }
    let username = confirmed.username.clone();
    let mut page = out.page();
    ConfirmView(confirmed).page(&mut page);
    let page = Zeroizing::new(page.finish());
    out.on_other_screen(&page, || {
        ask_or_nothing(&said!("The holder has it written down (Enter)"))
    })?;
    out.say(&said!("{username} is enrolled.", username = username));
    Ok(Exit::Done)
}

struct ConfirmView(ConfirmedEnrollment);

impl View for ConfirmView {
    fn schema(&self) -> &'static str {
        "balie.enroll_confirm/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let fields = json!({
            "username": self.0.username,
            "state": "active",
            "enrolled_at": self.0.enrolled_at,
            "recovery_code": self.0.recovery_code.shown().as_str(),
        });
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        page.line(
            Tone::Good,
            &said!("{username} is enrolled.", username = self.0.username),
        );
        page.gap();
        page.line(
            Tone::Plain,
            &said!("Recovery code of the holder, shown this once:"),
        );
        page.gap();
        page.line(
            Tone::Strong,
            &format!("    {}", self.0.recovery_code.shown().as_str()),
        );
        page.gap();
        page.line(
            Tone::Plain,
            &said!(
                "Keep it in a safe place, not on the phone. It logs in once; then enroll again."
            ),
        );
    }
}
