//! PostgreSQL's own programs. The password goes to them in a file of its own, never among their arguments (rule 7).

use std::io::{self, Write as _};
use std::process::{Child, Command, Stdio};

use percent_encoding::percent_decode_str;
use tempfile::NamedTempFile;

use super::{CopyError, Result};

/// A server, as its programs are told of it.
pub(super) struct Server {
    /// The URL, without a password.
    url: String,
    password: Option<NamedTempFile>,
}

impl Server {
    /// Takes a password out of a URL that was understood.
    pub(super) fn of(url: &str) -> Result<Self> {
        let (url, password) = without_password(url);
        let password = password.map(|password| kept(&password)).transpose();
        let password = password.map_err(CopyError::file(std::env::temp_dir()))?;
        Ok(Self { url, password })
    }

    /// Has a program work on this server.
    pub(super) fn told(&self, program: &'static str) -> Command {
        let mut command = Command::new(program);
        command.arg("--dbname").arg(&self.url).arg("--no-password");
        if let Some(file) = &self.password {
            command.env("PGPASSFILE", file.path());
        }
        command
    }
}

/// A password file of libpq's that only this account can read; it's gone with what comes back.
fn kept(password: &str) -> io::Result<NamedTempFile> {
    let mut file = NamedTempFile::new()?;
    let password = password.replace('\\', "\\\\").replace(':', "\\:");
    writeln!(file, "*:*:*:*:{password}")?;
    Ok(file)
}

/// The URL without the password, and the password: it stands behind the user or among the parameters.
fn without_password(url: &str) -> (String, Option<String>) {
    let mut password = None;
    let mut take = |encoded: &str| {
        let decoded = percent_decode_str(encoded).decode_utf8_lossy();
        password = Some(decoded.into_owned());
    };
    let (scheme, rest) = url.split_once("://").unwrap_or(("postgres", url));
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let place = match place.split_once('@') {
        Some((who, place)) => match who.split_once(':') {
            Some((user, secret)) => {
                take(secret);
                format!("{user}@{place}")
            }
            None => format!("{who}@{place}"),
        },
        None => place.to_owned(),
    };
    let mut kept = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        match pair.split_once('=') {
            Some(("password", secret)) => take(secret),
            _ => kept.push(pair),
        }
    }
    let query = kept.join("&");
    let mark = if query.is_empty() { "" } else { "?" };
    (format!("{scheme}://{place}{mark}{query}"), password)
}

/// Starts it, with nothing to read and its messages in English.
pub(super) fn started(command: &mut Command, name: &'static str, stdout: Stdio) -> Result<Child> {
    command
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .stdout(stdout)
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => CopyError::NoProgram(name),
            _ => CopyError::Program {
                program: name,
                said: error.to_string(),
            },
        })
}

/// Runs it to its end.
pub(super) fn run(mut command: Command, name: &'static str) -> Result<()> {
    ended(started(&mut command, name, Stdio::null())?, name)
}

/// Runs it, and hands over what it prints.
pub(super) fn read<T>(
    mut command: Command,
    name: &'static str,
    take: impl FnOnce(std::process::ChildStdout) -> io::Result<T>,
) -> Result<T> {
    let mut child = started(&mut command, name, Stdio::piped())?;
    let taken = child.stdout.take().map(take).transpose();
    ended(child, name)?;
    let taken = taken.and_then(|taken| taken.ok_or_else(|| io::Error::other("it printed nothing")));
    taken.map_err(|error| CopyError::Program {
        program: name,
        said: error.to_string(),
    })
}

pub(super) fn ended(child: Child, name: &'static str) -> Result<()> {
    let failed = |said: String| CopyError::Program {
        program: name,
        said,
    };
    let output = child
        .wait_with_output()
        .map_err(|error| failed(error.to_string()))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().find(|line| !line.trim().is_empty());
    Err(failed(said.map_or_else(
        || format!("it ended with {}", output.status),
        |line| line.trim().to_owned(),
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_is_among_the_arguments() {
        for (url, told, password) in [
            ("postgres://h/db", "postgres://h/db", None),
            (
                "postgres://u:p%40%3Aw@h:5432/db?sslmode=require",
                "postgres://u@h:5432/db?sslmode=require",
                Some("p@:w"),
            ),
            (
                "postgresql:///db?host=/run&password=a%5Cb&user=u",
                "postgresql:///db?host=/run&user=u",
                Some("a\\b"),
            ),
            (
                "postgres://u@h/db?password=x",
                "postgres://u@h/db",
                Some("x"),
            ),
        ] {
            let found = without_password(url);
            assert_eq!(
                found,
                (told.to_owned(), password.map(str::to_owned)),
                "{url}"
            );
            let server = Server::of(url).unwrap();
            let command = server.told("pg_dump");
            assert!(command.get_args().any(|arg| arg == told));
        }
        let file = kept("a:b\\c").unwrap();
        let text = std::fs::read_to_string(file.path()).unwrap();
        assert_eq!(text, "*:*:*:*:a\\:b\\\\c\n");
    }

    #[test]
    fn what_is_missing_or_fails_is_said() {
        let none = run(Command::new("balie-has-no-such-program"), "pg_dump");
        assert!(matches!(none, Err(CopyError::NoProgram("pg_dump"))));
        let mut sh = Command::new("sh");
        sh.args(["-c", "echo >&2; echo no space >&2; exit 1"]);
        let said = run(sh, "pg_dump").unwrap_err().to_string();
        assert_eq!(said, "`pg_dump` failed: no space");
    }
}
