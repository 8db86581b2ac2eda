//! One mail on an open connection (RFC 5321 §3.3), step by step: what a server says to the recipient or the text is of that mail
//! alone, what it says to the sender is of every mail from here.

use lettre::Message;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{Extension, MailBodyParameter, MailParameter};

use super::smtp_error::{SmtpError, unreachable};

/// Where the server said no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// To whom it's from, and with what it's sent.
    Sender,
    /// To whom it goes.
    Mail,
    /// To what it says, which the server may have by then.
    Text,
}

/// The code of a server that ends the conversation (RFC 5321 §3.8).
const GOES: u16 = 421;

/// Why a mail wasn't taken.
pub(super) enum NotHanded {
    /// The server wasn't there, or was gone before anything of the text was sent: it can't have the mail.
    Gone(SmtpError),
    /// Everything else.
    Because(SmtpError),
}

impl NotHanded {
    /// What the server said.
    pub(super) fn into_error(self) -> SmtpError {
        match self {
            Self::Gone(error) | Self::Because(error) => error,
        }
    }
}

/// Hands a mail over. Where it isn't taken, the connection is ended.
pub(super) async fn hand_over(
    connection: &mut AsyncSmtpConnection,
    mail: &Message,
) -> Result<(), NotHanded> {
    let stopped = match steps(connection, mail).await {
        Ok(()) => return Ok(()),
        Err(stopped) => stopped,
    };
    connection.abort().await;
    Err(match stopped {
        Stopped::At(step, error) => {
            let is_gone = match error.status().map(u16::from) {
                Some(code) => code == GOES,
                None => !error.is_client(),
            };
            let error = why(step, &error);
            if is_gone && step != Step::Text {
                NotHanded::Gone(error)
            } else {
                NotHanded::Because(error)
            }
        }
        Stopped::Needs(what) => {
            let why = format!("it doesn't support {what}, which the mail needs");
            NotHanded::Because(SmtpError::Refused(why))
        }
    })
}

/// Why it stopped.
enum Stopped {
    At(Step, Error),
    Needs(&'static str),
}

async fn steps(connection: &mut AsyncSmtpConnection, mail: &Message) -> Result<(), Stopped> {
    let (envelope, text) = (mail.envelope(), mail.formatted());
    let mut needs = Vec::new();
    let mut addresses = envelope.to().iter().chain(envelope.from());
    if addresses.any(|address| !AsRef::<str>::as_ref(address).is_ascii()) {
        let supports = connection
            .server_info()
            .supports_feature(Extension::SmtpUtfEight);
        if !supports {
            return Err(Stopped::Needs("SMTPUTF8"));
        }
        needs.push(MailParameter::SmtpUtfEight);
    }
    if !text.is_ascii() {
        let supports = connection
            .server_info()
            .supports_feature(Extension::EightBitMime);
        if !supports {
            return Err(Stopped::Needs("8BITMIME"));
        }
        needs.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    let at = |step| move |error| Stopped::At(step, error);
    let from = envelope.from().cloned();
    connection
        .command(Mail::new(from, needs))
        .await
        .map_err(at(Step::Sender))?;
    for to in envelope.to() {
        connection
            .command(Rcpt::new(to.clone(), Vec::new()))
            .await
            .map_err(at(Step::Mail))?;
    }
    connection.command(Data).await.map_err(at(Step::Mail))?;
    connection.message(&text).await.map_err(at(Step::Text))?;
    Ok(())
}

fn why(step: Step, error: &Error) -> SmtpError {
    let said = error.to_string();
    match error.status().map(u16::from) {
        // It's the server that goes, not the mail that is refused.
        Some(GOES) => SmtpError::Unreachable(said),
        Some(code) if is_for_good(step, code, &said) => SmtpError::RefusedForGood(said),
        Some(_) => SmtpError::Refused(said),
        None if error.is_client() => SmtpError::Refused(said),
        None => unreachable(error),
    }
}

/// Whether no later try can go better. A server that won't have the sender, wants a login, or refuses by a policy (RFC 3463: X.7)
/// speaks of how this desk is set up, which can be mended.
fn is_for_good(step: Step, code: u16, said: &str) -> bool {
    let wants_login = matches!(code, 530 | 534 | 535 | 538);
    let by_policy = said.contains(" 5.7.");
    step != Step::Sender && (500..600).contains(&code) && !wants_login && !by_policy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_wrong_with_a_mail_is_for_good() {
        for (step, code, said, expected) in [
            (
                Step::Mail,
                550,
                "permanent error (550): 5.1.1 no such user",
                true,
            ),
            (Step::Text, 552, "permanent error (552): mailbox full", true),
            (Step::Mail, 450, "transient error (450): try again", false),
            (
                Step::Mail,
                550,
                "permanent error (550): 5.7.1 relay denied",
                false,
            ),
            (
                Step::Mail,
                530,
                "permanent error (530): log in first",
                false,
            ),
            (
                Step::Sender,
                550,
                "permanent error (550): no such sender",
                false,
            ),
        ] {
            assert_eq!(is_for_good(step, code, said), expected, "{said}");
        }
    }
}
