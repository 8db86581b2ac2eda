//! Secrets come in by standard input, by a file, or by a prompt without echo: never by an argument or
//! the environment (rule 7).

use secrecy::{ExposeSecret as _, SecretString};
use zeroize::{Zeroize as _, Zeroizing};

use super::prompt::unanswered;
use super::session::Session;
use super::unseen;
use crate::cli::Failure;
use crate::cli::language::said;
use crate::cli::output::Out;

/// Longest line that is read, in bytes.
const LONGEST: usize = 4_096;

impl Session<'_> {
    /// The next line of standard input; nothing at its end.
    pub(in crate::cli) fn secret_line(&mut self) -> Result<Option<SecretString>, Failure> {
        let mut line = Zeroizing::new(Vec::with_capacity(LONGEST));
        let mut byte = [0];
        let mut ended = false;
        while line.len() < LONGEST {
            if self.stdin.read(&mut byte)? == 0 {
                ended = true;
                break;
            }
            if byte[0] == b'\n' {
                break;
            }
            line.push(byte[0]);
        }
        byte.zeroize();
        if ended && line.is_empty() {
            return Ok(None);
        }
        secret(&line).map(Some)
    }

    /// The next line of standard input, which must be there.
    pub(in crate::cli) fn required_line(&mut self, what: &str) -> Result<SecretString, Failure> {
        let line = self.secret_line()?;
        line.ok_or_else(|| Failure::input_required(what, &said!("it as a line of standard input")))
    }
}

impl Out<'_> {
    /// Asks for a secret, without showing it; `flag` is what to pass where nobody can be asked.
    pub(in crate::cli) fn ask_secret(
        &mut self,
        what: &str,
        flag: &str,
    ) -> Result<SecretString, Failure> {
        if !self.can_ask() {
            return Err(Failure::input_required(what, flag));
        }
        read_secret(what)
    }

    /// Asks for a new password, twice.
    pub(in crate::cli) fn ask_new_password(&mut self, flag: &str) -> Result<SecretString, Failure> {
        if !self.can_ask() {
            return Err(Failure::input_required(&said!("the new password"), flag));
        }
        loop {
            let first = read_secret(&said!("New password"))?;
            if first.expose_secret().is_empty() {
                continue;
            }
            if read_secret(&said!("Once more"))?.expose_secret() == first.expose_secret() {
                return Ok(first);
            }
            self.say(&said!("Those were two different passwords."));
        }
    }
}

/// Asks for a secret at a terminal, without showing it.
pub(in crate::cli) fn read_secret(what: &str) -> Result<SecretString, Failure> {
    let answer = unseen::ask(what).map_err(|error| unanswered(dialoguer::Error::IO(error)))?;
    Ok(SecretString::from(answer.as_str()))
}

fn secret(line: &[u8]) -> Result<SecretString, Failure> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let text = std::str::from_utf8(line).map_err(|_| {
        Failure::invalid(said!("the secret isn't UTF-8 text"), said!("type it again"))
    })?;
    Ok(SecretString::from(text))
}
