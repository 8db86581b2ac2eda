//! `balie portal login|password`

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::{Map, Value, json};

use crate::cli::language::said;
use crate::cli::output::{Page, Tone, View};
use crate::cli::shell::completing;
use crate::cli::shell::parse::parse_username;
use crate::cli::shell::secret_file::read_password;
use crate::cli::shell::session::Session;
use crate::cli::shell::verb::{self, Rehearsal};
use crate::cli::{Exit, Outcome, show};
use crate::desk;
use crate::desk::second_factor::{LoginReport, NewPassword};
use crate::domain::second_factor::{Outcome as Login, Why};

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Verb {
    /// Decide a login, exactly as the login screen would: the reference for portals
    #[command(after_help = "\
Examples:
  balie portal login j.jansen --password-stdin --code-stdin < two-lines
  balie portal login j.jansen --password-file F --explain

One field takes both kinds of code: the six digits of the app, or the recovery code. From standard
input the first line is the password, the next one the code. The outcome is granted, must_enroll (may
only enroll) or denied; denied exits 4. The consequences are written: a code works once, the
tenth failure in a row locks, a recovery code ends the enrollment. docs/portal-contract.md says how a
portal does the same itself.")]
    Login {
        /// What was typed as the username
        #[arg(value_name = "ACCOUNT", add = completing::accounts())]
        account: Option<String>,
        /// Read the password from standard input
        #[arg(long, conflicts_with = "password_file")]
        password_stdin: bool,
        /// Read the password from a file
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
        /// Read the code from standard input
        #[arg(long)]
        code_stdin: bool,
        /// Tell the operator which part was wrong
        #[arg(long)]
        explain: bool,
    },
    /// Set the password of an account that has none, or replace the old one
    #[command(after_help = "\
Examples:
  balie portal password j.jansen --password-stdin      the new one
  balie portal password j.jansen --old-password-stdin --password-stdin      the old one, then the new one
  balie portal password j.jansen --hash-stdin          an Argon2id hash that another system made

Portals keep passwords (accounts.password_hash); this is for those that come without. A password that
is there can be replaced only by somebody who knows it, so the desk can't take over an account. The holder is told.")]
    Password {
        /// The exact username
        #[arg(value_name = "ACCOUNT", add = completing::accounts())]
        account: Option<String>,
        /// Read the new password from standard input
        #[arg(long, conflicts_with = "hash_stdin")]
        password_stdin: bool,
        /// Read an Argon2id hash (PHC string) from standard input
        #[arg(long)]
        hash_stdin: bool,
        /// Read the old password from standard input first
        #[arg(long)]
        old_password_stdin: bool,
    },
}

impl verb::Verb for Verb {
    fn rehearsal(&self) -> Rehearsal {
        match self {
            Self::Login { .. } => Rehearsal::EACH_TRY_COUNTS,
            Self::Password { .. } => Rehearsal::ONE_STEP,
        }
    }
}

pub(super) async fn run(verb: Verb, mut session: Session<'_>) -> Outcome {
    match verb {
        Verb::Login {
            account,
            password_stdin,
            password_file,
            code_stdin,
            explain,
        } => {
            let account = match account {
                Some(account) => account,
                None => session.out.ask(&said!("Username"), "ACCOUNT")?,
            };
            let password = match password_file {
                Some(path) => read_password(&path)?,
                None if password_stdin => session.required_line(&said!("the password"))?,
                None => session.out.ask_secret(
                    "Password",
                    &said!("--password-stdin or --password-file FILE"),
                )?,
            };
            let code = if code_stdin {
                session.secret_line()?
            } else if session.out.can_ask() {
                let what = &said!("Verification code or recovery code (empty: none)");
                Some(session.out.ask_secret(what, "--code-stdin")?)
            } else {
                None
            };
            // A code counts when it's typed, not when it was asked for.
            session.now = (session.clock)();
            let (mut desk, mut out, _) = session.open().await?;
            let report =
                desk::second_factor::portal_login(&mut desk, &account, &password, code.as_ref())
                    .await?;
            show(&mut out, &LoginView { report, explain })?;
            Ok(match report.outcome {
                Login::Denied => Exit::Refused,
                Login::Granted | Login::MustEnroll => Exit::Done,
            })
        }
        Verb::Password {
            account,
            password_stdin,
            hash_stdin,
            old_password_stdin,
        } => {
            let account = match account {
                Some(account) => parse_username(&account)?,
                None => parse_username(&session.out.ask(&said!("Username"), "ACCOUNT")?)?,
            };
            let old = if old_password_stdin {
                Some(session.required_line(&said!("the old password"))?)
            } else {
                None
            };
            let new = if hash_stdin {
                NewPassword::Hash(session.required_line(&said!("the hash"))?)
            } else if password_stdin {
                NewPassword::Clear(session.required_line(&said!("the new password"))?)
            } else {
                let new = session
                    .out
                    .ask_secret(&said!("New password"), "--password-stdin");
                NewPassword::Clear(new?)
            };
            let (mut desk, mut out, _) = session.open().await?;
            desk::second_factor::set_portal_password(&mut desk, &account, old.as_ref(), &new)
                .await?;
            show(&mut out, &PasswordView(account.to_string()))
        }
    }
}

