//! `balie login`, `logout`, `whoami`

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

use crate::cli::language::{noted, said, told};
use crate::cli::output::{Out, Page, Qr, Tone, View};
use crate::cli::shell::credential;
use crate::cli::shell::secrets::read_secret;
use crate::cli::shell::session::Session;
use crate::cli::shell::verb::{self, Rehearsal};
use crate::cli::{Failure, Outcome, show};
use crate::desk;
use crate::desk::operator::{LoginOrder, LoginStep};
use crate::domain::operator::Role;
use crate::domain::timestamp::Timestamp;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie login                                  asks for password and code
  balie login petra
  printf '%s\\n%s\\n' \"$PASSWORD\" \"$CODE\" | balie login petra --password-stdin --code-stdin

The first login replaces the password that was handed out, and shows what your authenticator app has
to scan; log in with a code from it. Without a terminal that takes two calls:
  … | balie login petra --password-stdin --new-password-stdin    prints the otpauth URI
  … | balie login petra --password-stdin --code-stdin")]
pub(super) struct LoginArgs {
    /// Who you are (default: the system's user)
    login: Option<String>,
    /// Read the password from standard input: its first line
    #[arg(long)]
    password_stdin: bool,
    /// Read the password that replaces it from standard input: the next line
    #[arg(long)]
    new_password_stdin: bool,
    /// Read the code from standard input: the last line
    #[arg(long)]
    code_stdin: bool,
}

pub(super) const A_SESSION: Rehearsal =
    Rehearsal::Impossible(noted!("a session exists or it doesn't"));

impl verb::Verb for LoginArgs {
    fn rehearsal(&self) -> Rehearsal {
        A_SESSION
    }

    fn login(&self) -> verb::Login {
        verb::Login::NotNeeded
    }
}

pub(super) async fn login(args: LoginArgs, mut session: Session<'_>) -> Outcome {
    let login = args.login.unwrap_or_else(|| session.user.clone());
    let file = session.session_file()?;
    let password = if args.password_stdin {
        session.required_line(&said!("the password"))?
    } else {
        session.out.ask_secret("Password", "--password-stdin")?
    };
    let mut new_password = None;
    if args.new_password_stdin {
        new_password = Some(session.required_line(&said!("the new password"))?);
    }
    let mut code = None;
    if args.code_stdin {
        code = Some(session.required_line(&said!("the code"))?);
    } else if !args.password_stdin {
        let asked = session
            .out
            .ask_secret(&said!("Code (empty at your first login)"), "--code-stdin")?;
        code = (!asked.expose_secret().is_empty()).then_some(asked);
    }
    let clock = session.clock;
    let (mut desk, mut out, _) = session.open().await?;
    let mut order = LoginOrder {
        login: login.clone(),
        password,
        new_password,
        code: parse_code(code)?,
    };
    loop {
        // A code counts when it's typed, not when it was asked for.
        desk.now = clock();
        match desk::operator::log_in(&mut desk, &order).await? {
            LoginStep::NewPasswordNeeded => {
                if out.can_ask() {
                    out.say(&said!("This is an initial password: choose your own."));
                }
                let chosen = out.ask_new_password("--new-password-stdin")?;
                order.new_password = Some(chosen);
            }
            LoginStep::MustEnroll { uri } => {
                if !out.can_ask() {
                    return show(&mut out, &EnrollView { login, uri });
                }
                if let Some(chosen) = order.new_password.take() {
                    order.password = chosen;
                }
                order.code = parse_code(Some(ask_first_code(&mut out, &uri)?))?;
            }
            LoginStep::LoggedIn {
                token,
                role,
                asleep,
                until,
            } => {
                credential::keep(&file, &token)?;
                for token in &asleep {
                    out.say(&said!("{added_by} made the token {public_id} in your name ({scopes}). It doesn't work until you accept it: `balie operator token accept {public_id}`. Or revoke it.", added_by = token.added_by, public_id = token.public_id, scopes = token.scopes));
                }
                let view = SessionView { login, role, until };
                return show(&mut out, &view);
            }
        }
    }
}

/// Shows what the app has to read, and asks for its first code.
fn ask_first_code(out: &mut Out<'_>, uri: &str) -> Result<SecretString, Failure> {
    let qr = Qr::new(uri)?;
    if out.has_screen() {
        qr.check_fit(
            out.terminal,
            2,
            &said!("make the window larger, then log in again"),
        )?;
    }
    let drawn = Zeroizing::new(format!(
        "{}\n{}",
        said!("Scan this with your authenticator app."),
        Zeroizing::new(qr.for_terminal(out.color)).as_str()
    ));
    let ask = || read_secret(&said!("Code that the app shows"));
    if out.has_screen() {
        return out.on_other_screen(&drawn, ask);
    }
    // Nobody is left to be told when this stream is closed.
    let _ = write!(out.stderr, "{}", drawn.as_str());
    ask()
}

/// What isn't a code was typed wrong: it isn't quoted, and tries nothing.
fn parse_code(
    text: Option<SecretString>,
) -> Result<Option<crate::domain::second_factor::totp::VerificationCode>, Failure> {
    text.map(|text| {
        text.expose_secret().parse().map_err(
            |error: crate::domain::second_factor::totp::NotACode| {
                Failure::invalid(
                    told(&error.to_string()),
                    said!("read it from your app again"),
                )
            },
        )
    })
    .transpose()
}

struct SessionView {
    login: String,
    role: Role,
    until: Timestamp,
}

impl View for SessionView {
    fn schema(&self) -> &'static str {
        "balie.session/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let fields = json!({
            "state": "logged_in",
            "login": self.login,
            "role": self.role,
            "until": self.until,
            "otpauth_uri": null,
        });
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        let text = said!(
            "Logged in as {login} ({role}), until {until} unless you work on.",
            login = self.login,
            role = self.role,
            until = format!("{:.0}", self.until)
        );
        page.line(Tone::Good, &text);
    }
}

struct EnrollView {
    login: String,
    uri: Zeroizing<String>,
}

impl View for EnrollView {
    fn schema(&self) -> &'static str {
        "balie.session/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let fields = json!({
            "state": "must_enroll",
            "login": self.login,
            "role": null,
            "until": null,
            "otpauth_uri": self.uri.as_str(),
        });
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        page.line(
            Tone::Warn,
            &said!("Your authenticator app has to scan this first:"),
        );
        page.line(Tone::Plain, self.uri.as_str());
        page.line(Tone::Faint, &said!("Then log in with a code from it."));
    }
}
