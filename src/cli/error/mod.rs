//! Every error's code, exit code and next step, in one table.

mod files;
mod oauth;
mod read_out;
mod store;

use crate::cli::language::{noted, said, told};
use crate::cli::output::{Format, escape, json};
use crate::desk::{Error, Unapproved};
use crate::domain::log::check::Broken;
use crate::domain::refusal::Refusal;
use crate::domain::reset::four_eyes::Reason;
use crate::domain::reset::warrant::Purpose;
use crate::vault::{HashError, SealError};
use serde_json::json;
use std::io::Write;

/// A failure as the caller sees it.
#[derive(Debug)]
pub struct Failure {
    /// The exit code.
    pub exit: u8,
    /// The code of the contract.
    pub code: &'static str,
    /// Why another operator has to approve it, where that is what it lacks.
    pub reasons: Vec<Reason>,
    /// What happened.
    pub message: String,
    /// What to do next.
    pub hint: String,
}

impl Failure {
    /// The call is wrong.
    #[must_use]
    pub fn invalid(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            exit: 2,
            code: "invalid_input",
            reasons: Vec::new(),
            message: message.into(),
            hint: hint.into(),
        }
    }

    /// Something is missing, and there is nobody to ask.
    #[must_use]
    pub fn input_required(what: &str, flag: &str) -> Self {
        Self {
            exit: 2,
            code: "input_required",
            reasons: Vec::new(),
            message: said!("{what} is missing", what = what),
            hint: said!("pass {flag}", flag = flag),
        }
    }

    /// Somebody pressed Ctrl-C.
    #[must_use]
    pub fn interrupted() -> Self {
        Self {
            exit: 130,
            code: "interrupted",
            reasons: Vec::new(),
            message: said!("interrupted; what was done stands"),
            hint: String::new(),
        }
    }

    /// Everything else.
    #[must_use]
    pub fn internal(message: impl Into<String>) -> Self {
        Self {
            exit: 1,
            code: "internal",
            reasons: Vec::new(),
            message: message.into(),
            hint: String::new(),
        }
    }

    /// Writes the failure for a person, or as one JSON object.
    pub fn report(&self, format: Format, stderr: &mut dyn Write) {
        let Self {
            code,
            reasons,
            message,
            hint,
            ..
        } = self;
        // Nobody is left to be told when this stream is closed.
        let _ = if format.is_json() {
            let mut error = json!({ "code": code, "message": message, "hint": hint });
            if !reasons.is_empty() {
                error["reasons"] = json!(reasons);
            }
            json::line(stderr, &json!({ "error": error }))
        } else {
            let message = escape::for_terminal(message);
            let hint = escape::for_terminal(hint);
            let mut text = format!("{}: {message} [{code}]", said!("error"));
            if !hint.is_empty() {
                text = format!("{text}\n{}: {hint}", said!("hint"));
            }
            if let Some(sentence) = read_out::of(code) {
                text = format!("{text}\n{}: {sentence}", said!("read out"));
            }
            writeln!(stderr, "{text}")
        };
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let message = told(&error.to_string());
        let failure = |exit, code, hint: &str| Self {
            exit,
            code,
            reasons: Vec::new(),
            message,
            hint: told(hint),
        };
        match error {
            Error::Store(error) => error.into(),
            Error::Copy(error) => error.into(),
            Error::Keys(error) => error.into(),
            Error::Mailbox(error) => error.into(),
            Error::Refused(refusal) => {
                let exit = if refusal.is_conflict() { 5 } else { 4 };
                failure(exit, refusal.as_str(), refusal.hint())
            }
            Error::RefusedHere { refusal, hint, .. } => {
                let exit = if refusal.is_conflict() { 5 } else { 4 };
                failure(exit, refusal.as_str(), &hint)
            }
            Error::NeedsApproval { what, reasons } => Self {
                reasons,
                ..failure(4, Refusal::FourEyesRequired.as_str(), &who_approves(&what))
            },
            Error::Held { .. } => failure(
                5,
                "held_by_colleague",
                noted!("ask your colleague, or take it over: pass --take-over"),
            ),
            Error::LoginDelayed { .. } => failure(
                5,
                "login_delayed",
                noted!("wait until then; attempts in the meantime don't delay it further"),
            ),
            Error::WorkEmailMissing { login } => {
                failure(4, "work_email_missing", &who_registers(&login))
            }
            Error::OtherLogin { own } => failure(4, "role_may_not", &as_whom(&own)),
            Error::TokenAsleep { token, login } => failure(
                4,
                "token_asleep",
                &said!(
                    "{login} accepts it with `balie operator token accept {token}`",
                    login = login,
                    token = token
                ),
            ),
            Error::NotFound {
                what,
                name,
                nearest,
            } => failure(
                3,
                "not_found",
                &where_to_look(what, &name, nearest.as_deref()),
            ),
            Error::Ambiguous { hint, .. } => failure(3, "ambiguous", &hint),
            Error::Hash(HashError::NotComputed) => failure(1, "internal", ""),
            Error::Hash(_) => failure(
                2,
                "invalid_input",
                noted!("pass an Argon2id hash as a PHC string"),
            ),
            Error::Invalid { hint, .. } => failure(2, "invalid_input", &hint),
            Error::OnlySeals { ref who } | Error::SecretsKept { ref who } => {
                failure(7, "keys_unavailable", &who_opens(who))
            }
            Error::Seal(SealError::OnlySeals { .. }) => {
                failure(7, "keys_unavailable", &who_opens(&[]))
            }
            Error::Seal(SealError::NoKey { .. }) => failure(
                2,
                "invalid_input",
                noted!(
                    "get the newer key file from where `balie key rotate` was run, or the old key from the safe; see `balie key status`"
                ),
            ),
            Error::Seal(SealError::Broken)
            | Error::LogBroken { .. }
            | Error::KeyReplaced { .. }
            | Error::Checkpoint(_)
            | Error::OtherLog { .. }
            | Error::BrokenSeals { .. }
            | Error::Receipt(_)
            | Error::NotInLog
            | Error::OtherKeys { .. }
            | Error::OtherSigningKey { .. } => {
                failure(8, "tampered", what_was_tampered_with(&error))
            }
        }
    }
}

