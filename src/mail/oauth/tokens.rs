//! Where tokens come from. One is kept for the run (and, where a server gave it, for the next ones), and asked for anew
//! before it ends, or once a mail server refuses it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::SignedDuration;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::Mutex;
use tokio::task::spawn_blocking;

use super::cache::{Cache, Record, hash};
use super::device::{Consent, consent};
use super::error::TokenError;
use super::grant::{Flow, Given, Grant, is_token};
use super::refusal::Refusal;
use crate::domain::timestamp::Timestamp;
use crate::secret_command::{PATIENCE, printed};

/// More than a token has, in bytes.
const LONGEST: usize = 64 * 1024;
/// For how long what a command printed is used: it doesn't say when it ends.
const OF_A_COMMAND: Duration = Duration::from_mins(2);
/// So long before its end another one is asked for: a run takes its time, and no two clocks are the same.
const BEFORE_ITS_END: Duration = Duration::from_mins(5);
/// A token from further ahead than that came before this machine's clock was set back.
const AHEAD: SignedDuration = SignedDuration::from_mins(5);

/// Where tokens for one server come from.
pub struct Tokens {
    source: Source,
    kept: Mutex<Kept>,
}

enum Source {
    /// A program and its arguments.
    Command {
        words: Vec<String>,
        home: Option<PathBuf>,
    },
    /// A token server.
    Grant {
        grant: Box<Grant>,
        cache: Option<Cache>,
        began: (Timestamp, Instant),
    },
}

#[derive(Default)]
struct Kept {
    token: Option<(SecretString, Instant)>,
    /// The last one that a mail server refused, as a hash.
    refused: Option<String>,
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
        Self::of(Source::Command { words, home })
    }

    /// A token server gives them, for that user's mailbox; `folder` keeps the last one.
    pub fn by_grant(
        grant: Grant,
        user: &str,
        folder: Option<&Path>,
        now: Timestamp,
    ) -> Result<Self, TokenError> {
        grant.client()?;
        let cache = folder.map(|folder| cache(&grant, user, folder));
        Ok(Self::of(Source::Grant {
            grant: Box::new(grant),
            cache,
            began: (now, Instant::now()),
        }))
    }

    fn of(source: Source) -> Self {
        let kept = Mutex::default();
        Self { source, kept }
    }

    /// Has the mailbox's user consent on another device, and keeps what comes of it for the runs to come.
    pub async fn authorise(&self, show: &mut dyn FnMut(&Consent)) -> Result<(), TokenError> {
        let Source::Grant {
            grant,
            cache,
            began,
        } = &self.source
        else {
            return Err(TokenError::NoDeviceUrl);
        };
        let unkept = |why: &dyn fmt::Display| TokenError::NotKept(why.to_string());
        let cache = cache
            .as_ref()
            .ok_or_else(|| unkept(&"there's no folder for it"))?;
        let given = consent(grant, show).await?;
        if given.refresh_token.is_none() {
            return Err(TokenError::NoRefreshToken);
        }
        let record = record_of(&given, None, String::new(), passed(*began));
        let _turn = cache.turn().await;
        cache.write(&record).map_err(|error| unkept(&error))
    }

    /// A token that is good for now, as far as anybody here knows.
    pub(in crate::mail) async fn token(&self) -> Result<Token, TokenError> {
        let mut kept = self.kept.lock().await;
        if let Some((token, until)) = &kept.token
            && Instant::now() < *until
        {
            return Ok(Token {
                text: token.clone(),
                is_fresh: false,
            });
        }
        kept.token = None;
        let (token, lasts, is_fresh) = match &self.source {
            Source::Command { words, home } => {
                let token = of_command(words.clone(), home.clone()).await?;
                (token, OF_A_COMMAND, true)
            }
            Source::Grant {
                grant,
                cache,
                began,
            } => {
                let refused = kept.refused.as_deref();
                of_grant(grant, cache.as_ref(), refused, passed(*began)).await?
            }
        };
        kept.token = Some((token.clone(), Instant::now() + lasts));
        Ok(Token {
            text: token,
            is_fresh,
        })
    }

    /// A server doesn't accept it. One that is kept may have ended, or been revoked, before its time: then another try
    /// with a new one may go better.
    pub(in crate::mail) async fn refused(&self, token: &Token) -> bool {
        let mut kept = self.kept.lock().await;
        let text = token.text.expose_secret();
        if kept
            .token
            .as_ref()
            .is_some_and(|(kept, _)| kept.expose_secret() == text)
        {
            kept.token = None;
        }
        kept.refused = Some(hash(text));
        !token.is_fresh
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").finish_non_exhaustive()
    }
}

