//! A closed desk, and the operators that work there, each at a machine of its own.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::Value;

use super::{Desk, Ran};

/// What every operator chooses here.
pub(crate) const PASSWORD: &str = "een lang wachtwoord";

/// What the app of that `otpauth` URI shows now, or so many steps later.
#[expect(clippy::disallowed_methods, reason = "the binary has the real clock")]
pub(crate) fn code_of(uri: &str, steps: u64) -> String {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("a time");
    code_at(uri, now.as_secs() / 30 + steps)
}

/// What it shows in that step.
pub(crate) fn code_at(uri: &str, step: u64) -> String {
    let totp = totp_rs::Totp::from_url_unchecked(uri).expect("a URI");
    totp.generate(step * 30).to_string()
}

/// Runs a command with this standard input.
pub(crate) fn feed(mut command: Command, input: &str) -> Ran {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("balie starts");
    // A command that fails before it reads has closed the pipe.
    let _ = child
        .stdin
        .take()
        .expect("a pipe")
        .write_all(input.as_bytes());
    Ran::new(&child.wait_with_output().expect("balie ends"))
}

impl Desk {
    /// `balie` at the machine of `login`, where nobody is at a terminal.
    pub(crate) fn command_of(&self, login: &str) -> Command {
        self.at_the_machine_of(login, self.command())
    }

    /// Runs it there without a yes.
    pub(crate) fn by_without_yes(&self, login: &str, args: &[&str]) -> Ran {
        let mut command = self.at_the_machine_of(login, self.command_without_yes());
        Ran::new(&command.args(args).output().expect("balie runs"))
    }

    fn at_the_machine_of(&self, login: &str, mut command: Command) -> Command {
        command
            .env("XDG_RUNTIME_DIR", self.path(&format!("run-{login}")))
            .env("BALIE_OPERATOR_LOGIN", login)
            .args(["--format", "json"]);
        command
    }

    /// Runs it there.
    pub(crate) fn by(&self, login: &str, args: &[&str]) -> Ran {
        let output = self.command_of(login).args(args).output();
        Ran::new(&output.expect("balie runs"))
    }

    /// Runs it there, with this standard input.
    pub(crate) fn by_with(&self, login: &str, args: &[&str], input: &str) -> Ran {
        let mut command = self.command_of(login);
        command.args(args);
        feed(command, input)
    }

    /// Closes the desk: fatima, who set it up, gets a password, and logs in. Gives her app's URI.
    pub(crate) fn close(&self) -> String {
        let args = ["operator", "reset-password", "fatima", "--password-stdin"];
        let closed = self
            .by_with("fatima", &args, &format!("{PASSWORD}\n"))
            .json();
        assert_eq!(closed["desk_closed"], true);
        self.enroll("fatima", &["--password-stdin"], &format!("{PASSWORD}\n"))
    }

    /// Changes settings of a closed desk, as fatima.
    pub(crate) fn set(&self, settings: &[(&str, &str)]) {
        for (key, value) in settings {
            let args = ["--yes", "settings", "set", key, value];
            self.by("fatima", &args).json();
        }
    }

    /// Registers an operator, and logs in as it for the first time. Gives its app's URI.
    pub(crate) fn hire(&self, login: &str, role: &str, regions: &[&str]) -> String {
        let address = format!("{login}@otservicedesk.nl");
        let mut args = vec!["operator", "add", login, "--role", role];
        args.extend(["--work-email", &address]);
        for region in regions {
            args.extend(["--region", region]);
        }
        let added: Value = self.by("fatima", &args).json();
        let first = added["initial_password"].as_str().expect("a password");
        let flags = ["--password-stdin", "--new-password-stdin"];
        self.enroll(login, &flags, &format!("{first}\n{PASSWORD}\n"))
    }

    fn enroll(&self, login: &str, flags: &[&str], input: &str) -> String {
        let shown = self.by_with(login, &[&["login", login], flags].concat(), input);
        let shown = shown.json();
        assert_eq!(shown["state"], "must_enroll");
        let uri = shown["otpauth_uri"].as_str().expect("a URI").to_owned();
        let ran = self.log_in(login, &code_of(&uri, 0));
        assert_eq!(ran.json()["state"], "logged_in");
        uri
    }

    /// Logs in with a code.
    pub(crate) fn log_in(&self, login: &str, code: &str) -> Ran {
        let args = ["login", login, "--password-stdin", "--code-stdin"];
        self.by_with(login, &args, &format!("{PASSWORD}\n{code}\n"))
    }
}