/// Who registers an operator's address, and how.
fn who_registers(login: &str) -> String {
    said!(
        "have an admin register it: `balie operator role {login} --work-email ADDRESS`",
        login = login
    )
}

/// As whom somebody logs in who is connected with a login of their own.
fn as_whom(own: &str) -> String {
    said!(
        "log in as {own} with `balie login {own}`; a colleague connects with their own login",
        own = own
    )
}

/// Where what wasn't found may be.
fn where_to_look(what: &str, name: &str, nearest: Option<&str>) -> String {
    match (nearest, what) {
        (Some(nearest), _) => said!("did you mean `{nearest}`?", nearest = nearest),
        (None, "account") => said!("search with `balie find {name}`", name = name),
        (None, what) => said!("see `balie {command}`", command = list_of(what)),
    }
}

/// What to do about a seal, a signature or a log that doesn't hold.
fn what_was_tampered_with(error: &Error) -> &'static str {
    match error {
        Error::Checkpoint(_) => {
            noted!("use another copy of the checkpoint, or pass the right desk.pub with --key")
        }
        Error::OtherLog { .. } => {
            noted!("find out which database this is; don't work on it until then")
        }
        Error::BrokenSeals { .. } => {
            noted!(
                "find out who changed the database; restore these rows from a copy, or reset these accounts"
            )
        }
        Error::Receipt(_) => {
            noted!("don't believe it; look the reset up with `balie account history USERNAME`")
        }
        Error::NotInLog => {
            noted!("check the log with `balie audit verify`; it may be older than the receipt")
        }
        Error::OtherKeys { .. } | Error::OtherSigningKey { .. } => {
            noted!("point `[keys] file` to the key file that was made with this database")
        }
        Error::LogBroken {
            why: Broken::Lost { .. },
            ..
        } => {
            noted!(
                "where you know of that restore, pass --restored with its event; keep this checkpoint, and let the next one be another file"
            )
        }
        Error::LogBroken { .. } | Error::KeyReplaced { .. } => {
            noted!("keep the database as it is, and compare it with a copy")
        }
        _ => noted!("find out who changed the database, and restore it"),
    }
}

/// Who approves it, and how.
fn who_approves(what: &Unapproved) -> String {
    let command = match what {
        Unapproved::Account {
            request, purpose, ..
        } => match purpose {
            Purpose::Reset => format!("request approve {request}"),
            Purpose::Reissue => format!("request approve {request} --for {purpose}"),
        },
        Unapproved::Plan(plan) => format!("bulk approve {plan}"),
    };
    said!(
        "have a senior of the region look at it: `balie {command}`; the approver can't also carry it out",
        command = command
    )
}

/// Whom to ask for what this machine's keys don't open.
fn who_opens(who: &[String]) -> String {
    if who.is_empty() {
        return said!(
            "run it where the whole key file is; an admin says who has it with `balie operator role LOGIN --duty totp`"
        );
    }
    said!(
        "ask {who}, whose keys open them",
        who = who.join(&said!(" or "))
    )
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::internal(error.to_string())
    }
}

/// The command that lists what wasn't found.
fn list_of(what: &str) -> String {
    match what {
        "key" => "key status".to_owned(),
        "plan" => "bulk list".to_owned(),
        "organisation" => "org list".to_owned(),
        "mail" => "outbox list".to_owned(),
        "reset" => "audit log --action reset".to_owned(),
        "set-aside message" => "mailbox quarantine".to_owned(),
        noun => format!("{noun} list"),
    }
}
