//! Where the keys come from: a file of the owner's, or a command of the administrator's that prints
//! what the file would hold (a password store, a keyring, a hardware module).

use std::fmt;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use super::key_file::{KeyFileError, LONGEST};
use super::ring::Vault;

/// Long enough for a person to touch a token.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where a program is looked for that is named without a folder.
const SEARCHED: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// Where the keys come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeySource {
    /// A file, readable by its owner only.
    File(PathBuf),
    /// A program and its arguments. No shell reads them, unless the program is one.
    Command {
        /// The program, then its arguments.
        words: Vec<String>,
        /// The home of the account that it's run as.
        home: Option<PathBuf>,
    },
}

impl KeySource {
    /// A command line that the administrator wrote for a shell.
    #[must_use]
    pub fn shell(line: &str, home: Option<PathBuf>) -> Self {
        let words = vec!["sh".into(), "-c".into(), line.into()];
        Self::Command { words, home }
    }

    /// The file, where it is one.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Command { .. } => None,
        }
    }

    /// Reads the keys.
    pub fn load(&self) -> Result<Vault, KeyFileError> {
        match self {
            Self::File(path) => Vault::load(path),
            Self::Command { words, home } => {
                let text = output(words, home.as_deref(), PATIENCE)?;
                let text = std::str::from_utf8(&text).ok();
                text.and_then(Vault::from_text)
                    .ok_or_else(|| KeyFileError::NoKeys {
                        program: program(words),
                    })
            }
        }
    }
}

impl fmt::Display for KeySource {
    /// A command by its program alone: its arguments are nobody's business.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "the key file {}", path.display()),
            Self::Command { words, .. } => write!(f, "the key command `{}`", program(words)),
        }
    }
}

fn program(command: &[String]) -> String {
    command.first().cloned().unwrap_or_default()
}

/// What the command prints: bounded in size and time, in memory that is wiped. What it says on standard
/// error isn't passed on, since nobody knows what that quotes. Whoever has balie run gives it neither a variable nor a
/// folder (rule 17): it would be they who say what `sh`, `gpg` or `pass` do.
fn output(
    command: &[String],
    home: Option<&Path>,
    patience: Duration,
) -> Result<Zeroizing<Vec<u8>>, KeyFileError> {
    let failed = |why: String| KeyFileError::CommandFailed {
        program: program(command),
        why,
    };
    let (program, args) = command
        .split_first()
        .ok_or_else(|| failed("it is empty".into()))?;
    let mut child = Command::new(program)
        .args(args)
        .env_clear()
        .env("PATH", SEARCHED)
        .envs(home.map(|home| ("HOME", home)))
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| failed(error.to_string()))?;
    let deadline = Instant::now() + patience;
    let (send, receive) = mpsc::channel();
    if let Some(stdout) = child.stdout.take() {
        thread::spawn(move || {
            // All of it at once: a buffer that grows leaves copies behind.
            let mut text = Zeroizing::new(Vec::with_capacity(LONGEST + 1));
            let read = stdout.take(LONGEST as u64 + 1).read_to_end(&mut text);
            // Nobody listens any more when the patience was over.
            let _ = send.send(read.map(|_| text));
        });
    }
    let text = receive.recv_timeout(patience);
    let mut ended = child.try_wait();
    let too_long = matches!(&text, Ok(Ok(text)) if text.len() > LONGEST);
    while matches!(ended, Ok(None)) && !too_long && text.is_ok() && Instant::now() < deadline {
        thread::sleep(Duration::from_millis(5));
        ended = child.try_wait();
    }
    if matches!(ended, Ok(None)) {
        // It may have ended just now.
        let _ = child.kill();
        let _ = child.wait();
    }
    let text = match text {
        _ if too_long => return Err(failed(format!("it printed more than {LONGEST} bytes"))),
        Ok(text) => text.map_err(|error| failed(error.to_string()))?,
        Err(_) => {
            return Err(failed(format!(
                "it took more than {} seconds",
                patience.as_secs()
            )));
        }
    };
    match ended.map_err(|error| failed(error.to_string()))? {
        Some(status) if status.success() => Ok(text),
        Some(status) => Err(failed(format!("it ended with {status}"))),
        None => Err(failed(format!(
            "it took more than {} seconds",
            patience.as_secs()
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sh(line: &str) -> Vec<String> {
        vec!["sh".into(), "-c".into(), line.into()]
    }

    fn why(line: &str, patience: Duration) -> String {
        output(&sh(line), None, patience).unwrap_err().to_string()
    }

    #[test]
    fn output_is_bounded_in_size_and_in_time() {
        let patience = Duration::from_secs(20);
        assert_eq!(*output(&sh("printf abc"), None, patience).unwrap(), b"abc");
        assert!(why("exit 3", patience).contains("exit status: 3"));
        assert!(why("yes", patience).contains("more than"));
        let short = Duration::from_millis(200);
        assert!(why("sleep 60", short).contains("took more than"));
        assert!(why("exec >&-; sleep 60", short).contains("took more than"));
        assert!(output(&[], None, patience).is_err());
        assert!(output(&["/nowhere/at/all".into()], None, patience).is_err());
    }

    #[test]
    fn arguments_pass_by_no_shell() {
        let command = ["printf".into(), "%s".into(), "$(id); echo x".into()];
        let text = output(&command, None, Duration::from_secs(20)).unwrap();
        assert_eq!(*text, b"$(id); echo x");
    }

    #[test]
    fn what_a_command_says_is_not_passed_on() {
        let line = "echo SECRET; echo SECRET >&2; exit 1";
        let error = KeySource::shell(line, None).load().unwrap_err();
        assert!(!format!("{error} {error:?}").contains("SECRET"));
        let error = KeySource::shell("echo SECRET", None).load().unwrap_err();
        assert!(!format!("{error} {error:?}").contains("SECRET"));
    }

    #[test]
    fn a_command_gets_nothing_of_the_callers() {
        let told = |home: Option<&Path>| {
            let text = output(&sh("pwd; env"), home, Duration::from_secs(20)).unwrap();
            String::from_utf8(text.to_vec()).unwrap()
        };
        let text = told(Some(Path::new("/home/desk")));
        assert!(
            text.starts_with("/\n") && text.contains("HOME=/home/desk\n"),
            "{text}"
        );
        // What a shell sets of its own accord comes from no caller.
        let own = ["PATH=", "HOME=", "PWD=/", "OLDPWD=", "SHLVL=", "_="];
        for line in text.lines().skip(1).chain(told(None).lines().skip(1)) {
            assert!(own.iter().any(|name| line.starts_with(name)), "{line}");
        }
        assert!(!told(None).contains("HOME="));
    }
}