struct LoginView {
    report: LoginReport,
    explain: bool,
}

/// What the one who logs in may know: never which part was wrong.
const fn reason(outcome: Login) -> &'static str {
    match outcome {
        Login::Granted => "accepted",
        Login::MustEnroll => "enroll_first",
        Login::Denied => "not_accepted",
    }
}

fn sentence(why: Why) -> String {
    match why {
        Why::CodeAccepted => said!("Password and verification code are right."),
        Why::RecoveryCodeUsed => {
            said!(
                "The recovery code is right, and used up now. The enrollment has ended: enroll again at once."
            )
        }
        Why::NotEnrolled => {
            said!("There is no second factor yet, and the enrollment window is open.")
        }
        Why::WindowClosed => {
            said!("There is no second factor, and the enrollment window has closed.")
        }
        Why::UnknownAccount => said!("There is no such account."),
        Why::AccountBlocked => said!("The account is blocked."),
        Why::NoPassword => said!("The account has no password, or its hash can't be checked."),
        Why::WrongPassword => said!("The password is wrong. The code wasn't looked at."),
        Why::CodeMissing => said!("The password is right; no code was entered."),
        Why::CodeMistyped => {
            said!(
                "The password is right; what was entered as code is mistyped. It doesn't count as a failure."
            )
        }
        Why::WrongCode => said!("The password is right; the verification code is wrong."),
        Why::CodeReplayed => {
            said!("The password is right; the verification code, or a later one, was used before.")
        }
        Why::LockedNow => {
            said!(
                "The verification code is wrong for the tenth time in a row: the second factor is locked now."
            )
        }
        Why::Locked => {
            said!(
                "The second factor is locked: only the recovery code gets in, or `balie totp unlock`."
            )
        }
        Why::ClockWentBack => {
            said!(
                "This server's clock has gone back, so no code can be judged; nothing was counted. Set it right (NTP)."
            )
        }
        Why::WrongRecoveryCode => said!("The recovery code is wrong, used, void or too old."),
    }
}

impl View for LoginView {
    fn schema(&self) -> &'static str {
        "balie.login/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let LoginReport {
            outcome,
            why,
            enroll_by,
            session_epoch,
        } = self.report;
        let mut fields = json!({
            "outcome": outcome,
            "reason": reason(outcome),
            "enroll_by": enroll_by,
            "session_epoch": session_epoch,
        });
        if self.explain {
            fields["explanation"] = json!({ "code": why, "message": sentence(why) });
        }
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        let (tone, text) = match self.report.outcome {
            Login::Granted => (Tone::Good, said!("Granted.")),
            Login::MustEnroll => (
                Tone::Warn,
                said!("Must enroll: this login may do nothing else."),
            ),
            Login::Denied => (
                Tone::Bad,
                said!("Denied: username, password or code isn't right."),
            ),
        };
        page.line(tone, &text);
        if let Some(until) = self.report.enroll_by {
            page.line(
                Tone::Plain,
                &said!("Can enroll until {until}.", until = format!("{until:.0}")),
            );
        }
        if self.explain {
            page.line(Tone::Plain, &sentence(self.report.why));
        }
    }
}

struct PasswordView(String);

impl View for PasswordView {
    fn schema(&self) -> &'static str {
        "balie.password/1"
    }

    fn fields(&self) -> Map<String, Value> {
        [("username".to_owned(), self.0.clone().into())]
            .into_iter()
            .collect()
    }

    fn page(&self, page: &mut Page) {
        page.line(
            Tone::Good,
            &said!("{username}: the password is set.", username = self.0),
        );
    }
}
