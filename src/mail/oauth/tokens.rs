//! Where tokens come from. One is kept for the run, and asked for anew before it ends, or once a server refuses it.

use std::fmt;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::Mutex;
use tokio::task::spawn_blocking;

use super::error::TokenError;
use crate::secret_command::{PATIENCE, printed};

/// More than a token has, in bytes.
const LONGEST: usize = 64 * 1024;
/// For how long what a command printed is used: it doesn't say when it ends.
const OF_A_COMMAND: Duration = Duration::from_mins(2);

/// Where tokens for one server come from.
pub struct Tokens {
    source: Source,
    kept: Mutex<Option<Kept>>,
}

enum Source {
    /// A program and its arguments.
    Command {
        words: Vec<String>,
        home: Option<PathBuf>,
    },
}

struct Kept {
    token: SecretString,
    until: Instant,
}

/// A token, and whether it was made just now.
pub(in crate::mail) struct Token {
    pub(in crate::mail) text: SecretString,
    pub(in crate::mail) is_fresh: bool,
}

impl Tokens {
    /// A command of the administrator's prints them; `home` is of the account that it's run as.
    #[must_use]
    pub fn by_command(words: Vec<String>, home: Option<PathBuf>) -> Self {
        Self {
            source: Source::Command { words, home },
            kept: Mutex::default(),
        }
    }

    /// A token that is good for now, as far as anybody here knows.
    pub(in crate::mail) async fn token(&self) -> Result<Token, TokenError> {
        let mut kept = self.kept.lock().await;
        if let Some(kept) = kept.as_ref().filter(|kept| Instant::now() < kept.until) {
            return Ok(Token {
                text: kept.token.clone(),
                is_fresh: false,
            });
        }
        *kept = None;
        let Source::Command { words, home } = &self.source;
        let text = of_command(words.clone(), home.clone()).await?;
        *kept = Some(Kept {
            token: text.clone(),
            until: Instant::now() + OF_A_COMMAND,
        });
        Ok(Token {
            text,
            is_fresh: true,
        })
    }

    /// A server doesn't accept it. One that is kept may have ended, or been revoked, before its time: then another try
    /// with a new one may go better.
    pub(in crate::mail) async fn refused(&self, token: &Token) -> bool {
        let mut kept = self.kept.lock().await;
        let is_kept = |kept: &Kept| kept.token.expose_secret() == token.text.expose_secret();
        if kept.as_ref().is_some_and(is_kept) {
            *kept = None;
        }
        !token.is_fresh
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").finish_non_exhaustive()
    }
}

/// What the command prints. It may take its time; nothing else has to wait for it.
async fn of_command(words: Vec<String>, home: Option<PathBuf>) -> Result<SecretString, TokenError> {
    let program = words.first().cloned().unwrap_or_default();
    let failed = |why: String| TokenError::CommandFailed {
        program: program.clone(),
        why,
    };
    let running = spawn_blocking(move || printed(&words, home.as_deref(), PATIENCE, LONGEST));
    let text = running.await.map_err(|_| failed("it broke off".into()))?;
    let text = text.map_err(|error| failed(error.why))?;
    let token = std::str::from_utf8(&text).ok().map(str::trim);
    token
        .filter(|token| is_token(token))
        .map(SecretString::from)
        .ok_or(TokenError::NoToken { program })
}

/// What RFC 6750 §2.1 lets a token be made of, and whatever else is visible: nobody slips in a line or a field.
fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run<T>(future: impl Future<Output = T>) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = { runtime }.enable_all().build().unwrap();
        runtime.block_on(future)
    }

    fn by_shell(line: &str) -> Tokens {
        Tokens::by_command(["sh", "-c", line].map(str::to_owned).into(), None)
    }

    #[test]
    fn a_command_is_run_again_only_once_its_token_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let count = folder.path().join("count").display().to_string();
        let tokens = by_shell(&format!("echo >>'{count}'; printf tok; wc -l <'{count}'"));
        run(async {
            let first = tokens.token().await.unwrap();
            assert_eq!((first.text.expose_secret(), first.is_fresh), ("tok1", true));
            let again = tokens.token().await.unwrap();
            assert_eq!(
                (again.text.expose_secret(), again.is_fresh),
                ("tok1", false)
            );
            assert!(tokens.refused(&again).await, "a new one may be better");
            let other = tokens.token().await.unwrap();
            assert_eq!(other.text.expose_secret(), "tok2");
            assert!(
                !tokens.refused(&other).await,
                "a new one is as good as the next"
            );
        });
    }

    #[test]
    fn what_isnt_a_token_is_told_by_the_program_alone() {
        for (line, expected) in [
            ("echo GEHEIM; echo GEHEIM", "isn't a token"),
            ("echo 'Bearer GEHEIM'", "isn't a token"),
            ("true", "isn't a token"),
            ("printf 'GEHEIM\\001'", "isn't a token"),
            ("echo GEHEIM; exit 3", "exit status: 3"),
        ] {
            let error = run(by_shell(line).token()).err().unwrap();
            let said = format!("{error} {error:?}");
            assert!(
                said.contains(expected) && !said.contains("GEHEIM"),
                "{line}: {said}"
            );
        }
        assert!(!format!("{:?}", by_shell("echo GEHEIM")).contains("GEHEIM"));
    }
}