/// A token of somebody's is another one for each user; an application's own isn't.
pub(super) fn cache(grant: &Grant, user: &str, folder: &Path) -> Cache {
    let scope = grant.scope.as_deref().unwrap_or_default();
    let whose = match grant.flow {
        Flow::ClientCredentials => ["client_credentials", ""],
        Flow::RefreshToken(_) => ["refresh_token", user],
        Flow::DeviceCode => ["device_code", user],
    };
    let what = [
        &grant.token_url,
        &grant.client_id,
        scope,
        whose[0],
        whose[1],
    ];
    Cache::new(folder, &what)
}

/// The last run's token while it lasts, else a new one; for how long it's used, and whether it's new.
async fn of_grant(
    grant: &Grant,
    cache: Option<&Cache>,
    refused: Option<&str>,
    now: Timestamp,
) -> Result<(SecretString, Duration, bool), TokenError> {
    // Held until the new one is written down: who waited for it finds it there.
    let _turn = match cache {
        Some(cache) => Some(cache.turn().await),
        None => None,
    };
    let own = match &grant.flow {
        Flow::RefreshToken(token) => Some(token.expose_secret()),
        Flow::ClientCredentials | Flow::DeviceCode => None,
    };
    let began_with = own.map(hash).unwrap_or_default();
    let record = cache.and_then(Cache::read);
    let record = record.filter(|record| record.began_with == began_with);
    if let Some(record) = &record
        && Some(hash(&record.access_token).as_str()) != refused
        && let Some(lasts) = lasts(record, now)
    {
        return Ok((record.access_token.as_str().into(), lasts, false));
    }
    let newer = record
        .as_ref()
        .and_then(|record| record.refresh_token.as_deref());
    // An application's own right needs no refresh token, whatever its server gives.
    let newer = newer.filter(|_| !matches!(grant.flow, Flow::ClientCredentials));
    let by = newer.or(own);
    if by.is_none() && matches!(grant.flow, Flow::DeviceCode) {
        return Err(TokenError::NotAuthorised);
    }
    let (given, newer) = match grant.ask(by).await {
        // The administrator's own may still be good where the one that came of it has ended.
        Err(TokenError::Refused {
            refusal: Refusal::GrantEnded,
            ..
        }) if newer.is_some() && own.is_some() => (grant.ask(own).await?, None),
        asked => (asked?, newer),
    };
    let record = record_of(&given, newer, began_with, now);
    if let Some(cache) = cache {
        // A run that can't keep its token has one all the same.
        let _ = cache.write(&record);
    }
    let lasts = given.lasts.saturating_sub(early(given.lasts));
    Ok((given.token, lasts, true))
}

/// What is kept of it: with the refresh token that it was got by, where the server gave no newer one.
fn record_of(given: &Given, by: Option<&str>, began_with: String, now: Timestamp) -> Record {
    let newer = given
        .refresh_token
        .as_ref()
        .map(SecretString::expose_secret);
    Record {
        access_token: given.token.expose_secret().to_owned(),
        asked_at: now.as_jiff().as_microsecond(),
        ends_at: plus(now, given.lasts).as_jiff().as_microsecond(),
        refresh_token: newer.or(by).map(ToOwned::to_owned),
        began_with,
    }
}

/// The instant of now, by how long ago the run began.
fn passed((began, instant): (Timestamp, Instant)) -> Timestamp {
    plus(began, instant.elapsed())
}

fn plus(at: Timestamp, span: Duration) -> Timestamp {
    at.plus(SignedDuration::try_from(span).unwrap_or_default())
}

/// So long before its end it isn't used any more; a short one is used for most of its time.
fn early(lasts: Duration) -> Duration {
    BEFORE_ITS_END.min(lasts / 5)
}

/// For how long a record's token is used from now on; nothing where it's over.
fn lasts(record: &Record, now: Timestamp) -> Option<Duration> {
    let (asked, ends) = (
        Timestamp::from_micros(record.asked_at),
        Timestamp::from_micros(record.ends_at),
    );
    if asked > now.plus(AHEAD) {
        return None;
    }
    let between = |from: Timestamp, to: Timestamp| Duration::try_from(to.since(from)).ok();
    let whole = between(asked, ends)?;
    let left = between(now, ends)?;
    left.checked_sub(early(whole))
        .filter(|left| !left.is_zero())
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

    #[test]
    fn a_token_is_renewed_before_its_end_whatever_the_clock_does() {
        let at = Timestamp::from_seconds;
        let record = Record {
            access_token: "tok".into(),
            asked_at: at(1_000).as_jiff().as_microsecond(),
            ends_at: at(4_600).as_jiff().as_microsecond(),
            refresh_token: None,
            began_with: String::new(),
        };
        for (now, left) in [
            (1_000, Some(3_300)),
            (4_200, Some(100)),
            (4_300, None),
            (9_000, None),
            // The clock was set back: a little is nothing, more makes all of it doubtful.
            (900, Some(3_400)),
            (600, None),
        ] {
            assert_eq!(
                lasts(&record, at(now)),
                left.map(Duration::from_secs),
                "{now}"
            );
        }
        assert_eq!(early(Duration::from_mins(1)), Duration::from_secs(12));
    }
}
