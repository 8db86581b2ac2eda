//! What a command of the administrator's prints: keys, or a token. Bounded in size and time, in memory that is wiped.

use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

/// Long enough for a person to touch a token.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Where a program is looked for that is named without a folder.
const SEARCHED: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// Why a command gave nothing. What it printed isn't told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct Failed {
    /// What happened, as in "it ended with exit status: 1".
    pub why: String,
}

/// What the command prints, of at most `longest` bytes. What it says on standard error isn't passed on, since nobody
/// knows what that quotes. Whoever has balie run gives it neither a variable nor a folder (rule 17): it would be they
/// who say what `sh`, `gpg` or `pass` do.
pub fn printed(
    command: &[String],
    home: Option<&Path>,
    patience: Duration,
    longest: usize,
) -> Result<Zeroizing<Vec<u8>>, Failed> {
    let failed = |why: String| Failed { why };
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
            let mut text = Zeroizing::new(Vec::with_capacity(longest + 1));
            let read = stdout.take(longest as u64 + 1).read_to_end(&mut text);
            // Nobody listens any more when the patience was over.
            let _ = send.send(read.map(|_| text));
        });
    }
    let text = receive.recv_timeout(patience);
    let mut ended = child.try_wait();
    let too_long = matches!(&text, Ok(Ok(text)) if text.len() > longest);
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
        _ if too_long => return Err(failed(format!("it printed more than {longest} bytes"))),
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

    const LONGEST: usize = 1024;

    fn sh(line: &str) -> Vec<String> {
        vec!["sh".into(), "-c".into(), line.into()]
    }

    fn output(
        command: &[String],
        home: Option<&Path>,
        patience: Duration,
    ) -> Result<Zeroizing<Vec<u8>>, Failed> {
        printed(command, home, patience, LONGEST)
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
